/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "cli/console.h"
#include "cli/release/release_command.h"
#include "deploy/notify/notify.h"
#include "format/json_writer.h"

enum { ANSWER_LIMIT = 4 << 20 };

static const char *outcome(const struct release_answer *answer, bool is_rollback)
{
    switch (answer->code) {
    case EXIT_CODE_YES:
        return answer->was_live_already ? "live already"
               : is_rollback            ? "rolled back"
                                        : "promoted";
    case EXIT_CODE_TAKEN_BACK:
        return "taken back";
    case EXIT_CODE_NEEDS_PERSON:
        return "production needs a person";
    case EXIT_CODE_NOT_NOW:
        return "not now";
    case EXIT_CODE_NO:
    case EXIT_CODE_USAGE:
    case EXIT_CODE_NOTHING:
    case EXIT_CODE_ENVIRONMENT:
    case EXIT_CODE_BUG:
    case EXIT_CODE_SIGNAL:
        break;
    }
    return "refused";
}

static void print_text(struct buffer *out, const struct release_answer *answer,
                       bool is_rollback)
{
    if (answer->plan.size > 0) {
        buffer_add(out, answer->plan);
        return;
    }
    buffer_add_format(out, "%s", outcome(answer, is_rollback));
    if (answer->release.size > 0) {
        buffer_add_format(out, ": %.*s", TEXT_ARG(answer->release));
    }
    if (answer->previous.size > 0 && !answer->was_live_already) {
        buffer_add_format(out, " (before: %.*s)", TEXT_ARG(answer->previous));
    }
    buffer_add_byte(out, '\n');
    if (answer->reason.size > 0) {
        buffer_add_format(out, "  %.*s\n", TEXT_ARG(answer->reason));
    }
}

static void member(struct json_writer *writer, const char *key, struct text value)
{
    json_write_key(writer, key);
    json_write_string(writer, value);
}

static void print_json(struct buffer *out, const struct release_answer *answer,
                       bool is_rollback)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    member(&writer, "answer", text_of(outcome(answer, is_rollback)));
    json_write_key(&writer, "exit");
    json_write_uint(&writer, (uint64_t)answer->code);
    member(&writer, "release", answer->release);
    member(&writer, "previous", answer->previous);
    member(&writer, "commit", answer->commit);
    member(&writer, "reason", answer->reason);
    member(&writer, "plan", answer->plan);
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
}

static enum notification_event event_of(const struct release_answer *answer, bool is_rollback)
{
    if (answer->code == EXIT_CODE_NEEDS_PERSON) {
        return NOTIFICATION_NEEDS_PERSON;
    }
    if (answer->code == EXIT_CODE_TAKEN_BACK ||
        (answer->code == EXIT_CODE_YES && is_rollback)) {
        return NOTIFICATION_ROLLED_BACK;
    }
    return answer->code == EXIT_CODE_YES ? NOTIFICATION_PROMOTED : NOTIFICATION_REFUSED;
}

static void tell(struct invocation *invocation, const struct release_request *request,
                 bool is_rollback, const struct release_answer *answer)
{
    struct client client;
    struct notification notification = { .event = event_of(answer, is_rollback),
                                         .release = answer->release,
                                         .revision = answer->commit,
                                         .previous = answer->previous,
                                         .reason = answer->reason,
                                         .user = request->user };
    if (client_init(&client, request->clock, &invocation->problems)) {
        notify(&client, &invocation->config, &notification, &invocation->problems);
        client_release(&client);
    }
}

enum exit_code release_show(struct invocation *invocation, const struct release_values *values,
                            const struct release_request *request, bool is_rollback,
                            const struct release_answer *answer)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    if (!values->is_dry_run && !answer->was_live_already) {
        tell(invocation, request, is_rollback, answer);
    }
    if (values->wants_json) {
        print_json(&out, answer, is_rollback);
    } else {
        print_text(&out, answer, is_rollback);
    }
    if (!console_write(buffer_text(&out), &invocation->problems) &&
        answer->code == EXIT_CODE_YES) {
        return EXIT_CODE_YES; /* it was done, whoever reads */
    }
    return answer->code;
}
