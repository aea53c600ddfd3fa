/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "base/clock.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "gate/envelope/verification.h"

enum { ANSWER_LIMIT = 32 << 20, SHA256_DIGITS = 64 };

struct values {
    struct option_texts digests;
    struct text policy;
    struct option_texts keys;
    struct option_texts override_keys;
    uint64_t max_age_ms;
    bool wants_json;
};

static const struct option options[] = {
    { .name = "digest",
      .value = "DIGEST",
      .summary =
          "what it must be about: a commit, or sha256:… of an image or file; repeatable: all",
      .read = option_read_texts,
      .offset = offsetof(struct values, digests) },
    { .name = "policy",
      .value = "SHA256",
      .summary = "the policy it must be made by",
      .read = option_read_text,
      .offset = offsetof(struct values, policy) },
    { .name = "key",
      .value = "FILE",
      .summary = "a public key whose verdicts are believed; repeatable: any",
      .read = option_read_texts,
      .offset = offsetof(struct values, keys) },
    { .name = "override-key",
      .value = "FILE",
      .summary = "a public key whose overrides are believed; repeatable: any",
      .read = option_read_texts,
      .offset = offsetof(struct values, override_keys) },
    { .name = "max-age",
      .value = "TIME",
      .summary = "how long ago the scenarios may have run, e.g. '6 h'",
      .read = option_read_duration,
      .offset = offsetof(struct values, max_age_ms) },
    { .name = "json",
      .summary = "the answer as one JSON object",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_json) },
    { 0 },
};

static bool usage(struct invocation *invocation, const char *hint, const char *what)
{
    problems_add(&invocation->problems, PROBLEM_USAGE, span_none(), hint, "%s", what);
    return false;
}

static bool check_usage(struct invocation *invocation, struct text *policy)
{
    const struct values *values = invocation->values;
    if (invocation->words.count != 1) {
        return usage(invocation, "the file that `bddrun gate` wrote", "verify takes one file");
    }
    if (values->digests.count == 0) {
        return usage(invocation, "--digest COMMIT, or --digest sha256:… of an image",
                     "nothing says what the verdict must be about");
    }
    if (values->keys.count == 0) {
        return usage(invocation, "--key FILE, the public key of the gate",
                     "nothing says whose verdicts are believed");
    }
    *policy = values->policy;
    if (text_starts_with(*policy, TEXT("sha256:"))) {
        *policy = text_from(*policy, sizeof("sha256:") - 1);
    }
    if (policy->size != 0 && policy->size != SHA256_DIGITS) {
        return usage(invocation, "64 hex digits: `bddrun verify` without --policy shows them",
                     "--policy is no SHA-256");
    }
    return true;
}

static bool read_keys(const struct values *values, struct keyring *keyring,
                      struct problems *problems)
{
    for (size_t i = 0; i < values->keys.count; i++) {
        if (!keyring_add_file(keyring, values->keys.list[i], KEYRING_VERDICTS, problems)) {
            return false;
        }
    }
    for (size_t i = 0; i < values->override_keys.count; i++) {
        if (!keyring_add_file(keyring, values->override_keys.list[i], KEYRING_OVERRIDES,
                              problems)) {
            return false;
        }
    }
    return true;
}

static enum exit_code answer(struct invocation *invocation,
                             const struct verification *verification)
{
    const struct values *values = invocation->values;
    struct problems *problems = &invocation->problems;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    if (values->wants_json) {
        verification_print_json(&out, verification);
    } else {
        verification_print(&out, verification);
    }
    if (!console_write(buffer_text(&out), problems)) {
        return EXIT_CODE_ENVIRONMENT;
    }
    return verification_exit_code(verification);
}

static enum exit_code run_verify(struct invocation *invocation)
{
    const struct values *values = invocation->values;
    struct problems *problems = &invocation->problems;
    struct text policy;
    if (!check_usage(invocation, &policy)) {
        return EXIT_CODE_USAGE;
    }
    CLEANUP(keyring_release) struct keyring keyring;
    keyring_init(&keyring);
    if (!read_keys(values, &keyring, problems)) {
        return problems_exit_code(problems);
    }
    struct verification_request request = { .keyring = &keyring,
                                            .digests = values->digests.list,
                                            .digest_count = values->digests.count,
                                            .policy_sha256 = policy,
                                            .max_age_ms = values->max_age_ms,
                                            .now_ns = clock_realtime_ns(clock_real()) };
    struct verification verification;
    if (!verification_run_file(invocation->words.list[0], &request, &invocation->arena,
                               &verification, problems)) {
        return problems_exit_code(problems);
    }
    return answer(invocation, &verification);
}

const struct command cmd_verify = {
    .name = "verify",
    .summary = "check a verdict: who signed it, about what, by which policy, how old",
    .usage = "FILE",
    .description =
        "Says whether the verdict in FILE allows a promotion of exactly what --digest names,\n"
        "now. 0 yes, 1 no (refused, altered, another key), 2 unreadable, 3 nothing to judge\n"
        "(absent, unsigned, of another build, by another policy, too old).",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_verify,
};
