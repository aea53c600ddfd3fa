/* SPDX-License-Identifier: MIT */
#include "git/commit.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define COMMIT_FORMAT "--format=%H%x00%T%x00%P%x00%ct%x00%an%x00%s"

static bool is_option(struct text revision)
{
    return revision.size == 0 || revision.at[0] == '-' ||
           text_find_byte(revision, '\0', 0) < revision.size;
}

static bool take_field(struct text *rest, struct text *ret_field)
{
    return text_take_until(rest, '\0', ret_field);
}

/* A line of COMMIT_FORMAT. */
static bool read_commit(struct arena *arena, struct text line, struct git_commit *ret_commit)
{
    struct git_commit commit = { 0 };
    struct text parents;
    struct text time;
    if (!take_field(&line, &commit.id) || !take_field(&line, &commit.tree) ||
        !take_field(&line, &parents) || !take_field(&line, &time) ||
        !take_field(&line, &commit.author) || !line.at) {
        return false;
    }
    commit.id = arena_text(arena, commit.id);
    commit.tree = arena_text(arena, commit.tree);
    commit.author = arena_text(arena, commit.author);
    commit.subject = arena_text(arena, line);
    commit.is_merge = text_find_byte(parents, ' ', 0) < parents.size;
    if (!text_to_uint64(time, &commit.time_s)) {
        commit.time_s = 0; /* before 1970: git keeps such */
    }
    *ret_commit = commit;
    return true;
}

/* A commit's whole name means the same for ever, unlike a branch's. */
static const struct git_commit *find_known(const struct git *git, struct text revision)
{
    for (size_t i = 0; i < GIT_KNOWN_COMMITS; i++) {
        if (git->known[i] && text_equal(git->known[i]->id, revision)) {
            return git->known[i];
        }
    }
    return NULL;
}

static void remember(struct git *git, const struct git_commit *commit)
{
    if (!find_known(git, commit->id)) {
        struct git_commit *known = ARENA_NEW(&git->arena, struct git_commit);
        *known = *commit;
        git->known[git->known_count++ % GIT_KNOWN_COMMITS] = known;
    }
}

bool git_commit_look(struct git *git, struct text revision, struct git_commit *ret_commit,
                     bool *ret_is_there, struct problems *problems)
{
    const struct git_commit *known = find_known(git, revision);
    if (is_option(revision) || known) {
        *ret_is_there = known != NULL;
        *ret_commit = known ? *known : *ret_commit;
        return true;
    }
    struct text peeled = arena_format(&git->arena, "%.*s^{commit}", TEXT_ARG(revision));
    const char *const words[] = { "log",
                                  "-1",
                                  "--no-show-signature",
                                  "--no-decorate",
                                  "--encoding=UTF-8",
                                  COMMIT_FORMAT,
                                  "--end-of-options",
                                  peeled.at,
                                  "--",
                                  NULL };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_ask(git, words, TEXT_EMPTY, &answer, problems)) {
        return false;
    }
    struct text rest = buffer_text(&answer.output);
    struct text line = TEXT_EMPTY;
    (void)text_take_until(&rest, '\n', &line);
    *ret_is_there = answer.exit_code == 0 && read_commit(&git->arena, line, ret_commit);
    if (*ret_is_there) {
        remember(git, ret_commit);
    }
    return true;
}

bool git_commit_find(struct git *git, struct text revision, struct git_commit *ret_commit,
                     struct problems *problems)
{
    bool is_there = false;
    if (!git_commit_look(git, revision, ret_commit, &is_there, problems)) {
        return false;
    }
    if (!is_there) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     git->is_shallow ? "this clone is shallow: git fetch --unshallow"
                                     : "git fetch brings what the remote has",
                     "'%.*s' is no commit of the repository '%.*s'", TEXT_ARG(revision),
                     TEXT_ARG(git->top));
    }
    return is_there;
}

bool git_has_object(struct git *git, struct text id)
{
    const char *const words[] = { "cat-file", "-e", arena_string(&git->arena, id), NULL };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    struct problems unsaid;
    problems_init(&unsaid);
    bool has_it = !is_option(id) && git_ask(git, words, TEXT_EMPTY, &answer, &unsaid) &&
                  answer.exit_code == 0;
    problems_release(&unsaid);
    return has_it;
}

static void no_merge_base(struct git *git, struct text one, struct text other,
                          struct problems *problems)
{
    problems_add(
        problems, PROBLEM_INPUT, span_none(),
        git->is_shallow ? "this clone is shallow: git fetch --deepen=200, or --unshallow"
                        : "name two commits of one history",
        "'%.*s' and '%.*s' have no common ancestor here", TEXT_ARG(one), TEXT_ARG(other));
}

bool git_merge_base(struct git *git, struct text one, struct text other,
                    struct text *ret_commit_id, struct problems *problems)
{
    struct git_commit commits[2];
    if (!git_commit_find(git, one, &commits[0], problems) ||
        !git_commit_find(git, other, &commits[1], problems)) {
        return false;
    }
    const char *const words[] = { "merge-base", commits[0].id.at, commits[1].id.at, NULL };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_ask(git, words, TEXT_EMPTY, &answer, problems)) {
        return false;
    }
    struct text id = text_slice(buffer_text(&answer.output), 0, git->hash_digits);
    if (answer.exit_code != 0 || id.size != git->hash_digits) {
        no_merge_base(git, one, other, problems);
        return false;
    }
    *ret_commit_id = arena_text(&git->arena, id);
    return true;
}

bool git_is_ancestor(struct git *git, struct text older, struct text younger, bool *ret_is,
                     struct problems *problems)
{
    struct git_commit commits[2];
    if (!git_commit_find(git, older, &commits[0], problems) ||
        !git_commit_find(git, younger, &commits[1], problems)) {
        return false;
    }
    const char *const words[] = { "merge-base", "--is-ancestor", commits[0].id.at,
                                  commits[1].id.at, NULL };
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_ask(git, words, TEXT_EMPTY, &answer, problems)) {
        return false;
    }
    *ret_is = answer.exit_code == 0;
    return true;
}

/* The log. */

/* The number before the word, in " 2 files changed, 3 insertions(+), 1 deletion(-)". */
static uint64_t number_before(struct text line, struct text word)
{
    size_t end = text_find(line, word, 0);
    size_t start = end;
    uint64_t number = 0;
    while (start > 0 && line.at[start - 1] >= '0' && line.at[start - 1] <= '9') {
        start--;
    }
    return end < line.size && text_to_uint64(text_slice(line, start, end), &number) ? number
                                                                                    : 0;
}

static void read_log(struct arena *arena, struct text rest, struct git_log *log)
{
    size_t capacity = 0;
    struct git_commit *list = NULL;
    struct text line;
    while (text_take_until(&rest, '\n', &line)) {
        struct git_commit commit;
        if (read_commit(arena, line, &commit)) {
            GROW(list, log->count, capacity);
            list[log->count++] = commit;
        } else if (log->count > 0 && line.size > 0) {
            list[log->count - 1].lines_added = number_before(line, TEXT(" insertion"));
            list[log->count - 1].lines_deleted = number_before(line, TEXT(" deletion"));
        }
    }
    log->list = ARENA_ARRAY(arena, log->count + 1, struct git_commit);
    if (log->count > 0) {
        memcpy(log->list, list, log->count * sizeof(*list));
    }
    free(list);
}

bool git_log_read(struct git *git, const struct git_log_request *request,
                  struct git_log *ret_log, struct problems *problems)
{
    struct git_commit younger;
    struct git_commit older = { 0 };
    if (!git_commit_find(git, request->younger, &younger, problems) ||
        (request->older.size > 0 && !git_commit_find(git, request->older, &older, problems))) {
        return false;
    }
    const char *words[16] = { "log",          "--no-show-signature", "--no-decorate",
                              "--no-mailmap", "--encoding=UTF-8",    COMMIT_FORMAT };
    size_t count = 6;
    if (request->with_lines) {
        words[count++] = "--shortstat";
        words[count++] = "--no-ext-diff";
    }
    words[count++] = younger.id.at;
    words[count++] = "--not"; /* all that follow */
    if (older.id.size > 0) {
        words[count++] = older.id.at;
    }
    if (request->not_remote) {
        words[count++] = arena_format(&git->arena, "--remotes=%s", request->not_remote).at;
    }
    words[count++] = "--";
    CLEANUP(git_answer_release) struct git_answer answer = { 0 };
    if (!git_must(git, words, "list the commits", &answer, problems)) {
        return false;
    }
    struct git_log log = { 0 };
    read_log(&git->arena, buffer_text(&answer.output), &log);
    *ret_log = log;
    return true;
}
