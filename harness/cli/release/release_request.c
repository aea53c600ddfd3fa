/* SPDX-License-Identifier: MIT */
#include <pwd.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/console.h"
#include "cli/release/release_command.h"

static void say(void *context, struct text line)
{
    (void)context;
    console_note(line);
}

/* Who asks, for journals and logs. */
static struct text user_name(struct arena *arena)
{
    struct passwd entry;
    struct passwd *found = NULL;
    char memory[4096];
    if (getpwuid_r(getuid(), &entry, memory, sizeof(memory), &found) == 0 && found) {
        return arena_text(arena, text_of(found->pw_name));
    }
    return arena_format(arena, "uid %u", (unsigned)getuid());
}

static const struct config_environment *find_environment(const struct config_settings *settings,
                                                         struct text name)
{
    for (size_t i = 0; i < settings->environment_count; i++) {
        if (text_equal(settings->environments[i].name, name)) {
            return &settings->environments[i];
        }
    }
    return NULL;
}

static struct text verdict_path(const struct release_values *values,
                                const struct config_settings *settings, struct arena *arena)
{
    if (values->verdict.size > 0 || settings->output.size == 0) {
        return values->verdict;
    }
    return path_join(arena, settings->output, TEXT("verdict.intoto.jsonl"));
}

bool release_request_make(struct invocation *invocation, const struct release_values *values,
                          struct release_request *ret_request)
{
    const struct config_settings *settings = NULL;
    struct problems *problems = &invocation->problems;
    if (!configured_make(&values->configured, invocation, &settings)) {
        return false;
    }
    const struct deploy_settings *deploy = deploy_settings(&invocation->config);
    const struct config_environment *environment =
        deploy ? find_environment(settings, deploy->environment) : NULL;
    bool needs_environment =
        deploy && (deploy->verify.marker > 0 || deploy->verify.scenarios.size > 0);
    if (needs_environment && !environment) {
        problems_add(problems, PROBLEM_INPUT, deploy->at, "name it in `environments`",
                     "there is no environment '%.*s' to verify", TEXT_ARG(deploy->environment));
        return false;
    }
    if (deploy && deploy->verify.marker > 0 && environment->revision.at.size == 0) {
        problems_add(problems, PROBLEM_INPUT, deploy->at,
                     "`revision: {at: /version, json: $.commit}` of the environment",
                     "nothing says where '%.*s' shows its revision",
                     TEXT_ARG(deploy->environment));
        return false;
    }
    *ret_request = (struct release_request){
        .config = &invocation->config,
        .environment = environment,
        .clock = clock_real(),
        .process_environment = invocation->process_environment,
        .user = user_name(&invocation->arena),
        .wish = { values->release, values->commit, values->digest },
        .verdict_path = verdict_path(values, settings, &invocation->arena),
        .goes_back_anyway = values->goes_back_anyway,
        .window_override = values->window_override,
        .repaired = values->repaired,
        .resend = values->resend,
        .is_dry_run = values->is_dry_run,
        .smoke = { release_run_smoke, invocation },
        .say = say,
        .find_scope = release_find_scope,
        .scope_context = invocation,
    };
    return true;
}
