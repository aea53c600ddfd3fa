/* SPDX-License-Identifier: MIT */
#include "record/har_input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"

/* Giving back page by page would cost more than it saves. */
enum { STRIDE_BYTES = 4 << 20, PAGE_BYTES = 64 << 10 };

struct har_input *har_input_of(struct text name, struct text bytes)
{
    struct har_input *input = alloc_or_die(1, sizeof *input);
    arena_init(&input->arena);
    source_init(&input->source, arena_text(&input->arena, name), bytes);
    return input;
}

static bool map(struct har_input *input, int descriptor, size_t size)
{
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED) {
        return false;
    }
    input->mapped = bytes;
    input->source.bytes = text_make(bytes, size);
    return true;
}

static bool map_if_large(struct har_input *input, const char *path)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_mapped = descriptor >= 0 && fstat(descriptor, &status) == 0 &&
                     S_ISREG(status.st_mode) && status.st_size >= HAR_MAPPED_FROM_BYTES &&
                     (uint64_t)status.st_size <= HAR_SIZE_LIMIT_BYTES &&
                     map(input, descriptor, (size_t)status.st_size);
    if (descriptor >= 0) {
        close(descriptor);
    }
    return is_mapped;
}

struct har_input *har_input_open(struct text path, struct problems *problems)
{
    struct har_input *input = har_input_of(path, TEXT_EMPTY);
    if (!map_if_large(input, input->source.name.at) &&
        !file_read(path, HAR_MAPPED_FROM_BYTES, &input->arena, &input->source.bytes,
                   problems)) {
        har_input_free(input);
        return NULL;
    }
    return input;
}

void har_input_passed(struct har_input *input, size_t offset)
{
    if (!input->mapped || offset < input->passed + STRIDE_BYTES) {
        return;
    }
    size_t end = offset / PAGE_BYTES * PAGE_BYTES;
    madvise(input->mapped + input->passed, end - input->passed, MADV_DONTNEED);
    input->passed = end;
}

void har_input_free(struct har_input *input)
{
    if (!input) {
        return;
    }
    if (input->mapped) {
        munmap(input->mapped, input->source.bytes.size);
    }
    source_release(&input->source);
    arena_release(&input->arena);
    free(input);
}
