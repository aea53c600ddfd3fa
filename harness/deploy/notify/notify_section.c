/* SPDX-License-Identifier: MIT */
#include "deploy/notify/notify.h"

static bool find_event(const struct config_node *node, unsigned *ret_event)
{
    for (unsigned i = 0; notification_event_names[i]; i++) {
        if (node->kind == CONFIG_SCALAR && text_is(node->text, notification_event_names[i])) {
            *ret_event = i;
            return true;
        }
    }
    return false;
}

/* A list of events, as bits. */
static bool read_events(struct config_reader *reader, const struct config_node *node,
                        UNUSED const struct config_key *key, void *target)
{
    unsigned events = 0;
    if (node->kind != CONFIG_LIST || node->count == 0) {
        return config_refuse(reader, node, "a list of events");
    }
    for (const struct config_node *at = node->first; at; at = at->next) {
        unsigned event;
        if (!find_event(at, &event)) {
            config_refuse(reader, at, "an event");
            problems_hint(reader->problems,
                          "it can be promoted, rolled_back, refused, needs_person");
            return false;
        }
        events |= 1U << event;
    }
    *(unsigned *)target = events;
    return true;
}

#define MEMBER(member) offsetof(struct notify_channel, member)

static const struct config_key keys[] = {
    { .name = "webhook", .read = config_read_secret, .offset = MEMBER(webhook) },
    { .name = "command", .read = config_read_words, .offset = MEMBER(command) },
    { .name = "template",
      .read = config_read_choice,
      .offset = MEMBER(form),
      .choices = notification_template_names },
    { .name = "on", .read = read_events, .offset = MEMBER(events) },
    { 0 },
};

static const struct config_record record = {
    .title = "a notification",
    .size_bytes = sizeof(struct notify_channel),
    .keys = keys,
};

static bool read_channels(struct config_reader *reader, const struct config_node *node,
                          const struct config_key *key, void *target)
{
    bool is_fine = config_read_record_list(reader, node, key, target);
    for (const struct config_node *at = node->first; is_fine && at; at = at->next) {
        bool has_webhook = config_node_find(at, TEXT("webhook"));
        if (has_webhook == (config_node_find(at, TEXT("command")) != NULL)) {
            problems_add(reader->problems, PROBLEM_INPUT, at->at,
                         "write {webhook: {env: NAME}} or {command: [program, argument]}",
                         "%s: expected one of the two",
                         has_webhook ? "a notification by 'webhook' and by 'command'"
                                     : "a notification without 'webhook' or 'command'");
            is_fine = false;
        }
    }
    return is_fine;
}

const struct config_section notify_section = {
    .key = { .name = "notify", .read = read_channels, .record = &record },
    .size_bytes = sizeof(struct config_records),
    .summary = "who is told of promotions",
};
