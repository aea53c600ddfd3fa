/* SPDX-License-Identifier: MIT */
#include "scores.h"

#include <microhttpd.h>
#include <stdio.h>
#include <time.h>

#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

enum { COMMENT_S = 1 };

static size_t add_score(struct score_stream *stream, char *out, size_t size)
{
    const struct scores *scores = &stream->site->scores;
    if (scores->count - stream->seen > SITE_SCORES) {
        stream->seen = scores->count - SITE_SCORES; /* the older ones are forgotten */
    }
    uint64_t id = ++stream->seen;
    stream->left -= stream->left != UINT64_MAX;
    return (size_t)snprintf(out, size, "event: score\nid: %lu\ndata: %s\n\n", id,
                            scores->list[id % SITE_SCORES]);
}

/* Waits for the next score; says a comment from time to time, so that a proxy stays awake and a
 * reader that has gone is found. */
ssize_t score_stream_read(void *context, uint64_t offset UNUSED, char *out, size_t size)
{
    struct score_stream *stream = context;
    struct site *site = stream->site;
    if (!stream->has_begun) {
        stream->has_begun = true;
        return snprintf(out, size, "retry: 200\n\n");
    }
    if (stream->left == 0) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += COMMENT_S;
    pthread_mutex_lock(&site->lock);
    int error = 0;
    while (site->scores.count == stream->seen && error == 0 && !atomic_load(&site->is_ending)) {
        error = pthread_cond_timedwait(&site->scores.changed, &site->lock, &until);
    }
    ssize_t written = MHD_CONTENT_READER_END_OF_STREAM;
    if (site->scores.count != stream->seen) {
        written = (ssize_t)add_score(stream, out, size);
    } else if (!atomic_load(&site->is_ending)) {
        written = snprintf(out, size, ": still here\n");
    }
    pthread_mutex_unlock(&site->lock);
    return written;
}

void api_score_stream(struct visit *visit)
{
    struct score_stream *stream = arena_array(&visit->arena, 1, sizeof *stream);
    struct text last = visit_request_header(visit, "Last-Event-ID");
    *stream = (struct score_stream){ .site = visit->site,
                                     .seen = visit->site->scores.count,
                                     .left = visit_query_number(visit, "count", UINT64_MAX) };
    uint64_t seen = 0;
    if (last.at && text_to_uint64(last, &seen) && seen < stream->seen) {
        stream->seen = seen;
    }
    visit_answer(visit, 200, "text/event-stream");
    visit_header(visit, "Cache-Control", "no-store");
    visit_header(visit, "X-Accel-Buffering", "no");
    visit->stream = stream;
}

void api_score(struct visit *visit)
{
    struct scores *scores = &visit->site->scores;
    struct text game;
    struct text score;
    uint64_t points = 0;
    if (!visit_json_member(visit, "game", &game) ||
        !visit_json_member(visit, "score", &score) || !text_to_uint64(score, &points)) {
        visit_refuse(visit, 422, "The game and score fields are required.");
        return;
    }
    scores->count++;
    (void)snprintf(scores->list[scores->count % SITE_SCORES], SITE_SCORE_SIZE,
                   "{\"game\": \"%.*s\", \"score\": %lu}",
                   (int)text_slice(game, 0, SITE_SCORE_SIZE / 2).size, game.at, points);
    pthread_cond_broadcast(&scores->changed);
    visit_json(visit, 201, "{\"id\": %lu}", scores->count);
}
