/* SPDX-License-Identifier: MIT */
#include "deploy/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/file_write.h"
#include "deploy/journal/journal_read.h"
#include "format/date.h"
#include "format/digest.h"

enum { LINE_LIMIT_BYTES = 1 << 20 };

static enum journal_opened fail(struct problems *problems, struct text path)
{
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                 "cannot open the journal '%.*s': %s", TEXT_ARG(path), strerror(errno));
    return JOURNAL_FAILED;
}

/* A lock of the open file description: a child that inherited it cannot lose it for us, and the
 * end of the process, however it comes, gives it back. */
static enum journal_opened take_lock(struct journal *journal, struct text folder,
                                     struct problems *problems)
{
    struct text path = path_join(&journal->arena, folder, TEXT("lock"));
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    journal->lock = open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (journal->lock < 0) {
        return fail(problems, path);
    }
    if (fcntl(journal->lock, F_OFD_SETLK, &lock) != 0) {
        return errno == EAGAIN || errno == EACCES ? JOURNAL_LOCKED : fail(problems, path);
    }
    return JOURNAL_OPEN;
}

static enum journal_opened open_file(struct journal *journal, bool wants_to_write,
                                     struct problems *problems)
{
    int flags = wants_to_write ? O_RDWR | O_CREAT | O_APPEND : O_RDONLY;
    journal->descriptor = open(journal->path.at, flags | O_CLOEXEC, 0644);
    if (journal->descriptor < 0 && (wants_to_write || errno != ENOENT)) {
        return fail(problems, journal->path);
    }
    return JOURNAL_OPEN;
}

static enum journal_opened open_all(struct journal *journal, struct text folder,
                                    bool wants_to_write, struct problems *problems)
{
    enum journal_opened opened = JOURNAL_OPEN;
    if (wants_to_write) {
        if (!file_make_folder(folder, problems)) {
            return JOURNAL_FAILED;
        }
        opened = take_lock(journal, folder, problems);
    }
    if (opened == JOURNAL_OPEN) {
        opened = open_file(journal, wants_to_write, problems);
    }
    if (opened == JOURNAL_OPEN && journal->descriptor >= 0 &&
        !journal_read(journal, problems)) {
        opened = JOURNAL_FAILED;
    }
    if (opened == JOURNAL_OPEN && wants_to_write &&
        ftruncate(journal->descriptor, (off_t)journal->size_bytes) != 0) {
        opened = fail(problems, journal->path);
    }
    return opened;
}

enum journal_opened journal_open(struct journal *journal, struct text folder,
                                 bool wants_to_write, const struct clock *clock,
                                 const struct fault *fault, struct problems *problems)
{
    *journal = (struct journal){ .descriptor = -1, .lock = -1, .clock = clock, .fault = fault };
    arena_init(&journal->arena);
    memset(journal->head, '0', sizeof(journal->head));
    journal->path = path_join(&journal->arena, folder, TEXT("journal.jsonl"));
    enum journal_opened opened = open_all(journal, folder, wants_to_write, problems);
    if (opened != JOURNAL_OPEN) {
        journal_release(journal);
    }
    return opened;
}

void journal_release(struct journal *journal)
{
    if (journal->descriptor >= 0) {
        close(journal->descriptor);
    }
    if (journal->lock >= 0) {
        close(journal->lock);
    }
    free(journal->list);
    arena_release(&journal->arena);
    *journal = (struct journal){ .descriptor = -1, .lock = -1 };
}

bool journal_is_locked(struct text folder)
{
    struct arena arena;
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    arena_init(&arena);
    int descriptor = open(path_join(&arena, folder, TEXT("lock")).at, O_RDWR | O_CLOEXEC);
    bool is_locked =
        descriptor >= 0 && fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (descriptor >= 0) {
        close(descriptor);
    }
    arena_release(&arena);
    return is_locked;
}

void journal_chain(struct journal *journal, struct text line)
{
    struct arena arena;
    arena_init(&arena);
    memcpy(journal->head, digest_sha256(&arena, line).at, sizeof(journal->head));
    arena_release(&arena);
    journal->size_bytes += line.size + 1;
}

static struct text print_line(struct journal *journal, struct buffer *out, const char *event,
                              struct text operation, journal_print_function *print,
                              const void *context)
{
    struct json_writer writer;
    struct text head = text_make(journal->head, sizeof(journal->head));
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "number");
    json_write_uint(&writer, journal->count + 1);
    json_write_key(&writer, "previous");
    json_write_string(&writer, head);
    json_write_key(&writer, "at");
    json_write_string(&writer, date_print(&journal->arena, clock_realtime_ns(journal->clock)));
    json_write_key(&writer, "event");
    json_write_string_of(&writer, event);
    if (operation.size > 0) {
        json_write_key(&writer, "operation");
        json_write_string(&writer, operation);
    }
    print(&writer, context);
    json_write_end_object(&writer);
    return arena_text(&journal->arena, buffer_text(out));
}

/* Half a line is taken back: the disk may be full. */
static bool write_line(struct journal *journal, struct text line, struct problems *problems)
{
    struct text whole = arena_format(&journal->arena, "%.*s\n", TEXT_ARG(line));
    struct text first = text_slice(whole, 0, whole.size / 2);
    bool is_written = file_write_all(journal->descriptor, journal->path, first, problems);
    fault_reached(journal->fault, "half a line of the journal");
    is_written = is_written && file_write_all(journal->descriptor, journal->path,
                                              text_from(whole, first.size), problems);
    if (is_written && fdatasync(journal->descriptor) != 0) {
        (void)fail(problems, journal->path);
        is_written = false;
    }
    if (!is_written && ftruncate(journal->descriptor, (off_t)journal->size_bytes) != 0) {
        problems_hint(problems, "the last line of '%.*s' is not whole",
                      TEXT_ARG(journal->path));
    }
    return is_written;
}

bool journal_append(struct journal *journal, const char *event, struct text operation,
                    journal_print_function *print, const void *context,
                    struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, LINE_LIMIT_BYTES);
    struct text line = print_line(journal, &out, event, operation, print, context);
    fault_reached(journal->fault, "before a line of the journal");
    if (!write_line(journal, line, problems)) {
        return false;
    }
    const struct json_value *root;
    if (!json_parse_text(line, &journal->arena, &root)) {
        BUG("a line of the journal is no JSON");
    }
    journal_take(journal, line, root);
    fault_reached(journal->fault, "after a line of the journal");
    return true;
}
