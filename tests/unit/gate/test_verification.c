/* SPDX-License-Identifier: MIT */
#include "gate/envelope/verification.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"
#include "format/base64.h"
#include "gate/envelope/statement.h"
#include "support/verdict_fixture.h"

static struct arena arena;
static struct problems problems;
static struct signer gate;   /* trusted for verdicts */
static struct signer person; /* trusted for overrides */
static struct signer other;  /* nobody knows it */
static struct keyring keyring;
static struct verdict verdict;
static struct text commit = TEXT_STATIC(VERDICT_COMMIT);
static struct verification_request request;
static struct verification verification;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    keyring_init(&keyring);
    gate = verdict_signer(&problems);
    person = verdict_signer(&problems);
    other = verdict_signer(&problems);
    verdict = verdict_fixture(&arena);
    struct text pub = verdict_public_key(&gate, 0, &arena);
    assert_true(
        keyring_add(&keyring, pub, TEXT("file 'gate.pub'"), KEYRING_VERDICTS, &problems));
    pub = verdict_public_key(&person, 0, &arena);
    assert_true(
        keyring_add(&keyring, pub, TEXT("file 'person.pub'"), KEYRING_OVERRIDES, &problems));
    request = (struct verification_request){ .keyring = &keyring,
                                             .digests = &commit,
                                             .digest_count = 1,
                                             .now_ns = VERDICT_MADE_NS +
                                                       3600 * NANOSECONDS_PER_SECOND };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    signer_release(&gate);
    signer_release(&person);
    signer_release(&other);
    keyring_release(&keyring);
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}

static bool verify(struct text file)
{
    struct source *source = ARENA_NEW(&arena, struct source);
    source_init(source, TEXT("verdict.jsonl"), file);
    return verification_run(source, &request, &arena, &verification, &problems);
}

static void assert_answer(struct text file, enum verdict_result result, const char *reason)
{
    assert_true(verify(file));
    struct text said = arena_format(&arena, "%.*s", TEXT_ARG(verification.reason));
    assert_string_equal(said.at, reason);
    assert_int_equal(verification.result, result);
}

static struct text signed_file(void)
{
    return verdict_file(&verdict, &gate, NULL, &arena);
}

static void a_signed_verdict_of_this_commit_is_accepted(void **state)
{
    (void)state;
    assert_answer(signed_file(), VERDICT_PASSED, "");
    assert_true(verification.has_verdict);
    assert_true(text_equal(verification.key_id, signer_key_id(&gate)));
    assert_int_equal(verification.override_key_id.size, 0);
    assert_int_equal(verification_exit_code(&verification), EXIT_CODE_YES);
    assert_true(text_is(verification.verdict.commit, VERDICT_COMMIT));
    request.policy_sha256 = TEXT(VERDICT_POLICY);
    request.max_age_ms = UINT64_C(2) * 3600 * 1000;
    assert_answer(signed_file(), VERDICT_PASSED, "");
}

static void every_digest_that_is_asked_for_must_be_a_subject(void **state)
{
    (void)state;
    static const struct {
        const char *digest;
        bool is_there;
    } asked[] = {
        { "gitCommit:" VERDICT_COMMIT, true },
        { "gitTree:" VERDICT_TREE, true },
        { VERDICT_TREE, true },
        { "sha256:" VERDICT_TREE, false },
        { "", false },
        { "1111111", false },
    };
    struct text file = signed_file();
    for (size_t i = 0; i < ARRAY_SIZE(asked); i++) {
        struct text both[] = { commit, text_of(asked[i].digest) };
        request.digests = both;
        request.digest_count = 2;
        assert_true(verify(file));
        assert_int_equal(verification.result,
                         asked[i].is_there ? VERDICT_PASSED : VERDICT_BLOCKED);
    }
    request.digest_count = 0;
    assert_answer(file, VERDICT_BLOCKED, "nothing says what is to be promoted");
}

static void each_reason_to_refuse_has_its_message(void **state)
{
    (void)state;
    struct text stranger = TEXT("4444444444444444444444444444444444444444");
    struct text file = signed_file();
    request.digests = &stranger;
    assert_answer(file, VERDICT_BLOCKED,
                  "the verdict is about another build: not "
                  "'4444444444444444444444444444444444444444' but commit '" VERDICT_COMMIT "'");
    request.digests = &commit;
    request.policy_sha256 = TEXT("00");
    assert_answer(file, VERDICT_BLOCKED,
                  "the verdict was made by another policy: sha256 " VERDICT_POLICY);
    request.policy_sha256 = TEXT_EMPTY;
    request.max_age_ms = 1000;
    assert_answer(file, VERDICT_BLOCKED,
                  "the verdict is too old: tested at 2026-01-01T00:00:00.000Z");
    request.max_age_ms = 0;
    request.now_ns += UINT64_C(6) * 3600 * NANOSECONDS_PER_SECOND;
    assert_answer(file, VERDICT_BLOCKED, "the verdict expired at 2026-01-01T06:00:00.000Z");
    request.now_ns = VERDICT_MADE_NS - UINT64_C(301) * NANOSECONDS_PER_SECOND;
    assert_answer(file, VERDICT_BLOCKED,
                  "the verdict is from the future: made at 2026-01-01T00:00:00.000Z");
    assert_int_equal(verification_exit_code(&verification), EXIT_CODE_NOTHING);
}

static void a_verdict_that_refuses_says_by_which_rule(void **state)
{
    (void)state;
    verdict.rules[1].result = VERDICT_FAILED;
    verdict.rules[1].reason = TEXT("79 %");
    verdict.result = verdict_judge(&verdict);
    assert_answer(signed_file(), VERDICT_FAILED,
                  "the gate said FAILED: coverage.lines.total: 79 %");
    assert_int_equal(verification_exit_code(&verification), EXIT_CODE_NO);
    verdict.rules[0].result = VERDICT_BLOCKED;
    verdict.rules[0].reason = TEXT("nothing ran");
    verdict.result = verdict_judge(&verdict);
    assert_answer(signed_file(), VERDICT_BLOCKED,
                  "the gate said BLOCKED: scenarios.passed: nothing ran");
    verdict.rule_count = 0;
    assert_answer(signed_file(), VERDICT_BLOCKED, "the gate said BLOCKED");
}

static void an_override_counts_only_by_a_key_for_overrides(void **state)
{
    (void)state;
    verdict.rules[1].result = VERDICT_FAILED;
    verdict.result = verdict_judge(&verdict);
    verdict.override =
        (struct verdict_override){ .reason = TEXT("outage"), .at_ns = VERDICT_MADE_NS };
    assert_answer(verdict_file(&verdict, &gate, &person, &arena), VERDICT_PASSED, "");
    assert_true(text_equal(verification.override_key_id, signer_key_id(&person)));
    assert_answer(verdict_file(&verdict, &gate, &other, &arena), VERDICT_FAILED,
                  "the override is not signed by a trusted key");
    assert_answer(verdict_file(&verdict, &gate, &gate, &arena), VERDICT_FAILED,
                  "the override is not signed by a trusted key");
}

static void without_a_key_for_overrides_none_counts(void **state)
{
    (void)state;
    struct keyring fewer;
    keyring_init(&fewer);
    struct text pub = verdict_public_key(&gate, 0, &arena);
    assert_true(keyring_add(&fewer, pub, TEXT("file 'gate.pub'"), KEYRING_VERDICTS, &problems));
    request.keyring = &fewer;
    verdict.override = (struct verdict_override){ .reason = TEXT("outage") };
    assert_answer(verdict_file(&verdict, &gate, &person, &arena), VERDICT_BLOCKED,
                  "no key is trusted for an override");
    keyring_release(&fewer);
}

static void a_file_signed_by_another_key_is_refused(void **state)
{
    (void)state;
    assert_answer(verdict_file(&verdict, &other, NULL, &arena), VERDICT_FAILED,
                  "the verdict is not signed by a trusted key");
    assert_false(verification.has_verdict);
}

static void a_key_that_has_expired_counts_no_more(void **state)
{
    (void)state;
    struct keyring expired;
    keyring_init(&expired);
    struct text pub = verdict_public_key(&gate, VERDICT_MADE_NS, &arena);
    assert_true(
        keyring_add(&expired, pub, TEXT("file 'gate.pub'"), KEYRING_VERDICTS, &problems));
    request.keyring = &expired;
    assert_answer(signed_file(), VERDICT_FAILED,
                  "the verdict is signed by a key that expired on 2026-01-01: file 'gate.pub'");
    pub = verdict_public_key(&gate, request.now_ns + NANOSECONDS_PER_SECOND, &arena);
    assert_true(
        keyring_add(&expired, pub, TEXT("file 'gate-2.pub'"), KEYRING_VERDICTS, &problems));
    assert_answer(signed_file(), VERDICT_PASSED, "");
    keyring_release(&expired);
}

/* The line of a file with this number, decoded, changed, and encoded again. */
static struct text edited(struct text file, size_t number, const char *from, const char *to)
{
    struct source source;
    struct envelopes read;
    source_init(&source, TEXT("x"), file);
    assert_true(envelope_read_all(&source, &arena, &read, &problems));
    struct envelope *envelope = &read.list[number];
    size_t at = text_find(envelope->payload, text_of(from), 0);
    assert_true(at < envelope->payload.size);
    envelope->payload =
        arena_format(&arena, "%.*s%s%.*s", TEXT_ARG(text_slice(envelope->payload, 0, at)), to,
                     TEXT_ARG(text_from(envelope->payload, at + strlen(from))));
    struct buffer out;
    buffer_init(&out, ENVELOPE_LIMIT_BYTES);
    for (size_t i = 0; i < read.count; i++) {
        envelope_print(&out, &read.list[i]);
    }
    struct text result = arena_text(&arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

static void an_edited_verdict_is_refused_whatever_was_edited(void **state)
{
    (void)state;
    verdict.rules[1].result = VERDICT_FAILED;
    verdict.result = verdict_judge(&verdict);
    struct text file = signed_file();
    static const char reason[] =
        "the verdict was altered after it was signed: the signature of "
        "file 'gate.pub' does not fit";
    assert_answer(edited(file, 0, "FAILED", "PASSED"), VERDICT_FAILED, reason);
    verdict.rules[1].result = VERDICT_PASSED;
    verdict.result = verdict_judge(&verdict);
    file = signed_file();
    assert_answer(edited(file, 1, "PASSED", "FAILED"), VERDICT_FAILED, reason);
    assert_answer(edited(file, 2, VERDICT_COMMIT, VERDICT_TREE), VERDICT_FAILED, reason);
}

static void a_file_put_together_from_two_is_refused(void **state)
{
    (void)state;
    struct text first = signed_file();
    verdict.subjects[1].digest = TEXT("5555555555555555555555555555555555555555");
    struct text second = signed_file();
    size_t end = text_find_byte(first, '\n', 0) + 1;
    size_t second_end = text_find_byte(second, '\n', 0) + 1;
    struct text mixed = arena_format(&arena, "%.*s%.*s", TEXT_ARG(text_slice(first, 0, end)),
                                     TEXT_ARG(text_from(second, second_end)));
    assert_answer(mixed, VERDICT_FAILED,
                  "the statements contradict each other: "
                  "'https://in-toto.io/attestation/test-result/v0.1'");
    struct text both = arena_format(&arena, "%.*s%.*s", TEXT_ARG(text_slice(first, 0, end)),
                                    TEXT_ARG(text_slice(first, 0, end)));
    assert_answer(both, VERDICT_BLOCKED, "there are several verdicts");
    assert_answer(text_from(first, end), VERDICT_BLOCKED, "there is no verdict in the file");
    assert_answer(TEXT_EMPTY, VERDICT_BLOCKED, "there is no verdict in the file");
    assert_answer(text_slice(first, 0, end), VERDICT_PASSED, "");
}

static struct text signed_payload(const char *type, const char *payload)
{
    struct envelope_signature signature = { .key_id = signer_key_id(&gate) };
    struct envelope envelope = { text_of(type), text_of(payload), &signature, 1 };
    struct text bytes = envelope_signed_bytes(&arena, envelope.payload_type, envelope.payload);
    signature.bytes = signature_make(gate.key, bytes, &arena);
    struct buffer out;
    buffer_init(&out, ENVELOPE_LIMIT_BYTES);
    envelope_print(&out, &envelope);
    struct text file = arena_text(&arena, buffer_text(&out));
    buffer_release(&out);
    return file;
}

static void what_is_signed_but_no_statement_is_damaged(void **state)
{
    (void)state;
#define HEAD "{\"_type\":\"" STATEMENT_TYPE "\","
    static const struct {
        const char *payload;
        const char *message;
    } damaged[] = {
        { "{\"_type\":\"https://in-toto.io/Statement/v0.1\"}",
          "no in-toto statement: '_type' is not " STATEMENT_TYPE },
        { HEAD "\"subject\":[]}",
          "no in-toto statement: 'subject' is no list of what was judged" },
        { HEAD "\"subject\":[{\"name\":\"a\"}]}",
          "no in-toto statement: a subject needs a 'digest'" },
        { HEAD "\"subject\":[{\"digest\":{}}]}",
          "no in-toto statement: a subject needs a 'digest'" },
        { HEAD "\"subject\":[{\"digest\":{\"sha256\":1}}]}",
          "no in-toto statement: a digest is a string" },
        { HEAD "\"subject\":[{\"digest\":{\"sha256\":\"aa\"}}]}",
          "no in-toto statement: 'predicate' is no object" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(damaged); i++) {
        assert_false(verify(signed_payload(ENVELOPE_PAYLOAD_TYPE, damaged[i].payload)));
        assert_int_equal(problems.count, 1);
        struct text message = arena_text(&arena, problems.list[0].message);
        assert_string_equal(message.at, damaged[i].message);
        problems_clear(&problems);
    }
    assert_false(verify(signed_payload(ENVELOPE_PAYLOAD_TYPE, "{")));
    assert_false(verify(TEXT("{")));
}

static void other_payloads_and_predicates_are_no_verdict(void **state)
{
    (void)state;
    assert_answer(signed_payload("text/plain", "hello"), VERDICT_BLOCKED,
                  "there is no verdict in the file");
    assert_answer(signed_payload(ENVELOPE_PAYLOAD_TYPE,
                                 HEAD "\"subject\":[{\"digest\":{\"sha256\":\"aa\"}}],"
                                      "\"predicateType\":\"x\",\"predicate\":{}}"),
                  VERDICT_BLOCKED, "there is no verdict in the file");
}

static void an_envelope_without_signatures_is_not_believed(void **state)
{
    (void)state;
    assert_answer(TEXT("{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[]}"),
                  VERDICT_BLOCKED, "the verdict is not signed");
}

static void the_answer_is_printed_for_people_and_programs(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, ENVELOPE_LIMIT_BYTES);
    verdict.override = (struct verdict_override){ .reason = TEXT("outage") };
    assert_true(verify(verdict_file(&verdict, &gate, &person, &arena)));
    verification.key_id = TEXT("aa");
    verification.override_key_id = TEXT("bb");
    verification_print(&out, &verification);
    assert_string_equal(out.at, "accepted\n"
                                "  verdict      PASSED\n"
                                "  commit       " VERDICT_COMMIT "\n"
                                "  made         2026-01-01T00:00:00.000Z\n"
                                "  expires      2026-01-01T06:00:00.000Z\n"
                                "  policy       " VERDICT_POLICY "\n"
                                "  signed by    aa\n"
                                "  overridden   outage\n"
                                "  by           bb\n");
    buffer_clear(&out);
    verification_print_json(&out, &verification);
    assert_true(text_starts_with(buffer_text(&out),
                                 TEXT("{\"answer\":\"accepted\",\"exit\":0,\"key\":\"aa\","
                                      "\"override_key\":\"bb\",\"verdict\":{")));
    buffer_clear(&out);
    assert_true(verify(TEXT_EMPTY));
    verification_print(&out, &verification);
    verification_print_json(&out, &verification);
    assert_string_equal(
        out.at, "blocked: there is no verdict in the file\n"
                "{\"answer\":\"blocked\",\"exit\":3,\"reason\":\"there is no verdict in "
                "the file\",\"hint\":\"`bddrun gate` writes it; without one nothing is "
                "promoted\"}\n");
    buffer_release(&out);
}

static void the_statements_are_those_of_in_toto(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, ENVELOPE_LIMIT_BYTES);
    verdict.rules[1].result = VERDICT_FAILED;
    verdict.result = verdict_judge(&verdict);
    statement_print(&out, &verdict, STATEMENT_TEST_RESULT);
    assert_string_equal(
        out.at,
        "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"commit\","
        "\"digest\":{\"gitCommit\":\"" VERDICT_COMMIT "\"}},{\"name\":\"tree\",\"digest\":"
        "{\"gitTree\":\"" VERDICT_TREE "\"}}],\"predicateType\":"
        "\"https://in-toto.io/attestation/test-result/v0.1\",\"predicate\":{\"result\":"
        "\"FAILED\",\"configuration\":[{\"name\":\"bddrun.yaml\",\"digest\":{\"sha256\":"
        "\"" VERDICT_POLICY "\"}}],\"passedTests\":[\"scenarios.passed\"],"
        "\"failedTests\":[\"coverage.lines.total\"]}}");
    verdict.override.reason = TEXT("outage");
    verdict.policy_sha256 = TEXT_EMPTY;
    verdict.subject_count = 1;
    verdict.subjects[0].name = TEXT_EMPTY;
    buffer_clear(&out);
    statement_print(&out, &verdict, STATEMENT_SUMMARY);
    assert_string_equal(
        out.at,
        "{\"_type\":\"https://in-toto.io/Statement/"
        "v1\",\"subject\":[{\"digest\":{\"gitCommit\":"
        "\"" VERDICT_COMMIT
        "\"}}],\"predicateType\":\"https://in-toto.io/attestation/svr/v0.2\","
        "\"predicate\":{\"verifier\":{\"id\":\"https://bddrun.dev/"
        "gate@0.1.0\",\"policies\":[]},"
        "\"timeCreated\":\"2026-01-01T00:00:00.000Z\",\"properties\":[\"BDDRUN_PROMOTE\","
        "\"BDDRUN_OVERRIDDEN\",\"BDDRUN_SCENARIOS_PASSED\"]}}");
    buffer_clear(&out);
    statement_print(&out, &verdict, STATEMENT_TEST_RESULT);
    assert_true(text_contains(buffer_text(&out), TEXT("\"result\":\"WARNED\"")));
    assert_true(text_contains(buffer_text(&out), TEXT("\"warnedTests\":[\"coverage")));
    buffer_release(&out);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_signed_verdict_of_this_commit_is_accepted),
        TEST(every_digest_that_is_asked_for_must_be_a_subject),
        TEST(each_reason_to_refuse_has_its_message),
        TEST(a_verdict_that_refuses_says_by_which_rule),
        TEST(an_override_counts_only_by_a_key_for_overrides),
        TEST(without_a_key_for_overrides_none_counts),
        TEST(a_file_signed_by_another_key_is_refused),
        TEST(a_key_that_has_expired_counts_no_more),
        TEST(an_edited_verdict_is_refused_whatever_was_edited),
        TEST(a_file_put_together_from_two_is_refused),
        TEST(what_is_signed_but_no_statement_is_damaged),
        TEST(other_payloads_and_predicates_are_no_verdict),
        TEST(an_envelope_without_signatures_is_not_believed),
        TEST(the_answer_is_printed_for_people_and_programs),
        TEST(the_statements_are_those_of_in_toto),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
