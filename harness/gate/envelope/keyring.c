/* SPDX-License-Identifier: MIT */
#include "gate/envelope/keyring.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/file.h"
#include "format/date.h"

void keyring_init(struct keyring *keyring)
{
    *keyring = (struct keyring){ 0 };
    arena_init(&keyring->arena);
}

void keyring_release(struct keyring *keyring)
{
    for (size_t i = 0; i < keyring->count; i++) {
        signature_key_free(keyring->list[i].key);
    }
    free(keyring->list);
    arena_release(&keyring->arena);
    *keyring = (struct keyring){ 0 };
}

static bool refuse(struct problems *problems, struct text shown, const char *what,
                   struct text value)
{
    problems_add(problems, PROBLEM_INPUT, span_none(),
                 "the file of a public key is what `bddrun keygen` wrote, or PEM alone",
                 "%s in %.*s: '%.*s'", what, TEXT_ARG(shown), TEXT_ARG(value));
    return false;
}

static bool read_value(struct trusted_key *key, struct text name, struct text value,
                       struct problems *problems)
{
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
    return refuse(problems, key->shown, "an unknown line", name);
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
    return read_value(key, name, text_trim(value), problems);
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

bool keyring_add(struct keyring *keyring, struct text bytes, struct text shown,
                 enum keyring_purpose purpose, struct problems *problems)
{
    struct trusted_key key = { .shown = arena_text(&keyring->arena, shown),
                               .purpose = purpose };
    key.key = signature_key_read_public(bytes, shown, problems);
    if (!key.key) {
        return false;
    }
    if (!read_lines(&key, bytes, problems)) {
        signature_key_free(key.key);
        return false;
    }
    GROW(keyring->list, keyring->count, keyring->capacity);
    keyring->list[keyring->count++] = key;
    return true;
}

bool keyring_add_file(struct keyring *keyring, struct text path, enum keyring_purpose purpose,
                      struct problems *problems)
{
    struct text bytes;
    return file_read(path, SIGNATURE_KEY_LIMIT_BYTES, &keyring->arena, &bytes, problems) &&
           keyring_add(keyring, bytes,
                       arena_format(&keyring->arena, "file '%.*s'", TEXT_ARG(path)), purpose,
                       problems);
}

static enum keyring_answer ask_key(const struct trusted_key *key,
                                   const struct envelope *envelope, struct text signed_bytes,
                                   uint64_t now_ns)
{
    enum keyring_answer answer = KEYRING_UNKNOWN_KEY;
    for (size_t i = 0; i < envelope->signature_count; i++) {
        const struct envelope_signature *signature = &envelope->signatures[i];
        if (signature_is_valid(key->key, signed_bytes, signature->bytes)) {
            bool is_over = key->expires_at_ns > 0 && now_ns >= key->expires_at_ns;
            return is_over ? KEYRING_EXPIRED : KEYRING_BELIEVED;
        }
        if (text_equal(signature->key_id, signature_key_id(key->key))) {
            answer = KEYRING_ALTERED;
        }
    }
    return answer;
}

enum keyring_answer keyring_ask(const struct keyring *keyring, const struct envelope *envelope,
                                enum keyring_purpose purpose, uint64_t now_ns,
                                const struct trusted_key **ret_key)
{
    *ret_key = NULL;
    if (envelope->signature_count == 0) {
        return KEYRING_NO_SIGNATURE;
    }
    struct arena arena;
    arena_init(&arena);
    struct text signed_bytes =
        envelope_signed_bytes(&arena, envelope->payload_type, envelope->payload);
    enum keyring_answer best = KEYRING_NO_KEY;
    for (size_t i = 0; i < keyring->count; i++) {
        if (keyring->list[i].purpose != purpose) {
            continue;
        }
        enum keyring_answer answer = ask_key(&keyring->list[i], envelope, signed_bytes, now_ns);
        if (answer > best) {
            best = answer;
            *ret_key = &keyring->list[i];
        }
    }
    arena_release(&arena);
    return best;
}

void keyring_print_key(struct buffer *out, const struct signature_key *key,
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
