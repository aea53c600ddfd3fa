/* SPDX-License-Identifier: MIT */
#include "gate/envelope/signer.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/loop.h"
#include "base/process.h"
#include "format/base64.h"

enum { OUTPUT_LIMIT_BYTES = 64 << 10 };

bool signer_init(struct signer *signer, struct text pem, struct text shown,
                 struct problems *problems)
{
    *signer = (struct signer){ .key = signature_key_read(pem, shown, problems) };
    return signer->key != NULL;
}

bool signer_init_file(struct signer *signer, struct text path, struct problems *problems)
{
    *signer = (struct signer){ .key = signature_key_read_file(path, problems) };
    return signer->key != NULL;
}

bool signer_init_command(struct signer *signer, const char *const *command,
                         struct text public_key_path, struct problems *problems)
{
    struct arena arena;
    arena_init(&arena);
    struct text pem;
    *signer = (struct signer){ .command = command };
    if (file_read(public_key_path, SIGNATURE_KEY_LIMIT_BYTES, &arena, &pem, problems)) {
        struct text shown = arena_format(&arena, "file '%.*s'", TEXT_ARG(public_key_path));
        signer->key = signature_key_read_public(pem, shown, problems);
    }
    arena_release(&arena);
    return signer->key != NULL;
}

void signer_release(struct signer *signer)
{
    signature_key_free(signer->key);
    *signer = (struct signer){ 0 };
}

struct text signer_key_id(const struct signer *signer)
{
    return signature_key_id(signer->key);
}

static bool refuse(const struct signer *signer, const char *what, struct text said,
                   struct problems *problems)
{
    problems_add(
        problems, PROBLEM_ENVIRONMENT, span_none(),
        "it gets the bytes on its standard input and answers with the signature on its "
        "standard output",
        "the signer command '%s' %s", signer->command[0], what);
    struct text line;
    if (text_take_until(&said, '\n', &line) && line.size > 0) {
        problems_hint(problems, "it said: %.*s", TEXT_ARG(line));
    }
    return false;
}

/* Raw, or in base64 with a line end as the tools of key services print it. */
static bool take(const struct signer *signer, struct text output, struct text bytes,
                 struct arena *arena, struct text *ret_signature)
{
    struct text decoded;
    if (signature_is_valid(signer->key, bytes, output)) {
        *ret_signature = arena_text(arena, output);
        return true;
    }
    if (base64_decode(arena, text_trim(output), &decoded) &&
        signature_is_valid(signer->key, bytes, decoded)) {
        *ret_signature = decoded;
        return true;
    }
    return false;
}

static bool run(const struct signer *signer, struct text bytes, struct arena *arena,
                struct text *ret_signature, struct problems *problems)
{
    CLEANUP(loop_release) struct loop loop = { 0 };
    if (!loop_init(&loop, clock_real(), problems)) {
        return false;
    }
    CLEANUP(process_release) struct process process = { 0 };
    struct process_request request = { .words = signer->command,
                                       .input = bytes,
                                       .output_limit_bytes = OUTPUT_LIMIT_BYTES,
                                       .has_errors_apart = true };
    enum loop_result result;
    uint64_t deadline_ns = loop_now_ns(&loop) + SIGNER_DEADLINE_S * NANOSECONDS_PER_SECOND;
    if (!process_run(&process, &request, &loop, deadline_ns, &result, problems)) {
        return false;
    }
    struct text said = buffer_text(&process.errors);
    if (result != LOOP_DONE) {
        return refuse(signer, "did not answer within a minute", said, problems);
    }
    if (process_exit_code(&process) != 0) {
        return refuse(signer, "failed", said, problems);
    }
    if (!take(signer, buffer_text(&process.output), bytes, arena, ret_signature)) {
        return refuse(signer, "answered no signature by its public key", said, problems);
    }
    return true;
}

bool signer_sign(const struct signer *signer, struct text bytes, struct arena *arena,
                 struct text *ret_signature, struct problems *problems)
{
    if (signer->command) {
        return run(signer, bytes, arena, ret_signature, problems);
    }
    *ret_signature = signature_make(signer->key, bytes, arena);
    return true;
}
