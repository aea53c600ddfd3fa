/* SPDX-License-Identifier: MIT */
#include "deploy/program.h"

#include "base/process.h"

enum { LINE_LIMIT_BYTES = 300 };

static const char **words_of(const struct program *program, struct arena *arena)
{
    const char **words = ARENA_ARRAY(arena, program->words.count + 1, const char *);
    for (size_t i = 0; i < program->words.count; i++) {
        words[i] = arena_string(arena, program->words.list[i]);
    }
    return words;
}

static bool is_replaced(const struct program *program, const char *variable)
{
    struct text rest = text_of(variable);
    struct text name;
    return text_take_until(&rest, '=', &name) && config_pairs_find(&program->variables, name);
}

static const char **environment_of(const struct program *program, struct arena *arena)
{
    size_t count = 0;
    const char *const *given = program->process_environment;
    while (given && given[count]) {
        count++;
    }
    const char **environment =
        ARENA_ARRAY(arena, count + program->variables.count + 1, const char *);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_replaced(program, given[i])) {
            environment[used++] = given[i];
        }
    }
    for (size_t i = 0; i < program->variables.count; i++) {
        const struct config_pair *pair = &program->variables.list[i];
        environment[used++] =
            arena_format(arena, "%.*s=%.*s", TEXT_ARG(pair->name), TEXT_ARG(pair->value)).at;
    }
    return environment;
}

static struct text last_line(struct text output)
{
    struct text rest = text_trim(output);
    struct text line = TEXT_EMPTY;
    while (text_take_until(&rest, '\n', &line)) {
    }
    return text_slice(line, 0, LINE_LIMIT_BYTES);
}

static bool judge(const struct process *process, const char *name, uint64_t limit_ms,
                  enum loop_result result, struct problems *problems)
{
    struct text said = last_line(buffer_text(&process->output));
    const char *colon = said.size ? ": " : "";
    int code = process_exit_code(process);
    if (result != LOOP_DONE) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "see why it hangs, or give it more time",
                     "'%s' did not end within %llu ms and was killed%s%.*s", name,
                     (unsigned long long)limit_ms, colon, TEXT_ARG(said));
        return false;
    }
    if (code != 0) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "run it by hand to see all that it says",
                     "'%s' ended with exit code %d%s%.*s", name, code, colon, TEXT_ARG(said));
    }
    return code == 0;
}

bool program_run(const struct program *program, struct loop *loop, struct arena *arena,
                 struct text *ret_output, struct problems *problems)
{
    struct process process = { 0 };
    struct process_request request = { .words = words_of(program, arena),
                                       .environment = environment_of(program, arena),
                                       .input = program->input,
                                       .output_limit_bytes = PROGRAM_OUTPUT_LIMIT_BYTES };
    enum loop_result result = LOOP_DONE;
    uint64_t deadline_ns = loop_now_ns(loop) + program->limit_ms * NANOSECONDS_PER_MILLISECOND;
    if (!process_run(&process, &request, loop, deadline_ns, &result, problems)) {
        return false;
    }
    bool is_fine = judge(&process, request.words[0], program->limit_ms, result, problems);
    if (ret_output) {
        *ret_output = arena_text(arena, buffer_text(&process.output));
    }
    process_release(&process);
    return is_fine;
}
