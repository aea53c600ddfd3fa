/* SPDX-License-Identifier: MIT */
#include "deploy/target_settings.h"

#include "deploy/target.h"
#include "deploy/webhook/trigger.h"

enum { WITHIN_MS = 5 * 60 * 1000, KEEP_MOST = 10000 };

#define MEMBER(member) offsetof(struct target_settings, member)

static const struct target_settings defaults = {
    .current = TEXT_STATIC("current"),
    .tag = TEXT_STATIC("production"),
    .within_ms = WITHIN_MS,
};

static const struct config_key keys[] = {
    { .name = "tree", .read = config_read_path, .offset = MEMBER(tree) },
    { .name = "hosts", .read = config_read_texts, .offset = MEMBER(hosts) },
    { .name = "ssh", .read = config_read_words, .offset = MEMBER(ssh) },
    { .name = "current", .read = config_read_text, .offset = MEMBER(current) },
    { .name = "keep",
      .read = config_read_count,
      .offset = MEMBER(keep),
      .minimum = 2,
      .maximum = KEEP_MOST },
    { .name = "image", .read = config_read_text, .offset = MEMBER(image) },
    { .name = "tag", .read = config_read_text, .offset = MEMBER(tag) },
    { .name = "user", .read = config_read_secret, .offset = MEMBER(user) },
    { .name = "password", .read = config_read_secret, .offset = MEMBER(password) },
    { .name = "realm", .read = config_read_url, .offset = MEMBER(realm) },
    { .name = "webhook", .read = config_read_secret, .offset = MEMBER(webhook) },
    { .name = "kind",
      .read = config_read_choice,
      .offset = MEMBER(webhook_kind),
      .choices = trigger_kind_names },
    { .name = "secret", .read = config_read_secret, .offset = MEMBER(secret) },
    { .name = "command", .read = config_read_words, .offset = MEMBER(command) },
    { .name = "back", .read = config_read_words, .offset = MEMBER(back) },
    { .name = "shows", .read = config_read_words, .offset = MEMBER(shows) },
    { .name = "within",
      .read = config_read_duration,
      .offset = MEMBER(within_ms),
      .minimum = 1 },
    { 0 },
};

const struct config_record target_settings_record = { .title = "a target",
                                                      .size_bytes =
                                                          sizeof(struct target_settings),
                                                      .keys = keys,
                                                      .defaults = &defaults };

/* The keys that make a target, each with those that only it has. */
static const struct {
    const char *type;
    const char *keys[6];
} types[] = {
    { "tree", { "hosts", "ssh", "current", "keep" } },
    { "image", { "tag", "user", "password", "realm" } },
    { "webhook", { "kind", "secret" } },
    { "command", { "back", "shows", "within" } },
};

static bool belongs(size_t type, struct text key)
{
    for (size_t i = 0; types[type].keys[i]; i++) {
        if (text_is(key, types[type].keys[i])) {
            return true;
        }
    }
    return text_is(key, types[type].type);
}

static bool find_type(struct config_reader *reader, const struct config_node *map,
                      size_t *ret_type)
{
    size_t found = ARRAY_SIZE(types);
    for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
        if (config_node_find(map, text_of(types[i].type))) {
            if (found < ARRAY_SIZE(types)) {
                return config_refuse(reader, map, "one of tree, image, webhook and command");
            }
            found = i;
        }
    }
    if (found == ARRAY_SIZE(types)) {
        return config_refuse(reader, map, "a target: tree, image, webhook or command");
    }
    *ret_type = found;
    return true;
}

static bool read_one(struct config_reader *reader, const struct config_node *node,
                     struct target_settings *target)
{
    size_t type = 0;
    *target = defaults;
    if (!config_record_fill(reader, node, &target_settings_record, target) ||
        !find_type(reader, node, &type)) {
        return false;
    }
    for (const struct config_node *key = node->first; key; key = key->next) {
        if (!belongs(type, key->key)) {
            problems_add(reader->problems, PROBLEM_INPUT, key->key_at, NULL,
                         "'%.*s' has no meaning for a target of type '%s'", TEXT_ARG(key->key),
                         types[type].type);
            return false;
        }
    }
    target->type = text_of(types[type].type);
    target->at = node->at;
    return target_type_find(target->type) ||
           config_refuse(reader, node, "a target of a type that is built in");
}

bool target_settings_read(struct config_reader *reader, const struct config_node *node,
                          const struct config_key *key, void *target)
{
    (void)key;
    bool is_list = node->kind == CONFIG_LIST;
    size_t count = is_list ? node->count : 1;
    struct target_settings *list = ARENA_ARRAY(reader->arena, count, struct target_settings);
    const struct config_node *each = is_list ? node->first : node;
    bool is_read =
        count > 0 || config_refuse(reader, node, "a target: tree, image, webhook or command");
    for (size_t i = 0; i < count; i++, each = each->next) {
        is_read = read_one(reader, each, &list[i]) && is_read;
    }
    if (is_read) {
        *(struct config_records *)target = (struct config_records){ list, count };
    }
    return is_read;
}
