/* SPDX-License-Identifier: MIT */
#include "net/transfer.h"

#include <stdlib.h>

#include "base/alloc.h"

enum {
    FREE_TRANSFERS = 64,
    KEPT_CONTENT_BYTES = 256 << 10, /* a larger buffer is given back after use */
};

static struct transfer *transfer_new(void)
{
    struct transfer *transfer = alloc_or_die(1, sizeof *transfer);
    transfer->easy = curl_easy_init();
    if (!transfer->easy) {
        BUG("out of memory for a request");
    }
    buffer_init(&transfer->head, HTTP_HEADERS_LIMIT_BYTES);
    buffer_init(&transfer->content, 0); /* the limit is set with the options */
    return transfer;
}

void transfer_free(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    buffer_release(&transfer->head);
    buffer_release(&transfer->content);
    free(transfer);
}

struct transfer *transfer_take(struct http_session *session)
{
    struct net *net = session->net;
    struct transfer *transfer = net->free_transfers;
    if (transfer) {
        net->free_transfers = transfer->next;
        net->free_count--;
    } else {
        transfer = transfer_new();
    }
    *transfer = (struct transfer){
        .easy = transfer->easy,
        .head = transfer->head,
        .content = transfer->content,
        .session = session,
        .next = session->transfers,
    };
    session->transfers = transfer;
    return transfer;
}

static void leave_session(struct transfer *transfer)
{
    struct transfer **link = &transfer->session->transfers;
    while (*link != transfer) {
        link = &(*link)->next;
    }
    *link = transfer->next;
}

void transfer_give_back(struct transfer *transfer)
{
    struct net *net = transfer->session->net;
    if (transfer->pool) {
        pool_remove(transfer->pool, transfer->easy);
        transfer->pool = NULL;
    }
    loop_timer_clear(net->loop, &transfer->failing);
    leave_session(transfer);
    transfer_forget_response(transfer);
    if (net->free_count == FREE_TRANSFERS) {
        transfer_free(transfer);
        return;
    }
    curl_easy_reset(transfer->easy);
    if (transfer->content.capacity > KEPT_CONTENT_BYTES) {
        buffer_release(&transfer->content);
    }
    transfer->next = net->free_transfers;
    net->free_transfers = transfer;
    net->free_count++;
}

static void copy_headers(struct arena *arena, const struct headers *from, struct headers *to)
{
    for (size_t i = 0; i < from->count; i++) {
        headers_add(to, arena, arena_text(arena, from->list[i].name),
                    arena_text(arena, from->list[i].value));
    }
}

bool transfer_take_request(struct transfer *transfer, const struct request *request)
{
    struct arena *arena = transfer->session->arena;
    struct sent_request *sent = &transfer->exchange->request;
    sent->method = request->method.size > 0 ? arena_text(arena, request->method) : TEXT("GET");
    sent->url = url_of_step(arena, transfer->settings->base_url, request->url);
    if (request->query.count > 0) {
        CLEANUP(buffer_release) struct buffer pairs;
        buffer_init(&pairs, URL_SIZE_LIMIT);
        request_encode_pairs(&pairs, &request->query, false);
        sent->url = url_add_query(arena, sent->url, buffer_text(&pairs));
    }
    copy_headers(arena, &request->headers, &transfer->wanted);
    copy_headers(arena, &request->cookies, &transfer->cookies);
    /* A method is a token, as a header's name is. */
    if (!header_name_is_valid(sent->method)) {
        transfer_fail(transfer, EXCHANGE_OTHER, "a method is a word of capital letters",
                      "'%.*s' is not an HTTP method", TEXT_ARG(sent->method));
        return false;
    }
    return true;
}
