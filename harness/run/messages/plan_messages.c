/* SPDX-License-Identifier: MIT */
#include "run/messages/plan_messages.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "event/messages.h"
#include "gherkin/print.h"

/* A source is at most what the parser accepts, printed; a test case has the steps of a scenario. */
#define ENVELOPE_LIMIT_BYTES ((size_t)1 << 30)

struct teller {
    const struct plan *plan;
    struct stream *stream;
    const struct secrets *secrets;
    uint64_t time_ns;
    struct problems *problems;
    struct buffer line;
    struct arena scratch; /* of one scenario */
    uint64_t *first_ids;  /* by file; heap */
    struct known *known;  /* definitions by address, sorted; heap */
};

struct known {
    const struct step_definition *definition;
    uint32_t index;
};

static int compare_known(const void *a, const void *b)
{
    uintptr_t left = (uintptr_t)((const struct known *)a)->definition;
    uintptr_t right = (uintptr_t)((const struct known *)b)->definition;
    return (left > right) - (left < right);
}

static void teller_init(struct teller *teller, const struct plan *plan, struct stream *stream,
                        const struct secrets *secrets, uint64_t time_ns,
                        struct problems *problems)
{
    *teller = (struct teller){ .plan = plan,
                               .stream = stream,
                               .secrets = secrets,
                               .time_ns = time_ns,
                               .problems = problems };
    buffer_init(&teller->line, ENVELOPE_LIMIT_BYTES);
    arena_init(&teller->scratch);
    teller->first_ids = alloc_or_die(plan->file_count + 1, sizeof *teller->first_ids);
    for (size_t i = 0; i < plan->file_count; i++)
        teller->first_ids[i + 1] = teller->first_ids[i] + plan->files[i].pickles.id_count;
    size_t count = registry_count(plan->registry);
    teller->known = alloc_or_die(count + 1, sizeof *teller->known);
    for (size_t i = 0; i < count; i++)
        teller->known[i] =
            (struct known){ registry_definition(plan->registry, i), (uint32_t)i };
    qsort(teller->known, count, sizeof *teller->known, compare_known);
}

static void teller_release(struct teller *teller)
{
    buffer_release(&teller->line);
    arena_release(&teller->scratch);
    free(teller->first_ids);
    free(teller->known);
}

/* Masks what stands in the strings of a line, not its keys and numbers: a secret may look like
 * one of them. */
static void mask_strings(const struct secrets *secrets, struct text line, struct buffer *out)
{
    size_t at = 0;
    while (at < line.size) {
        size_t start = text_find_byte(line, '"', at);
        buffer_add(out, text_slice(line, at, start));
        if (start == line.size)
            return;
        size_t end = start + 1;
        while (end < line.size && line.at[end] != '"')
            end += line.at[end] == '\\' ? 2 : 1;
        struct text content = text_slice(line, start + 1, end < line.size ? end : line.size);
        bool is_key = end + 1 < line.size && line.at[end + 1] == ':';
        buffer_add_byte(out, '"');
        if (is_key)
            buffer_add(out, content);
        else
            secrets_mask(secrets, out, content);
        buffer_add_byte(out, '"');
        at = end + 1;
    }
}

void plan_tell_line(struct text line, struct stream *stream, const struct secrets *secrets,
                    uint64_t time_ns, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer masked;
    buffer_init(&masked, ENVELOPE_LIMIT_BYTES);
    if (secrets->count > 0)
        mask_strings(secrets, line, &masked);
    const struct event event = {
        .kind = EVENT_ENVELOPE,
        .time_ns = time_ns,
        .envelope = secrets->count > 0 ? buffer_text(&masked) : line,
    };
    stream_event(stream, &event, problems);
}

static void tell(struct teller *teller)
{
    plan_tell_line(buffer_text(&teller->line), teller->stream, teller->secrets, teller->time_ns,
                   teller->problems);
    buffer_clear(&teller->line);
}

static void tell_file(struct teller *teller, uint32_t index)
{
    const struct feature_file *file = &teller->plan->files[index];
    struct text uri = file->source.name;
    gherkin_print_source(&teller->line, &file->source, uri);
    tell(teller);
    gherkin_print_document(&teller->line, file->document, uri, teller->first_ids[index]);
    tell(teller);
}

void plan_tell_sources(const struct plan *plan, struct stream *stream,
                       const struct secrets *secrets, uint64_t time_ns,
                       struct problems *problems)
{
    if (!stream_wants_envelopes(stream))
        return;
    CLEANUP(teller_release) struct teller teller;
    teller_init(&teller, plan, stream, secrets, time_ns, problems);
    for (size_t i = 0; i < plan->count; i++) {
        const struct planned_scenario *scenario = &plan->list[i];
        if (i == 0 || scenario->file != plan->list[i - 1].file)
            tell_file(&teller, scenario->file);
        gherkin_print_pickle(&teller.line, scenario->pickle,
                             plan->files[scenario->file].source.name,
                             teller.first_ids[scenario->file]);
        tell(&teller);
    }
    for (size_t i = 0; i < registry_count(plan->registry); i++) {
        message_print_step_definition(&teller.line, (uint32_t)i,
                                      registry_definition(plan->registry, i));
        tell(&teller);
    }
}

static const uint32_t *find_definitions(struct teller *teller,
                                        const struct step_matches *matches)
{
    uint32_t *found = ARENA_ARRAY(&teller->scratch, matches->count + 1, uint32_t);
    for (size_t i = 0; i < matches->count; i++) {
        const struct known wanted = { .definition = matches->list[i].definition };
        const struct known *known =
            bsearch(&wanted, teller->known, registry_count(teller->plan->registry),
                    sizeof wanted, compare_known);
        found[i] = known ? known->index : 0;
    }
    return found;
}

static void tell_case(struct teller *teller, uint32_t index)
{
    const struct planned_scenario *scenario = &teller->plan->list[index];
    const struct pickle *pickle = scenario->pickle;
    uint64_t first_id = teller->first_ids[scenario->file];
    arena_clear(&teller->scratch);
    struct message_step *steps =
        ARENA_ARRAY(&teller->scratch, pickle->step_count + 1, struct message_step);
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        struct pickle_step step = pickle_step(pickle, i);
        const struct step_matches *matches =
            registry_look(teller->plan->registry, step.text, &teller->scratch);
        steps[i] = (struct message_step){
            .pickle_step_id = first_id + step.id,
            .matches = matches->list,
            .match_count = matches->count,
            .definitions = find_definitions(teller, matches),
        };
    }
    message_print_test_case(&teller->line, index, first_id + pickle->id, steps,
                            pickle->step_count);
    tell(teller);
}

void plan_tell_cases(const struct plan *plan, struct stream *stream,
                     const struct secrets *secrets, uint64_t time_ns, struct problems *problems)
{
    if (!stream_wants_envelopes(stream))
        return;
    CLEANUP(teller_release) struct teller teller;
    teller_init(&teller, plan, stream, secrets, time_ns, problems);
    for (size_t i = 0; i < plan->count; i++)
        tell_case(&teller, (uint32_t)i);
}
