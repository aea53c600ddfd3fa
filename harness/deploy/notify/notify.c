/* SPDX-License-Identifier: MIT */
#include "deploy/notify/notify.h"

#include "deploy/program.h"
#include "exchange/url.h"

enum { BODY_LIMIT_BYTES = 64 << 10, COMMAND_LIMIT_MS = 30000 };

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

static void run(struct client *client, const struct notify_channel *channel,
                const char *const *process_environment, struct text body,
                struct problems *problems)
{
    struct program program = { .words = channel->command,
                               .process_environment = process_environment,
                               .input = body,
                               .limit_ms = COMMAND_LIMIT_MS };
    struct problems failures;
    problems_init(&failures);
    if (!program_run(&program, &client->loop, &client->arena, NULL, &failures)) {
        problems_add(problems, PROBLEM_WARNING, span_none(), NULL,
                     "the notification was not delivered: %.*s",
                     TEXT_ARG(failures.list[0].message));
    }
    problems_release(&failures);
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
            run(client, &channels[i], config->process_environment, buffer_text(&body),
                problems);
        } else {
            post(client, &channels[i], buffer_text(&body), problems);
        }
    }
}
