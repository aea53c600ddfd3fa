/* SPDX-License-Identifier: MIT */
#include "run/recording/scenario_recorder.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "config/settings.h"
#include "record/har_writer.h"
#include "redact/redaction.h"
#include "run/revision.h"
#include "world/recordings.h"
#include "world/world.h"

/* Changes when what is recognised as a secret changes. */
enum { RULES_VERSION = 1, REASON_LIMIT = 2000 };

struct recording_refusal {
    atomic_bool is_taken;
    atomic_size_t size; /* set last */
    char message[REASON_LIMIT];
};

struct taking {
    struct scenario_recorder *recorder;
    const struct world *world;
    struct redaction *redaction;
    struct recording recording;
    struct arena arena;
};

/* One thing that began: a request, or a socket. */
struct begun {
    const struct exchange *exchange;
    const struct conversation *conversation; /* NULL: a request */
    size_t index;
};

static int compare_begun(const void *left, const void *right)
{
    const struct begun *a = left;
    const struct begun *b = right;
    if (a->exchange->started_at_ns != b->exchange->started_at_ns) {
        return a->exchange->started_at_ns < b->exchange->started_at_ns ? -1 : 1;
    }
    return a->index < b->index ? -1 : 1;
}

static bool is_handshake(const struct world *world, const struct exchange *exchange)
{
    for (size_t i = 0; i < world->conversations.count; i++) {
        if (world->conversations.list[i]->handshake == exchange) {
            return true;
        }
    }
    return false;
}

static size_t list_begun(const struct world *world, struct begun *list)
{
    size_t count = 0;
    for (size_t i = 0; i < world->log_count; i++) {
        const struct exchange *exchange = world->log[i].exchange;
        if (!is_handshake(world, exchange)) {
            list[count] = (struct begun){ exchange, NULL, count };
            count++;
        }
    }
    for (size_t i = 0; i < world->conversations.count; i++) {
        const struct conversation *conversation = world->conversations.list[i];
        if (conversation->handshake) {
            list[count] = (struct begun){ conversation->handshake, conversation, count };
            count++;
        }
    }
    qsort(list, count, sizeof *list, compare_begun);
    return count;
}

static void add(struct taking *taking, const struct begun *begun)
{
    if (begun->conversation) {
        const struct conversation *conversation =
            redaction_conversation(taking->redaction, &taking->arena, begun->conversation);
        recording_add(&taking->recording, conversation->handshake, conversation);
    } else {
        recording_add(&taking->recording,
                      redaction_exchange(taking->redaction, &taking->arena, begun->exchange),
                      NULL);
    }
}

/* Worlds may share memory that is used one after the other: asking needs its own. */
static struct text revision_of(struct taking *taking)
{
    struct scenario_recorder *recorder = taking->recorder;
    struct world_context context = *taking->world->context;
    context.spare = NULL;
    context.recorder = NULL;
    const struct config_environment *environment = context.environment;
    if (!recorder->has_asked && environment && environment->revision.at.size > 0) {
        struct revision_answer answer = { .base_url = context.base_url };
        revision_ask(&context, &answer, 1, &recorder->arena);
        recorder->revision = answer.is_found ? answer.text : TEXT_EMPTY;
    }
    recorder->has_asked = true;
    return recorder->revision;
}

static void fill(struct taking *taking)
{
    const struct world *world = taking->world;
    const struct scenario_recorder *recorder = taking->recorder;
    const struct recordings *recordings = recorder->recordings;
    size_t most = world->log_count + world->conversations.count;
    struct begun *list = ARENA_ARRAY(&taking->arena, most + 1, struct begun);
    size_t count = list_begun(world, list);
    for (size_t i = 0; i < count; i++) {
        add(taking, &list[i]);
    }
    taking->recording.facts = (struct recording_facts){
        .environment = recorder->environment,
        .revision = revision_of(taking),
        .recorded_at_ns = clock_realtime_ns(world->context->clock),
        .feature = store_feature(&recordings->store, &taking->arena, world->feature),
        .scenario = pickle_name(world->pickle),
        .redaction_key = text_of(recordings->key.id),
        .redaction_rules = RULES_VERSION,
        .sample = recorder->sample,
    };
}

/* What is written holds no secret that the same rules would see in it. */
static bool is_clean(struct taking *taking, struct problems *problems)
{
    for (size_t i = 0; i < taking->recording.count; i++) {
        const struct recorded_entry *entry = &taking->recording.list[i];
        struct redaction_finding finding;
        if (redaction_find_secret(taking->redaction, entry->exchange, entry->conversation,
                                  &taking->arena, &finding)) {
            problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                         "a secret of kind '%s' would be left in the %s", finding.kind,
                         finding.where.at);
            return false;
        }
    }
    return true;
}

static void refuse(struct recording_refusal *refusal, const struct problems *problems)
{
    if (problems->count == 0 || atomic_exchange(&refusal->is_taken, true)) {
        return;
    }
    struct text message = text_slice(problems->list[0].message, 0, REASON_LIMIT);
    memcpy(refusal->message, message.at, message.size);
    atomic_store(&refusal->size, message.size);
}

static void write(struct taking *taking)
{
    const struct world *world = taking->world;
    struct problems problems CLEANUP(problems_release);
    problems_init(&problems);
    struct text path = store_path(&taking->recorder->recordings->store, &taking->arena,
                                  world->feature, world->pickle, taking->recorder->sample);
    if (!is_clean(taking, &problems) ||
        !har_write(&taking->recording, recording_pending_path(&taking->arena, path),
                   &problems)) {
        refuse(taking->recorder->refusal, &problems);
    }
}

static void take(void *context, const struct world *world, enum status status)
{
    struct scenario_recorder *recorder = context;
    if (status != STATUS_PASSED || world->feature.size == 0 || !world->pickle) {
        return;
    }
    struct taking taking = { .recorder = recorder, .world = world };
    arena_init(&taking.arena);
    recording_init(&taking.recording);
    taking.redaction = redaction_new(&recorder->recordings->key, &recorder->recordings->rules,
                                     world->context->secrets);
    fill(&taking);
    write(&taking);
    redaction_free(taking.redaction);
    recording_release(&taking.recording);
    arena_release(&taking.arena);
}

bool scenario_recorder_init(struct scenario_recorder *recorder,
                            const struct recordings *recordings, struct text environment,
                            struct problems *problems)
{
    *recorder = (struct scenario_recorder){ .recorder = { recorder, take },
                                            .recordings = recordings,
                                            .environment = environment,
                                            .sample = 1 };
    arena_init(&recorder->arena);
    void *shared = mmap(NULL, sizeof *recorder->refusal, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "no memory to share with the workers");
        return false;
    }
    recorder->refusal = shared;
    return true;
}

void scenario_recorder_release(struct scenario_recorder *recorder)
{
    arena_release(&recorder->arena);
    if (recorder->refusal) {
        munmap(recorder->refusal, sizeof *recorder->refusal);
    }
}

void scenario_recorder_tell(const struct scenario_recorder *recorder, struct problems *problems)
{
    const struct recording_refusal *refusal = recorder->refusal;
    size_t size = atomic_load(&refusal->size);
    if (size > 0) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "%.*s",
                     TEXT_ARG(text_make(refusal->message, size)));
    }
}

struct text recording_pending_path(struct arena *arena, struct text path)
{
    struct text folder = path_folder(path);
    size_t start = text_contains(path, TEXT("/")) ? folder.size + 1 : 0;
    return arena_format(arena, "%.*s.%.*s.pending", TEXT_ARG(text_slice(path, 0, start)),
                        TEXT_ARG(text_from(path, start)));
}
