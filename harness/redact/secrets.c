/* SPDX-License-Identifier: MIT */
#include "redact/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "redact/secret_forms.h"

struct secret_form {
    char *at;
    size_t size;
    uint32_t next; /* in its bucket: index + 1 of an older form; 0: the last */
};

/* By the first two bytes; every form has at least two. */
static size_t bucket_of(const char *at)
{
    return ((unsigned char)at[0] * 31u + (unsigned char)at[1]) % SECRETS_BUCKETS;
}

void secrets_init(struct secrets *secrets)
{
    *secrets = (struct secrets){ 0 };
}

void secrets_release(struct secrets *secrets)
{
    secrets_rewind(secrets, 0);
    free(secrets->forms);
    secrets_init(secrets);
}

static bool is_known(const struct secrets *secrets, struct text form)
{
    for (uint32_t i = secrets->newest[bucket_of(form.at)]; i > 0;
         i = secrets->forms[i - 1].next) {
        const struct secret_form *known = &secrets->forms[i - 1];
        if (known->size == form.size && memcmp(known->at, form.at, form.size) == 0)
            return true;
    }
    return false;
}

static void add_form(void *context, struct text form)
{
    struct secrets *secrets = context;
    if (form.size < SECRETS_SHORTEST || is_known(secrets, form))
        return;
    GROW(secrets->forms, secrets->count, secrets->capacity);
    struct secret_form *added = &secrets->forms[secrets->count++];
    added->at = alloc_or_die(form.size, 1);
    memcpy(added->at, form.at, form.size);
    added->size = form.size;
    uint32_t *bucket = &secrets->newest[bucket_of(form.at)];
    added->next = *bucket;
    *bucket = (uint32_t)secrets->count;
}

bool secrets_add(struct secrets *secrets, struct text value)
{
    if (value.size < SECRETS_SHORTEST)
        return false;
    if (!is_known(secrets, value))
        secret_forms_each(value, add_form, secrets);
    return true;
}

size_t secrets_mark(const struct secrets *secrets)
{
    return secrets->count;
}

void secrets_rewind(struct secrets *secrets, size_t mark)
{
    while (secrets->count > mark) {
        struct secret_form *form = &secrets->forms[--secrets->count];
        secrets->newest[bucket_of(form->at)] = form->next;
        free(form->at);
    }
}

/* Size of the longest form that starts here, 0 where none does. */
static size_t match_at(const struct secrets *secrets, struct text rest)
{
    size_t longest = 0;
    if (rest.size < SECRETS_SHORTEST)
        return 0;
    for (uint32_t i = secrets->newest[bucket_of(rest.at)]; i > 0;
         i = secrets->forms[i - 1].next) {
        const struct secret_form *form = &secrets->forms[i - 1];
        if (form->size > longest && form->size <= rest.size &&
            memcmp(form->at, rest.at, form->size) == 0)
            longest = form->size;
    }
    return longest;
}

bool secrets_find(const struct secrets *secrets, struct text bytes, size_t from,
                  size_t *ret_start, size_t *ret_end)
{
    size_t at = secrets->count > 0 ? from : bytes.size;
    size_t size = 0;
    while (at < bytes.size && (size = match_at(secrets, text_from(bytes, at))) == 0)
        at++;
    if (at >= bytes.size)
        return false;
    *ret_start = at;
    size_t end = at + size;
    for (at++; at <= end && at < bytes.size; at++) {
        size = match_at(secrets, text_from(bytes, at));
        if (at + size > end)
            end = at + size;
    }
    *ret_end = end;
    return true;
}

void secrets_mask(const struct secrets *secrets, struct buffer *out, struct text bytes)
{
    size_t shown = 0;
    size_t start = 0;
    size_t end = 0;
    while (secrets_find(secrets, bytes, shown, &start, &end)) {
        buffer_add(out, text_slice(bytes, shown, start));
        buffer_add(out, TEXT(SECRETS_MASK));
        shown = end;
    }
    buffer_add(out, text_from(bytes, shown));
}

struct text secrets_masked(const struct secrets *secrets, struct arena *arena,
                           struct text bytes)
{
    size_t start = 0;
    size_t end = 0;
    if (!secrets_find(secrets, bytes, 0, &start, &end))
        return bytes;
    CLEANUP(buffer_release) struct buffer masked;
    buffer_init(&masked, BUFFER_NO_LIMIT); /* at most as the caller's, which is bounded there */
    secrets_mask(secrets, &masked, bytes);
    return arena_text(arena, buffer_text(&masked));
}
