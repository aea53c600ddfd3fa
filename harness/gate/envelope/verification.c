/* SPDX-License-Identifier: MIT */
#include "gate/envelope/verification.h"

#include "base/clock.h"
#include "base/file.h"
#include "format/date.h"
#include "gate/envelope/statement.h"

struct checking {
    const struct verification_request *request;
    struct arena *arena;
    struct verification *answer;
    struct problems *problems;
};

/* Always false, for `return`. */
static bool answer(struct checking *checking, enum verdict_result result, struct text reason,
                   const char *hint)
{
    checking->answer->result = result;
    checking->answer->reason = reason;
    checking->answer->hint = text_of(hint);
    return false;
}

static bool believe(struct checking *checking, const struct envelope *envelope,
                    enum keyring_purpose purpose, const struct trusted_key **ret_key)
{
    const char *what = purpose == KEYRING_VERDICTS ? "verdict" : "override";
    enum keyring_answer trust = keyring_ask(checking->request->keyring, envelope, purpose,
                                            checking->request->now_ns, ret_key);
    struct arena *arena = checking->arena;
    switch (trust) {
    case KEYRING_NO_SIGNATURE:
        return answer(checking, VERDICT_BLOCKED,
                      arena_format(arena, "the %s is not signed", what),
                      "sign it: `sign` in the `gate` section of bddrun.yaml");
    case KEYRING_NO_KEY:
        return answer(checking, VERDICT_BLOCKED,
                      arena_format(arena, "no key is trusted for an %s", what),
                      "name its public key: --override-key, or `override_trust` of `deploy`");
    case KEYRING_UNKNOWN_KEY:
        return answer(checking, VERDICT_FAILED,
                      arena_format(arena, "the %s is not signed by a trusted key", what),
                      "it was altered, or signed with another key: compare the key ids");
    case KEYRING_ALTERED:
        return answer(checking, VERDICT_FAILED,
                      arena_format(arena,
                                   "the %s was altered after it was signed: the signature of "
                                   "%.*s does not fit",
                                   what, TEXT_ARG((*ret_key)->shown)),
                      "take the file from the pipeline again; do not promote by this one");
    case KEYRING_EXPIRED:
        return answer(
            checking, VERDICT_FAILED,
            arena_format(arena, "the %s is signed by a key that expired on %.*s: %.*s", what,
                         TEXT_ARG(date_print_day(arena, (*ret_key)->expires_at_ns)),
                         TEXT_ARG((*ret_key)->shown)),
            "make a new pair with `bddrun keygen`, trust its public key, run the gate again");
    case KEYRING_BELIEVED:
        break;
    }
    return true;
}

static bool check_age(struct checking *checking, const struct verdict *verdict)
{
    const struct verification_request *request = checking->request;
    uint64_t tolerance_ns = VERIFICATION_CLOCK_TOLERANCE_S * NANOSECONDS_PER_SECOND;
    struct arena *arena = checking->arena;
    if (verdict->made_at_ns > request->now_ns + tolerance_ns) {
        return answer(checking, VERDICT_BLOCKED,
                      arena_format(arena, "the verdict is from the future: made at %.*s",
                                   TEXT_ARG(date_print(arena, verdict->made_at_ns))),
                      "the clock here or in the pipeline is wrong");
    }
    if (verdict->expires_at_ns > 0 && request->now_ns >= verdict->expires_at_ns) {
        return answer(checking, VERDICT_BLOCKED,
                      arena_format(arena, "the verdict expired at %.*s",
                                   TEXT_ARG(date_print(arena, verdict->expires_at_ns))),
                      "run the scenarios and the gate again");
    }
    uint64_t tested_ns =
        verdict->tested_at_ns > 0 ? verdict->tested_at_ns : verdict->made_at_ns;
    if (request->max_age_ms > 0 && request->now_ns > tested_ns &&
        (request->now_ns - tested_ns) / NANOSECONDS_PER_MILLISECOND >= request->max_age_ms) {
        return answer(checking, VERDICT_BLOCKED,
                      arena_format(arena, "the verdict is too old: tested at %.*s",
                                   TEXT_ARG(date_print(arena, tested_ns))),
                      "run the scenarios and the gate again");
    }
    return true;
}

static bool check_policy(struct checking *checking, const struct verdict *verdict)
{
    struct text wanted = checking->request->policy_sha256;
    if (wanted.size > 0 && !text_equal(wanted, verdict->policy_sha256)) {
        return answer(checking, VERDICT_BLOCKED,
                      arena_format(checking->arena,
                                   "the verdict was made by another policy: sha256 %.*s",
                                   TEXT_ARG(verdict->policy_sha256)),
                      "run the gate again by the policy of production");
    }
    return true;
}

static bool check_digests(struct checking *checking, const struct statement *statement)
{
    const struct verification_request *request = checking->request;
    if (request->digest_count == 0) {
        return answer(checking, VERDICT_BLOCKED, TEXT("nothing says what is to be promoted"),
                      "name its commit or digest");
    }
    for (size_t i = 0; i < request->digest_count; i++) {
        if (!statement_has_digest(statement, request->digests[i])) {
            return answer(checking, VERDICT_BLOCKED,
                          arena_format(checking->arena,
                                       "the verdict is about another build: not '%.*s' but "
                                       "commit '%.*s'",
                                       TEXT_ARG(request->digests[i]),
                                       TEXT_ARG(checking->answer->verdict.commit)),
                          "take the verdict of exactly this commit or image");
        }
    }
    return true;
}

static bool check_override(struct checking *checking, const struct envelope *envelope,
                           const struct verdict *verdict)
{
    const struct trusted_key *key;
    if (verdict->override.reason.size == 0) {
        return true;
    }
    if (!believe(checking, envelope, KEYRING_OVERRIDES, &key)) {
        return false;
    }
    checking->answer->override_key_id = arena_text(checking->arena, signature_key_id(key->key));
    return true;
}

static bool check_result(struct checking *checking, const struct verdict *verdict)
{
    if (verdict_allows(verdict)) {
        return true;
    }
    const struct verdict_rule *worst = NULL;
    for (size_t i = 0; i < verdict->rule_count; i++) {
        if (!worst || verdict->rules[i].result > worst->result) {
            worst = &verdict->rules[i];
        }
    }
    struct text reason = arena_format(checking->arena, "the gate said %s",
                                      verdict_result_name(verdict_judge(verdict)));
    if (worst) {
        reason = arena_format(checking->arena, "%.*s: %.*s: %.*s", TEXT_ARG(reason),
                              TEXT_ARG(worst->name), TEXT_ARG(worst->reason));
    }
    return answer(checking, verdict_judge(verdict), reason,
                  "a new commit that the gate lets pass, or an override with a second key");
}

/* The verdict itself, of an envelope that is believed. */
static bool check_verdict(struct checking *checking, const struct envelope *envelope,
                          const struct statement *statement)
{
    checking->answer->has_verdict = true;
    checking->answer->verdict = statement->verdict;
    return check_digests(checking, statement) && check_policy(checking, &statement->verdict) &&
           check_age(checking, &statement->verdict) &&
           check_override(checking, envelope, &statement->verdict) &&
           check_result(checking, &statement->verdict);
}

/* The two others say the same of the same, or somebody mixed two files. */
static bool check_other(struct checking *checking, const struct statement *statement)
{
    const struct statement verdict = { .subjects = checking->answer->verdict.subjects,
                                       .subject_count =
                                           checking->answer->verdict.subject_count };
    bool is_same = statement->allows && statement->subject_count == verdict.subject_count;
    for (size_t i = 0; is_same && i < statement->subject_count; i++) {
        is_same = statement_has_digest(&verdict, statement->subjects[i].digest);
    }
    if (!is_same) {
        return answer(checking, VERDICT_FAILED,
                      arena_format(checking->arena,
                                   "the statements contradict each other: '%.*s'",
                                   TEXT_ARG(statement->type)),
                      "take the file from the pipeline again; do not promote by this one");
    }
    return true;
}

/* False with a problem: damaged. Otherwise *ret_goes_on says whether all is well so far. */
static bool check_envelope(struct checking *checking, const struct envelope *envelope,
                           struct statement *statement, bool *ret_goes_on)
{
    const struct trusted_key *key;
    *statement = (struct statement){ .kind = STATEMENT_UNKNOWN };
    *ret_goes_on = believe(checking, envelope, KEYRING_VERDICTS, &key);
    if (!*ret_goes_on || !text_is(envelope->payload_type, ENVELOPE_PAYLOAD_TYPE)) {
        return true;
    }
    if (!statement_read(envelope->payload, checking->arena, statement, checking->problems)) {
        return false;
    }
    if (statement->kind != STATEMENT_VERDICT) {
        return true;
    }
    if (checking->answer->has_verdict) {
        *ret_goes_on = answer(checking, VERDICT_BLOCKED, TEXT("there are several verdicts"),
                              "give the file of one build");
        return true;
    }
    checking->answer->key_id = arena_text(checking->arena, signature_key_id(key->key));
    *ret_goes_on = check_verdict(checking, envelope, statement);
    return true;
}

static bool check_all(struct checking *checking, const struct envelopes *envelopes)
{
    struct statement *statements =
        ARENA_ARRAY(checking->arena, envelopes->count, struct statement);
    bool goes_on = true;
    for (size_t i = 0; goes_on && i < envelopes->count; i++) {
        if (!check_envelope(checking, &envelopes->list[i], &statements[i], &goes_on)) {
            return false;
        }
    }
    if (goes_on && !checking->answer->has_verdict) {
        goes_on = answer(checking, VERDICT_BLOCKED, TEXT("there is no verdict in the file"),
                         "`bddrun gate` writes it; without one nothing is promoted");
    }
    for (size_t i = 0; goes_on && i < envelopes->count; i++) {
        if (statements[i].kind < STATEMENT_UNKNOWN && statements[i].kind != STATEMENT_VERDICT) {
            goes_on = check_other(checking, &statements[i]);
        }
    }
    return true;
}

bool verification_run(const struct source *source, const struct verification_request *request,
                      struct arena *arena, struct verification *ret_verification,
                      struct problems *problems)
{
    struct verification verification = { .result = VERDICT_PASSED };
    struct checking checking = { request, arena, &verification, problems };
    struct envelopes envelopes;
    if (!envelope_read_all(source, arena, &envelopes, problems) ||
        !check_all(&checking, &envelopes)) {
        return false;
    }
    *ret_verification = verification;
    return true;
}

bool verification_run_file(struct text path, const struct verification_request *request,
                           struct arena *arena, struct verification *ret_verification,
                           struct problems *problems)
{
    if (!file_exists(path)) {
        *ret_verification = (struct verification){
            .result = VERDICT_BLOCKED,
            .reason =
                arena_format(arena, "there is no verdict: no file '%.*s'", TEXT_ARG(path)),
            .hint = TEXT("`bddrun gate` writes it; without one nothing is promoted")
        };
        return true;
    }
    struct text bytes;
    struct source *source = ARENA_NEW(arena, struct source);
    if (!file_read(path, ENVELOPE_LIMIT_BYTES, arena, &bytes, problems)) {
        return false;
    }
    source_init(source, path, bytes);
    return verification_run(source, request, arena, ret_verification, problems);
}
