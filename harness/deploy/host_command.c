/* SPDX-License-Identifier: MIT */
#include "deploy/host_command.h"

#include "base/escape.h"
#include "base/buffer.h"
#include "base/process.h"

enum { LINE_LIMIT_BYTES = 1 << 20 };

static bool is_plain(struct text word)
{
    for (size_t i = 0; i < word.size; i++) {
        char byte = word.at[i];
        bool is_fine = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') || (byte && strchr("_-+=./:,@%", byte));
        if (!is_fine) {
            return false;
        }
    }
    return word.size > 0;
}

static void add_quoted(struct buffer *out, struct text word)
{
    if (is_plain(word)) {
        buffer_add(out, word);
        return;
    }
    escape_shell_word(out, word);
}

static void add_words(struct buffer *out, const struct text *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(out, i > 0 ? " " : "");
        add_quoted(out, words[i]);
    }
}

struct text host_words(const struct text *words, size_t count, struct arena *arena)
{
    struct buffer line;
    buffer_init(&line, LINE_LIMIT_BYTES);
    add_words(&line, words, count);
    struct text text = arena_text(arena, buffer_text(&line));
    buffer_release(&line);
    return text;
}

static size_t variable_count(const struct host_command *command)
{
    size_t count = 0;
    while (count < HOST_VARIABLES && command->variables[count].name) {
        count++;
    }
    return count;
}

/* ssh … host "cd folder && A=b exec program word". A host that begins with - would be an option, so
 * it stands behind --. */
static const char *const *words_there(const struct host_command *command, struct arena *arena)
{
    static const struct text usual[] = { TEXT_STATIC("ssh"), TEXT_STATIC("-o"),
                                         TEXT_STATIC("BatchMode=yes") };
    bool is_usual = !command->ssh || command->ssh->count == 0;
    const struct text *ssh = is_usual ? usual : command->ssh->list;
    size_t ssh_count = is_usual ? ARRAY_SIZE(usual) : command->ssh->count;
    struct buffer line;
    buffer_init(&line, LINE_LIMIT_BYTES);
    if (command->folder.size > 0) {
        buffer_add_string(&line, "cd ");
        add_quoted(&line, command->folder);
        buffer_add_string(&line, " && ");
    }
    for (size_t i = 0; i < variable_count(command); i++) {
        buffer_add_format(&line, "%s=", command->variables[i].name);
        add_quoted(&line, command->variables[i].value);
        buffer_add_byte(&line, ' ');
    }
    buffer_add_string(&line, "exec ");
    add_words(&line, command->words, command->word_count);
    const char **words = ARENA_ARRAY(arena, ssh_count + 4, const char *);
    for (size_t i = 0; i < ssh_count; i++) {
        words[i] = arena_string(arena, ssh[i]);
    }
    words[ssh_count] = "--";
    words[ssh_count + 1] = arena_string(arena, command->host);
    words[ssh_count + 2] = arena_string(arena, buffer_text(&line));
    buffer_release(&line);
    return words;
}

static const char *const *words_here(const struct host_command *command, struct arena *arena)
{
    const char **words = ARENA_ARRAY(arena, command->word_count + 1, const char *);
    for (size_t i = 0; i < command->word_count; i++) {
        words[i] = arena_string(arena, command->words[i]);
    }
    return words;
}

static const char *const *environment_here(const struct host_command *command,
                                           struct arena *arena)
{
    size_t added = variable_count(command);
    size_t count = 0;
    while (command->environment && command->environment[count]) {
        count++;
    }
    const char **environment = ARENA_ARRAY(arena, count + added + 1, const char *);
    for (size_t i = 0; i < added; i++) {
        environment[i] = arena_format(arena, "%s=%.*s", command->variables[i].name,
                                      TEXT_ARG(command->variables[i].value))
                             .at;
    }
    for (size_t i = 0; i < count; i++) {
        environment[added + i] = command->environment[i];
    }
    return environment;
}

bool host_command_run(const struct host_command *command, struct loop *loop,
                      struct arena *arena, struct host_answer *ret_answer,
                      struct problems *problems)
{
    bool is_here = command->host.size == 0;
    struct process_request request = {
        .words = is_here ? words_here(command, arena) : words_there(command, arena),
        .environment = is_here ? environment_here(command, arena) : command->environment,
        .folder =
            is_here && command->folder.size > 0 ? arena_string(arena, command->folder) : NULL,
        .input = command->input,
        .output_limit_bytes = HOST_OUTPUT_LIMIT_BYTES,
        .has_errors_apart = true,
    };
    CLEANUP(process_release) struct process process = { 0 };
    enum loop_result result;
    uint64_t deadline_ns =
        command->limit_ms > 0
            ? loop_now_ns(loop) + command->limit_ms * NANOSECONDS_PER_MILLISECOND
            : LOOP_NO_DEADLINE;
    if (!process_run(&process, &request, loop, deadline_ns, &result, problems)) {
        return false;
    }
    *ret_answer = (struct host_answer){
        .is_in_time = result == LOOP_DONE,
        .code = result == LOOP_DONE ? process_exit_code(&process) : -1,
        .output = arena_text(arena, buffer_text(&process.output)),
        .errors = arena_text(arena, buffer_text(&process.errors)),
    };
    return true;
}

static struct text last_line(struct text text)
{
    struct text line;
    struct text last = TEXT_EMPTY;
    while (text_take_until(&text, '\n', &line)) {
        last = text_trim(line).size > 0 ? text_trim(line) : last;
    }
    return last;
}

struct text host_last_line(const struct host_answer *answer)
{
    struct text said = last_line(answer->errors);
    return said.size > 0 ? said : last_line(answer->output);
}
