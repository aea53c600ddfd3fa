/* SPDX-License-Identifier: MIT */
#include "git/tree.h"

#include "git/commit.h"

static struct git_paths split(struct arena *arena, struct text bytes)
{
    struct git_paths paths = { 0 };
    for (size_t at = 0; at < bytes.size; at++) {
        paths.count += bytes.at[at] == '\0';
    }
    paths.list = ARENA_ARRAY(arena, paths.count + 1, struct text);
    struct text rest = bytes;
    for (size_t i = 0; i < paths.count; i++) {
        struct text path = TEXT_EMPTY;
        (void)text_take_until(&rest, '\0', &path);
        paths.list[i] = arena_text(arena, path);
    }
    return paths;
}

bool git_list_files(struct git *git, struct text revision, struct git_paths *ret_paths,
                    struct problems *problems)
{
    static const char *const known[] = { "ls-files", "-z", "--full-name", "--", NULL };
    struct git_commit commit = { .tree = TEXT_EMPTY };
    if (revision.size > 0 && !git_commit_find(git, revision, &commit, problems)) {
        return false;
    }
    const char *const of_tree[] = { "ls-tree",     "-r",           "-z", "--full-tree",
                                    "--name-only", commit.tree.at, NULL };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_must(git, revision.size > 0 ? of_tree : known, "list the files", &answer,
                  problems)) {
        return false;
    }
    *ret_paths = split(&git->arena, buffer_text(&answer.output));
    return true;
}

static struct source *new_source(struct git *git, struct text path, struct text bytes)
{
    struct source *source = ARENA_NEW(&git->arena, struct source);
    source_init(source, arena_text(&git->arena, path), arena_text(&git->arena, bytes));
    return source;
}

/* One of `cat-file --batch`: "ID blob SIZE\n", SIZE bytes, "\n"; or "… missing\n". */
static bool take_object(struct git *git, struct text *rest, struct text path,
                        struct source **ret_source)
{
    struct text head;
    struct text id;
    struct text kind;
    if (!text_take_until(rest, '\n', &head) || !rest->at) {
        return false;
    }
    *ret_source = NULL;
    if (text_ends_with(head, TEXT(" missing"))) {
        return true;
    }
    uint64_t size_bytes;
    if (!text_take_until(&head, ' ', &id) || !text_take_until(&head, ' ', &kind) ||
        !text_to_uint64(head, &size_bytes) || size_bytes >= rest->size) {
        return false;
    }
    if (text_is(kind, "blob")) {
        *ret_source = new_source(git, path, text_slice(*rest, 0, (size_t)size_bytes));
    }
    *rest = text_from(*rest, (size_t)size_bytes + 1);
    return true;
}

static bool show_names(struct git *git, struct text tree, const struct text *paths,
                       size_t count, struct source **sources, struct problems *problems)
{
    static const char *const words[] = { "cat-file", "--batch", NULL };
    CLEANUP(buffer_release) struct buffer names;
    buffer_init(&names, BUFFER_NO_LIMIT); /* as many as a diff of at most 1 GiB has */
    for (size_t i = 0; i < count; i++) {
        buffer_add_format(&names, "%.*s:%.*s\n", TEXT_ARG(tree), TEXT_ARG(paths[i]));
    }
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_ask(git, words, buffer_text(&names), &answer, problems)) {
        return false;
    }
    struct text rest = buffer_text(&answer.output);
    for (size_t i = 0; i < count; i++) {
        if (!take_object(git, &rest, paths[i], &sources[i])) {
            problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), "git fsck tells more",
                         "git cannot show '%.*s'", TEXT_ARG(paths[i]));
            return false;
        }
    }
    return true;
}

bool git_show_files(struct git *git, struct text revision, const struct text *paths,
                    size_t count, struct source **sources, struct problems *problems)
{
    struct git_commit commit;
    if (!git_commit_find(git, revision, &commit, problems)) {
        return false;
    }
    /* A line break would end the name too early. No file with one is looked into. */
    for (size_t i = 0; i < count; i++) {
        if (text_find_byte(paths[i], '\n', 0) < paths[i].size) {
            problems_add(problems, PROBLEM_INPUT, span_none(), "rename the file",
                         "the path of a file holds a line break: '%.*s'", TEXT_ARG(paths[i]));
            return false;
        }
    }
    return count == 0 || show_names(git, commit.tree, paths, count, sources, problems);
}

bool git_show_file(struct git *git, struct text revision, struct text path,
                   struct source **ret_source, struct problems *problems)
{
    struct source *source = NULL;
    if (!git_show_files(git, revision, &path, 1, &source, problems)) {
        return false;
    }
    if (!source) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                     "the commit '%.*s' has no file '%.*s'", TEXT_ARG(revision),
                     TEXT_ARG(path));
        return false;
    }
    *ret_source = source;
    return true;
}
