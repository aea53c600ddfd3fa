/* SPDX-License-Identifier: MIT */
#include "hook/push.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/buffer.h"

enum { INPUT_LIMIT = 16 << 20 };

static bool is_zeros(struct text id)
{
    for (size_t i = 0; i < id.size; i++) {
        if (id.at[i] != '0') {
            return false;
        }
    }
    return true;
}

static struct text id_of(struct text written, struct arena *arena)
{
    return is_zeros(written) ? TEXT_EMPTY : arena_text(arena, written);
}

static bool read_line(struct text line, struct arena *arena, struct pushed_ref *ret_ref)
{
    struct text parts[4];
    for (size_t i = 0; i < 4; i++) {
        if (!text_take_until(&line, ' ', &parts[i]) || parts[i].size == 0) {
            return false;
        }
    }
    *ret_ref = (struct pushed_ref){ .local_ref = arena_text(arena, parts[0]),
                                    .local_id = id_of(parts[1], arena),
                                    .remote_ref = arena_text(arena, parts[2]),
                                    .remote_id = id_of(parts[3], arena) };
    return line.at == NULL;
}

bool push_parse(struct text lines, struct arena *arena, struct push *ret_push,
                struct problems *problems)
{
    struct push push = { .count = 0 };
    size_t count = 1;
    for (size_t i = 0; i < lines.size; i++) {
        count += lines.at[i] == '\n';
    }
    push.refs = ARENA_ARRAY(arena, count, struct pushed_ref);
    struct text line;
    for (struct text rest = lines; text_take_until(&rest, '\n', &line);) {
        struct pushed_ref ref;
        if (line.size == 0) {
            continue;
        }
        if (!read_line(line, arena, &ref)) {
            problems_add(problems, PROBLEM_INPUT, span_none(),
                         "git passes four words for each ref: githooks(5)",
                         "the line '%.*s' is none of a pre-push hook", TEXT_ARG(line));
            return false;
        }
        if (ref.local_id.size > 0) {
            push.refs[push.count++] = ref;
        }
    }
    *ret_push = push;
    return true;
}

static struct text variable(const char *const *environment, struct text name)
{
    for (; environment && *environment; environment++) {
        struct text pair = text_of(*environment);
        if (text_starts_with(pair, name) && pair.size > name.size &&
            pair.at[name.size] == '=') {
            return text_from(pair, name.size + 1);
        }
    }
    return TEXT_EMPTY;
}

bool push_from_pre_commit(const char *const *environment, struct arena *arena,
                          struct push *ret_push)
{
    struct text to = variable(environment, TEXT("PRE_COMMIT_TO_REF"));
    if (to.size == 0) {
        return false;
    }
    struct push push = { .count = 1 };
    push.remote = arena_text(arena, variable(environment, TEXT("PRE_COMMIT_REMOTE_NAME")));
    push.refs = ARENA_NEW(arena, struct pushed_ref);
    push.refs[0] = (struct pushed_ref){
        .local_ref = arena_text(arena, variable(environment, TEXT("PRE_COMMIT_LOCAL_BRANCH"))),
        .local_id = id_of(to, arena),
        .remote_ref =
            arena_text(arena, variable(environment, TEXT("PRE_COMMIT_REMOTE_BRANCH"))),
        .remote_id = id_of(variable(environment, TEXT("PRE_COMMIT_FROM_REF")), arena),
    };
    push.count = push.refs[0].local_id.size > 0;
    *ret_push = push;
    return true;
}

bool push_read_input(int descriptor, int patience_ms, struct arena *arena,
                     struct text *ret_lines)
{
    CLEANUP(buffer_release) struct buffer input;
    buffer_init(&input, INPUT_LIMIT);
    bool has_come = false;
    for (;;) {
        struct pollfd watched = { .fd = descriptor, .events = POLLIN };
        int ready = poll(&watched, 1, patience_ms);
        char bytes[4096];
        ssize_t count = ready > 0 ? read(descriptor, bytes, sizeof(bytes)) : 0;
        if ((ready < 0 || count < 0) && errno == EINTR) {
            continue;
        }
        has_come = has_come || (ready > 0 && count >= 0);
        if (ready <= 0 || count <= 0) {
            break;
        }
        buffer_add(&input, text_make(bytes, (size_t)count));
    }
    *ret_lines = arena_text(arena, buffer_text(&input));
    return has_come;
}
