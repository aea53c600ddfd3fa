/* SPDX-License-Identifier: MIT */
#include "redact/redaction_key.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/random.h"
#include "format/digest.h"

enum { PASSING_KEY_BYTES = 32 };

void redaction_key_make(struct redaction_key *key, struct text bytes, struct arena *arena)
{
    *key = (struct redaction_key){ .bytes = arena_text(arena, text_trim(bytes)) };
    struct text digest = digest_hmac_sha256(arena, key->bytes, TEXT("bddrun redaction key id"));
    memcpy(key->id, digest.at, REDACTION_KEY_ID_SIZE);
}

static bool is_long_enough(struct text bytes, const char *what, struct text name,
                           struct problems *problems)
{
    if (text_trim(bytes).size >= REDACTION_KEY_SHORTEST)
        return true;
    problems_add(problems, PROBLEM_INPUT, span_none(),
                 "make one with `head -c 32 /dev/urandom | base64`",
                 "redaction key of less than %d bytes in %s '%.*s'", REDACTION_KEY_SHORTEST,
                 what, TEXT_ARG(name));
    return false;
}

/* Only its owner may read it. */
static bool is_private(const char *path, struct problems *problems)
{
    struct stat status;
    if (stat(path, &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) == 0)
        return true; /* what cannot be looked at cannot be read either: file_read tells */
    problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                 "redaction key '%s' can be read by others (mode %04o)", path,
                 (unsigned)(status.st_mode & 07777));
    problems_hint(problems, "chmod 600 '%s'", path);
    return false;
}

static bool key_of_file(struct text path, struct arena *arena, struct redaction_key *ret_key,
                        struct problems *problems)
{
    struct text bytes;
    if (!is_private(arena_string(arena, path), problems) ||
        !file_read(path, REDACTION_KEY_LIMIT_BYTES, arena, &bytes, problems) ||
        !is_long_enough(bytes, "file", path, problems))
        return false;
    redaction_key_make(ret_key, bytes, arena);
    return true;
}

bool redaction_key_find(const struct redaction_key_sources *sources, struct random *random,
                        struct arena *arena, struct redaction_key *ret_key,
                        struct problems *problems)
{
    if (sources->variable.size > 0) {
        if (!is_long_enough(sources->variable, "environment variable",
                            TEXT(REDACTION_KEY_VARIABLE), problems))
            return false;
        redaction_key_make(ret_key, sources->variable, arena);
        return true;
    }
    if (sources->path.size > 0 && (sources->is_path_configured || file_exists(sources->path)))
        return key_of_file(sources->path, arena, ret_key, problems);
    char *bytes = arena_alloc(arena, PASSING_KEY_BYTES);
    random_fill(random, bytes, PASSING_KEY_BYTES);
    redaction_key_make(ret_key, digest_sha256(arena, text_make(bytes, PASSING_KEY_BYTES)),
                       arena);
    ret_key->is_passing = true;
    return true;
}
