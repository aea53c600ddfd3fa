/* SPDX-License-Identifier: MIT */
#include "support/verdict_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"
#include "gate/envelope/bundle.h"
#include "gate/envelope/keyring.h"

struct verdict verdict_fixture(struct arena *arena)
{
    struct verdict verdict = {
        .result = VERDICT_PASSED,
        .commit = TEXT(VERDICT_COMMIT),
        .tree = TEXT(VERDICT_TREE),
        .policy_path = TEXT("bddrun.yaml"),
        .policy_sha256 = TEXT(VERDICT_POLICY),
        .version = TEXT("0.1.0"),
        .environment = TEXT("staging"),
        .made_at_ns = VERDICT_MADE_NS,
        .tested_at_ns = VERDICT_MADE_NS,
        .expires_at_ns = VERDICT_MADE_NS + UINT64_C(6) * 3600 * NANOSECONDS_PER_SECOND,
    };
    verdict.rules = ARENA_ARRAY(arena, 2, struct verdict_rule);
    verdict.rules[0] = (struct verdict_rule){ .name = TEXT("scenarios.passed"),
                                              .result = VERDICT_PASSED,
                                              .reason = TEXT("40 of 40 scenarios passed") };
    verdict.rules[1] = (struct verdict_rule){ .name = TEXT("coverage.lines.total"),
                                              .result = VERDICT_PASSED,
                                              .measured = TEXT("81.20 % (812 of 1000)"),
                                              .required = TEXT("at least 80 %"),
                                              .reason = TEXT("enough") };
    verdict.rule_count = 2;
    verdict.subjects = ARENA_ARRAY(arena, 3, struct verdict_subject);
    verdict.subjects[0] =
        (struct verdict_subject){ TEXT("commit"), TEXT("gitCommit"), TEXT(VERDICT_COMMIT) };
    verdict.subjects[1] =
        (struct verdict_subject){ TEXT("tree"), TEXT("gitTree"), TEXT(VERDICT_TREE) };
    verdict.subject_count = 2;
    return verdict;
}

struct signer verdict_signer(struct problems *problems)
{
    struct signer signer = { .key = signature_key_generate(SIGNATURE_ED25519, problems) };
    assert_non_null(signer.key);
    return signer;
}

struct text verdict_public_key(const struct signer *signer, uint64_t expires_at_ns,
                               struct arena *arena)
{
    struct buffer out;
    buffer_init(&out, SIGNATURE_KEY_LIMIT_BYTES);
    keyring_print_key(&out, signer->key, expires_at_ns);
    struct text file = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return file;
}

struct text verdict_file(struct verdict *verdict, const struct signer *signer,
                         const struct signer *override_signer, struct arena *arena)
{
    struct problems problems;
    struct buffer out;
    problems_init(&problems);
    buffer_init(&out, ENVELOPE_LIMIT_BYTES);
    assert_true(bundle_print(&out, verdict, signer, override_signer, &problems));
    struct text file = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    problems_release(&problems);
    return file;
}
