/* SPDX-License-Identifier: MIT */
#include "deploy/notify/notification.h"

#include "format/json_writer.h"

enum { LINE_LIMIT_BYTES = 1800 /* Discord takes 2,000 characters */ };

const char *const notification_event_names[] = { "promoted", "rolled_back", "refused",
                                                 "needs_person", NULL };
const char *const notification_template_names[] = { "json", "slack", "teams", "discord", NULL };

static const char *const sentences[] = { "promoted", "taken back", "refused",
                                         "production needs a person" };

static void add_part(struct buffer *out, const char *before, struct text part)
{
    if (part.size) {
        buffer_add_format(out, "%s%.*s", before, TEXT_ARG(part));
    }
}

void notification_print_line(struct buffer *out, const struct notification *notification)
{
    add_part(out, "", notification->target);
    buffer_add_format(out, "%s%s", notification->target.size ? ": " : "",
                      sentences[notification->event]);
    add_part(out, " ", notification->release);
    add_part(out, ", revision ", notification->revision);
    add_part(out, ", before: ", notification->previous);
    add_part(out, ", by ", notification->user);
    add_part(out, ": ", notification->reason);
}

static void write_all(struct json_writer *writer, const struct notification *notification)
{
    const struct {
        const char *key;
        struct text value;
    } members[] = {
        { "target", notification->target },     { "release", notification->release },
        { "revision", notification->revision }, { "previous", notification->previous },
        { "reason", notification->reason },     { "user", notification->user },
    };
    json_write_key(writer, "event");
    json_write_string_of(writer, notification_event_names[notification->event]);
    for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
        json_write_key(writer, members[i].key);
        json_write_string(writer, members[i].value);
    }
}

/* In Slack's text three characters are markup. */
static void add_for_slack(struct buffer *out, struct text line)
{
    for (size_t i = 0; i < line.size; i++) {
        switch (line.at[i]) {
        case '&':
            buffer_add_string(out, "&amp;");
            break;
        case '<':
            buffer_add_string(out, "&lt;");
            break;
        case '>':
            buffer_add_string(out, "&gt;");
            break;
        default:
            buffer_add_byte(out, line.at[i]);
        }
    }
}

static void write_slack(struct json_writer *writer, struct text line)
{
    CLEANUP(buffer_release) struct buffer escaped;
    buffer_init(&escaped, LINE_LIMIT_BYTES * sizeof("&amp;"));
    add_for_slack(&escaped, line);
    json_write_key(writer, "text");
    json_write_string(writer, buffer_text(&escaped));
}

/* A message mentions nobody, whatever its texts hold. */
static void write_discord(struct json_writer *writer, struct text line)
{
    json_write_key(writer, "content");
    json_write_string(writer, line);
    json_write_key(writer, "allowed_mentions");
    json_write_raw(writer, TEXT("{\"parse\":[]}"));
}

static void write_teams(struct json_writer *writer, struct text line)
{
    json_write_key(writer, "type");
    json_write_string_of(writer, "message");
    json_write_key(writer, "attachments");
    json_write_begin_array(writer);
    json_write_begin_object(writer);
    json_write_key(writer, "contentType");
    json_write_string_of(writer, "application/vnd.microsoft.card.adaptive");
    json_write_key(writer, "content");
    json_write_begin_object(writer);
    json_write_key(writer, "type");
    json_write_string_of(writer, "AdaptiveCard");
    json_write_key(writer, "version");
    json_write_string_of(writer, "1.4");
    json_write_key(writer, "body");
    json_write_begin_array(writer);
    json_write_begin_object(writer);
    json_write_key(writer, "type");
    json_write_string_of(writer, "TextBlock");
    json_write_key(writer, "wrap");
    json_write_bool(writer, true);
    json_write_key(writer, "text");
    json_write_string(writer, line);
    json_write_end_object(writer);
    json_write_end_array(writer);
    json_write_end_object(writer);
    json_write_end_object(writer);
    json_write_end_array(writer);
}

void notification_print(struct buffer *out, const struct notification *notification,
                        enum notification_template form)
{
    static void (*const write_line[])(struct json_writer *, struct text) = {
        [NOTIFICATION_SLACK] = write_slack,
        [NOTIFICATION_TEAMS] = write_teams,
        [NOTIFICATION_DISCORD] = write_discord,
    };
    CLEANUP(buffer_release) struct buffer whole;
    struct json_writer writer;
    buffer_init(&whole, BUFFER_NO_LIMIT); /* the notification's texts are bounded */
    notification_print_line(&whole, notification);
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    if (form == NOTIFICATION_JSON) {
        write_all(&writer, notification);
    } else {
        write_line[form](&writer, text_slice(buffer_text(&whole), 0, LINE_LIMIT_BYTES));
    }
    json_write_end_object(&writer);
}
