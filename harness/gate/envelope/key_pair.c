/* SPDX-License-Identifier: MIT */
#include "gate/envelope/key_pair.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file_write.h"
#include "gate/envelope/keyring.h"

/* O_EXCL: what is there, also a dangling link, is never written through. */
static bool write_new(struct text path, struct text bytes, mode_t mode,
                      struct problems *problems)
{
    int descriptor = open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (descriptor < 0) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     errno == EEXIST ? "keys are never replaced: choose another name" : NULL,
                     "cannot make '%.*s': %s", TEXT_ARG(path), strerror(errno));
        return false;
    }
    bool is_written = fchmod(descriptor, mode) == 0 &&
                      file_write_all(descriptor, path, bytes, problems) &&
                      fsync(descriptor) == 0;
    close(descriptor);
    if (!is_written) {
        unlink(path.at);
    }
    return is_written;
}

static bool write_both(const struct signature_key *key, uint64_t expires_at_ns,
                       const struct key_pair *pair, struct arena *arena,
                       struct problems *problems)
{
    struct buffer public_file;
    buffer_init(&public_file, SIGNATURE_KEY_LIMIT_BYTES);
    keyring_print_key(&public_file, key, expires_at_ns);
    struct text secret = signature_key_print(key, arena);
    bool is_written = write_new(pair->private_path, secret, 0600, problems);
    explicit_bzero((char *)(uintptr_t)secret.at, secret.size);
    if (is_written &&
        !write_new(pair->public_path, buffer_text(&public_file), 0644, problems)) {
        unlink(pair->private_path.at);
        is_written = false;
    }
    buffer_release(&public_file);
    return is_written;
}

bool key_pair_write(struct text stem, enum signature_algorithm algorithm,
                    uint64_t expires_at_ns, struct arena *arena, struct key_pair *ret_pair,
                    struct problems *problems)
{
    CLEANUP(signature_key_release)
    struct signature_key *key = signature_key_generate(algorithm, problems);
    if (!key) {
        return false;
    }
    struct key_pair pair = { .private_path = arena_format(arena, "%.*s.key", TEXT_ARG(stem)),
                             .public_path = arena_format(arena, "%.*s.pub", TEXT_ARG(stem)),
                             .id = arena_text(arena, signature_key_id(key)) };
    if (!write_both(key, expires_at_ns, &pair, arena, problems)) {
        return false;
    }
    *ret_pair = pair;
    return true;
}
