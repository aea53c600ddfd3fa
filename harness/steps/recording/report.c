/* SPDX-License-Identifier: MIT */
/* What is said of a comparison: in words, and as JSON for machines. */
#include "base/buffer.h"
#include "diff/difference_print.h"
#include "diff/identity.h"
#include "format/date.h"
#include "steps/recording/comparing.h"
#include "world/host.h"
#include "world/step.h"
#include "world/world.h"

enum { NOTES_SHOWN = 3, JSON_LIMIT_BYTES = 1 << 20, NAME_LIMIT_BYTES = 4096 };

struct text comparing_whose(const struct comparing *comparing, struct text actor)
{
    return text_is(actor, "I")
               ? TEXT("the")
               : arena_format(&comparing->step->world->arena, "%.*s's", TEXT_ARG(actor));
}

void comparing_print_source(const struct comparing *comparing,
                            const struct recorded_entry *entry, struct buffer *out)
{
    const struct recorded *recorded = comparing->recorded;
    size_t count = 0;
    const struct text *notes = identity_notes(recorded->identity, &count);
    for (size_t i = comparing->notes_told; i < count && i < comparing->notes_told + NOTES_SHOWN;
         i++) {
        buffer_add_format(out, "%.*s\n", TEXT_ARG(notes[i]));
    }
    const struct recording_facts *facts = &recorded->recording.facts;
    struct text note = recorded_key_note(comparing->step, recorded);
    buffer_add_format(out, "recorded as entry %zu of %.*s", entry->index + 1,
                      TEXT_ARG(recorded->path));
    if (facts->environment.size > 0) {
        buffer_add_format(out, ", %.*s", TEXT_ARG(facts->environment));
    }
    if (facts->revision.size > 0) {
        buffer_add_format(out, " at %.*s", TEXT_ARG(text_slice(facts->revision, 0, 12)));
    }
    if (facts->recorded_at_ns > 0) {
        buffer_add_string(out, " on ");
        buffer_add(out, date_print_day(&comparing->step->world->arena, facts->recorded_at_ns));
    }
    buffer_add_byte(out, '\n');
    if (note.size > 0) {
        buffer_add_format(out, "%.*s\n", TEXT_ARG(note));
    }
}

void comparing_attach(struct comparing *comparing, struct text what,
                      const struct recorded_entry *entry, comparing_print *print,
                      const void *result)
{
    struct step *step = comparing->step;
    const struct host *host = step->world->context->host;
    if (!host->attach) {
        return;
    }
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, JSON_LIMIT_BYTES);
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "what");
    json_write_string(&writer, what);
    json_write_key(&writer, "recording");
    json_write_string(&writer, comparing->recorded->path);
    json_write_key(&writer, "entry");
    json_write_uint(&writer, entry->index + 1);
    json_write_key(&writer, "result");
    print(result, &writer);
    json_write_end_object(&writer);
    if (!out.is_over_limit) {
        host->attach(host->context, step, TEXT("diff.json"), TEXT(DIFFERENCE_MEDIA_TYPE),
                     buffer_text(&out));
    }
}
