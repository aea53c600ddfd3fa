/* SPDX-License-Identifier: MIT */
#include "coverage/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "format/inflate.h"

static long long changed_at_ns(const struct stat *status)
{
    return (long long)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

/* Maps a large regular file; false for all others, which are read. */
static bool map(struct coverage_input *input, struct text path, struct text *ret_bytes)
{
    int descriptor = open(arena_string(&input->arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    bool is_large = descriptor >= 0 && fstat(descriptor, &status) == 0 &&
                    S_ISREG(status.st_mode) && status.st_size >= INPUT_MAPPED_FROM_BYTES;
    if (is_large) {
        void *at = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        is_large = at != MAP_FAILED;
        input->mapped = is_large ? at : NULL;
    }
    if (descriptor >= 0 && !is_large) {
        close(descriptor);
    }
    if (is_large) {
        input->mapped_bytes = (size_t)status.st_size;
        input->descriptor = descriptor;
        input->changed_at_ns = changed_at_ns(&status);
        (void)madvise(input->mapped, input->mapped_bytes, MADV_SEQUENTIAL);
        *ret_bytes = text_make(input->mapped, input->mapped_bytes);
    }
    return is_large;
}

static void refuse(struct coverage_input *input, struct text path, const char *hint,
                   const char *what, struct problems *problems)
{
    source_init(&input->source, arena_text(&input->arena, path), TEXT_EMPTY);
    problems_add(problems, PROBLEM_INPUT, span_none(), hint, "%s: '%.*s'", what,
                 TEXT_ARG(path));
}

static bool is_packed(struct text bytes)
{
    return text_starts_with(bytes, TEXT("\x1f\x8b"));
}

/* Grows as it is filled: a size that the file declares is never believed. */
static bool unpack(struct coverage_input *input, struct inflate *inflate, struct text packed,
                   struct text *ret_bytes)
{
    size_t capacity = packed.size * 4 + 65536;
    size_t size = 0;
    bool is_sound = true;
    bool has_all = false;
    while (is_sound && !has_all && size < INPUT_UNPACKED_LIMIT_BYTES) {
        capacity = size == 0                                   ? capacity
                   : capacity > INPUT_UNPACKED_LIMIT_BYTES / 2 ? INPUT_UNPACKED_LIMIT_BYTES
                                                               : capacity * 2;
        input->unpacked = realloc_or_die(input->unpacked, capacity, 1);
        size_t added = 0;
        size_t room = capacity - size;
        is_sound =
            inflate_decode(inflate, &packed, (char *)input->unpacked + size, room, &added);
        size += added;
        has_all = added < room;
    }
    *ret_bytes = text_make(input->unpacked, size);
    return is_sound && has_all && inflate_end(inflate);
}

static bool open_packed(struct coverage_input *input, struct text path, struct text *bytes,
                        struct problems *problems)
{
    struct inflate *inflate = inflate_new(INFLATE_GZIP);
    bool is_sound = unpack(input, inflate, *bytes, bytes);
    enum inflate_fault fault = inflate_fault(inflate);
    if (!is_sound && fault == INFLATE_SOUND) {
        refuse(input, path, "unpack it and split it", "more than 1 GiB when unpacked",
               problems);
    } else if (!is_sound) {
        refuse(input, path, "write it again; was the copy cut short?",
               fault == INFLATE_CUT      ? "the gzip data is cut short"
               : fault == INFLATE_LONGER ? "bytes follow the gzip data"
                                         : "the gzip data is damaged",
               problems);
    }
    inflate_free(inflate);
    return is_sound;
}

static bool open_bytes(struct coverage_input *input, struct text path,
                       struct problems *problems)
{
    struct text bytes;
    bool is_stream = text_is(path, "-");
    if ((is_stream || !map(input, path, &bytes)) &&
        !file_read(path, INPUT_STREAM_LIMIT_BYTES, &input->arena, &bytes, problems)) {
        return false;
    }
    if (is_packed(bytes) && !open_packed(input, path, &bytes, problems)) {
        return false;
    }
    if (text_trim(bytes).size == 0) {
        refuse(input, path, "did the tests run? the tool that writes it tells where it writes",
               "the coverage report is empty", problems);
        return false;
    }
    source_init(&input->source, is_stream ? TEXT("<stdin>") : arena_text(&input->arena, path),
                bytes);
    return true;
}

struct coverage_input *input_open(struct text path, struct problems *problems)
{
    struct coverage_input *input = alloc_or_die(1, sizeof *input);
    input->descriptor = -1;
    arena_init(&input->arena);
    if (!open_bytes(input, path, problems)) {
        input_free(input);
        return NULL;
    }
    return input;
}

struct coverage_input *input_of_bytes(struct text name, struct text bytes)
{
    struct coverage_input *input = alloc_or_die(1, sizeof *input);
    input->descriptor = -1;
    arena_init(&input->arena);
    source_init(&input->source, arena_text(&input->arena, name),
                arena_text(&input->arena, bytes));
    return input;
}

void input_free(struct coverage_input *input)
{
    if (input->mapped) {
        munmap(input->mapped, input->mapped_bytes);
        close(input->descriptor);
    }
    free(input->unpacked);
    source_release(&input->source);
    arena_release(&input->arena);
    free(input);
}

bool input_is_unchanged(const struct coverage_input *input, struct problems *problems)
{
    struct stat status;
    if (!input->mapped || (fstat(input->descriptor, &status) == 0 &&
                           (size_t)status.st_size == input->mapped_bytes &&
                           changed_at_ns(&status) == input->changed_at_ns)) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, span_none(),
                 "read it when the tool that writes it has ended",
                 "'%.*s' changed while it was read", TEXT_ARG(input->source.name));
    return false;
}

void input_let_go(struct coverage_input *input, size_t offset)
{
    size_t page_bytes = (size_t)sysconf(_SC_PAGESIZE);
    size_t end = offset / page_bytes * page_bytes;
    bool is_mapped = input->mapped && input->source.bytes.at == input->mapped;
    if (is_mapped && end > 0) {
        (void)madvise(input->mapped, end, MADV_DONTNEED);
    }
}
