/* SPDX-License-Identifier: MIT */
/* What happens while scenarios run. */
#include "event/messages.h"

#include "base/attribute.h"
#include "base/utf8.h"
#include "event/messages/message_parts.h"
#include "format/base64.h"

void message_print_run_started(struct buffer *out, uint64_t time_ns)
{
    struct json_writer json;
    message_begin(&json, out, "testRunStarted");
    message_add_time(&json, "timestamp", time_ns);
    message_add_string(&json, "id", MESSAGE_RUN_ID);
    message_end(&json);
}

void message_print_run_finished(struct buffer *out, uint64_t time_ns, bool is_success,
                                struct text message)
{
    struct json_writer json;
    message_begin(&json, out, "testRunFinished");
    if (message.size > 0)
        message_add_text(&json, "message", message);
    json_write_key(&json, "success");
    json_write_bool(&json, is_success);
    message_add_time(&json, "timestamp", time_ns);
    message_add_string(&json, "testRunStartedId", MESSAGE_RUN_ID);
    message_end(&json);
}

static void add_attempt_id(struct json_writer *json, const char *key,
                           const struct result *result)
{
    message_add_format(json, key, "case-%u-attempt-%u", result->scenario, result->attempt);
}

void message_print_case_started(struct buffer *out, const struct result *result)
{
    struct json_writer json;
    message_begin(&json, out, "testCaseStarted");
    json_write_key(&json, "attempt");
    json_write_uint(&json, result->attempt);
    add_attempt_id(&json, "id", result);
    message_add_format(&json, "testCaseId", "case-%u", result->scenario);
    message_add_format(&json, "workerId", "%u", result->worker);
    message_add_time(&json, "timestamp", result->started_ns);
    message_end(&json);
}

void message_print_case_finished(struct buffer *out, const struct result *result,
                                 uint64_t time_ns)
{
    struct json_writer json;
    message_begin(&json, out, "testCaseFinished");
    add_attempt_id(&json, "testCaseStartedId", result);
    message_add_time(&json, "timestamp", time_ns);
    json_write_key(&json, "willBeRetried");
    json_write_bool(&json, result->will_be_retried);
    message_end(&json);
}

static void add_place(struct json_writer *json, const struct message_place *place)
{
    add_attempt_id(json, "testCaseStartedId", place->result);
    if (place->step == MESSAGE_STEP_END)
        message_add_format(json, "testStepId", "case-%u-end", place->result->scenario);
    else
        message_add_format(json, "testStepId", "case-%u-%u", place->result->scenario,
                           place->step);
}

void message_print_step_started(struct buffer *out, const struct message_place *place,
                                uint64_t time_ns)
{
    struct json_writer json;
    message_begin(&json, out, "testStepStarted");
    add_place(&json, place);
    message_add_time(&json, "timestamp", time_ns);
    message_end(&json);
}

void message_print_step_finished(struct buffer *out, const struct message_place *place,
                                 enum status status, uint64_t duration_ns, uint64_t time_ns,
                                 struct text message)
{
    struct json_writer json;
    message_begin(&json, out, "testStepFinished");
    add_place(&json, place);
    json_write_key(&json, "testStepResult");
    json_write_begin_object(&json);
    message_add_time(&json, "duration", duration_ns);
    if (message.size > 0)
        message_add_text(&json, "message", message);
    message_add_string(&json, "status", status_message_name(status));
    json_write_end_object(&json);
    message_add_time(&json, "timestamp", time_ns);
    message_end(&json);
}

static bool is_text(const struct attachment *attachment)
{
    struct text type = attachment->media_type;
    return (text_starts_with(type, TEXT("text/")) || text_contains(type, TEXT("json")) ||
            text_contains(type, TEXT("xml"))) &&
           utf8_is_valid(attachment->body);
}

void message_print_attachment(struct buffer *out, const struct message_place *place,
                              const struct attachment *attachment, uint64_t time_ns)
{
    struct json_writer json;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    bool is_as_it_is = is_text(attachment);
    message_begin(&json, out, "attachment");
    message_add_text(&json, "body",
                     is_as_it_is ? attachment->body : base64_encode(&arena, attachment->body));
    message_add_string(&json, "contentEncoding", is_as_it_is ? "IDENTITY" : "BASE64");
    if (attachment->name.size > 0)
        message_add_text(&json, "fileName", attachment->name);
    message_add_text(&json, "mediaType", attachment->media_type);
    add_place(&json, place);
    message_add_time(&json, "timestamp", time_ns);
    message_end(&json);
}

void message_print_run_attachment(struct buffer *out, const char *media_type,
                                  struct text json_body, uint64_t time_ns)
{
    struct json_writer json;
    message_begin(&json, out, "attachment");
    message_add_text(&json, "body", json_body);
    message_add_string(&json, "contentEncoding", "IDENTITY");
    message_add_string(&json, "mediaType", media_type);
    message_add_time(&json, "timestamp", time_ns);
    message_end(&json);
}
