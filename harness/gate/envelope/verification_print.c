/* SPDX-License-Identifier: MIT */
#include "format/date.h"
#include "format/json_writer.h"
#include "gate/envelope/verification.h"

enum exit_code verification_exit_code(const struct verification *verification)
{
    static const enum exit_code codes[] = { [VERDICT_PASSED] = EXIT_CODE_YES,
                                            [VERDICT_FAILED] = EXIT_CODE_NO,
                                            [VERDICT_BLOCKED] = EXIT_CODE_NOTHING };
    return codes[verification->result];
}

static const char *answer_name(const struct verification *verification)
{
    static const char *const names[] = { [VERDICT_PASSED] = "accepted",
                                         [VERDICT_FAILED] = "refused",
                                         [VERDICT_BLOCKED] = "blocked" };
    return names[verification->result];
}

static void print_line(struct buffer *out, const char *name, struct text value)
{
    if (value.size > 0) {
        buffer_add_format(out, "  %-12s %.*s\n", name, TEXT_ARG(value));
    }
}

void verification_print(struct buffer *out, const struct verification *verification)
{
    const struct verdict *verdict = &verification->verdict;
    struct arena arena;
    arena_init(&arena);
    buffer_add_format(out, "%s", answer_name(verification));
    if (verification->reason.size > 0) {
        buffer_add_format(out, ": %.*s", TEXT_ARG(verification->reason));
    }
    buffer_add_byte(out, '\n');
    if (verification->has_verdict) {
        print_line(out, "verdict", text_of(verdict_result_name(verdict->result)));
        print_line(out, "commit", verdict->commit);
        print_line(out, "made", date_print(&arena, verdict->made_at_ns));
        if (verdict->expires_at_ns > 0) {
            print_line(out, "expires", date_print(&arena, verdict->expires_at_ns));
        }
        print_line(out, "policy", verdict->policy_sha256);
        print_line(out, "signed by", verification->key_id);
        print_line(out, "overridden", verdict->override.reason);
        print_line(out, "by", verification->override_key_id);
    }
    arena_release(&arena);
}

static void print_member(struct json_writer *writer, const char *key, struct text value)
{
    if (value.size > 0) {
        json_write_key(writer, key);
        json_write_string(writer, value);
    }
}

void verification_print_json(struct buffer *out, const struct verification *verification)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "answer");
    json_write_string_of(&writer, answer_name(verification));
    json_write_key(&writer, "exit");
    json_write_uint(&writer, (uint64_t)verification_exit_code(verification));
    print_member(&writer, "reason", verification->reason);
    print_member(&writer, "hint", verification->hint);
    print_member(&writer, "key", verification->key_id);
    print_member(&writer, "override_key", verification->override_key_id);
    if (verification->has_verdict) {
        struct buffer verdict;
        buffer_init(&verdict, BUFFER_NO_LIMIT); /* limited by out */
        verdict_print_json(&verdict, &verification->verdict);
        json_write_key(&writer, "verdict");
        json_write_raw(&writer, buffer_text(&verdict));
        buffer_release(&verdict);
    }
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
}
