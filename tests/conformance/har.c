/* SPDX-License-Identifier: MIT */
/*
 * HAR files written by browsers, proxies and recorders: each is read, with what it holds counted,
 * or refused with its reason. What was read is written and read again: the same.
 */
#include <dirent.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "record/har_reader.h"
#include "record/har_writer.h"
#include "support/conformance.h"

struct known {
    const char *name;
    const char *refusal; /* a part of the first problem's message; NULL: it is read */
    const char *creator;
    size_t entries;
    size_t sockets;
    size_t messages;      /* of all sockets */
    size_t failed;        /* entries without an answer */
    size_t absent_bodies; /* of responses that came */
    size_t body_bytes;    /* of all responses */
    size_t sent_bytes;    /* bodies of requests */
    size_t warnings;
};

static const struct known files[] = {
    { "har-validator-valid.json", NULL, "WebInspector", 1, 0, 0, 0, 0, 30, 0, 0 },
    { "k6-full.har", NULL, "", 8, 0, 0, 8, 0, 0, 206, 0 },
    { "k6-pseudo-headers.har", NULL, "", 1, 0, 0, 1, 0, 0, 0, 0 },
    { "malformed-har-validator-invalid.json", .refusal = "it has no 'log'" },
    { "malformed-mitmproxy-brokenfile.har", .refusal = "expected an object, found an array" },
    { "mitmproxy-charles.har", NULL, "Charles Proxy", 1, 0, 0, 0, 0, 23866, 0, 0 },
    { "mitmproxy-chrome.har", NULL, "WebInspector", 3, 0, 0, 1, 0, 30974, 0, 0 },
    { "mitmproxy-corrupted_gzip_body.har", NULL, "mitmproxy", 1, 0, 0, 0, 0, 24, 0, 0 },
    { "mitmproxy-event_stream-sse.har", NULL, "mitmproxy", 2, 0, 0, 0, 2, 0, 0, 0 },
    { "mitmproxy-firefox.har", NULL, "Firefox", 14, 0, 0, 0, 5, 176173, 0, 0 },
    { "mitmproxy-postdata.har", NULL, "WebInspector", 1, 0, 0, 0, 0, 0, 1310, 0 },
    { "mitmproxy-websocket.har", NULL, "mitmproxy", 3, 3, 5, 0, 0, 0, 0, 0 },
    { "mitmproxy-with-bom.har", NULL, "WebInspector", 1, 0, 0, 0, 0, 0, 1310, 0 },
    { "perfcascade-redirect-loop.har", NULL, "capture-har", 11, 0, 0, 0, 1, 0, 0, 0 },
    { "playwright-chromium-ws-socketio-embed.har", NULL, "Playwright", 19, 3, 12, 1, 3, 48231,
      105, 0 },
    { "playwright-har-fulfill.har", NULL, "Playwright", 5, 0, 0, 0, 1, 177, 0, 0 },
    { "polly-github-getUser.har", NULL, "Polly.JS", 1, 0, 0, 0, 0, 1057, 0, 0 },
    { .name = NULL },
};

static void count_entry(const struct recorded_entry *entry, struct known *found)
{
    const struct exchange *exchange = entry->exchange;
    bool is_answered = exchange->failure == EXCHANGE_ANSWERED;
    found->sockets += entry->conversation != NULL;
    found->messages += entry->conversation ? entry->conversation->count : 0;
    found->failed += !is_answered;
    found->absent_bodies += is_answered && entry->body == RECORDED_BODY_ABSENT;
    found->body_bytes += exchange->response.body.size;
    found->sent_bytes += exchange->request.body.size;
}

static struct known count(const struct recording *recording, const struct problems *problems)
{
    struct known found = { .entries = recording->count, .warnings = problems->count };
    for (size_t i = 0; i < recording->count; i++) {
        count_entry(&recording->list[i], &found);
    }
    return found;
}

static bool is_same(const struct known *a, const struct known *b)
{
    return a->entries == b->entries && a->sockets == b->sockets && a->messages == b->messages &&
           a->failed == b->failed && a->absent_bodies == b->absent_bodies &&
           a->body_bytes == b->body_bytes && a->sent_bytes == b->sent_bytes;
}

/* Written and read again, it counts the same. */
static void assert_survives(const struct recording *recording, const struct known *before)
{
    struct recording again;
    struct problems problems;
    struct buffer out;
    buffer_init(&out, 64 << 20);
    problems_init(&problems);
    recording_init(&again);
    har_print(&out, recording);
    assert_true(har_read_bytes(&again, TEXT("again.har"), buffer_text(&out), NULL, &problems));
    assert_int_equal(problems.count, 0);
    struct known after = count(&again, &problems);
    assert_true(is_same(before, &after));
    recording_release(&again);
    problems_release(&problems);
    buffer_release(&out);
}

static void print_found(const struct known *known, const struct known *found)
{
    print_error("%s: entries %zu sockets %zu messages %zu failed %zu absent %zu bodies %zu "
                "sent %zu warnings %zu\n",
                known->name, found->entries, found->sockets, found->messages, found->failed,
                found->absent_bodies, found->body_bytes, found->sent_bytes, found->warnings);
}

static bool reads_as_known(const struct known *known, struct text path)
{
    struct recording recording;
    struct problems problems;
    problems_init(&problems);
    recording_init(&recording);
    bool is_right = false;
    if (har_read(&recording, path, NULL, &problems)) {
        struct known found = count(&recording, &problems);
        is_right = !known->refusal && is_same(known, &found) &&
                   known->warnings == found.warnings &&
                   text_is(recording.facts.creator_name, known->creator);
        if (!is_right) {
            print_found(known, &found);
        }
        assert_survives(&recording, &found);
    } else {
        is_right =
            known->refusal && text_contains(problems.list[0].message, text_of(known->refusal));
        if (!is_right) {
            print_error("%s: %.*s\n", known->name, TEXT_ARG(problems.list[0].message));
        }
    }
    recording_release(&recording);
    problems_release(&problems);
    return is_right;
}

static void each_file_is_read_or_refused_with_its_reason(void **state)
{
    (void)state;
    struct arena arena;
    size_t wrong = 0;
    arena_init(&arena);
    for (const struct known *known = files; known->name; known++) {
        struct text path = arena_format(&arena, "har/%s", known->name);
        wrong += !reads_as_known(known, text_of(conformance_path(&arena, path.at)));
    }
    arena_release(&arena);
    assert_int_equal(wrong, 0);
}

/* Any file, also one that the table does not know, is either read or refused with a place. */
static void no_file_is_left_without_an_answer(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const char *folder = conformance_path(&arena, "har");
    DIR *entries = opendir(folder);
    struct dirent *file;
    assert_non_null(entries);
    while ((file = readdir(entries))) {
        struct recording recording;
        struct problems problems;
        problems_init(&problems);
        recording_init(&recording);
        struct text path = arena_format(&arena, "%s/%s", folder, file->d_name);
        if (file->d_name[0] != '.' && !har_read(&recording, path, NULL, &problems)) {
            assert_true(problems_has_error(&problems));
            assert_non_null(problems.list[0].at.source);
        }
        recording_release(&recording);
        problems_release(&problems);
    }
    closedir(entries);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_is_read_or_refused_with_its_reason),
        cmocka_unit_test(no_file_is_left_without_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
