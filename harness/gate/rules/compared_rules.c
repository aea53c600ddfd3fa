/* SPDX-License-Identifier: MIT */
/* What runs tell of their comparisons with recordings: times, masks, events. Without a word of
 * them nothing is known. */
#include "base/buffer.h"
#include "gate/evidence/evidence.h"
#include "gate/measure/gate_latency.h"
#include "gate/measure/gate_masks.h"
#include "gate/measure/gate_recordings.h"
#include "gate/rules/rules.h"

enum { LEAST_REVISION = 7, SHOWN_LIMIT = 5, SHOWN_LIMIT_BYTES = 1 << 16 };

/* False after a finding: no run tells of a comparison. */
static bool has_compared(const struct gate_input *input, const char *name, struct span at,
                         struct findings *findings)
{
    for (size_t i = 0; i < input->evidence->last_count; i++) {
        if (input->evidence->last[i]->compared.count > 0) {
            return true;
        }
    }
    findings_add(findings, VERDICT_BLOCKED, name, "no run compared anything with a recording");
    findings_hint(findings, "compare by the step `the response matches the recording`, or take "
                            "it out of the policy");
    findings_at(findings, at);
    return false;
}

/* What is left over, each once. */
struct leftover {
    struct id_table known;
    struct buffer shown;
    uint64_t count;
};

static void leftover_add(struct leftover *leftover, struct text what)
{
    if (id_table_add(&leftover->known, what, 0)) {
        if (leftover->count < SHOWN_LIMIT) {
            buffer_add_format(&leftover->shown, "%s%.*s", leftover->count ? ", " : "",
                              TEXT_ARG(what));
        }
        leftover->count++;
    }
}

struct leftover_words {
    const char *name;
    const char *passed;
    const char *failed;
    const char *hint;
};

static void leftover_conclude(struct leftover *leftover, const struct config_bound *most,
                              const struct leftover_words *words, struct findings *findings)
{
    if (leftover->count <= most->value) {
        findings_add(findings, VERDICT_PASSED, words->name, "%s", words->passed);
    } else {
        findings_add(findings, VERDICT_FAILED, words->name, "%s %.*s%s", words->failed,
                     TEXT_ARG(buffer_text(&leftover->shown)),
                     leftover->count > SHOWN_LIMIT ? ", …" : "");
        findings_hint(findings, "%s", words->hint);
        findings_at(findings, most->at);
    }
    findings_measured(findings, "%llu", (unsigned long long)leftover->count);
    findings_required(findings, "at most %llu", (unsigned long long)most->value);
    buffer_release(&leftover->shown);
    id_table_release(&leftover->known);
}

static bool is_compared(const struct evidence *evidence, struct text event)
{
    uint32_t unused = 0;
    for (size_t i = 0; i < evidence->last_count; i++) {
        if (id_table_find(&evidence->last[i]->compared.events.table, event, &unused)) {
            return true;
        }
    }
    return false;
}

static bool has_unreadable(const struct gate_input *input, struct findings *findings,
                           const char *name)
{
    const struct gate_recordings *recordings = input->recordings;
    struct text failure = recordings ? recordings->failure : TEXT("none was looked for");
    struct text path = recordings ? recordings->folder : TEXT("recordings");
    for (size_t i = 0; recordings && failure.size == 0 && i < recordings->count; i++) {
        failure = recordings->list[i].failure;
        path = recordings->list[i].path;
    }
    if (failure.size == 0 && recordings->count > 0) {
        return false;
    }
    findings_add(findings, VERDICT_BLOCKED, name,
                 "the recordings of '%.*s' are not known: %.*s", TEXT_ARG(path),
                 TEXT_ARG(failure.size ? failure : TEXT("there is none")));
    findings_hint(findings, "record production by `bddrun record`, and commit what it writes");
    findings_at(findings, input->policy->recordings.at);
    return true;
}

/* A service may say an abbreviated revision. */
static bool is_of_production(const struct gate_input *input, struct text revision)
{
    return revision.size >= LEAST_REVISION && text_starts_with(input->production, revision);
}

void rule_recordings_revision(const struct gate_input *input, struct findings *findings)
{
    static const char name[] = "recordings.revision";
    if (!input->policy || input->policy->recordings.revision == 0 ||
        has_unreadable(input, findings, name)) {
        return;
    }
    const struct gate_recordings *recordings = input->recordings;
    for (size_t i = 0; i < recordings->count; i++) {
        struct text revision = recordings->list[i].revision;
        if (!is_of_production(input, revision)) {
            findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' is of %.*s, not of %.*s",
                         TEXT_ARG(recordings->list[i].path),
                         TEXT_ARG(revision.size ? revision : TEXT("no known revision")),
                         TEXT_ARG(input->production.size ? input->production
                                                         : TEXT("a known one in production")));
            findings_hint(findings, "record what is in production: `bddrun record`");
            findings_place(findings, recordings->list[i].path, 0);
            return;
        }
    }
    findings_add(findings, VERDICT_PASSED, name,
                 "all recordings are of the commit in production");
}

void rule_recordings_events(const struct gate_input *input, struct findings *findings)
{
    static const struct leftover_words words = {
        "recordings.untouched_events", "the runs compared the events that were recorded",
        "no run compared the recorded event", "compare them: `the socket matches the recording`"
    };
    const struct config_bound *most =
        input->policy ? &input->policy->recordings.untouched_events : NULL;
    if (!most || !most->at.source || has_unreadable(input, findings, words.name) ||
        !has_compared(input, words.name, most->at, findings)) {
        return;
    }
    struct leftover leftover = { .count = 0 };
    buffer_init(&leftover.shown, SHOWN_LIMIT_BYTES);
    for (size_t i = 0; i < input->recordings->count; i++) {
        const struct gate_recording *recording = &input->recordings->list[i];
        for (size_t j = 0; j < recording->event_count; j++) {
            if (!is_compared(input->evidence, recording->events[j])) {
                leftover_add(&leftover, recording->events[j]);
            }
        }
    }
    leftover_conclude(&leftover, most, &words, findings);
}

/* A run names a mask by the place of one of its parts. */
static bool is_named(const struct compared_names *names, const struct gate_mask *mask)
{
    for (size_t i = 0; i < names->count; i++) {
        for (size_t j = 0; j < GATE_MASK_PLACES; j++) {
            if (mask->places[j].size > 0 && text_ends_with(names->list[i], mask->places[j])) {
                return true;
            }
        }
    }
    return false;
}

static bool is_used(const struct evidence *evidence, const struct gate_mask *mask)
{
    for (size_t i = 0; i < evidence->last_count; i++) {
        if (is_named(&evidence->last[i]->compared.masks, mask)) {
            return true;
        }
    }
    return false;
}

void rule_recordings_masks(const struct gate_input *input, struct findings *findings)
{
    static const struct leftover_words words = {
        "recordings.dead_masks", "every mask that counts decides about something",
        "no comparison used the mask", "take them out of `masks:`"
    };
    const struct config_bound *most =
        input->policy ? &input->policy->recordings.dead_masks : NULL;
    if (!most || !most->at.source || !has_compared(input, words.name, most->at, findings)) {
        return;
    }
    const struct gate_masks *masks = input->masks;
    if (!masks || masks->failure.size > 0) {
        findings_add(findings, VERDICT_BLOCKED, words.name,
                     "the masks of the commit are not known: %.*s",
                     TEXT_ARG(masks ? masks->failure : TEXT("it has no bddrun.yaml")));
        findings_hint(findings, "commit a bddrun.yaml that can be read");
        return;
    }
    struct leftover leftover = { .count = 0 };
    buffer_init(&leftover.shown, SHOWN_LIMIT_BYTES);
    for (size_t i = 0; i < masks->count; i++) {
        if (!is_used(input->evidence, &masks->list[i])) {
            leftover_add(&leftover, arena_format(findings->arena, "%.*s (line %llu)",
                                                 TEXT_ARG(masks->list[i].shown),
                                                 (unsigned long long)masks->list[i].line));
        }
    }
    leftover_conclude(&leftover, most, &words, findings);
}
