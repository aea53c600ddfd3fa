/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "deploy/release/session.h"
#include "format/date.h"
#include "format/digest.h"
#include "gate/envelope/keyring.h"

static bool read_keys(struct session *session, struct keyring *keyring)
{
    const struct deploy_settings *settings = session->settings;
    size_t from = session->problems->count;
    for (size_t i = 0; i < settings->trust.count; i++) {
        if (!keyring_add_file(keyring, settings->trust.list[i], KEYRING_VERDICTS,
                              session->problems)) {
            return session_fail(session, from);
        }
    }
    for (size_t i = 0; i < settings->override_trust.count; i++) {
        if (!keyring_add_file(keyring, settings->override_trust.list[i], KEYRING_OVERRIDES,
                              session->problems)) {
            return session_fail(session, from);
        }
    }
    if (settings->trust.count == 0) {
        problems_add(session->problems, PROBLEM_INPUT, settings->at,
                     "`trust: [keys/gate.pub]`; `bddrun keygen` makes one",
                     "deploy trusts no key, so no verdict counts");
        return session_fail(session, from);
    }
    return true;
}

/* What the verdict must be about: the commit and the digest of everything that is to go live. */
static size_t list_digests(struct session *session, struct text *digests)
{
    size_t count = 0;
    for (size_t i = 0; i < session->targets.count; i++) {
        const struct target_release *after = &session->units[i].after;
        if (after->commit.size > 0) {
            digests[count++] = after->commit;
        }
        if (after->digest.size > 0) {
            digests[count++] = after->digest;
        }
    }
    return count;
}

static bool policy_is_known(const struct session *session)
{
    const struct config_texts *policies = &session->settings->policy;
    for (size_t i = 0; i < policies->count; i++) {
        if (text_equal(policies->list[i], session->verification.verdict.policy_sha256)) {
            return true;
        }
    }
    return policies->count == 0;
}

static bool judge(struct session *session)
{
    const struct verification *verification = &session->verification;
    session->answer.verdict_expires_ns = verification->verdict.expires_at_ns;
    if (verification->result != VERDICT_PASSED) {
        return session_refuse(session, verification_exit_code(verification),
                              verification->reason, verification->hint.at);
    }
    if (!policy_is_known(session)) {
        return session_refuse(
            session, EXIT_CODE_NOTHING,
            arena_format(session->arena, "the verdict was made by another policy: sha256 %.*s",
                         TEXT_ARG(verification->verdict.policy_sha256)),
            "run the gate again by the policy of production");
    }
    return true;
}

bool session_verify(struct session *session)
{
    const struct release_request *request = session->request;
    CLEANUP(keyring_release) struct keyring keyring;
    keyring_init(&keyring);
    if (!read_keys(session, &keyring)) {
        return false;
    }
    if (request->verdict_path.size == 0) {
        return session_refuse(session, EXIT_CODE_NOTHING, TEXT("there is no verdict"),
                              "--verdict FILE: what `bddrun gate` wrote");
    }
    size_t from = session->problems->count;
    struct text *digests = ARENA_ARRAY(session->arena, session->targets.count * 2, struct text);
    struct verification_request asked = { .keyring = &keyring,
                                          .digests = digests,
                                          .digest_count = list_digests(session, digests),
                                          .max_age_ms = session->settings->max_age_ms,
                                          .now_ns = clock_realtime_ns(request->clock) };
    struct text bytes;
    if (!verification_run_file(request->verdict_path, &asked, session->arena,
                               &session->verification, session->problems)) {
        return session_fail(session, from);
    }
    if (file_exists(request->verdict_path) &&
        file_read(request->verdict_path, ENVELOPE_LIMIT_BYTES, session->arena, &bytes,
                  session->problems)) {
        session->verdict_sha256 = digest_sha256(session->arena, bytes);
    }
    return judge(session);
}

static void print_member(struct json_writer *writer, const char *key, struct text value)
{
    if (value.size > 0) {
        json_write_key(writer, key);
        json_write_string(writer, value);
    }
}

void session_print_evidence(struct json_writer *writer, const void *context)
{
    const struct session *session = context;
    const struct verification *verification = &session->verification;
    json_write_key(writer, "verdict");
    json_write_begin_object(writer);
    print_member(writer, "sha256", session->verdict_sha256);
    print_member(writer, "result", text_of(verdict_result_name(verification->verdict.result)));
    print_member(writer, "key", verification->key_id);
    print_member(writer, "policy", verification->verdict.policy_sha256);
    print_member(writer, "madeAt",
                 date_print(session->arena, verification->verdict.made_at_ns));
    print_member(writer, "override", verification->verdict.override.reason);
    print_member(writer, "overrideKey", verification->override_key_id);
    json_write_end_object(writer);
    print_member(writer, "windowOverride", session->request->window_override);
}
