/* SPDX-License-Identifier: MIT */
/* Sections C and D of the vocabulary: headers, cookies, authentication, TLS, limits. */
#include "base/clock.h"
#include "config/settings.h"
#include "exchange/cookie_jar.h"
#include "net/http.h"
#include "steps/step_functions.h"
#include "world/session.h"
#include "world/step.h"
#include "world/table.h"
#include "world/world.h"

/* Calls `use` for each actor of the step, with its settings made. */
static void for_each_actor(struct step *step,
                           bool (*use)(struct step *step, struct actor *actor))
{
    struct cast cast;
    if (!step_cast(step, 0, &cast)) {
        return;
    }
    for (size_t i = 0; i < cast.count; i++) {
        if (!actor_settings(step, cast.list[i]) || !use(step, cast.list[i])) {
            return;
        }
    }
}

/* --- C --- */

static bool set_header(struct step *step, struct actor *actor)
{
    struct text name;
    struct text value;
    if (!step_string(step, actor, 1, &name) || !step_string(step, actor, 2, &value)) {
        return false;
    }
    if (!header_name_is_valid(name) || !header_value_is_valid(value)) {
        step_fail(step, "no request can have the header '%.*s' with this value",
                  TEXT_ARG(name));
        step_hint(step, "a name has letters, digits and '-'; a value no line ends");
        return false;
    }
    actor_set_header(actor, name, value);
    return true;
}

/* C1: `{actor} set(s) header {string} to {string}` */
void step_set_header(struct step *step)
{
    for_each_actor(step, set_header);
}

static bool remove_header(struct step *step, struct actor *actor)
{
    struct text name;
    if (!step_string(step, actor, 1, &name)) {
        return false;
    }
    actor_remove_header(actor, name);
    return true;
}

/* C2: `{actor} remove(s) header {string}` */
void step_remove_header(struct step *step)
{
    for_each_actor(step, remove_header);
}

static bool set_cookie(struct step *step, struct actor *actor)
{
    struct text name;
    struct text value;
    if (!step_string(step, actor, 1, &name) || !step_string(step, actor, 2, &value)) {
        return false;
    }
    struct cookie_jar *jar = http_session_cookies(actor_session(actor));
    uint64_t now_ns = clock_realtime_ns(step->world->context->clock);
    if (!cookie_jar_set(jar, actor->settings->base_url, name, value, now_ns)) {
        step_fail(step, "no cookie can be '%.*s' with this value for '%.*s'", TEXT_ARG(name),
                  TEXT_ARG(actor->settings->base_url));
        step_hint(step, "set the base URL first; a name has no '=' and a value no ';'");
        return false;
    }
    return true;
}

/* C3: `{actor} set(s) cookie {string} to {string}` */
void step_set_cookie(struct step *step)
{
    for_each_actor(step, set_cookie);
}

static bool delete_cookie(struct step *step, struct actor *actor)
{
    struct text name;
    if (!step_string(step, actor, 1, &name)) {
        return false;
    }
    struct cookie_jar *jar = http_session_cookies(actor_session(actor));
    if (!cookie_jar_delete(jar, TEXT_EMPTY, name)) {
        step_fail(step, "%.*s has no cookie '%.*s'", TEXT_ARG(actor->name), TEXT_ARG(name));
        step_hint(step, "check with 'the cookie \"%.*s\" exists' where it was set",
                  TEXT_ARG(name));
        return false;
    }
    return true;
}

/* C4: `{actor} delete(s) cookie {string}` */
void step_delete_cookie(struct step *step)
{
    for_each_actor(step, delete_cookie);
}

static bool send_cookie_back(struct step *step, struct actor *actor)
{
    struct text cookie;
    struct text header;
    if (!step_string(step, actor, 1, &cookie) || !step_string(step, actor, 2, &header)) {
        return false;
    }
    actor_send_cookie_back(actor, cookie, header);
    return true;
}

/* C5: `{actor} send(s) cookie {string} back as header {string}` */
void step_send_cookie_back(struct step *step)
{
    for_each_actor(step, send_cookie_back);
}

/* --- D --- */

static bool use_setting(struct step *step, struct actor *actor)
{
    struct text value;
    return step_string(step, actor, 2, &value) &&
           actor_use_setting(step, actor, step_argument(step, 1), value);
}

/* D1: `{actor} use(s) {setting} {string}` */
void step_use_setting(struct step *step)
{
    for_each_actor(step, use_setting);
}

static bool use_no_setting(struct step *step, struct actor *actor)
{
    return actor_use_no_setting(step, actor, step_argument(step, 1));
}

/* D2: `{actor} use(s) no {setting}` */
void step_use_no_setting(struct step *step)
{
    for_each_actor(step, use_no_setting);
}

static bool use_table(struct step *step, struct actor *actor)
{
    struct pairs pairs;
    if (!table_read_pairs(step, actor, &pairs)) {
        return false;
    }
    for (size_t i = 0; i < pairs.count; i++) {
        const struct table_cell *cells = pairs.rows[i].cells;
        if (!actor_use_setting(step, actor, text_trim(cells[0].text), cells[1].text)) {
            return false;
        }
    }
    return true;
}

/* D3: `{actor} use(s) these settings:` */
void step_use_settings(struct step *step)
{
    for_each_actor(step, use_table);
}

static bool use_auth(struct step *step, struct actor *actor)
{
    struct text user;
    struct text password;
    return step_string(step, actor, 2, &user) && step_string(step, actor, 3, &password) &&
           actor_use_auth(actor, step_argument(step, 1), user, password);
}

/* D4: `{actor} use(s) {auth} auth as {string} with password {string}` */
void step_use_auth(struct step *step)
{
    for_each_actor(step, use_auth);
}

static bool trust_any(struct step *step, struct actor *actor)
{
    const struct config_environment *environment = step->world->context->environment;
    if (environment && environment->is_read_only) {
        step_fail(step, "any certificate would be trusted in a read-only environment");
        step_hint(step, "set 'tls: {ca: …}' of the environment instead");
        return false;
    }
    actor_trust_any_certificate(actor);
    return true;
}

/* D5: `{actor} trust(s) any certificate` */
void step_trust_any_certificate(struct step *step)
{
    for_each_actor(step, trust_any);
}

static bool follow_redirects(struct step *step, struct actor *actor)
{
    (void)step;
    actor_follow_redirects(actor, true);
    return true;
}

/* D6: `{actor} follow(s) redirects` */
void step_follow_redirects(struct step *step)
{
    for_each_actor(step, follow_redirects);
}

static bool follow_no_redirects(struct step *step, struct actor *actor)
{
    (void)step;
    actor_follow_redirects(actor, false);
    return true;
}

/* D7: `{actor} follow(s) no redirects` */
void step_follow_no_redirects(struct step *step)
{
    for_each_actor(step, follow_no_redirects);
}
