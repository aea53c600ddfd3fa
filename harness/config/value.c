/* SPDX-License-Identifier: MIT */
#include "config/value.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/quantity.h"
#include "config/interpolate.h"

static bool read_scalar(struct config_reader *reader, const struct config_node *node,
                        enum interpolation kind, const char *expected, struct text *ret_text)
{
    if (node->kind != CONFIG_SCALAR || config_node_is_nothing(node)) {
        return config_refuse(reader, node, expected);
    }
    return config_interpolate(reader, node, kind, ret_text);
}

bool config_read_text(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    (void)key;
    struct text text;
    if (!read_scalar(reader, node, INTERPOLATE_NOW, "text", &text)) {
        return false;
    }
    if (text.size == 0) {
        return config_refuse(reader, node, "text that is not empty");
    }
    *(struct text *)target = text;
    return true;
}

bool config_read_template(struct config_reader *reader, const struct config_node *node,
                          const struct config_key *key, void *target)
{
    (void)key;
    return read_scalar(reader, node, INTERPOLATE_TEMPLATE, "text", target);
}

bool config_read_path(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    struct text path;
    if (!config_read_text(reader, node, key, &path)) {
        return false;
    }
    if (text_contains(path, text_make("\0", 1))) {
        return config_refuse(reader, node, "a path without a NUL byte");
    }
    *(struct text *)target = path_join(reader->arena, reader->folder, path);
    return true;
}

bool config_is_url(struct text url)
{
    static const struct text schemes[] = { TEXT_STATIC("http://"), TEXT_STATIC("https://"),
                                           TEXT_STATIC("ws://"), TEXT_STATIC("wss://") };
    for (size_t i = 0; i < url.size; i++) {
        if ((unsigned char)url.at[i] <= ' ' || url.at[i] == 0x7F) {
            return false;
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
        if (text_starts_with(url, schemes[i])) {
            struct text rest = text_from(url, schemes[i].size);
            return rest.size > 0 && !strchr("/?#:@", rest.at[0]);
        }
    }
    return false;
}

bool config_read_url(struct config_reader *reader, const struct config_node *node,
                     const struct config_key *key, void *target)
{
    struct text url;
    if (!config_read_text(reader, node, key, &url)) {
        return false;
    }
    if (!config_is_url(url)) {
        return config_refuse(reader, node, "a URL such as 'https://staging.example.test'");
    }
    while (text_ends_with(url, TEXT("/"))) {
        url.size--;
    }
    *(struct text *)target = url;
    return true;
}

bool config_read_boolean(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    (void)key;
    bool is_true = text_is(node->text, "true");
    if (node->kind != CONFIG_SCALAR || !node->is_plain ||
        (!is_true && !text_is(node->text, "false"))) {
        return config_refuse(reader, node, "true or false");
    }
    *(bool *)target = is_true;
    return true;
}

static bool is_in_range(const struct config_key *key, uint64_t value)
{
    return value >= key->minimum && (key->maximum == 0 || value <= key->maximum);
}

bool config_read_count(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    struct text text;
    uint64_t value = 0;
    if (!read_scalar(reader, node, INTERPOLATE_NOW, "a whole number", &text)) {
        return false;
    }
    if (!text_to_uint64(text, &value)) {
        return config_refuse(reader, node, "a whole number");
    }
    if (!is_in_range(key, value)) {
        char expected[80];
        snprintf(expected, sizeof expected, "a whole number from %llu to %llu",
                 (unsigned long long)key->minimum, (unsigned long long)key->maximum);
        return config_refuse(reader, node, expected);
    }
    *(uint64_t *)target = value;
    return true;
}

bool config_read_duration(struct config_reader *reader, const struct config_node *node,
                          const struct config_key *key, void *target)
{
    static const char expected[] = "a duration such as '250 ms', '2 s' or '15 min'";
    struct text text;
    uint64_t value = 0;
    if (!read_scalar(reader, node, INTERPOLATE_NOW, expected, &text)) {
        return false;
    }
    if (!quantity_duration_ms(text, &value)) {
        return config_refuse(reader, node, expected);
    }
    if (!is_in_range(key, value)) {
        return config_refuse(reader, node, "a longer duration");
    }
    *(uint64_t *)target = value;
    return true;
}

bool config_read_size(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    static const char expected[] = "a size such as '20 kB' or '64 MiB'";
    (void)key;
    struct text text;
    if (!read_scalar(reader, node, INTERPOLATE_NOW, expected, &text)) {
        return false;
    }
    return quantity_size_bytes(text, target) || config_refuse(reader, node, expected);
}

bool config_read_rate(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    static const char expected[] = "a rate such as '200/s' or '30/min'";
    (void)key;
    struct text text;
    if (!read_scalar(reader, node, INTERPOLATE_NOW, expected, &text)) {
        return false;
    }
    return quantity_rate_per_second(text, target) || config_refuse(reader, node, expected);
}

bool config_read_choice(struct config_reader *reader, const struct config_node *node,
                        const struct config_key *key, void *target)
{
    struct text text;
    if (!read_scalar(reader, node, INTERPOLATE_NOW, "a word", &text)) {
        return false;
    }
    for (int i = 0; key->choices[i]; i++) {
        if (text_is(text, key->choices[i])) {
            *(int *)target = i;
            return true;
        }
    }
    config_refuse(reader, node, "one of the known words");
    CLEANUP(buffer_release) struct buffer words;
    buffer_init(&words, 1000);
    for (int i = 0; key->choices[i]; i++) {
        buffer_add_format(&words, "%s'%s'", i ? ", " : "", key->choices[i]);
    }
    problems_hint(reader->problems, "it can be %.*s", TEXT_ARG(buffer_text(&words)));
    return false;
}

static bool read_plain(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    (void)key;
    return read_scalar(reader, node, INTERPOLATE_NOW, "text", target);
}

/* One text is a list of one. */
static bool read_list(struct config_reader *reader, const struct config_node *node,
                      config_read_function *read_item, struct config_texts *target)
{
    bool is_list = node->kind == CONFIG_LIST;
    struct config_texts texts = {
        ARENA_ARRAY(reader->arena, is_list ? node->count + 1 : 1, struct text), 0
    };
    bool is_fine = true;
    for (const struct config_node *at = is_list ? node->first : node; at;
         at = is_list ? at->next : NULL) {
        is_fine = read_item(reader, at, NULL, &texts.list[texts.count++]) && is_fine;
    }
    if (is_fine) {
        *target = texts;
    }
    return is_fine;
}

bool config_read_texts(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    (void)key;
    if (node->kind == CONFIG_MAP || config_node_is_nothing(node)) {
        return config_refuse(reader, node, "a list of texts");
    }
    return read_list(reader, node, config_read_text, target);
}

bool config_read_words(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    static const char expected[] = "a list: a program and its arguments";
    if (node->kind != CONFIG_LIST || node->count == 0) {
        return config_refuse(reader, node, expected);
    }
    struct text program;
    return config_read_text(reader, node->first, key, &program) &&
           read_list(reader, node, read_plain, target);
}

static bool read_pairs(struct config_reader *reader, const struct config_node *node,
                       config_read_function *read_value, struct config_pairs *target)
{
    if (node->kind != CONFIG_MAP) {
        return config_refuse(reader, node, "a map of names");
    }
    struct config_pairs pairs = {
        ARENA_ARRAY(reader->arena, node->count + 1, struct config_pair), 0
    };
    bool is_fine = true;
    for (const struct config_node *at = node->first; at; at = at->next) {
        struct config_pair *pair = &pairs.list[pairs.count++];
        pair->name = at->key;
        pair->at = at->at;
        is_fine = read_value(reader, at, NULL, &pair->value) && is_fine;
    }
    if (is_fine) {
        *target = pairs;
    }
    return is_fine;
}

bool config_read_pairs(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    (void)key;
    return read_pairs(reader, node, read_plain, target);
}

bool config_read_templates(struct config_reader *reader, const struct config_node *node,
                           const struct config_key *key, void *target)
{
    (void)key;
    return read_pairs(reader, node, config_read_template, target);
}

bool config_read_urls(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    (void)key;
    return read_pairs(reader, node, config_read_url, target);
}
