/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

void api_csrf(struct visit *visit)
{
    visit_answer(visit, 204, NULL);
}

void api_token(struct visit *visit)
{
    struct text email;
    struct text password;
    struct account *account = NULL;
    if (visit_json_member(visit, "email", &email) &&
        visit_json_member(visit, "password", &password) &&
        text_is(password, ACCOUNT_PASSWORD)) {
        account = accounts_by_email(&visit->site->accounts, email);
    }
    if (!account) {
        visit_refuse(visit, 422, "These credentials do not match our records.");
        return;
    }
    visit_json(visit, 201, "{\"token\": \"token-%s\", \"type\": \"Bearer\"}", account->name);
}

static void show_me(struct visit *visit)
{
    const struct account *me = visit->account;
    struct tm utc;
    time_t updated_s = (time_t)me->updated_s;
    gmtime_r(&updated_s, &utc);
    char updated[32];
    strftime(updated, sizeof updated, "%Y-%m-%dT%H:%M:%SZ", &utc);
    visit_header(visit, "ETag", "\"%lu\"", me->version);
    const char *nick = visit->site->flavour == FLAVOUR_BROKEN
                           ? "null"
                           : visit_in_json(visit, text_of(me->nick));
    visit_json(visit, 200,
               "{\"id\": \"%s\", \"name\": \"%s\", \"email\": \"%s@arena.test\", \"nick\": %s, "
               "\"chips\": %ld, \"updated\": \"%s\"}",
               me->id, me->name, me->name, nick, me->chips, updated);
}

void api_me(struct visit *visit)
{
    show_me(visit);
}

static bool version_matches(struct visit *visit)
{
    struct text wanted = visit_request_header(visit, "If-Match");
    if (!wanted.at || text_is(wanted, "*")) {
        return true;
    }
    if (text_starts_with(wanted, TEXT("W/"))) {
        wanted = text_from(wanted, 2); /* what a compressing proxy makes of it */
    }
    struct text tag = arena_format(&visit->arena, "\"%lu\"", visit->account->version);
    return text_equal(wanted, tag);
}

void api_change_me(struct visit *visit)
{
    struct text nick;
    if (!version_matches(visit)) {
        visit_refuse(visit, 412, "Somebody else has changed this player.");
        return;
    }
    if (!visit_json_member(visit, "nick", &nick) || nick.size < 3 ||
        nick.size >= ACCOUNT_NICK_SIZE) {
        visit_json(visit, 422,
                   "{\"message\": \"The nick field is not valid.\", "
                   "\"errors\": {\"nick\": [\"The nick field must be 3 to 63 bytes.\"]}}");
        return;
    }
    struct account *me = visit->account;
    memset(me->nick, 0, sizeof me->nick);
    memcpy(me->nick, nick.at, nick.size);
    me->version++;
    me->updated_s = (int64_t)time(NULL);
    show_me(visit);
}

void api_put_avatar(struct visit *visit)
{
    const struct visit_field *title = visit_form(visit, "title");
    const struct visit_field *image = visit_form(visit, "image");
    if (!image || !image->filename.at) {
        visit_json(visit, 422,
                   "{\"message\": \"The image field is required.\", "
                   "\"errors\": {\"image\": [\"The image field is required.\"]}}");
        return;
    }
    struct account *me = visit->account;
    free((void *)(uintptr_t)me->avatar.at);
    char *copy = alloc_or_die(image->value.size + 1, 1);
    memcpy(copy, image->value.at, image->value.size);
    me->avatar = text_make(copy, image->value.size);
    struct text type = text_slice(image->type, 0, sizeof me->avatar_type - 1);
    memset(me->avatar_type, 0, sizeof me->avatar_type);
    memcpy(me->avatar_type, type.at, type.size);
    visit_json(visit, 201,
               "{\"title\": %s, \"filename\": %s, \"type\": \"%s\", \"size\": %zu, "
               "\"fields\": %zu}",
               title ? visit_in_json(visit, title->value) : "null",
               visit_in_json(visit, image->filename), me->avatar_type, image->value.size,
               visit->field_count);
}

void api_avatar(struct visit *visit)
{
    const struct account *me = visit->account;
    if (!me->avatar.at) {
        visit_refuse(visit, 404, "No avatar.");
        return;
    }
    visit_answer(visit, 200, me->avatar_type);
    buffer_add(&visit->answer, me->avatar);
}
