/* SPDX-License-Identifier: MIT */
#include "gate/envelope/bundle.h"

#include "gate/envelope/envelope.h"
#include "gate/envelope/statement.h"

static bool print_statement(struct buffer *out, const struct verdict *verdict,
                            enum statement_kind kind, const struct signer *const *signers,
                            struct problems *problems)
{
    struct arena arena;
    arena_init(&arena);
    struct buffer payload;
    buffer_init(&payload, ENVELOPE_LIMIT_BYTES / 2);
    statement_print(&payload, verdict, kind);
    struct envelope_signature signatures[2] = { 0 };
    struct envelope envelope = { .payload_type = TEXT(ENVELOPE_PAYLOAD_TYPE),
                                 .payload = buffer_text(&payload),
                                 .signatures = signatures };
    struct text bytes = envelope_signed_bytes(&arena, envelope.payload_type, envelope.payload);
    bool is_signed = true;
    for (size_t i = 0; i < ARRAY_SIZE(signatures) && signers[i] && is_signed; i++) {
        signatures[i].key_id = signer_key_id(signers[i]);
        is_signed = signer_sign(signers[i], bytes, &arena, &signatures[i].bytes, problems);
        envelope.signature_count = i + 1;
    }
    if (is_signed) {
        envelope_print(out, &envelope);
    }
    buffer_release(&payload);
    arena_release(&arena);
    return is_signed;
}

bool bundle_print(struct buffer *out, struct verdict *verdict, const struct signer *signer,
                  const struct signer *override_signer, struct problems *problems)
{
    bool is_overridden = verdict->override.reason.size > 0;
    const struct signer *const signers[2] = { signer, is_overridden ? override_signer : NULL };
    if (is_overridden) {
        if (!override_signer) {
            BUG("an override without a second key");
        }
        verdict->override.key_id = signer_key_id(override_signer);
    }
    for (int kind = 0; kind < STATEMENT_KINDS; kind++) {
        if (!print_statement(out, verdict, (enum statement_kind)kind, signers, problems)) {
            return false;
        }
    }
    return true;
}
