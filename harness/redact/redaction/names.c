/* SPDX-License-Identifier: MIT */
#include "redact/redaction/parts.h"

#include <string.h>

#include "base/attribute.h"
#include "redact/redaction/bytes.h"
#include "redact/sensitive.h"

/* Normalised names. A word that often names something harmless counts where its value looks
 * random; words of OAuth and SAML only in queries and forms. */
struct known_name {
    struct text name;
    const char *kind;
    bool must_look_random;
    bool is_parameter_only;
};

static const struct known_name exact[] = {
    { TEXT_STATIC("sid"), "session", false, false },
    { TEXT_STATIC("sessionid"), "session", false, false },
    { TEXT_STATIC("session"), "session", true, false },
    { TEXT_STATIC("phpsessid"), "session", false, false },
    { TEXT_STATIC("jsessionid"), "session", false, false },
    { TEXT_STATIC("laravelsession"), "session", false, false },
    { TEXT_STATIC("jwt"), "jwt", false, false },
    { TEXT_STATIC("otp"), "otp", false, false },
    { TEXT_STATIC("totp"), "otp", false, false },
    { TEXT_STATIC("pin"), "pin", false, false },
    { TEXT_STATIC("cvv"), "card", false, false },
    { TEXT_STATIC("cvc"), "card", false, false },
    { TEXT_STATIC("cardnumber"), "card", false, false },
    { TEXT_STATIC("creditcard"), "card", false, false },
    { TEXT_STATIC("ccnumber"), "card", false, false },
    { TEXT_STATIC("iban"), "iban", false, false },
    { TEXT_STATIC("ssn"), "ssn", false, false },
    { TEXT_STATIC("sig"), "signature", false, false },
    { TEXT_STATIC("key"), "key", true, false },
    { TEXT_STATIC("auth"), "token", true, false },
    { TEXT_STATIC("bearer"), "token", true, false },
    { TEXT_STATIC("authorization"), "token", false, false },
    { TEXT_STATIC("assertion"), "token", true, false },
    { TEXT_STATIC("samlrequest"), "token", false, true },
    { TEXT_STATIC("samlresponse"), "token", false, true },
    { TEXT_STATIC("codeverifier"), "token", false, false },
    { TEXT_STATIC("codechallenge"), "token", false, true },
    { TEXT_STATIC("challenge"), "token", true, true },
    { TEXT_STATIC("code"), "token", true, true },
    { TEXT_STATIC("state"), "token", true, true },
    { TEXT_STATIC("serverdata"), "token", false, true },
    { TEXT_STATIC("fcparams"), "token", false, true },
    { TEXT_STATIC("shdf"), "token", false, true },
    { TEXT_STATIC("usg"), "token", false, true },
    { TEXT_STATIC("vses2"), "token", false, true },
    { TEXT_STATIC("xclientdata"), "token", false, false },
};

/* Of what sensitive_key takes: the kind by a word in it, the first that fits. */
static const struct known_name parts[] = {
    { TEXT_STATIC("csrf"), "csrf", false, false },
    { TEXT_STATIC("xsrf"), "csrf", false, false },
    { TEXT_STATIC("passw"), "password", false, false },
    { TEXT_STATIC("passphrase"), "password", false, false },
    { TEXT_STATIC("pwd"), "password", false, false },
    { TEXT_STATIC("jwt"), "jwt", false, false },
    { TEXT_STATIC("session"), "session", false, false },
    { TEXT_STATIC("token"), "token", false, false },
    { TEXT_STATIC("key"), "key", false, false },
};

bool redaction_looks_random(struct text value, size_t shortest)
{
    bool has_digit = false;
    bool has_letter = false;
    for (size_t i = 0; i < value.size; i++) {
        char byte = value.at[i];
        if (!byte_is_token(byte) && !byte_is_one_of(byte, "+/=.~"))
            return false;
        has_digit = has_digit || byte_is_digit(byte);
        has_letter = has_letter || byte_is_letter(byte);
    }
    return value.size >= shortest && has_digit && has_letter;
}

static const struct known_name *find_exact(struct text normal)
{
    for (size_t i = 0; i < ARRAY_SIZE(exact); i++)
        if (text_equal(normal, exact[i].name))
            return &exact[i];
    return NULL;
}

const char *redaction_kind_built_in(enum redaction_place place, struct text name,
                                    struct text value)
{
    char bytes[SENSITIVE_KEY_LIMIT];
    struct text normal = sensitive_normalise(name, bytes);
    const struct known_name *known = find_exact(normal);
    if (known) {
        bool fits = (!known->is_parameter_only || place == REDACTION_PARAMETER) &&
                    (!known->must_look_random || redaction_looks_random(value, 6));
        return fits ? known->kind : NULL;
    }
    if (text_ends_with(normal, TEXT("signature")))
        return "signature";
    if (!sensitive_key(name))
        return NULL;
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        if (text_contains(normal, parts[i].name))
            return parts[i].kind;
    return "secret";
}

static bool same_name(struct text a, struct text b)
{
    char bytes_of_a[SENSITIVE_KEY_LIMIT];
    char bytes_of_b[SENSITIVE_KEY_LIMIT];
    return a.size > 0 && b.size > 0 &&
           text_equal(sensitive_normalise(a, bytes_of_a), sensitive_normalise(b, bytes_of_b));
}

/* Takes the part behind the last dot off *rest. */
static struct text take_last(struct text *rest)
{
    size_t dot = rest->size;
    while (dot > 0 && rest->at[dot - 1] != '.')
        dot--;
    struct text last = text_from(*rest, dot);
    *rest = text_slice(*rest, 0, dot > 0 ? dot - 1 : 0);
    return last;
}

/* The name of the value, or of the array it is an item of. */
static const struct naming *named(const struct naming *naming)
{
    while (naming->name.size == 0 && naming->outer && naming->event.size == 0)
        naming = naming->outer;
    return naming;
}

/* "chat.text": the last part is the value's own name, each other one a name or event around it. */
static bool key_fits(struct text key, const struct naming *naming)
{
    const struct naming *at = named(naming);
    if (same_name(key, at->name))
        return true;
    struct text rest = key;
    if (!same_name(take_last(&rest), at->name))
        return false;
    struct text part = take_last(&rest);
    for (; at && part.size > 0; at = at->outer)
        if (same_name(part, at->event) || (at->outer && same_name(part, at->outer->name)))
            part = take_last(&rest);
    return part.size == 0;
}

static bool any_fits(const struct text *keys, size_t count, const struct naming *naming)
{
    for (size_t i = 0; i < count; i++)
        if (key_fits(keys[i], naming))
            return true;
    return false;
}

/* {"session": {"id": …}} is a session id, {"card": {"number": …}} a card number. */
static const char *kind_of_both(enum redaction_place place, const struct naming *naming,
                                struct text value)
{
    char both[2 * SENSITIVE_KEY_LIMIT];
    const struct naming *outer = naming->outer;
    if (!outer || outer->name.size == 0 || naming->name.size == 0 ||
        outer->name.size + naming->name.size > sizeof both)
        return NULL;
    memcpy(both, outer->name.at, outer->name.size);
    memcpy(both + outer->name.size, naming->name.at, naming->name.size);
    return redaction_kind_built_in(place, text_make(both, outer->name.size + naming->name.size),
                                   value);
}

/* What an import always keeps: the names of events, without which no message can be found. */
static bool is_event_name(const struct naming *naming, struct text value)
{
    return naming->outer && naming->outer->event.size > 0 &&
           text_equal(naming->outer->event, value);
}

const char *redaction_kind(const struct redaction *redaction, enum redaction_place place,
                           const struct naming *naming, struct text value)
{
    const struct redaction_rules *rules = redaction->rules;
    const char *kind = redaction_kind_built_in(place, named(naming)->name, value);
    if (!kind)
        kind = kind_of_both(place, naming, value);
    if (!kind && any_fits(rules->keys, rules->key_count, naming))
        kind = "personal";
    if (!kind && rules->is_allow_list && !is_event_name(naming, value) &&
        !any_fits(rules->allowed, rules->allowed_count, naming))
        kind = "import";
    return kind;
}
