/* SPDX-License-Identifier: MIT */
#include "run/desk/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static char *copy(struct text text)
{
    char *bytes = alloc_or_die(text.size + 1, 1);
    if (text.size) {
        memcpy(bytes, text.at, text.size);
    }
    return bytes;
}

static struct kept_session *find(const struct kept_sessions *kept, struct text name)
{
    for (size_t i = 0; i < kept->count; i++) {
        struct kept_session *session = &kept->list[i];
        if (text_equal(text_make(session->name, session->name_bytes), name)) {
            return session;
        }
    }
    return NULL;
}

void kept_release(struct kept_sessions *kept)
{
    for (size_t i = 0; i < kept->count; i++) {
        free(kept->list[i].name);
        free(kept->list[i].data);
    }
    free(kept->list);
    *kept = (struct kept_sessions){ 0 };
}

bool kept_set(struct kept_sessions *kept, struct text name, struct text data)
{
    struct kept_session *session = find(kept, name);
    if (!session && kept->count == KEPT_LIMIT) {
        return false;
    }
    if (!session) {
        GROW(kept->list, kept->count, kept->capacity);
        session = &kept->list[kept->count++];
        *session = (struct kept_session){ .name = copy(name), .name_bytes = name.size };
    }
    free(session->data);
    session->data = copy(data);
    session->data_bytes = data.size;
    return true;
}

bool kept_find(const struct kept_sessions *kept, struct text name, struct text *ret_data)
{
    const struct kept_session *session = find(kept, name);
    if (session) {
        *ret_data = text_make(session->data, session->data_bytes);
    }
    return session != NULL;
}
