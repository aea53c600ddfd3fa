/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <sys/socket.h>

#include "event/codec.h"
#include "event/event.h"
#include "run/crew/crew_parts.h"

enum { READ_BYTES = 64 << 10, READS_A_ROUND = 8 };

/* Sending. */

void crew_worker_send_unsent(struct crew_worker *worker)
{
    while (worker->unsent.size > 0) {
        ssize_t sent = send(worker->socket, worker->unsent.at, worker->unsent.size,
                            MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0 && errno != EAGAIN) {
            buffer_clear(&worker->unsent); /* it is dead: its end will be seen */
        }
        if (sent < 0) {
            break;
        }
        buffer_consume(&worker->unsent, (size_t)sent);
    }
    loop_watch_change(worker->crew->setup.loop, &worker->watch,
                      worker->unsent.size ? LOOP_READ | LOOP_WRITE : LOOP_READ);
}

void crew_worker_send(struct crew_worker *worker, enum message_kind kind, struct text body)
{
    message_add(&worker->unsent, kind, body);
    crew_worker_send_unsent(worker);
}

/* Receiving. */

static void end_assignment(struct crew_worker *worker)
{
    struct crew *crew = worker->crew;
    worker->queue_first = (worker->queue_first + 1) % WORKER_QUEUE_LIMIT;
    worker->queue_count--;
    buffer_clear(&worker->note);
    crew->ended_count++;
}

static void take_event(struct crew_worker *worker, struct text frame)
{
    struct crew *crew = worker->crew;
    const struct crew_client *client = crew->setup.client;
    struct event event;
    arena_clear(&crew->arena);
    if (codec_decode(&frame, &crew->arena, &event) != CODEC_EVENT) {
        crew_worker_kill(worker);
        return;
    }
    bool is_end = client->is_end(&event) && worker->queue_count > 0;
    if (is_end) {
        crew->busy_ns += event.result->duration_ns;
        end_assignment(worker);
    }
    client->event(client->context, &event);
}

static void take_question(struct crew_worker *worker, struct text question)
{
    const struct crew_client *client = worker->crew->setup.client;
    if (worker->queue_count == 0) {
        crew_worker_kill(worker);
        return;
    }
    struct buffer answer;
    buffer_init(&answer, MESSAGE_LIMIT_BYTES);
    if (client->ask(client->context, worker->number, &worker->queue[worker->queue_first],
                    question, &answer)) {
        crew_worker_send(worker, MESSAGE_ANSWER, buffer_text(&answer));
    }
    buffer_release(&answer);
}

static void take_message(struct crew_worker *worker, const struct message *message)
{
    switch (message->kind) {
    case MESSAGE_EVENT:
        take_event(worker, message->body);
        return;
    case MESSAGE_ASK:
        take_question(worker, message->body);
        return;
    case MESSAGE_NOTE:
        buffer_clear(&worker->note);
        buffer_add(&worker->note, message->body);
        return;
    case MESSAGE_ASSIGN:
    case MESSAGE_CANCEL:
    case MESSAGE_ANSWER:
    case MESSAGE_KIND_COUNT:
        crew_worker_kill(worker); /* it is broken; what it runs is blamed */
        return;
    }
}

void crew_worker_take_bytes(struct crew_worker *worker, struct text bytes)
{
    buffer_add(&worker->input, bytes);
    struct text left = buffer_text(&worker->input);
    struct message message;
    enum message_result result;
    while ((result = message_take(&left, &message)) == MESSAGE_WHOLE) {
        take_message(worker, &message);
    }
    if (result == MESSAGE_BROKEN || worker->input.is_over_limit) {
        crew_worker_kill(worker);
        buffer_clear(&worker->input);
        return;
    }
    buffer_consume(&worker->input, worker->input.size - left.size);
}

void crew_worker_receive(struct crew_worker *worker)
{
    char bytes[READ_BYTES];
    for (int i = 0; i < READS_A_ROUND && worker->pid > 0; i++) {
        ssize_t count = recv(worker->socket, bytes, sizeof(bytes), MSG_DONTWAIT);
        if (count <= 0) {
            return; /* nothing now; its end is told by its process, not by its socket */
        }
        crew_worker_take_bytes(worker, text_make(bytes, (size_t)count));
        if ((size_t)count < sizeof(bytes)) {
            return;
        }
    }
}
