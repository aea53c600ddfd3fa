/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "base/clock.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "format/json_writer.h"
#include "gate/envelope/key_pair.h"

enum { ANSWER_LIMIT = 64 << 10 };

struct values {
    int algorithm;
    uint64_t valid_ms;
    bool never_expires;
    bool wants_json;
};

static const struct option options[] = {
    { .name = "algorithm",
      .value = "NAME",
      .summary = "ed25519 (default), or ecdsa-p256 for users of cosign",
      .read = option_read_choice,
      .offset = offsetof(struct values, algorithm),
      .choices = signature_algorithm_words },
    { .name = "valid",
      .value = "TIME",
      .summary = "how long signatures by it count: '365 days' by default",
      .read = option_read_duration,
      .offset = offsetof(struct values, valid_ms) },
    { .name = "never-expires",
      .summary = "without a date in the public key's file",
      .read = option_read_flag,
      .offset = offsetof(struct values, never_expires) },
    { .name = "json",
      .summary = "the id and the files as one JSON object",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_json) },
    { 0 },
};

static void print_json(struct buffer *out, const struct key_pair *pair)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "id");
    json_write_string(&writer, pair->id);
    json_write_key(&writer, "private");
    json_write_string(&writer, pair->private_path);
    json_write_key(&writer, "public");
    json_write_string(&writer, pair->public_path);
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
}

static uint64_t expiry(const struct values *values)
{
    static const uint64_t year_ms = UINT64_C(365) * 24 * 3600 * 1000;
    if (values->never_expires) {
        return 0;
    }
    uint64_t valid_ms = values->valid_ms > 0 ? values->valid_ms : year_ms;
    uint64_t whole_s =
        (clock_realtime_ns(clock_real()) / NANOSECONDS_PER_MILLISECOND + valid_ms) / 1000;
    return whole_s * NANOSECONDS_PER_SECOND;
}

static enum exit_code run_keygen(struct invocation *invocation)
{
    const struct values *values = invocation->values;
    struct problems *problems = &invocation->problems;
    if (invocation->words.count != 1) {
        problems_add(problems, PROBLEM_USAGE, span_none(),
                     "e.g. keys/gate-2026 for keys/gate-2026.key and keys/gate-2026.pub",
                     "keygen takes one name, but got %zu", invocation->words.count);
        return EXIT_CODE_USAGE;
    }
    struct key_pair pair;
    if (!key_pair_write(invocation->words.list[0], (enum signature_algorithm)values->algorithm,
                        expiry(values), &invocation->arena, &pair, problems)) {
        return problems_exit_code(problems);
    }
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, ANSWER_LIMIT);
    if (values->wants_json) {
        print_json(&out, &pair);
    } else {
        buffer_add_format(
            &out,
            "key %.*s\nprivate: %.*s, for who signs; keep it out of the repository\n"
            "public:  %.*s, for `trust` where it is deployed\n",
            TEXT_ARG(pair.id), TEXT_ARG(pair.private_path), TEXT_ARG(pair.public_path));
    }
    invocation->says_nothing_on_yes = true;
    return console_write(buffer_text(&out), problems) ? EXIT_CODE_YES : EXIT_CODE_ENVIRONMENT;
}

const struct command cmd_keygen = {
    .name = "keygen",
    .summary = "make a pair of keys that verdicts are signed and checked with",
    .usage = "NAME",
    .description =
        "Writes NAME.key, the private key, readable by its owner alone, and NAME.pub, the\n"
        "public one with its id and the date it expires. No file is ever replaced.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_keygen,
};
