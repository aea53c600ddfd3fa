/* SPDX-License-Identifier: MIT */
/* Sending and receiving of a worker. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "event/codec.h"
#include "run/crew/worker.h"
#include "run/crew/worker_io.h"

enum { READ_BYTES = 64 << 10, READ_PAUSE_MS = 1000 };

/* Sending. */

static void wait_writable(const struct worker *worker)
{
    struct pollfd wait = { .fd = worker->socket, .events = POLLOUT };
    (void)poll(&wait, 1, READ_PAUSE_MS);
}

/* Bytes sent; 0 after waiting a while. A parent that is gone ends the worker. */
static size_t send_some(struct worker *worker, struct text bytes)
{
    ssize_t sent = send(worker->socket, bytes.at, bytes.size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
        return (size_t)sent;
    }
    if (errno == EPIPE || errno == ECONNRESET) {
        worker_leave(0);
    }
    wait_writable(worker);
    return 0;
}

void worker_flush(struct worker *worker)
{
    for (struct text left = slot_batch(worker->slot); left.size > 0;
         left = slot_batch(worker->slot)) {
        slot_batch_mark_sent(worker->slot, send_some(worker, left));
    }
    worker->sent_ns = loop_now_ns(&worker->loop);
}

/* Through the batch where it fits, so that a crash loses nothing of it. */
static void put(struct worker *worker, struct text bytes)
{
    if (slot_batch_add(worker->slot, bytes)) {
        return;
    }
    worker_flush(worker);
    if (slot_batch_add(worker->slot, bytes)) {
        return;
    }
    while (bytes.size > 0) {
        bytes = text_from(bytes, send_some(worker, bytes));
    }
}

static void put_message(struct worker *worker, enum message_kind kind, struct text body)
{
    buffer_clear(&worker->scratch);
    message_add(&worker->scratch, kind, body);
    put(worker, buffer_text(&worker->scratch));
}

void worker_event(struct worker *worker, const struct event *event)
{
    buffer_clear(&worker->frame);
    codec_encode(&worker->frame, event);
    put_message(worker, MESSAGE_EVENT, buffer_text(&worker->frame));
    if (slot_batch(worker->slot).size >= WORKER_SEND_BYTES) {
        worker_flush(worker);
    }
}

void worker_note(struct worker *worker, struct text note)
{
    put_message(worker, MESSAGE_NOTE, note);
    worker_flush(worker);
}

/* Receiving. */

static void enqueue(struct worker *worker, struct text body)
{
    struct assignment assignment;
    struct text note;
    if (!message_read_assignment(body, &assignment, &note)) {
        BUG("a broken assignment");
    }
    if (worker->queue_count == WORKER_QUEUE_LIMIT) {
        worker_drop_revoked(worker);
    }
    if (worker->queue_count == WORKER_QUEUE_LIMIT) {
        BUG("more than %d assignments", WORKER_QUEUE_LIMIT);
    }
    size_t at = (worker->queue_first + worker->queue_count++) % WORKER_QUEUE_LIMIT;
    char *copy = NULL;
    if (note.size) {
        copy = alloc_or_die(note.size, 1);
        memcpy(copy, note.at, note.size);
    }
    worker->queue[at] = (struct worker_queued){ assignment, copy, note.size };
}

static void take(struct worker *worker, const struct message *message)
{
    switch (message->kind) {
    case MESSAGE_ASSIGN:
        enqueue(worker, message->body);
        return;
    case MESSAGE_CANCEL:
        worker->is_cancelled = true;
        loop_cancel(&worker->loop);
        return;
    case MESSAGE_ANSWER:
        buffer_clear(&worker->answer);
        buffer_add(&worker->answer, message->body);
        worker->has_answer = true;
        return;
    case MESSAGE_EVENT:
    case MESSAGE_ASK:
    case MESSAGE_NOTE:
    case MESSAGE_KIND_COUNT:
        break;
    }
    BUG("a message of kind %d for a worker", (int)message->kind);
}

void worker_receive(void *context, unsigned ready)
{
    struct worker *worker = context;
    char bytes[READ_BYTES];
    (void)ready;
    ssize_t count = recv(worker->socket, bytes, sizeof(bytes), MSG_DONTWAIT);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        worker->is_closed = true;
        loop_watch_change(&worker->loop, &worker->watch, LOOP_NOTHING);
        return;
    }
    buffer_add(&worker->input, text_make(bytes, count > 0 ? (size_t)count : 0));
    struct text left = buffer_text(&worker->input);
    struct message message;
    enum message_result result;
    while ((result = message_take(&left, &message)) == MESSAGE_WHOLE) {
        take(worker, &message);
    }
    if (result == MESSAGE_BROKEN) {
        BUG("a broken message for a worker");
    }
    buffer_consume(&worker->input, worker->input.size - left.size);
}

static bool is_answered(const void *context)
{
    const struct worker *worker = context;
    return worker->has_answer || worker->is_closed;
}

bool worker_ask(struct worker *worker, struct text question, struct text *ret_answer)
{
    worker->has_answer = false;
    put_message(worker, MESSAGE_ASK, question);
    worker_flush(worker);
    if (loop_run(&worker->loop, is_answered, worker, LOOP_NO_DEADLINE) != LOOP_DONE ||
        !worker->has_answer) {
        return false;
    }
    *ret_answer = buffer_text(&worker->answer);
    return true;
}

/* Its own output. */

void worker_take_output(struct buffer *out)
{
    buffer_clear(out);
    if (lseek(STDOUT_FILENO, 0, SEEK_END) <= 0) {
        return;
    }
    char bytes[4096];
    off_t at = 0;
    ssize_t count;
    while (at < WORKER_OUTPUT_LIMIT_BYTES &&
           (count = pread(STDOUT_FILENO, bytes, sizeof(bytes), at)) > 0) {
        buffer_add(out, text_make(bytes, (size_t)count));
        at += count;
    }
    if (ftruncate(STDOUT_FILENO, 0) != 0) {
        buffer_add_string(out, "(this output may be told again)\n");
    }
}
