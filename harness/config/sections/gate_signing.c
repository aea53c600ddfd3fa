/* SPDX-License-Identifier: MIT */
/* Who signs the verdict: a key, or a command that asks a key service. */
#include "config/policy.h"

/* The path of {file: PATH} is kept, for the file's mode is looked at when it is used. */
static bool read_key(struct config_reader *reader, const struct config_node *node,
                     struct config_secret_source *secret, struct text *path)
{
    const struct config_node *file = config_node_find(node, TEXT("file"));
    return config_read_secret(reader, node, NULL, secret) &&
           (!file || config_read_path(reader, file, NULL, path));
}

static bool read_signing_key(struct config_reader *reader, const struct config_node *node,
                             const struct config_key *key, void *target)
{
    struct config_signing *sign = target;
    (void)key;
    return read_key(reader, node, &sign->key, &sign->key_path);
}

static bool read_override_key(struct config_reader *reader, const struct config_node *node,
                              const struct config_key *key, void *target)
{
    struct config_signing *sign = target;
    (void)key;
    return read_key(reader, node, &sign->override_key, &sign->override_key_path);
}

static const struct config_key sign_keys[] = {
    { .name = "key", .read = read_signing_key },
    { .name = "command",
      .read = config_read_words,
      .offset = offsetof(struct config_signing, command) },
    { .name = "public",
      .read = config_read_path,
      .offset = offsetof(struct config_signing, public_key) },
    { .name = "override_key", .read = read_override_key },
    { 0 },
};
static const struct config_record sign_record = { .title = "the signature", .keys = sign_keys };

bool config_read_signing(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    struct config_signing *sign = target;
    (void)key;
    sign->at = node->at;
    return config_record_fill(reader, node, &sign_record, target);
}
