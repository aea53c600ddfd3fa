/* SPDX-License-Identifier: MIT */
#include "deploy/notify/notify.h"

#include "base/process.h"
#include "exchange/url.h"

enum { BODY_LIMIT_BYTES = 64 << 10, OUTPUT_LIMIT_BYTES = 400, COMMAND_LIMIT_MS = 30000 };

static void post(struct client *client, const struct notify_channel *channel, struct text body,
                 struct problems *problems)
{
    struct url url;
    struct text host = TEXT("its host");
    struct text given = text_trim(channel->webhook.value);
    if (!channel->webhook.has_value || !url_parse(given, &url)) {
        problems_add(problems, PROBLEM_WARNING, channel->webhook.at,
                     "set it to the URL of the webhook", "nobody was told: %.*s holds no URL",
                     TEXT_ARG(channel->webhook.origin));
        return;
    }
    host = url.host;
    struct request request = { .method = TEXT("POST"),
                               .url = given,
                               .body_kind = REQUEST_BODY_BYTES,
                               .content_type = TEXT("application/json"),
                               .body = body };
    const struct exchange *exchange = client_send(client, &request);
    unsigned status = exchange->response.status;
    if (exchange->failure != EXCHANGE_ANSWERED) {
        const char *fault = exchange_failure_fault(exchange->failure);
        problems_add(problems, PROBLEM_WARNING, channel->webhook.at, NULL,
                     "the notification of '%.*s' was not delivered: %s", TEXT_ARG(host),
                     *fault ? fault : "a broken answer");
    } else if (status < 200 || status > 299) {
        problems_add(problems, PROBLEM_WARNING, channel->webhook.at,
                     "check the webhook's URL and its 'template'",
                     "the notification of '%.*s' was not delivered: it answers %u",
                     TEXT_ARG(host), status);
    }
}

static void run(struct client *client, const struct notify_channel *channel, struct text body,
                struct problems *problems)
{
    size_t count = channel->command.count;
    const char **words = ARENA_ARRAY(&client->arena, count + 1, const char *);
    for (size_t i = 0; i < count; i++) {
        words[i] = arena_string(&client->arena, channel->command.list[i]);
    }
    struct process_request request = { .words = words,
                                       .input = body,
                                       .output_limit_bytes = OUTPUT_LIMIT_BYTES };
    struct process process = { 0 };
    struct problems starting;
    enum loop_result result = LOOP_DONE;
    problems_init(&starting);
    uint64_t deadline_ns =
        loop_now_ns(&client->loop) + COMMAND_LIMIT_MS * NANOSECONDS_PER_MILLISECOND;
    if (!process_run(&process, &request, &client->loop, deadline_ns, &result, &starting)) {
        problems_add(problems, PROBLEM_WARNING, span_none(), NULL, "nobody was told: %.*s",
                     TEXT_ARG(starting.list[0].message));
    } else if (result != LOOP_DONE) {
        problems_add(problems, PROBLEM_WARNING, span_none(), NULL,
                     "the notification by '%s' did not end within %d s and was killed",
                     words[0], COMMAND_LIMIT_MS / 1000);
    } else if (process_exit_code(&process) != 0) {
        problems_add(problems, PROBLEM_WARNING, span_none(), NULL,
                     "the notification by '%s' ended with exit code %d: %.*s", words[0],
                     process_exit_code(&process),
                     TEXT_ARG(text_trim(buffer_text(&process.output))));
    }
    process_release(&process);
    problems_release(&starting);
}

void notify(struct client *client, const struct config *config,
            const struct notification *notification, struct problems *problems)
{
    const struct config_records *records = config_section_data(config, &notify_section);
    const struct notify_channel *channels = records ? records->list : NULL;
    for (size_t i = 0; records && i < records->count; i++) {
        unsigned events = channels[i].events;
        if (events && !(events & 1U << notification->event)) {
            continue;
        }
        CLEANUP(buffer_release) struct buffer body;
        buffer_init(&body, BODY_LIMIT_BYTES);
        notification_print(&body, notification, (enum notification_template)channels[i].form);
        if (channels[i].command.count) {
            run(client, &channels[i], buffer_text(&body), problems);
        } else {
            post(client, &channels[i], buffer_text(&body), problems);
        }
    }
}
