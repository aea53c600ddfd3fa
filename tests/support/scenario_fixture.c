/* SPDX-License-Identifier: MIT */
#include "support/scenario_fixture.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/file_write.h"
#include "steps/vocabulary.h"
#include "support/feature.h"
#include "world/step.h"

enum { PRINTED_LIMIT = 1 << 16, BODY_LIMIT = 1 << 20, STEP_LIMIT_MS = 5000 };

static bool keep_session(void *context, struct step *step, struct text name, struct text data)
{
    struct scenario_fixture *fixture = context;
    (void)step;
    variables_set(&fixture->kept, &fixture->http.arena,
                  (struct variable){ .owner = TEXT_EMPTY, .name = name, .value = data });
    return true;
}

static bool find_session(void *context, struct step *step, struct text name,
                         struct text *ret_data)
{
    struct scenario_fixture *fixture = context;
    const struct variable *found = variables_find(&fixture->kept, TEXT_EMPTY, name);
    if (!found) {
        step_fail(step, "no session was kept as '%.*s'", TEXT_ARG(name));
        step_hint(step, "keep it first");
        return false;
    }
    *ret_data = found->value;
    return true;
}

static void make_context(struct scenario_fixture *fixture)
{
    fixture->settings.limits.body_bytes = BODY_LIMIT;
    fixture->world = (struct world_context){
        .loop = &fixture->http.loop,
        .net = fixture->http.net,
        .clock = clock_real(),
        .random = &fixture->random,
        .secrets = &fixture->secrets,
        .settings = &fixture->settings,
        .base_url = text_of(fixture->http.base_url),
        .rate = &fixture->rate,
        .project_folder = text_of(fixture->folder),
        .output_folder = text_of(fixture->folder),
        .run_id = TEXT("run"),
    };
    fixture->context = (struct attempt_context){
        .world = &fixture->world,
        .emitter = &fixture->emitter,
        .registry = fixture->registry,
        .step_limit_ms = STEP_LIMIT_MS,
        .host = { .context = fixture,
                  .keep_session = keep_session,
                  .find_session = find_session },
    };
}

void scenario_fixture_open(struct scenario_fixture *fixture, raw_handler *handler)
{
    *fixture = (struct scenario_fixture){ .folder = "/tmp/bddrun-test-XXXXXX" };
    http_fixture_open(&fixture->http, handler);
    assert_non_null(mkdtemp(fixture->folder));
    arena_init(&fixture->arena);
    fixture->types = vocabulary_types_new();
    fixture->registry = vocabulary_registry_new(fixture->types);
    random_init_seeded(&fixture->random, 7);
    secrets_init(&fixture->secrets);
    emitter_init(&fixture->emitter, &fixture->secrets);
    rate_init(&fixture->rate, 0);
    make_context(fixture);
}

static int remove_entry(const char *path, const struct stat *status, int kind,
                        struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void scenario_fixture_close(struct scenario_fixture *fixture)
{
    assert_int_equal(nftw(fixture->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
    emitter_release(&fixture->emitter);
    secrets_release(&fixture->secrets);
    registry_free(fixture->registry);
    parameter_types_free(fixture->types);
    arena_release(&fixture->arena);
    http_fixture_close(&fixture->http);
}

void scenario_fixture_write(struct scenario_fixture *fixture, const char *name,
                            const char *content)
{
    struct problems problems CLEANUP(problems_release);
    char path[200];
    problems_init(&problems);
    snprintf(path, sizeof path, "%s/%s", fixture->folder, name);
    assert_true(file_replace(text_of(path), text_of(content), &problems));
}

static struct text feature_text(struct scenario_fixture *fixture, const char *steps)
{
    return arena_format(&fixture->arena, "Feature: F\n\n  Scenario: S\n%s\n", steps);
}

static void print_failure(struct buffer *out, const struct failure *failure)
{
    for (size_t i = 0; i < failure->mismatch_count; i++) {
        const struct mismatch *mismatch = &failure->mismatches[i];
        buffer_add_format(out, "  %.*s: expected %.*s, found %.*s\n", TEXT_ARG(mismatch->what),
                          TEXT_ARG(mismatch->expected), TEXT_ARG(mismatch->actual));
    }
    if (failure->hint.size) {
        buffer_add_format(out, "  hint: %.*s\n", TEXT_ARG(failure->hint));
    }
    struct text rest = failure->detail;
    struct text line;
    while (rest.size && text_take_until(&rest, '\n', &line)) {
        buffer_add_format(out, "  | %.*s\n", TEXT_ARG(line));
    }
}

static void print_result(struct buffer *out, const struct result *result,
                         const struct planned_steps *steps)
{
    buffer_add_format(out, "%s\n", status_name(result->status));
    for (size_t i = 0; i < result->line_count; i++) {
        const struct result_line *line = &result->lines[i];
        const struct failure *failure = line->failure;
        struct text text =
            line->kind == RESULT_STEP ? steps->list[line->step].pickle.text : line->text;
        if (line->status == STATUS_PASSED ||
            (line->status == STATUS_SKIPPED && !failure && line->reason.size == 0)) {
            continue;
        }
        struct text message = failure ? failure->message : line->reason;
        buffer_add_format(out, "%s: %.*s: %.*s\n", status_name(line->status), TEXT_ARG(text),
                          TEXT_ARG(message));
        if (failure) {
            print_failure(out, failure);
            if (!failure->hint.size && !failure->has_values) {
                buffer_add_string(out, "  NEITHER HINT NOR VALUES\n");
            }
        }
    }
    if (result->message.size) {
        buffer_add_format(out, "scenario: %.*s\n  hint: %.*s\n", TEXT_ARG(result->message),
                          TEXT_ARG(result->hint));
    }
}

const char *scenario_fixture_run(struct scenario_fixture *fixture, const char *steps)
{
    struct feature_fixture feature;
    arena_clear(&fixture->arena);
    feature_init(&feature, feature_text(fixture, steps));
    if (!feature.is_compiled || feature.pickles.count != 1) {
        fail_msg("not one scenario: %s\n%s", steps, feature_problems(&feature));
    }
    const struct pickle *pickle = &feature.pickles.list[0];
    struct planned_step *list =
        ARENA_ARRAY(&fixture->arena, pickle->step_count, struct planned_step);
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        list[i].pickle = pickle_step(pickle, i);
        list[i].matches = registry_match(fixture->registry, list[i].pickle.text);
    }
    struct attempt_request request = {
        .steps = { &feature.source, list, pickle->step_count },
        .name = pickle_name(pickle),
        .id = TEXT("run-1"),
    };
    loop_resume(&fixture->http.loop);
    const struct result *result = attempt_run(&fixture->context, &request);
    struct buffer out;
    buffer_init(&out, PRINTED_LIMIT);
    print_result(&out, result, &request.steps);
    const char *printed = arena_string(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    feature_release(&feature);
    return printed;
}

static bool is_as_expected(const char *actual, const char *expected)
{
    size_t size = strlen(expected);
    if (strstr(actual, "NEITHER HINT NOR VALUES")) {
        return false;
    }
    const char *cut = "\xE2\x80\xA6";
    if (size > 3 && strcmp(expected + size - 3, cut) == 0) {
        return strncmp(actual, expected, size - 3) == 0;
    }
    return strcmp(actual, expected) == 0;
}

void scenario_fixture_assert(struct scenario_fixture *fixture, const struct trial *rows,
                             size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const char *actual = scenario_fixture_run(fixture, rows[i].steps);
        if (!is_as_expected(actual, rows[i].expected)) {
            print_error("%s\n--- wanted:\n%s--- but:\n%s\n", rows[i].steps, rows[i].expected,
                        actual);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}
