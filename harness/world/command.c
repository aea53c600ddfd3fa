/* SPDX-License-Identifier: MIT */
#include "world/command.h"

#include "base/process.h"
#include "config/settings.h"
#include "world/step.h"
#include "world/world.h"

enum { OUTPUT_LIMIT_BYTES = 1 << 20, OUTPUT_SHOWN_BYTES = 4000 };

static bool is_done(const struct step *step)
{
    return process_is_finished(step->state);
}

static struct text last_part(struct text output)
{
    return output.size > OUTPUT_SHOWN_BYTES
               ? text_from(output, output.size - OUTPUT_SHOWN_BYTES)
               : output;
}

static void finish(struct step *step, enum step_wait wait)
{
    struct process *process = step->state;
    struct text output = text_trim(last_part(buffer_text(&process->output)));
    if (wait == STEP_WAIT_CANCELLED) {
        step_fail_cancelled(step);
    } else if (wait == STEP_WAIT_DEADLINE) {
        step_fail(step, "the command was stopped: the time was over");
    } else if (process_exit_code(process) != 0) {
        step_fail(step, "the command ended with exit code %d: %.*s", process_exit_code(process),
                  TEXT_ARG(output));
        step_hint(step, "run it by hand as 'commands:' in bddrun.yaml has it");
    }
    process_release(process);
}

static const char *const *words_of(struct step *step, const struct config_command *command)
{
    const char **words =
        ARENA_ARRAY(&step->world->arena, command->words.count + 1, const char *);
    for (size_t i = 0; i < command->words.count; i++) {
        words[i] = arena_string(&step->world->arena, command->words.list[i]);
    }
    return words;
}

void command_start(struct step *step, struct text name)
{
    const struct world_context *context = step->world->context;
    const struct config_command *command = settings_command(context->settings, name);
    if (!command) {
        step_fail(step, "unknown command '%.*s'", TEXT_ARG(name));
        step_hint(step, "name it under 'commands:' in bddrun.yaml, as a list of words");
        return;
    }
    struct process *process = ARENA_NEW(&step->world->arena, struct process);
    struct process_request request = {
        .words = words_of(step, command),
        .folder = arena_string(&step->world->arena, context->project_folder),
        .output_limit_bytes = OUTPUT_LIMIT_BYTES,
    };
    struct problems problems;
    problems_init(&problems);
    if (process_start(process, &request, context->loop, &problems)) {
        step->state = process;
        step->is_done = is_done;
        step->finish = finish;
        step->world->checks++;
    } else {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
}
