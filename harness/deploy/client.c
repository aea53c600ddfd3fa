/* SPDX-License-Identifier: MIT */
#include "deploy/client.h"

#include "net/http.h"

bool client_init(struct client *client, const struct clock *clock, struct problems *problems)
{
    *client = (struct client){ 0 };
    if (!loop_init(&client->loop, clock, problems)) {
        return false;
    }
    if (!net_global_new(&client->global, problems)) {
        loop_release(&client->loop);
        return false;
    }
    arena_init(&client->arena);
    client->net = net_new(client->global, &client->loop, clock);
    client->session = http_session_new(client->net, &client->arena);
    http_settings_init(&client->settings);
    return true;
}

void client_release(struct client *client)
{
    http_session_free(client->session);
    net_free(client->net);
    net_global_free(client->global);
    loop_release(&client->loop);
    arena_release(&client->arena);
}

const struct exchange *client_send(struct client *client, const struct request *request)
{
    struct http_settings *settings = ARENA_NEW(&client->arena, struct http_settings);
    *settings = client->settings;
    struct exchange *exchange = http_start(client->session, request, settings, NULL, NULL);
    (void)http_wait(client->session, exchange, LOOP_NO_DEADLINE);
    return exchange;
}

const struct exchange *client_send_once(struct client *client, const struct request *request)
{
    net_close_connections(client->net);
    return client_send(client, request);
}
