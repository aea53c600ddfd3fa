/* SPDX-License-Identifier: MIT */
/* A program that switches, another that goes back, a third that prints what is live. */
#include "deploy/program.h"
#include "deploy/target.h"

static bool run(struct target *target, const struct config_texts *words,
                const struct target_release *release, struct text previous,
                struct text *ret_output, struct problems *problems)
{
    struct config_pair pairs[] = {
        { .name = TEXT("DEPLOY_RELEASE"), .value = release->name },
        { .name = TEXT("DEPLOY_COMMIT"), .value = release->commit },
        { .name = TEXT("DEPLOY_DIGEST"), .value = release->digest },
        { .name = TEXT("DEPLOY_PREVIOUS"), .value = previous },
    };
    struct program program = { .words = *words,
                               .variables = { pairs, ARRAY_SIZE(pairs) },
                               .process_environment = target->context->process_environment,
                               .limit_ms = target->settings->within_ms };
    return program_run(&program, &target->context->client->loop, target->context->arena,
                       ret_output, problems);
}

static bool current(struct target *target, struct text *ret_name, struct problems *problems)
{
    const struct config_texts *shows = &target->settings->shows;
    struct text output = TEXT_EMPTY;
    if (shows->count > 0 &&
        !run(target, shows, &(struct target_release){ 0 }, TEXT_EMPTY, &output, problems)) {
        return false;
    }
    *ret_name = text_trim(output);
    return true;
}

static bool prepare(struct target *target, struct problems *problems)
{
    struct text ignored;
    return current(target, &ignored, problems);
}

static bool find(UNUSED struct target *target, const struct target_wish *wish,
                 struct target_release *ret_release, struct problems *problems)
{
    struct text name = wish->release.size  ? wish->release
                       : wish->digest.size ? wish->digest
                                           : wish->commit;
    if (name.size == 0) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "give --release, --digest or --commit",
                     "nothing says what the command shall make live");
        return false;
    }
    *ret_release =
        (struct target_release){ .name = name, .commit = wish->commit, .digest = wish->digest };
    return true;
}

/* A program that failed may have done anything, unless another can tell. */
static enum target_outcome look_again(struct target *target, struct text previous)
{
    struct problems ignored;
    struct text now;
    problems_init(&ignored);
    bool is_unchanged = target->settings->shows.count > 0 && current(target, &now, &ignored) &&
                        text_equal(now, previous);
    problems_release(&ignored);
    return is_unchanged ? TARGET_REFUSED : TARGET_UNKNOWN;
}

static enum target_outcome switch_to(struct target *target,
                                     const struct target_release *release, struct text previous,
                                     struct problems *problems)
{
    return run(target, &target->settings->command, release, previous, NULL, problems)
               ? TARGET_DONE
               : look_again(target, previous);
}

static bool can_go_back(const struct target *target)
{
    return target->settings->back.count > 0;
}

static enum target_outcome go_back(struct target *target, const struct target_release *release,
                                   struct text bad, struct problems *problems)
{
    if (!can_go_back(target)) {
        problems_add(problems, PROBLEM_ENVIRONMENT, target->settings->at,
                     "name the program that does: `back: [program, argument]`",
                     "%.*s cannot go back", TEXT_ARG(target->name));
        return TARGET_REFUSED;
    }
    return run(target, &target->settings->back, release, bad, NULL, problems)
               ? TARGET_DONE
               : look_again(target, bad);
}

static bool can_pin(UNUSED const struct target *target)
{
    return true;
}

static void describe(const struct target *target, struct text release, struct buffer *out)
{
    const struct config_texts *command = &target->settings->command;
    buffer_add_string(out, "run");
    for (size_t i = 0; i < command->count; i++) {
        buffer_add_format(out, " %.*s", TEXT_ARG(command->list[i]));
    }
    buffer_add_format(out, " with DEPLOY_RELEASE=%.*s", TEXT_ARG(release));
}

const struct deploy_target_type target_command = {
    .name = "command",
    .prepare = prepare,
    .current = current,
    .find = find,
    .switch_to = switch_to,
    .go_back = go_back,
    .can_go_back = can_go_back,
    .can_pin = can_pin,
    .describe = describe,
};
