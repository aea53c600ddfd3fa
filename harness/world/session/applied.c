/* SPDX-License-Identifier: MIT */
#include "world/session/applied.h"

#include "exchange/header.h"
#include "net/http_settings.h"
#include "net/http.h"
#include "world/session.h"
#include "world/setting.h"
#include "world/step.h"
#include "world/world.h"

void actor_note_setting(struct actor *actor, struct applied_setting setting)
{
    struct applied_setting *applied = ARENA_NEW(&actor->world->arena, struct applied_setting);
    struct applied_setting **last = &actor->applied;
    while (*last) {
        last = &(*last)->next;
    }
    *applied = setting;
    applied->next = NULL;
    *last = applied;
}

void applied_pack(const struct actor *actor, struct buffer *out)
{
    for (const struct applied_setting *at = actor->applied; at; at = at->next) {
        buffer_add_format(out, "%zu %zu %zu\n", at->setting.size, at->name.size,
                          at->value.size);
        buffer_add(out, at->setting);
        buffer_add(out, at->name);
        buffer_add(out, at->value);
    }
}

void actor_set_header(struct actor *actor, struct text name, struct text value)
{
    headers_remove(&actor->settings->removed_headers, name);
    headers_set(&actor->settings->default_headers, &actor->world->arena, name, value);
    actor_note_setting(actor, (struct applied_setting){
                                  .setting = APPLIED_HEADER, .name = name, .value = value });
}

void actor_remove_header(struct actor *actor, struct text name)
{
    headers_remove(&actor->settings->default_headers, name);
    headers_set(&actor->settings->removed_headers, &actor->world->arena, name, TEXT_EMPTY);
    actor_note_setting(actor,
                       (struct applied_setting){ .setting = APPLIED_NO_HEADER, .name = name });
}

void actor_send_cookie_back(struct actor *actor, struct text cookie, struct text header)
{
    struct cookie_header *back = ARENA_NEW(&actor->world->arena, struct cookie_header);
    *back = (struct cookie_header){ actor->cookie_headers, cookie, header };
    actor->cookie_headers = back;
    actor_note_setting(actor, (struct applied_setting){ .setting = APPLIED_COOKIE_HEADER,
                                                        .name = cookie,
                                                        .value = header });
}

void actor_follow_redirects(struct actor *actor, bool follows)
{
    actor->settings->follows_redirects = follows;
    actor_note_setting(actor,
                       (struct applied_setting){ .setting = APPLIED_REDIRECTS,
                                                 .value = follows ? TEXT("yes") : TEXT("no") });
}

void actor_trust_any_certificate(struct actor *actor)
{
    actor->settings->trusts_any_certificate = true;
    actor_note_setting(actor, (struct applied_setting){ .setting = APPLIED_TRUST });
}

bool actor_use_auth(struct actor *actor, struct text kind, struct text user,
                    struct text password)
{
    static const struct {
        const char *name;
        enum http_auth auth;
    } auths[] = {
        { "basic", HTTP_AUTH_BASIC },
        { "digest", HTTP_AUTH_DIGEST },
        { "NTLM", HTTP_AUTH_NTLM },
        { "Negotiate", HTTP_AUTH_NEGOTIATE },
    };
    for (size_t i = 0; i < ARRAY_SIZE(auths); i++) {
        if (text_is(kind, auths[i].name)) {
            actor->settings->auth = auths[i].auth;
            actor->settings->auth_user = user;
            actor->settings->auth_password = password;
            world_learn_secret(actor->world, password);
            actor_note_setting(actor, (struct applied_setting){
                                          .setting = kind, .name = user, .value = password });
            return true;
        }
    }
    return false;
}

static bool apply_header(struct actor *actor, const struct applied_setting *applied)
{
    if (text_equal(applied->setting, APPLIED_HEADER)) {
        actor_set_header(actor, applied->name, applied->value);
    } else if (text_equal(applied->setting, APPLIED_NO_HEADER)) {
        actor_remove_header(actor, applied->name);
    } else if (text_equal(applied->setting, APPLIED_COOKIE_HEADER)) {
        actor_send_cookie_back(actor, applied->name, applied->value);
    } else {
        return false;
    }
    return true;
}

static bool apply(struct step *step, struct actor *actor, const struct applied_setting *applied)
{
    if (!actor_settings(step, actor)) {
        return false;
    }
    if (apply_header(actor, applied) ||
        actor_use_auth(actor, applied->setting, applied->name, applied->value)) {
        return true;
    }
    if (text_equal(applied->setting, APPLIED_REDIRECTS)) {
        actor_follow_redirects(actor, text_is(applied->value, "yes"));
        return true;
    }
    if (text_equal(applied->setting, APPLIED_TRUST)) {
        actor_trust_any_certificate(actor);
        return true;
    }
    return text_equal(applied->setting, APPLIED_NO_SETTING)
               ? actor_use_no_setting(step, actor, applied->name)
               : actor_use_setting(step, actor, applied->setting, applied->value);
}

static bool take_part(struct text *line, struct text *rest, struct text *ret_part)
{
    struct text number;
    uint64_t size;
    if (!text_take_until(line, ' ', &number) || !text_to_uint64(number, &size) ||
        size > rest->size) {
        return false;
    }
    *ret_part = text_slice(*rest, 0, size);
    *rest = text_from(*rest, size);
    return true;
}

bool applied_unpack(struct step *step, struct actor *actor, struct text *rest)
{
    struct text line;
    while (text_take_until(rest, '\n', &line) && line.size) {
        struct applied_setting applied = { 0 };
        if (!take_part(&line, rest, &applied.setting) ||
            !take_part(&line, rest, &applied.name) || !take_part(&line, rest, &applied.value)) {
            step_fail(step, "the kept session is damaged");
            step_hint(step, "keep it again with 'keeps the session as'");
            return false;
        }
        if (!apply(step, actor, &applied)) {
            return false;
        }
    }
    return true;
}
