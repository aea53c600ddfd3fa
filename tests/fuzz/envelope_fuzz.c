/* SPDX-License-Identifier: MIT */
/* Any bytes: envelopes are read or refused with a problem, printed and read again the same; whatever
 * they hold, without a trusted key nothing is allowed. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "gate/envelope/statement.h"
#include "gate/envelope/verification.h"

enum { OUT_LIMIT_BYTES = 1 << 26 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print_and_read(const struct envelope *envelope, struct arena *arena,
                           struct problems *problems)
{
    struct buffer out CLEANUP(buffer_release);
    struct source source;
    struct envelopes again;
    struct statement statement;
    buffer_init(&out, OUT_LIMIT_BYTES);
    envelope_print(&out, envelope);
    source_init(&source, TEXT("again"), buffer_text(&out));
    if (!envelope_read_all(&source, arena, &again, problems) || again.count != 1 ||
        !text_equal(again.list[0].payload, envelope->payload)) {
        abort();
    }
    if (statement_read(envelope->payload, arena, &statement, problems) &&
        statement_has_digest(&statement, TEXT_EMPTY) && statement.subject_count == 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct problems problems CLEANUP(problems_release);
    struct arena arena CLEANUP(arena_release);
    struct keyring keyring CLEANUP(keyring_release);
    struct source source;
    struct envelopes envelopes;
    struct verification verification;
    problems_init(&problems);
    arena_init(&arena);
    keyring_init(&keyring);
    source_init(&source, TEXT("fuzz"), text_make((const char *)data, size));
    const struct text digest = TEXT("00");
    struct verification_request request = { .keyring = &keyring,
                                            .digests = &digest,
                                            .digest_count = 1 };
    if (verification_run(&source, &request, &arena, &verification, &problems) &&
        verification.result == VERDICT_PASSED) {
        abort();
    }
    if (envelope_read_all(&source, &arena, &envelopes, &problems)) {
        for (size_t i = 0; i < envelopes.count; i++) {
            print_and_read(&envelopes.list[i], &arena, &problems);
        }
    }
    return 0;
}
