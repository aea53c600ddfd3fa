/* SPDX-License-Identifier: MIT */
#include "coverage/collect/collect.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/process.h"
#include "coverage/collect/notes.h"
#include "coverage/markers.h"
#include "coverage/read_bytes.h"
#include "coverage/store.h"

enum {
    NOTES_PER_RUN = 16,
    OUTPUT_LIMIT_MIB = 1024,
    SOURCE_LIMIT_BYTES = 64 << 20,
    JOBS_MOST = 64,
};

/* One gcov at work on some notes. */
struct run {
    struct process process;
    bool is_started;
};

struct collecting {
    struct coverage *coverage;
    const struct collect_request *request;
    struct loop *loop;
    struct arena *arena;
    struct problems *problems;
    struct notes notes;
    size_t next_note;
    struct run *runs;
    size_t run_count;
    bool is_sound;
};

/* --- running gcov --- */

static bool start(struct collecting *collecting, struct run *run)
{
    const char *words[5 + NOTES_PER_RUN + 1];
    size_t count = 0;
    words[count++] = arena_string(collecting->arena, collecting->request->gcov);
    words[count++] = "--json-format";
    words[count++] = "--stdout";
    words[count++] = "--branch-probabilities";
    words[count++] = "--";
    for (size_t i = 0; i < NOTES_PER_RUN && collecting->next_note < collecting->notes.count;
         i++) {
        words[count++] =
            arena_string(collecting->arena, collecting->notes.list[collecting->next_note++]);
    }
    words[count] = NULL;
    struct process_request request = { .words = words,
                                       .output_limit_bytes = (size_t)OUTPUT_LIMIT_MIB << 20,
                                       .has_errors_apart = true };
    run->is_started =
        process_start(&run->process, &request, collecting->loop, collecting->problems);
    return run->is_started;
}

static bool is_below(struct text folder, struct text path)
{
    while (folder.size > 1 && folder.at[folder.size - 1] == '/') {
        folder.size--;
    }
    return text_starts_with(path, folder) && path.size > folder.size &&
           path.at[folder.size] == '/';
}

static bool counts(const struct collect_request *request, struct text path)
{
    bool is_wanted = request->only_count == 0;
    for (size_t i = 0; i < request->only_count; i++) {
        is_wanted |= is_below(request->only[i], path);
    }
    return is_wanted;
}

/* What gcov says of a source that never ran, or that has no code but tables, is no fault; nor that
 * one that does not count changed since the build. */
static bool is_harmless(const struct collect_request *request, struct text said)
{
    static const char *const ends[] = { "cannot open data file, assuming not executed",
                                        "no functions found" };
    bool is_harmless = said.size == 0 || said.at[0] == '('; /* says how often it says it */
    for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
        is_harmless |= text_ends_with(said, text_of(ends[i]));
    }
    size_t newer = text_find(said, TEXT(":source file is newer than notes file"), 0);
    struct text source = text_slice(said, 0, newer);
    bool is_other = newer < said.size && source.size && source.at[0] == '/' &&
                    !(is_below(request->root, source) &&
                      counts(request, text_from(source, request->root.size + 1)));
    return is_harmless || is_other;
}

/* A data file that gcov cannot use counts as nothing run, so it can only lower the numbers. */
static bool is_lost_data(struct text said)
{
    return text_contains(said, TEXT(".gcda:"));
}

/* False with a problem. */
static bool check_line(struct collecting *collecting, struct text said, bool *has_lost)
{
    if (is_harmless(collecting->request, said)) {
        return true;
    }
    bool is_kept = collecting->request->keeps_going && is_lost_data(said);
    *has_lost |= is_kept;
    problems_add(collecting->problems, is_kept ? PROBLEM_WARNING : PROBLEM_INPUT, span_none(),
                 is_kept ? "its counts are lost: was a test killed while it wrote them?"
                         : "build and run the tests again with one compiler and its own gcov",
                 "gcov says: %.*s", TEXT_ARG(said));
    return is_kept;
}

static bool check(struct collecting *collecting, const struct process *process)
{
    struct text rest = buffer_text(&process->errors);
    struct text line;
    bool has_lost = false;
    while (text_take_until(&rest, '\n', &line)) {
        if (!check_line(collecting, text_trim(line), &has_lost)) {
            return false;
        }
    }
    int code = process_exit_code(process);
    if ((code != 0 && !has_lost) || process->output.is_over_limit) {
        problems_add(collecting->problems, PROBLEM_ENVIRONMENT, span_none(),
                     "name the gcov of your compiler with --gcov",
                     "'%.*s' failed with exit code %d", TEXT_ARG(collecting->request->gcov),
                     code);
        return false;
    }
    return true;
}

/* One JSON object on a line for each of the notes. */
static bool read_output(struct collecting *collecting, const struct process *process)
{
    struct text rest = buffer_text(&process->output);
    struct text line;
    bool is_read = true;
    while (text_take_until(&rest, '\n', &line)) {
        if (text_trim(line).size) {
            is_read &= coverage_read_bytes(collecting->coverage, TEXT("gcov"), line,
                                           TEXT("gcov"), collecting->problems);
        }
    }
    return is_read;
}

static void finish(struct collecting *collecting, struct run *run)
{
    collecting->is_sound &=
        check(collecting, &run->process) && read_output(collecting, &run->process);
    process_release(&run->process);
    run->is_started = false;
}

static bool any_finished(const void *context)
{
    const struct collecting *collecting = context;
    for (size_t i = 0; i < collecting->run_count; i++) {
        if (collecting->runs[i].is_started &&
            process_is_finished(&collecting->runs[i].process)) {
            return true;
        }
    }
    return false;
}

/* Starts as many as may run; false: nothing runs and nothing is left. */
static bool start_more(struct collecting *collecting)
{
    bool is_running = false;
    for (size_t i = 0; i < collecting->run_count; i++) {
        struct run *run = &collecting->runs[i];
        if (!run->is_started && collecting->is_sound &&
            collecting->next_note < collecting->notes.count) {
            collecting->is_sound = start(collecting, run);
        }
        is_running |= run->is_started;
    }
    return is_running;
}

static void run_all(struct collecting *collecting)
{
    uint64_t deadline_ns =
        loop_now_ns(collecting->loop) + collecting->request->timeout_ms * 1000000;
    while (start_more(collecting)) {
        if (loop_run(collecting->loop, any_finished, collecting, deadline_ns) != LOOP_DONE) {
            problems_add(collecting->problems, PROBLEM_ENVIRONMENT, span_none(),
                         "is the machine busy? run it again", "gcov did not end in time");
            collecting->is_sound = false;
            break;
        }
        for (size_t i = 0; i < collecting->run_count; i++) {
            struct run *run = &collecting->runs[i];
            if (run->is_started && process_is_finished(&run->process)) {
                finish(collecting, run);
            }
        }
    }
    for (size_t i = 0; i < collecting->run_count; i++) {
        if (collecting->runs[i].is_started) {
            process_release(&collecting->runs[i].process);
        }
    }
}

static bool mark(struct collecting *collecting, struct coverage_file *file)
{
    struct text bytes;
    struct text path = path_join(collecting->arena, collecting->request->root, file->path);
    if (!file_exists(path)) {
        problems_add(collecting->problems, PROBLEM_WARNING, span_none(),
                     "its markers are not known; was it moved since the build?",
                     "the source '%.*s' is not there", TEXT_ARG(file->path));
        return true;
    }
    if (!file_read(path, SOURCE_LIMIT_BYTES, collecting->arena, &bytes, collecting->problems)) {
        return false;
    }
    struct source *source = ARENA_NEW(collecting->arena, struct source);
    source_init(source, arena_text(collecting->arena, file->path), bytes);
    return markers_apply(file, source, collecting->problems);
}

/* Drops what does not count, shortens the paths, applies the markers. */
static void select_files(struct collecting *collecting)
{
    struct coverage *coverage = collecting->coverage;
    struct text root = collecting->request->root;
    size_t kept = 0;
    for (size_t i = 0; i < coverage->file_count; i++) {
        struct coverage_file *file = coverage->files[i];
        bool is_ours = is_below(root, file->path);
        struct text path = is_ours ? text_from(file->path, root.size + 1) : file->path;
        if (!is_ours || !counts(collecting->request, path)) {
            store_free_file(file);
            continue;
        }
        file->path = path;
        collecting->is_sound &= mark(collecting, file);
        coverage->files[kept++] = file;
    }
    coverage->file_count = kept;
    store_finish(coverage);
}

bool coverage_collect(struct coverage *coverage, const struct collect_request *request,
                      struct loop *loop, struct arena *arena, struct problems *problems)
{
    struct collecting collecting = { .coverage = coverage,
                                     .request = request,
                                     .loop = loop,
                                     .arena = arena,
                                     .problems = problems,
                                     .is_sound = true };
    if (!notes_find(&collecting.notes, request->build_folder, arena, problems)) {
        return false;
    }
    collecting.run_count = request->jobs < 1           ? 1
                           : request->jobs > JOBS_MOST ? JOBS_MOST
                                                       : request->jobs;
    collecting.runs = alloc_or_die(collecting.run_count, sizeof *collecting.runs);
    run_all(&collecting);
    free(collecting.runs);
    if (collecting.is_sound) {
        select_files(&collecting);
    }
    if (collecting.is_sound && coverage->file_count == 0) {
        problems_add(
            problems, PROBLEM_NOTHING, span_none(), "name the root of the sources with --root",
            "no source below '%.*s' was compiled in this build", TEXT_ARG(request->root));
        return false;
    }
    return collecting.is_sound;
}
