/* SPDX-License-Identifier: MIT */
#include "config/show.h"

#include "base/escape.h"
#include "base/quantity.h"

enum { ORIGIN_COLUMN = 48, LINE_LIMIT = 4096 };

/* "key: value   # origin"; the value of one line, escaped. */
static void add_line(struct buffer *out, struct text key, struct text value, struct text origin)
{
    size_t start = out->size;
    buffer_add(out, key);
    buffer_add_string(out, ": ");
    escape_line(out, value);
    size_t width = out->size - start;
    buffer_add_repeated(out, ' ', width < ORIGIN_COLUMN ? ORIGIN_COLUMN - width : 1);
    buffer_add_string(out, "# ");
    buffer_add(out, origin.size ? origin : TEXT("default"));
    buffer_add_byte(out, '\n');
}

static void add_at(struct buffer *out, struct text key, struct text value, struct span at)
{
    CLEANUP(buffer_release) struct buffer place;
    buffer_init(&place, LINE_LIMIT);
    span_print(&place, at);
    add_line(out, key, value, buffer_text(&place));
}

/* Every scalar of the file, under its path; what a secret points to may be shown. */
static void add_node(struct buffer *out, const struct config_node *node, struct text path)
{
    if (node->kind == CONFIG_SCALAR) {
        add_at(out, path, node->text, node->at);
        return;
    }
    size_t index = 0;
    for (const struct config_node *child = node->first; child; child = child->next) {
        CLEANUP(buffer_release) struct buffer inner;
        buffer_init(&inner, LINE_LIMIT);
        buffer_add(&inner, path);
        if (node->kind == CONFIG_LIST) {
            buffer_add_format(&inner, "[%zu]", index++);
        } else {
            buffer_add_format(&inner, "%s%.*s", path.size ? "." : "", TEXT_ARG(child->key));
        }
        add_node(out, child, buffer_text(&inner));
    }
}

static void add_overrides(struct buffer *out, const struct config_settings *settings)
{
    for (size_t i = 0; i < settings->variables.count; i++) {
        const struct config_pair *pair = &settings->variables.list[i];
        if (!pair->at.source) {
            CLEANUP(buffer_release) struct buffer key;
            buffer_init(&key, LINE_LIMIT);
            buffer_add_format(&key, "variables.%.*s", TEXT_ARG(pair->name));
            add_line(out, buffer_text(&key), pair->value, pair->origin);
        }
    }
    for (size_t i = 0; i < settings->secret_count; i++) {
        const struct config_secret *secret = &settings->secrets[i];
        CLEANUP(buffer_release) struct buffer key;
        buffer_init(&key, LINE_LIMIT);
        buffer_add_format(&key, "secrets.%.*s", TEXT_ARG(secret->name));
        add_line(out, buffer_text(&key),
                 secret->source.has_value ? TEXT("(set, not shown)") : TEXT("(not set)"),
                 secret->source.origin);
    }
}

static void add_duration(struct buffer *out, const char *key, uint64_t duration_ms)
{
    CLEANUP(buffer_release) struct buffer value;
    buffer_init(&value, LINE_LIMIT);
    quantity_print_duration(&value, duration_ms);
    add_line(out, text_of(key), duration_ms ? buffer_text(&value) : TEXT("none"),
             TEXT("in effect"));
}

static void add_effect(struct buffer *out, const struct config_settings *settings)
{
    const struct config_limits *limits = &settings->limits;
    CLEANUP(buffer_release) struct buffer jobs;
    buffer_init(&jobs, LINE_LIMIT);
    buffer_add_format(&jobs, "%llu", (unsigned long long)limits->jobs);
    add_line(out, TEXT("environment"),
             settings->environment ? settings->environment->name : TEXT("(none)"),
             settings->environment_origin);
    add_line(
        out, TEXT("base_url"), settings->base_url.size ? settings->base_url : TEXT("(none)"),
        settings->base_url_origin.size ? settings->base_url_origin : TEXT("the environment"));
    add_line(out, TEXT("jobs"), buffer_text(&jobs),
             settings->jobs_origin.size ? settings->jobs_origin : TEXT("in effect"));
    add_duration(out, "connect", limits->connect_ms);
    add_duration(out, "response", limits->response_ms);
    add_duration(out, "receive", limits->receive_ms);
    add_duration(out, "poll", limits->poll_ms);
    add_duration(out, "step", limits->step_ms);
    add_duration(out, "scenario", limits->scenario_ms);
    add_duration(out, "run", limits->run_ms);
}

void settings_show(struct buffer *out, const struct config *config,
                   const struct config_settings *settings)
{
    if (config->has_file && config->root) {
        add_node(out, config->root, TEXT_EMPTY);
    }
    add_overrides(out, settings);
    add_effect(out, settings);
}
