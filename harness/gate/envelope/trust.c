/* SPDX-License-Identifier: MIT */
#include "gate/envelope/trust.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/file.h"
#include "format/date.h"

void trust_init(struct trust *trust)
{
    *trust = (struct trust){ 0 };
    arena_init(&trust->arena);
}

void trust_release(struct trust *trust)
{
    for (size_t i = 0; i < trust->count; i++) {
        signature_key_free(trust->list[i].key);
    }
    free(trust->list);
    arena_release(&trust->arena);
    *trust = (struct trust){ 0 };
}

static bool refuse(struct problems *problems, struct text shown, const char *what,
                   struct text value)
{
    problems_add(problems, PROBLEM_INPUT, span_none(),
                 "the file of a public key is what `bddrun keygen` wrote, or PEM alone",
                 "%s in %.*s: '%.*s'", what, TEXT_ARG(shown), TEXT_ARG(value));
    return false;
}

/* One line above the PEM. An unknown one could be a mistyped `expires`, so it is refused. */
static bool read_line(struct trusted_key *key, struct text line, struct problems *problems)
{
    struct text value = line;
    struct text name;
    if (line.size == 0 || line.at[0] == '#' || text_is(line, "bddrun public key")) {
        return true;
    }
    if (!text_take_until(&value, ':', &name) || !value.at) {
        return refuse(problems, key->shown, "an unknown line", line);
    }
    value = text_trim(value);
    if (text_is(name, "expires")) {
        return date_parse(value, &key->expires_at_ns) ||
               refuse(problems, key->shown, "no date in 'expires'", value);
    }
    if (text_is(name, "key-id")) {
        return text_equal(value, signature_key_id(key->key)) ||
               refuse(problems, key->shown, "a key-id that is not that of the key", value);
    }
    if (text_is(name, "algorithm")) {
        return text_is(value, signature_algorithm_words[signature_key_algorithm(key->key)]) ||
               refuse(problems, key->shown, "an algorithm that is not that of the key", value);
    }
    return refuse(problems, key->shown, "an unknown line", line);
}

static bool read_lines(struct trusted_key *key, struct text bytes, struct problems *problems)
{
    struct text line;
    while (text_take_until(&bytes, '\n', &line) &&
           !text_starts_with(line, TEXT("-----BEGIN"))) {
        if (!read_line(key, text_trim(line), problems)) {
            return false;
        }
    }
    return true;
}

bool trust_add(struct trust *trust, struct text bytes, struct text shown,
               enum trust_purpose purpose, struct problems *problems)
{
    struct trusted_key key = { .shown = arena_text(&trust->arena, shown), .purpose = purpose };
    key.key = signature_key_read_public(bytes, shown, problems);
    if (!key.key) {
        return false;
    }
    if (!read_lines(&key, bytes, problems)) {
        signature_key_free(key.key);
        return false;
    }
    GROW(trust->list, trust->count, trust->capacity);
    trust->list[trust->count++] = key;
    return true;
}

bool trust_add_file(struct trust *trust, struct text path, enum trust_purpose purpose,
                    struct problems *problems)
{
    struct text bytes;
    return file_read(path, SIGNATURE_KEY_LIMIT_BYTES, &trust->arena, &bytes, problems) &&
           trust_add(trust, bytes, arena_format(&trust->arena, "file '%.*s'", TEXT_ARG(path)),
                     purpose, problems);
}

static enum trust_answer ask_key(const struct trusted_key *key,
                                 const struct envelope *envelope, struct text signed_bytes,
                                 uint64_t now_ns)
{
    enum trust_answer answer = TRUST_UNKNOWN_KEY;
    for (size_t i = 0; i < envelope->signature_count; i++) {
        const struct envelope_signature *signature = &envelope->signatures[i];
        if (signature_is_valid(key->key, signed_bytes, signature->bytes)) {
            bool is_over = key->expires_at_ns > 0 && now_ns >= key->expires_at_ns;
            return is_over ? TRUST_EXPIRED : TRUST_BELIEVED;
        }
        if (text_equal(signature->key_id, signature_key_id(key->key))) {
            answer = TRUST_ALTERED;
        }
    }
    return answer;
}

enum trust_answer trust_ask(const struct trust *trust, const struct envelope *envelope,
                            enum trust_purpose purpose, uint64_t now_ns,
                            const struct trusted_key **ret_key)
{
    *ret_key = NULL;
    if (envelope->signature_count == 0) {
        return TRUST_NO_SIGNATURE;
    }
    struct arena arena;
    arena_init(&arena);
    struct text signed_bytes =
        envelope_signed_bytes(&arena, envelope->payload_type, envelope->payload);
    enum trust_answer best = TRUST_NO_KEY;
    for (size_t i = 0; i < trust->count; i++) {
        if (trust->list[i].purpose != purpose) {
            continue;
        }
        enum trust_answer answer = ask_key(&trust->list[i], envelope, signed_bytes, now_ns);
        if (answer > best) {
            best = answer;
            *ret_key = &trust->list[i];
        }
    }
    arena_release(&arena);
    return best;
}

void trust_print_key(struct buffer *out, const struct signature_key *key,
                     uint64_t expires_at_ns)
{
    struct arena arena;
    arena_init(&arena);
    buffer_add_format(out, "bddrun public key\nalgorithm: %s\nkey-id: %.*s\n",
                      signature_algorithm_words[signature_key_algorithm(key)],
                      TEXT_ARG(signature_key_id(key)));
    if (expires_at_ns > 0) {
        buffer_add_format(out, "expires: %.*s\n", TEXT_ARG(date_print(&arena, expires_at_ns)));
    }
    buffer_add(out, signature_key_print_public(key, &arena));
    arena_release(&arena);
}
