/* SPDX-License-Identifier: MIT */
/* The key `windows` of bddrun.yaml. */
#include "config/value.h"
#include "deploy/window.h"

#define MEMBER(member) offsetof(struct windows, member)

static bool read_rule(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, struct window_rule *rule)
{
    struct text written;
    const char *reason = NULL;
    if (!config_read_text(reader, node, key, &written)) {
        return false;
    }
    if (!window_rule_parse(written, rule, &reason)) {
        config_refuse(reader, node, "a window such as 'Mon-Thu 10:00-16:00' or '2026-12-24'");
        problems_hint(reader->problems, "%s", reason);
        return false;
    }
    rule->at = node->at;
    return true;
}

/* Text, {allow: …} or {deny: …}. */
static bool read_entry(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, struct window_rule *rule)
{
    if (node->kind != CONFIG_MAP) {
        return read_rule(reader, node, key, rule);
    }
    const struct config_node *value = node->first;
    bool is_deny = node->count == 1 && text_is(value->key, "deny");
    if (node->count != 1 || (!is_deny && !text_is(value->key, "allow"))) {
        return config_refuse(reader, node, "{allow: …} or {deny: …}");
    }
    if (!read_rule(reader, value, key, rule)) {
        return false;
    }
    rule->is_deny = is_deny;
    return true;
}

static bool read_rules(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    if (node->kind == CONFIG_MAP || (node->kind == CONFIG_LIST && node->count == 0)) {
        return config_refuse(reader, node, "a list of windows");
    }
    bool is_list = node->kind == CONFIG_LIST;
    struct window_rules rules = { .count = is_list ? node->count : 1 };
    rules.list = ARENA_ARRAY(reader->arena, rules.count, struct window_rule);
    const struct config_node *at = is_list ? node->first : node;
    bool is_fine = true;
    for (size_t i = 0; i < rules.count; i++, at = at->next) {
        is_fine = read_entry(reader, at, key, &rules.list[i]) && is_fine;
    }
    if (is_fine) {
        *(struct window_rules *)target = rules;
    }
    return is_fine;
}

static bool read_denials(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    struct window_rules *rules = target;
    if (!read_rules(reader, node, key, target)) {
        return false;
    }
    for (size_t i = 0; i < rules->count; i++) {
        rules->list[i].is_deny = true;
    }
    return true;
}

static bool read_zone(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    struct windows *windows = target;
    windows->zone_at = node->at;
    return config_read_text(reader, node, key, &windows->zone_name);
}

static const struct config_key windows_keys[] = {
    { .name = "zone", .read = read_zone, .is_required = true },
    { .name = "any", .read = read_rules, .offset = MEMBER(any) },
    { .name = "schema", .read = read_rules, .offset = MEMBER(schema) },
    { .name = "deny", .read = read_denials, .offset = MEMBER(deny) },
    { 0 },
};

static const struct config_record windows_record = {
    .title = "the windows",
    .size_bytes = sizeof(struct windows),
    .keys = windows_keys,
};

bool windows_read(struct config_reader *reader, const struct config_node *node,
                  const struct config_key *key, void *target)
{
    (void)key;
    struct windows windows = { .zone = NULL };
    if (!config_record_fill(reader, node, &windows_record, &windows)) {
        return false;
    }
    *(struct windows *)target = windows;
    return true;
}
