/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "config/value.h"

enum { SECRET_SIZE_LIMIT = 65536 };

struct places {
    struct text env;
    struct text file;
};

static const struct config_key place_keys[] = {
    { .name = "env", .read = config_read_text, .offset = offsetof(struct places, env) },
    { .name = "file", .read = config_read_path, .offset = offsetof(struct places, file) },
    { 0 },
};

static const struct config_record place_record = {
    .title = "a secret",
    .size_bytes = sizeof(struct places),
    .keys = place_keys,
};

static struct text without_line_end(struct text bytes)
{
    if (text_ends_with(bytes, TEXT("\n"))) {
        bytes.size--;
    }
    if (text_ends_with(bytes, TEXT("\r"))) {
        bytes.size--;
    }
    return bytes;
}

static void read_from_file(struct config_reader *reader, struct text path,
                           struct config_secret_source *secret)
{
    struct problems ignored; /* a secret that is not there is an error only when it is used */
    problems_init(&ignored);
    struct text bytes;
    secret->has_value = file_read(path, SECRET_SIZE_LIMIT, reader->arena, &bytes, &ignored);
    if (secret->has_value) {
        secret->value = without_line_end(bytes);
    }
    secret->origin = arena_format(reader->arena, "file '%.*s'", TEXT_ARG(path));
    problems_release(&ignored);
}

bool config_read_secret(struct config_reader *reader, const struct config_node *node,
                        const struct config_key *key, void *target)
{
    (void)key;
    static const char expected[] = "{env: NAME} or {file: PATH}";
    if (node->kind != CONFIG_MAP) {
        config_refuse(reader, node, expected);
        problems_hint(reader->problems, "a secret itself does not stand in this file");
        return false;
    }
    struct places places = { 0 };
    if (!config_record_fill(reader, node, &place_record, &places)) {
        return false;
    }
    if ((places.env.size > 0) == (places.file.size > 0)) {
        return config_refuse(reader, node, expected);
    }
    struct config_secret_source secret = { .at = node->at };
    if (places.file.size) {
        read_from_file(reader, places.file, &secret);
    } else {
        secret.has_value =
            config_process_variable(reader, places.env, &secret.value) && secret.value.size > 0;
        secret.origin =
            arena_format(reader->arena, "environment variable '%.*s'", TEXT_ARG(places.env));
    }
    *(struct config_secret_source *)target = secret;
    return true;
}
