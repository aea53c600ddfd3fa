/* SPDX-License-Identifier: MIT */
#include "gate/signing.h"

#include "base/file_write.h"
#include "config/record.h"
#include "gate/envelope/bundle.h"

enum { BUNDLE_LIMIT = 64 << 20 };

/* One of the two keys as it was configured. */
struct key_source {
    struct text value;
    struct text shown;
    struct text path;
    const char *const *command;
    struct text public_key;
};

static struct key_source find_key(const struct signing_request *request,
                                  const struct config_secret_source *secret, struct text path,
                                  const char *variable)
{
    struct config_reader reader = { .process_environment = request->process_environment };
    struct key_source source = { .path = path };
    if (secret && secret->has_value) {
        source.value = secret->value;
        source.shown = secret->origin;
    } else if (path.size == 0 &&
               config_process_variable(&reader, text_of(variable), &source.value)) {
        source.shown = text_of(variable);
    }
    return source;
}

static const char *const *make_words(const struct config_texts *texts, struct arena *arena)
{
    const char **words = ARENA_ARRAY(arena, texts->count + 1, const char *);
    for (size_t i = 0; i < texts->count; i++) {
        words[i] = arena_string(arena, texts->list[i]);
    }
    return words;
}

static bool open_signer(const struct key_source *source, struct signer *signer,
                        bool *ret_is_there, struct problems *problems)
{
    *ret_is_there = true;
    if (source->command) {
        return signer_init_command(signer, source->command, source->public_key, problems);
    }
    if (source->path.size > 0) {
        return signer_init_file(signer, source->path, problems);
    }
    if (source->value.size > 0) {
        return signer_init(signer, source->value, source->shown, problems);
    }
    *ret_is_there = false;
    return true;
}

static bool write_bundle(struct verdict *verdict, const struct signing_request *request,
                         const struct signer *signer, const struct signer *second,
                         struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, BUNDLE_LIMIT);
    return bundle_print(&out, verdict, signer, second, problems) &&
           file_replace(request->path, buffer_text(&out), problems);
}

static bool write_signed(struct verdict *verdict, const struct signing_request *request,
                         const struct key_source sources[2], bool *ret_is_signed,
                         struct problems *problems)
{
    CLEANUP(signer_release) struct signer signer = { 0 };
    CLEANUP(signer_release) struct signer second = { 0 };
    bool has_key = false;
    bool has_second = false;
    bool is_overridden = verdict->override.reason.size > 0;
    if (!open_signer(&sources[0], &signer, &has_key, problems) ||
        (is_overridden && !open_signer(&sources[1], &second, &has_second, problems))) {
        return false;
    }
    if (is_overridden && !(has_key && has_second)) {
        problems_add(problems, PROBLEM_USAGE, span_none(),
                     "set BDDRUN_SIGNING_KEY and BDDRUN_OVERRIDE_KEY, or `gate.sign`",
                     "--override needs the key of the gate and a second key");
        return false;
    }
    if (!has_key) {
        problems_add(
            problems, PROBLEM_WARNING, span_none(),
            "set BDDRUN_SIGNING_KEY; jobs of forks have no secrets and need none",
            "there is no key, so no verdict was signed: nothing can be promoted by it");
        return true;
    }
    *ret_is_signed = write_bundle(verdict, request, &signer, &second, problems);
    return *ret_is_signed;
}

bool verdict_write_signed(struct verdict *verdict, const struct signing_request *request,
                          bool *ret_is_signed, struct problems *problems)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    const struct config_signing *policy = request->policy;
    struct key_source sources[2] = {
        find_key(request, policy ? &policy->key : NULL, policy ? policy->key_path : TEXT_EMPTY,
                 "BDDRUN_SIGNING_KEY"),
        find_key(request, policy ? &policy->override_key : NULL,
                 policy ? policy->override_key_path : TEXT_EMPTY, "BDDRUN_OVERRIDE_KEY"),
    };
    if (policy && policy->command.count > 0) {
        sources[0].command = make_words(&policy->command, &arena);
        sources[0].public_key = policy->public_key;
    }
    *ret_is_signed = false;
    return write_signed(verdict, request, sources, ret_is_signed, problems);
}
