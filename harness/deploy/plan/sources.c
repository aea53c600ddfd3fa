/* SPDX-License-Identifier: MIT */
#include "deploy/plan/sources.h"

#include "base/clock.h"
#include "config/migrations.h"
#include "config/policy.h"
#include "config/sections/sections.h"
#include "deploy/client.h"
#include "deploy/marker.h"
#include "deploy/target.h"
#include "gate/envelope/verification.h"

enum { PRODUCTION_WITHIN_MS = 30000 };

static const struct config_environment *production_of(const struct plan_sources *sources)
{
    struct text name = sources->deploy ? sources->deploy->environment : TEXT("production");
    for (size_t i = 0; i < sources->settings->environment_count; i++) {
        if (text_equal(sources->settings->environments[i].name, name)) {
            return &sources->settings->environments[i];
        }
    }
    return NULL;
}

bool plan_ask_production(const struct plan_sources *sources, struct text *ret_revision,
                         struct problems *problems)
{
    const struct config_environment *production = production_of(sources);
    struct client client;
    if (!production || production->revision.at.size == 0) {
        problems_add(problems, PROBLEM_USAGE, span_none(),
                     "name it: --from REVISION; or say where production tells it: "
                     "`environments: {production: {url: …, revision: {at: /version}}}`",
                     "production's revision is not known");
        return false;
    }
    if (!client_init(&client, clock_real(), problems)) {
        return false;
    }
    struct marker marker = { .revision = &production->revision,
                             .urls = &production->url,
                             .url_count = 1,
                             .times = 1,
                             .within_ms = PRODUCTION_WITHIN_MS };
    struct text revision;
    bool is_told = marker_ask(&marker, &client, production->url, &revision, problems);
    if (is_told) {
        *ret_revision = arena_text(sources->arena, text_trim(revision));
    }
    client_release(&client);
    return is_told;
}

struct change_limits plan_limits(const struct config *config)
{
    const struct config_gate *gate = config_section_data(config, &section_gate);
    struct change_limits limits = { .has_commits = false };
    if (gate) {
        limits.has_commits = gate->change_commits.at.source != NULL;
        limits.commits = gate->change_commits.value;
        limits.has_lines = gate->change_lines.at.source != NULL;
        limits.lines = gate->change_lines.value;
    }
    return limits;
}

struct migration_settings plan_migrations(const struct config *config)
{
    static const enum migration_database databases[] = { DATABASE_UNKNOWN, DATABASE_POSTGRESQL,
                                                         DATABASE_MYSQL };
    const struct config_migrations *known = config_section_data(config, &section_migrations);
    struct migration_settings settings = { .database = DATABASE_UNKNOWN };
    if (known) {
        settings.database = databases[known->database];
        settings.big_tables = known->big_tables.list;
        settings.big_table_count = known->big_tables.count;
        settings.knows_big_tables = known->knows_big_tables;
    }
    return settings;
}

bool plan_windows(const struct plan_sources *sources, const char *zone_folder,
                  struct windows *ret_windows, struct problems *problems)
{
    struct windows windows = { .zone = NULL };
    if (sources->deploy) {
        windows = sources->deploy->windows;
    }
    if (!windows_open(&windows, zone_folder, sources->arena, problems)) {
        return false;
    }
    *ret_windows = windows;
    return true;
}

size_t plan_remarks(const struct plan_sources *sources, struct text *ret_remarks)
{
    size_t count = 0;
    if (!sources->deploy) {
        return 0;
    }
    struct target_context context = { .arena = sources->arena,
                                      .process_environment = sources->process_environment };
    const struct config_records *records = &sources->deploy->target;
    struct targets targets = targets_make(records->list, records->count, &context);
    for (size_t i = 0; i < targets.count && count + 2 <= PLAN_REMARKS_LIMIT; i++) {
        const struct target *target = &targets.list[i];
        if (!target->type->can_pin(target)) {
            ret_remarks[count++] = arena_format(
                sources->arena,
                "%.*s cannot pin a commit: it deploys what is there when it is asked",
                TEXT_ARG(target->name));
        }
        if (!target->type->can_go_back(target)) {
            ret_remarks[count++] = arena_format(sources->arena, "%.*s cannot go back by itself",
                                                TEXT_ARG(target->name));
        }
    }
    return count;
}

bool plan_verdict(const struct plan_sources *sources, struct text path, struct text commit,
                  int64_t now_s, int64_t *ret_expires_s, struct problems *problems)
{
    CLEANUP(keyring_release) struct keyring keyring;
    keyring_init(&keyring);
    for (size_t i = 0; sources->deploy && i < sources->deploy->trust.count; i++) {
        if (!keyring_add_file(&keyring, sources->deploy->trust.list[i], KEYRING_VERDICTS,
                              problems)) {
            return false;
        }
    }
    struct verification_request request = {
        .keyring = &keyring,
        .digests = &commit,
        .digest_count = 1,
        .max_age_ms = sources->deploy ? sources->deploy->max_age_ms : 0,
        .now_ns = (uint64_t)now_s * NANOSECONDS_PER_SECOND,
    };
    struct verification verification;
    if (!verification_run_file(path, &request, sources->arena, &verification, problems)) {
        return false;
    }
    if (verification.result != VERDICT_PASSED) {
        problems_add(problems,
                     verification.result == VERDICT_FAILED ? PROBLEM_INPUT : PROBLEM_NOTHING,
                     span_none(), NULL, "%.*s", TEXT_ARG(verification.reason));
        problems_hint(problems, "%.*s", TEXT_ARG(verification.hint));
        return false;
    }
    *ret_expires_s = (int64_t)(verification.verdict.expires_at_ns / NANOSECONDS_PER_SECOND);
    return true;
}
