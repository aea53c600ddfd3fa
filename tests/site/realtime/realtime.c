/* SPDX-License-Identifier: MIT */
#include "realtime/realtime.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "site.h"
#include "visit.h"

enum { ROUND_EVENTS = 256, ROUND_MS = 1000, OUT_LIMIT = 128 << 20 };

static void peer_free(struct peer *peer)
{
    struct realtime *realtime = &peer->site->realtime;
    *(peer->previous ? &peer->previous->next : &realtime->first) = peer->next;
    if (peer->next) {
        peer->next->previous = peer->previous;
    }
    realtime->peer_count--;
    if (peer->descriptor >= 0) {
        /* closing is not enough while MHD has not closed its copy yet */
        (void)epoll_ctl(realtime->epoll, EPOLL_CTL_DEL, peer->descriptor, NULL);
        (void)shutdown(peer->descriptor, SHUT_RDWR);
        (void)close(peer->descriptor);
    }
    buffer_release(&peer->in);
    buffer_release(&peer->out);
    buffer_release(&peer->message);
    buffer_release(&peer->socket_io.waiting);
    buffer_release(&peer->socket_io.attachments);
    free(peer);
}

void realtime_expect(struct site *site, int64_t due_ms)
{
    if (due_ms < site->realtime.next_due_ms) {
        site->realtime.next_due_ms = due_ms;
        realtime_wake(site);
    }
}

void realtime_wake(struct site *site)
{
    uint64_t one = 1;
    ssize_t written = write(site->realtime.wake, &one, sizeof one);
    (void)written; /* a counter that is full wakes as well */
}

void realtime_watch(struct peer *peer)
{
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = peer };
    if (peer->out.size > 0) {
        event.events |= EPOLLOUT;
    }
    if (peer->descriptor >= 0 && !peer->is_gone && event.events != peer->watched) {
        (void)epoll_ctl(peer->site->realtime.epoll,
                        peer->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, peer->descriptor,
                        &event);
        peer->watched = event.events;
    }
}

void realtime_enter(struct visit *visit)
{
    struct realtime *realtime = &visit->site->realtime;
    struct peer *peer = alloc_or_die(1, sizeof *peer);
    buffer_init(&peer->in, OUT_LIMIT);
    buffer_init(&peer->out, OUT_LIMIT);
    buffer_init(&peer->message, OUT_LIMIT);
    buffer_init(&peer->socket_io.waiting, OUT_LIMIT);
    buffer_init(&peer->socket_io.attachments, OUT_LIMIT);
    peer->site = visit->site;
    peer->speech = visit->wish.speech;
    peer->descriptor = -1;
    peer->account = visit->wish.account;
    peer->is_player = visit->wish.is_player;
    peer->table = visit->wish.table;
    memcpy(peer->subprotocol, visit->wish.subprotocol.at, visit->wish.subprotocol.size);
    peer->socket_io.heartbeat_ms = visit->wish.heartbeat_ms;
    peer->close_by_ms = PEER_NEVER;
    peer->due_ms = PEER_NEVER;
    peer->next = realtime->first;
    if (peer->next) {
        peer->next->previous = peer;
    }
    realtime->first = peer;
    realtime->peer_count++;
    visit->wish.peer = peer;
    peer->speech->opened(peer);
}

void realtime_on_upgrade(void *context, struct MHD_Connection *connection UNUSED,
                         void *request_context UNUSED, const char *extra, size_t extra_size,
                         int descriptor, struct MHD_UpgradeResponseHandle *handle)
{
    struct visit *visit = context;
    int yes = 1;
    (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    /* MHD frees a connection while another thread is still telling it of the close (0.9.75): it is
     * told here, in the connection's own thread, and we go on with a descriptor of our own. */
    int own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    (void)MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
    pthread_mutex_lock(&visit->site->lock);
    struct peer *peer = visit->wish.peer;
    if (visit->site->realtime.is_ending || own < 0) {
        if (own >= 0) {
            (void)close(own);
        }
        pthread_mutex_unlock(&visit->site->lock);
        return;
    }
    visit->wish.peer = NULL;
    peer->descriptor = own;
    buffer_add(&peer->in, text_make(extra, extra_size));
    peer_flush(peer);
    peer_take_input(peer);
    if (peer->is_gone) {
        realtime_wake(visit->site);
    }
    pthread_mutex_unlock(&visit->site->lock);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Timers of all peers; frees those that are gone. */
static void tidy(struct site *site)
{
    struct realtime *realtime = &site->realtime;
    int64_t now = now_ms();
    bool is_due = now >= realtime->next_due_ms;
    int64_t next = PEER_NEVER;
    for (struct peer *peer = realtime->first, *following = NULL; peer; peer = following) {
        following = peer->next;
        if (is_due && now >= peer->due_ms) {
            peer->due_ms = PEER_NEVER;
            peer->speech->due(peer, now);
        }
        if (now >= peer->close_by_ms) {
            peer_drop(peer);
        }
        next = earlier(next, earlier(peer->due_ms, peer->close_by_ms));
        if (peer->is_gone && (peer->descriptor >= 0 || peer->is_orphan)) {
            peer_free(peer);
        }
    }
    realtime->next_due_ms = next;
}

static bool has_connections(const struct realtime *realtime)
{
    for (const struct peer *peer = realtime->first; peer; peer = peer->next) {
        if (peer->descriptor >= 0) {
            return true;
        }
    }
    return false;
}

static void *serve(void *context)
{
    struct site *site = context;
    struct realtime *realtime = &site->realtime;
    struct epoll_event events[ROUND_EVENTS];
    pthread_mutex_lock(&site->lock);
    while (!realtime->is_ending || has_connections(realtime)) {
        int64_t left = realtime->next_due_ms - now_ms();
        int wait_ms = (int)(left < 0 ? 0 : earlier(left, ROUND_MS));
        pthread_mutex_unlock(&site->lock);
        int count = epoll_wait(realtime->epoll, events, ROUND_EVENTS, wait_ms);
        pthread_mutex_lock(&site->lock);
        bool is_woken = count <= 0;
        for (int i = 0; i < count; i++) {
            struct peer *peer = events[i].data.ptr;
            if (!peer) {
                uint64_t ignored;
                ssize_t taken = read(realtime->wake, &ignored, sizeof ignored);
                is_woken = taken > 0 || is_woken;
                continue;
            }
            if (!peer->is_gone) {
                peer_flush(peer);
                peer_read(peer);
                peer_take_input(peer);
            }
        }
        if (is_woken || now_ms() >= realtime->next_due_ms) {
            tidy(site);
        }
    }
    pthread_mutex_unlock(&site->lock);
    return NULL;
}

void realtime_start(struct site *site)
{
    struct realtime *realtime = &site->realtime;
    realtime->tickets = alloc_or_die(REALTIME_TICKETS, sizeof *realtime->tickets);
    realtime->epoll = epoll_create1(EPOLL_CLOEXEC);
    realtime->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    realtime->next_due_ms = PEER_NEVER;
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = NULL };
    if (realtime->epoll < 0 || realtime->wake < 0 ||
        epoll_ctl(realtime->epoll, EPOLL_CTL_ADD, realtime->wake, &event) != 0 ||
        pthread_create(&realtime->thread, NULL, serve, site) != 0) {
        perror("bddrun-site: cannot start the realtime half");
        exit(EXIT_FAILURE);
    }
}

void realtime_stop(struct site *site)
{
    pthread_mutex_lock(&site->lock);
    site->realtime.is_ending = true;
    for (struct peer *peer = site->realtime.first; peer; peer = peer->next) {
        peer_close(peer, 1001, "the site ends");
        peer_drop(peer);
    }
    realtime_wake(site);
    pthread_mutex_unlock(&site->lock);
    (void)pthread_join(site->realtime.thread, NULL);
}

void realtime_release(struct site *site)
{
    while (site->realtime.first) {
        peer_free(site->realtime.first);
    }
    (void)close(site->realtime.epoll);
    (void)close(site->realtime.wake);
    free(site->realtime.tickets);
}
