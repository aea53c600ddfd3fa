/* SPDX-License-Identifier: MIT */
#include "record/import/import.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "exchange/url.h"
#include "record/har_reader.h"
#include "record/har_writer.h"
#include "record/import/parts.h"
#include "redact/redaction.h"

void import_init(struct import *import)
{
    *import = (struct import){ 0 };
    arena_init(&import->arena);
    recording_init(&import->source);
}

void import_release(struct import *import)
{
    for (size_t i = 0; i < import->scenario_count; i++) {
        struct import_scenario *scenario = &import->scenarios[i];
        wanted_release(&scenario->wanted);
        recording_release(&scenario->recording);
    }
    free(import->left);
    recording_release(&import->source);
    arena_release(&import->arena);
}

void import_leave(struct import *import, struct text reason, struct text method,
                  struct text path)
{
    for (size_t i = 0; i < import->left_count; i++) {
        if (text_equal(import->left[i].reason, reason)) {
            import->left[i].count++;
            return;
        }
    }
    GROW(import->left, import->left_count, import->left_capacity);
    path = redaction_url(import->redaction, &import->arena, path);
    import->left[import->left_count++] = (struct import_left){
        .reason = arena_text(&import->arena, reason),
        .count = 1,
        .example = arena_format(&import->arena, "%.*s %.*s", TEXT_ARG(method), TEXT_ARG(path)),
    };
}

static bool is_host(struct text wanted, const struct url *url)
{
    size_t colon = text_find_byte(wanted, ':', 0);
    struct text name = text_slice(wanted, 0, colon);
    uint64_t port = url->port;
    if (colon < wanted.size && !text_to_uint64(text_from(wanted, colon + 1), &port)) {
        return false;
    }
    if (port != url->port) {
        return false;
    }
    if (text_starts_with(name, TEXT("*."))) {
        struct text end = text_from(name, 1);
        return url->host.size > end.size &&
               text_equal_ignoring_case(text_from(url->host, url->host.size - end.size), end);
    }
    return text_equal_ignoring_case(name, url->host);
}

static bool has_host(const struct import *import, const struct url *url)
{
    for (size_t i = 0; i < import->host_count; i++) {
        if (is_host(import->hosts[i], url)) {
            return true;
        }
    }
    return import->host_count == 0;
}

static bool has_path(const struct import *import, const struct url *url)
{
    size_t start = url->path.size > 0;
    return import->paths.count == 0 || globs_match(&import->paths, text_from(url->path, start));
}

/* The reasons are few: hosts, and two sentences. */
static bool is_chosen(void *context, const struct har_summary *summary)
{
    struct import *import = context;
    struct url url;
    if (!url_parse(summary->url, &url)) {
        import_leave(import, TEXT("no URL of http, https, ws or wss"), summary->method,
                     text_slice(summary->url, 0, text_find_byte(summary->url, ':', 0)));
        return false;
    }
    if (!has_host(import, &url)) {
        struct text reason =
            arena_format(&import->arena, "another host: %.*s", TEXT_ARG(url.host));
        import_leave(import, reason, summary->method, url.path);
        return false;
    }
    if (!has_path(import, &url)) {
        import_leave(import, TEXT("another path"), summary->method, url.path);
        return false;
    }
    return true;
}

bool import_map(struct import *import, struct text path, struct problems *problems)
{
    struct har_choice choice = { is_chosen, import };
    if (!har_read(&import->source, path, &choice, problems)) {
        return false;
    }
    import_assign(import);
    return true;
}

/* What redaction did not recognise when it made it, it must not recognise now. */
static bool is_clean(struct import *import, const struct import_scenario *scenario,
                     struct problems *problems)
{
    const struct recording *recording = &scenario->recording;
    for (size_t i = 0; i < recording->count; i++) {
        struct redaction_finding finding;
        const struct recorded_entry *entry = &recording->list[i];
        if (redaction_find_secret(import->redaction, entry->exchange, entry->conversation,
                                  &import->arena, &finding)) {
            problems_add(problems, PROBLEM_INPUT, span_none(),
                         "this is a fault of bddrun: please tell its maintainers",
                         "nothing is written: a secret of kind '%s' would be left in the %s",
                         finding.kind, finding.where.at);
            return false;
        }
    }
    return true;
}

/* Samples of an earlier recording would be taken for samples of this one. */
static void remove_samples(struct import *import, const struct import_scenario *scenario)
{
    unsigned sample = 2;
    while (sample <= STORE_SAMPLES_LIMIT &&
           unlink(store_path(&import->store, &import->arena, scenario->feature,
                             scenario->pickle, sample)
                      .at) == 0) {
        sample++;
    }
}

bool import_write(struct import *import, struct problems *problems)
{
    for (size_t i = 0; i < import->scenario_count; i++) {
        if (!is_clean(import, &import->scenarios[i], problems)) {
            return false;
        }
    }
    for (size_t i = 0; i < import->scenario_count; i++) {
        const struct import_scenario *scenario = &import->scenarios[i];
        if (scenario->recording.count == 0) {
            continue;
        }
        if (!har_write(&scenario->recording, scenario->path, problems)) {
            return false;
        }
        remove_samples(import, scenario);
    }
    return true;
}
