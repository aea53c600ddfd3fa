/* SPDX-License-Identifier: MIT */
#include "reporters/parts/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file_write.h"

enum { SPOOL_WAITING_BYTES = 32 << 10, SPOOL_WINDOW_BYTES = 64 << 10 };

static const struct text spool_name = TEXT_STATIC("<temporary file of a report>");

static bool problem_of_errno(struct problems *problems)
{
    char reason[128];
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "cannot use %.*s: %s",
                 TEXT_ARG(spool_name), strerror_r(errno, reason, sizeof reason));
    return false;
}

/* A file without a name where the file system has them; memory where it has not. */
static int open_nameless(struct text folder)
{
    char path[4096] = "/tmp";
    if (folder.size > 0 && folder.size < sizeof path) {
        memcpy(path, folder.at, folder.size);
        path[folder.size] = '\0';
    }
    int descriptor = open(path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    return descriptor >= 0 ? descriptor : memfd_create("report", MFD_CLOEXEC);
}

bool spool_open(struct spool *spool, struct text folder, uint32_t count,
                struct problems *problems)
{
    *spool = (struct spool){ .descriptor = open_nameless(folder), .count = count };
    if (spool->descriptor < 0)
        return problem_of_errno(problems);
    spool->pieces = alloc_or_die((size_t)count + 1, sizeof *spool->pieces);
    buffer_init(&spool->waiting, BUFFER_NO_LIMIT); /* a piece and SPOOL_WAITING_BYTES */
    buffer_init(&spool->window, BUFFER_NO_LIMIT);  /* the largest piece */
    return true;
}

void spool_release(struct spool *spool)
{
    if (spool->pieces)
        close(spool->descriptor);
    free(spool->pieces);
    free(spool->keys);
    buffer_release(&spool->waiting);
    buffer_release(&spool->window);
    *spool = (struct spool){ .descriptor = -1 };
}

static bool write_waiting(struct spool *spool, struct problems *problems)
{
    if (!file_write_all(spool->descriptor, spool_name, buffer_text(&spool->waiting), problems))
        return false;
    spool->written_bytes += spool->waiting.size;
    buffer_clear(&spool->waiting);
    return true;
}

bool spool_put(struct spool *spool, uint32_t index, struct text piece, uint64_t key,
               uint32_t mark, struct problems *problems)
{
    if (index >= spool->count)
        BUG("piece %u of %u", index, spool->count);
    spool->pieces[index] = (struct spool_piece){
        .start = spool->written_bytes + spool->waiting.size,
        .key = key,
        .size = (uint32_t)piece.size,
        .mark = mark,
    };
    buffer_add(&spool->waiting, piece);
    return spool->waiting.size < SPOOL_WAITING_BYTES || write_waiting(spool, problems);
}

/* Reads at least size bytes from start on, more where the file has more. */
static bool read_window(struct spool *spool, uint64_t start, size_t size,
                        struct problems *problems)
{
    uint64_t left = spool->written_bytes - start;
    size_t wanted = left < SPOOL_WINDOW_BYTES ? (size_t)left : SPOOL_WINDOW_BYTES;
    wanted = size > wanted ? size : wanted;
    buffer_clear(&spool->window);
    buffer_add_repeated(&spool->window, '\0', wanted);
    size_t done = 0;
    while (done < size) {
        ssize_t got = pread(spool->descriptor, spool->window.at + done, wanted - done,
                            (off_t)(start + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return problem_of_errno(problems);
        done += (size_t)got;
    }
    buffer_truncate(&spool->window, done);
    spool->window_start = start;
    return true;
}

bool spool_get(struct spool *spool, uint32_t index, struct text *ret_piece,
               struct problems *problems)
{
    const struct spool_piece *piece = &spool->pieces[index];
    if (spool->waiting.size > 0 && !write_waiting(spool, problems))
        return false;
    bool is_inside = piece->start >= spool->window_start &&
                     piece->start + piece->size <= spool->window_start + spool->window.size;
    if (piece->size > 0 && !is_inside &&
        !read_window(spool, piece->start, piece->size, problems))
        return false;
    size_t from = piece->size > 0 ? (size_t)(piece->start - spool->window_start) : 0;
    *ret_piece = text_slice(buffer_text(&spool->window), from, from + piece->size);
    return true;
}

static int compare_keys(const void *a, const void *b)
{
    const uint64_t *left = a;
    const uint64_t *right = b;
    return (*left > *right) - (*left < *right);
}

void spool_sort_keys(struct spool *spool)
{
    spool->keys = alloc_or_die((size_t)spool->count + 1, sizeof *spool->keys);
    for (uint32_t i = 0; i < spool->count; i++)
        if (spool->pieces[i].size > 0)
            spool->keys[spool->key_count++] = spool->pieces[i].key;
    qsort(spool->keys, spool->key_count, sizeof *spool->keys, compare_keys);
    size_t shared = 0; /* one of each key that occurs twice is kept */
    for (size_t i = 1; i < spool->key_count; i++)
        if (spool->keys[i] == spool->keys[i - 1] &&
            (shared == 0 || spool->keys[shared - 1] != spool->keys[i]))
            spool->keys[shared++] = spool->keys[i];
    spool->key_count = shared;
}

bool spool_is_key_shared(const struct spool *spool, uint64_t key)
{
    return spool->key_count > 0 &&
           bsearch(&key, spool->keys, spool->key_count, sizeof key, compare_keys) != NULL;
}
