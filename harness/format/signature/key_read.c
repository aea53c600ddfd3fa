/* SPDX-License-Identifier: MIT */
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/file.h"
#include "format/signature/key.h"

/* Nothing ever prompts: without a passphrase an encrypted key cannot be read. */
static int no_passphrase(char *buffer, int size, int is_writing, void *context)
{
    (void)buffer;
    (void)size;
    (void)is_writing;
    (void)context;
    return -1;
}

/* Variables of CI systems are often one line with `\n` in it. */
static void unfold(struct buffer *out, struct text pem)
{
    bool is_folded = text_find_byte(pem, '\n', 0) == pem.size;
    for (size_t i = 0; i < pem.size; i++) {
        bool is_line_end =
            is_folded && pem.at[i] == '\\' && i + 1 < pem.size && pem.at[i + 1] == 'n';
        buffer_add_byte(out, is_line_end ? '\n' : pem.at[i]);
        i += is_line_end;
    }
}

static EVP_PKEY *parse(struct text pem, bool wants_private)
{
    CLEANUP(buffer_release) struct buffer unfolded;
    buffer_init(&unfolded, SIGNATURE_KEY_LIMIT_BYTES);
    unfold(&unfolded, pem);
    BIO *in = BIO_new_mem_buf(unfolded.at ? unfolded.at : "", (int)unfolded.size);
    EVP_PKEY *key = NULL;
    if (in) {
        key = wants_private ? PEM_read_bio_PrivateKey(in, NULL, no_passphrase, NULL)
                            : PEM_read_bio_PUBKEY(in, NULL, no_passphrase, NULL);
    }
    BIO_free(in);
    signature_forget_errors();
    if (unfolded.at) {
        explicit_bzero(unfolded.at, unfolded.size);
    }
    return key;
}

/* Why there is no key: the usual mistakes by name. */
static void explain(struct text pem, bool wants_private, struct text shown,
                    struct problems *problems)
{
    const char *what = "no key in PEM form";
    const char *hint =
        "it begins with a line '-----BEGIN …-----'; `bddrun keygen` makes a pair";
    if (text_contains(pem, TEXT("ENCRYPTED"))) {
        what = "an encrypted private key";
        hint =
            "keep it without a passphrase where only the signer can read it, or name a signer "
            "command";
    } else if (wants_private && text_contains(pem, TEXT("BEGIN PUBLIC KEY"))) {
        what = "a public key where the private one is needed";
        hint = "the private key signs; the public one is for `trust`";
    } else if (!wants_private && text_contains(pem, TEXT("PRIVATE KEY"))) {
        what = "a private key where the public one is needed";
        hint =
            "trust needs the public key; a private key that was copied about is to be replaced";
    }
    problems_add(problems, PROBLEM_INPUT, span_none(), hint, "%s in %.*s", what,
                 TEXT_ARG(shown));
}

static struct signature_key *read_key(struct text pem, bool wants_private, struct text shown,
                                      struct problems *problems)
{
    EVP_PKEY *raw = pem.size > SIGNATURE_KEY_LIMIT_BYTES / 2 ? NULL : parse(pem, wants_private);
    if (!raw) {
        explain(pem, wants_private, shown, problems);
        return NULL;
    }
    return signature_key_wrap(raw, wants_private, shown, problems);
}

struct signature_key *signature_key_read(struct text pem, struct text shown,
                                         struct problems *problems)
{
    return read_key(pem, true, shown, problems);
}

struct signature_key *signature_key_read_public(struct text pem, struct text shown,
                                                struct problems *problems)
{
    return read_key(pem, false, shown, problems);
}

static bool mode_is_private(struct text path, struct arena *arena, struct problems *problems)
{
    struct stat status;
    if (stat(arena_string(arena, path), &status) != 0) {
        return true; /* reading it says why */
    }
    if (S_ISREG(status.st_mode) && (status.st_mode & 077) != 0) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                     "others than its owner can read the private key '%.*s' (mode %04o)",
                     TEXT_ARG(path), (unsigned)(status.st_mode & 07777));
        problems_hint(problems, "chmod 600 '%.*s'", TEXT_ARG(path));
        return false;
    }
    return true;
}

struct signature_key *signature_key_read_file(struct text path, struct problems *problems)
{
    struct arena arena;
    arena_init(&arena);
    struct signature_key *key = NULL;
    struct text pem;
    if (mode_is_private(path, &arena, problems) &&
        file_read(path, SIGNATURE_KEY_LIMIT_BYTES, &arena, &pem, problems)) {
        struct text shown = arena_format(&arena, "file '%.*s'", TEXT_ARG(path));
        key = signature_key_read(pem, shown, problems);
        explicit_bzero((char *)(uintptr_t)pem.at, pem.size);
    }
    arena_release(&arena);
    return key;
}
