/* SPDX-License-Identifier: MIT */
#include "config/policy_value.h"

#include "format/date.h"

enum { FRACTION_DIGITS = 6 };

static const uint64_t whole_millionths = 1000000;
static const uint64_t day_ns = 86400000000000;

/* "79.5", with or without "%": digits, and at most six behind the point. */
static bool parse_percent(struct text text, uint64_t *ret_millionths)
{
    if (text_ends_with(text, TEXT("%"))) {
        text = text_trim(text_slice(text, 0, text.size - 1));
    }
    size_t point = text_find_byte(text, '.', 0);
    struct text fraction = text_from(text, point + 1);
    uint64_t whole = 0;
    uint64_t part = 0;
    bool has_point = point < text.size;
    if (!text_to_uint64(text_slice(text, 0, point), &whole) || whole > 10000 ||
        fraction.size > FRACTION_DIGITS || (has_point && !text_to_uint64(fraction, &part))) {
        return false;
    }
    for (size_t i = fraction.size; i < FRACTION_DIGITS; i++) {
        part *= 10;
    }
    *ret_millionths = whole * whole_millionths + part;
    return true;
}

static bool read_percent(struct config_reader *reader, const struct config_node *node,
                         uint64_t most, const char *expected, struct config_percent *target)
{
    struct text text;
    uint64_t millionths = 0;
    if (node->kind != CONFIG_SCALAR || config_node_is_nothing(node)) {
        return config_refuse(reader, node, expected);
    }
    if (!config_read_text(reader, node, NULL, &text)) {
        return false;
    }
    if (!parse_percent(text, &millionths) || millionths > most * whole_millionths) {
        return config_refuse(reader, node, expected);
    }
    *target = (struct config_percent){ millionths, text, node->at };
    return true;
}

bool config_read_percent(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    (void)key;
    return read_percent(reader, node, 100, "a percentage from 0 to 100, such as 80 or 79.5",
                        target);
}

bool config_read_ratio(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    (void)key;
    return read_percent(reader, node, 10000, "a percentage, such as 25 %", target);
}

bool config_read_bound(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    struct config_bound *bound = target;
    if (!config_read_count(reader, node, key, &bound->value)) {
        return false;
    }
    bound->at = node->at;
    return true;
}

bool config_read_bound_time(struct config_reader *reader, const struct config_node *node,
                            const struct config_key *key, void *target)
{
    struct config_bound *bound = target;
    if (!config_read_duration(reader, node, key, &bound->value)) {
        return false;
    }
    bound->at = node->at;
    return true;
}

bool config_read_shards(struct config_reader *reader, const struct config_node *node,
                        const struct config_key *key, void *target)
{
    return (node->kind == CONFIG_SCALAR && text_is(node->text, "auto")) ||
           config_read_bound(reader, node, key, target);
}

/* The last day on which it holds. */
static bool read_until(struct config_reader *reader, const struct config_node *node,
                       const struct config_key *key, void *target)
{
    struct config_exception *exception = target;
    uint64_t midnight_ns = 0;
    struct text day;
    if (!config_read_text(reader, node, key, &day)) {
        return false;
    }
    if (day.size != 10 || !date_parse(day, &midnight_ns)) {
        return config_refuse(reader, node, "a day such as 2026-12-31");
    }
    exception->until = day;
    exception->until_ns = midnight_ns + day_ns;
    return true;
}

static bool read_tags(struct config_reader *reader, const struct config_node *node,
                      const struct config_key *key, void *target)
{
    struct config_texts tags = { 0 };
    if (!config_read_texts(reader, node, key, &tags)) {
        return false;
    }
    for (size_t i = 0; i < tags.count; i++) {
        if (tags.list[i].size < 2 || tags.list[i].at[0] != '@') {
            return config_refuse(reader, node, "tags such as \"@flaky\"");
        }
    }
    *(struct config_texts *)target = tags;
    return true;
}

static const struct config_key exception_keys[] = {
    { .name = "allow",
      .read = read_tags,
      .offset = offsetof(struct config_exception, allow),
      .is_required = true },
    { .name = "until", .read = read_until, .is_required = true },
    { 0 },
};

static const struct config_record exception_record = {
    .title = "an exception",
    .size_bytes = sizeof(struct config_exception),
    .keys = exception_keys,
};

bool config_read_exception(struct config_reader *reader, const struct config_node *node,
                           const struct config_key *key, void *target)
{
    struct config_exception exception = { .at = node->at };
    (void)key;
    if (!config_record_fill(reader, node, &exception_record, &exception)) {
        return false;
    }
    *(struct config_exception *)target = exception;
    return true;
}
