/* SPDX-License-Identifier: MIT */
#include "record/har_writer.h"

#include <sys/stat.h>

#include "base/file_write.h"
#include "format/date.h"
#include "format/json_writer.h"
#include "record/har/parts.h"

/* What a recording may become on disk; our reader's limit is the same for one entry. */
#define FILE_LIMIT_BYTES ((size_t)2 << 30)

static void print_text(struct json_writer *json, const char *key, struct text value)
{
    if (value.size > 0) {
        json_write_key(json, key);
        json_write_string(json, value);
    }
}

static void print_creator(struct json_writer *json, const struct recording_facts *facts)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    json_write_begin_object(json);
    json_write_key(json, "name");
    json_write_string_of(json, "bddrun");
    json_write_key(json, "version");
    json_write_string_of(json, BDDRUN_VERSION);
    if (facts->creator_name.size > 0 && !text_is(facts->creator_name, "bddrun")) {
        print_text(json, "comment",
                   arena_format(&arena, "from %.*s %.*s", TEXT_ARG(facts->creator_name),
                                TEXT_ARG(facts->creator_version)));
    }
    json_write_end_object(json);
}

static void print_redaction(struct json_writer *json, const struct recording_facts *facts)
{
    if (facts->redaction_key.size == 0 && facts->redaction_rules == 0) {
        return;
    }
    json_write_key(json, "redaction");
    json_write_begin_object(json);
    print_text(json, "key", facts->redaction_key);
    json_write_key(json, "rules");
    json_write_uint(json, facts->redaction_rules);
    json_write_end_object(json);
}

static void print_facts(struct json_writer *json, const struct recording_facts *facts)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    json_write_begin_object(json);
    print_text(json, "feature", facts->feature);
    print_text(json, "scenario", facts->scenario);
    print_text(json, "environment", facts->environment);
    print_text(json, "revision", facts->revision);
    if (facts->recorded_at_ns > 0) {
        print_text(json, "recordedAt", date_print(&arena, facts->recorded_at_ns));
    }
    if (facts->sample > 0) {
        json_write_key(json, "sample");
        json_write_uint(json, facts->sample);
    }
    print_redaction(json, facts);
    json_write_end_object(json);
}

void har_print(struct buffer *out, const struct recording *recording)
{
    struct json_writer json;
    buffer_add_string(out, "{\"log\": {\n\"version\": \"1.2\",\n\"creator\": ");
    json_writer_init(&json, out, 0);
    print_creator(&json, &recording->facts);
    buffer_add_string(out, ",\n\"_bddrun\": ");
    json_writer_init(&json, out, 0);
    print_facts(&json, &recording->facts);
    buffer_add_string(out, ",\n\"entries\": [");
    for (size_t i = 0; i < recording->count; i++) {
        buffer_add_string(out, i > 0 ? ",\n" : "\n");
        json_writer_init(&json, out, 0);
        har_print_entry(&json, &recording->list[i]);
    }
    buffer_add_string(out, "\n]\n}}\n");
}

static bool write_to(struct file_replacement *replacement, struct text path, struct text bytes,
                     struct problems *problems)
{
    if (!file_replacement_begin(replacement, path, problems)) {
        return false;
    }
    /* Before the first byte: a recording is for its owner, whatever the umask. */
    if (replacement->temporary_path &&
        fchmod(replacement->descriptor, S_IRUSR | S_IWUSR) != 0) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "cannot make '%.*s' readable by its owner only", TEXT_ARG(path));
        return false;
    }
    return file_replacement_add(replacement, bytes, problems) &&
           file_replacement_finish(replacement, problems);
}

bool har_write(const struct recording *recording, struct text path, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer out;
    CLEANUP(file_replacement_release) struct file_replacement replacement = { 0 };
    buffer_init(&out, FILE_LIMIT_BYTES);
    har_print(&out, recording);
    if (out.is_over_limit) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "record fewer or smaller answers in one scenario",
                     "the recording '%.*s' would be larger than %zu MiB", TEXT_ARG(path),
                     FILE_LIMIT_BYTES >> 20);
        return false;
    }
    return write_to(&replacement, path, buffer_text(&out), problems);
}
