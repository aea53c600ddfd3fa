/* SPDX-License-Identifier: MIT */
#include "support/release_fixture.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/file_write.h"
#include "config/components.h"

static const char default_lines[] = "  before_switch: [[touch, \"%s/migrated\"]]\n"
                                    "  after_switch: [[touch, \"%s/restarted\"]]\n"
                                    "  verify: {scenarios: \"@smoke\"}\n";

struct text release_fixture_path(struct release_fixture *fixture, const char *name)
{
    return arena_format(&fixture->arena, "%s/%s", fixture->folder, name);
}

void release_fixture_write(struct release_fixture *fixture, const char *name,
                           const char *content)
{
    assert_true(file_replace(release_fixture_path(fixture, name), text_of(content),
                             &fixture->problems));
}

struct text release_fixture_read(struct release_fixture *fixture, const char *name)
{
    struct text bytes;
    assert_true(file_read(release_fixture_path(fixture, name), 1 << 20, &fixture->arena, &bytes,
                          &fixture->problems));
    return bytes;
}

static bool run_smoke(void *context, struct text tags, uint64_t within_ms,
                      struct problems *problems)
{
    struct release_fixture *fixture = context;
    (void)within_ms;
    assert_true(text_is(tags, "@smoke"));
    fixture->smoke_count++;
    size_t live = (size_t)(release_fixture_live(fixture).at[0] - '0');
    if (fixture->smoke_fails_on[live]) {
        problems_add(problems, PROBLEM_WARNING, span_none(), NULL, "the scenarios failed");
        return false;
    }
    return true;
}

static void find_scope(void *context, struct text older, struct text newer,
                       struct release_scope *scope)
{
    struct release_fixture *fixture = context;
    (void)older;
    (void)newer;
    if (fixture->component) {
        scope->components = &fixture->component;
        scope->component_count = 1;
    }
}

static void make_tree(struct release_fixture *fixture)
{
    release_fixture_write(fixture, "arena/releases/1/REVISION", RELEASE_COMMIT_1 "\n");
    release_fixture_write(fixture, "arena/releases/2/REVISION", RELEASE_COMMIT_2 "\n");
    release_fixture_write(fixture, "arena/releases/3/REVISION", RELEASE_COMMIT_3 "\n");
    assert_int_equal(symlink("releases/1", release_fixture_path(fixture, "arena/current").at),
                     0);
}

static void make_verdicts(struct release_fixture *fixture)
{
    static const char *const commits[] = { RELEASE_COMMIT_1, RELEASE_COMMIT_2,
                                           RELEASE_COMMIT_3 };
    struct signer signer = verdict_signer(&fixture->problems);
    uint64_t now_ns = clock_realtime_ns(clock_real());
    struct text key = verdict_public_key(&signer, 0, &fixture->arena);
    release_fixture_write(fixture, "gate.pub", arena_string(&fixture->arena, key));
    for (size_t i = 0; i < ARRAY_SIZE(commits); i++) {
        struct verdict verdict = verdict_fixture(&fixture->arena);
        verdict.commit = text_of(commits[i]);
        verdict.subjects[0].digest = verdict.commit;
        verdict.made_at_ns = now_ns;
        verdict.tested_at_ns = now_ns;
        verdict.expires_at_ns = now_ns + UINT64_C(86400) * NANOSECONDS_PER_SECOND;
        struct text file = verdict_file(&verdict, &signer, NULL, &fixture->arena);
        struct text name = arena_format(&fixture->arena, "verdict-%zu", i + 1);
        release_fixture_write(fixture, name.at, arena_string(&fixture->arena, file));
    }
    signer_release(&signer);
}

/* Each %s of the lines is the folder. */
static void add_lines(struct buffer *out, const struct release_fixture *fixture,
                      const char *lines)
{
    struct text rest = text_of(lines);
    while (rest.size > 0) {
        size_t at = text_find(rest, TEXT("%s"), 0);
        buffer_add(out, text_slice(rest, 0, at));
        if (at < rest.size) {
            buffer_add_string(out, fixture->folder);
        }
        rest = text_from(rest, at + 2);
    }
}

static void read_config(struct release_fixture *fixture, const char *deploy_lines)
{
    static const char *const no_environment[] = { "PATH=/usr/bin:/bin", NULL };
    struct buffer yaml;
    buffer_init(&yaml, 1 << 20);
    add_lines(&yaml, fixture,
              "components:\n  omaha:\n    paths: [\"**\"]\n    suspend:\n"
              "      command: [touch, \"%s/suspended\"]\n"
              "      resume: [rm, -f, \"%s/suspended\"]\n"
              "deploy:\n  trust: [\"%s/gate.pub\"]\n");
    if (!text_contains(text_of(deploy_lines), TEXT("target:"))) {
        add_lines(&yaml, fixture, "  target: {tree: \"%s/arena\"}\n");
    }
    add_lines(&yaml, fixture, deploy_lines);
    struct text bytes = arena_text(&fixture->arena, buffer_text(&yaml));
    buffer_release(&yaml);
    config_init(&fixture->config, no_environment);
    assert_true(config_read(&fixture->config, TEXT("bddrun.yaml"), bytes, &fixture->problems));
}

void release_fixture_init_with(struct release_fixture *fixture, const char *deploy_lines)
{
    static const char *const environment[] = { "PATH=/usr/bin:/bin", NULL };
    size_t count = 0;
    /* In memory where there is such a folder: each line of the journal is synced. */
    *fixture = (struct release_fixture){ .folder = "/dev/shm/bddrun-release-XXXXXX" };
    if (!mkdtemp(fixture->folder)) {
        *fixture = (struct release_fixture){ .folder = "/tmp/bddrun-release-XXXXXX" };
        assert_non_null(mkdtemp(fixture->folder));
    }
    arena_init(&fixture->arena);
    problems_init(&fixture->problems);
    make_tree(fixture);
    make_verdicts(fixture);
    read_config(fixture, deploy_lines);
    fixture->component = config_components(&fixture->config, &count);
    fixture->request = (struct release_request){
        .config = &fixture->config,
        .clock = clock_real(),
        .process_environment = environment,
        .user = TEXT("ann"),
        .smoke = { run_smoke, fixture },
        .find_scope = find_scope,
        .scope_context = fixture,
    };
    release_fixture_ask(fixture, 2);
}

void release_fixture_init(struct release_fixture *fixture)
{
    release_fixture_init_with(fixture, default_lines);
}

void release_fixture_ask(struct release_fixture *fixture, int number)
{
    struct text name = arena_format(&fixture->arena, "%d", number);
    struct text verdict = arena_format(&fixture->arena, "verdict-%d", number);
    fixture->request.wish = (struct target_wish){ .release = name };
    fixture->request.verdict_path = release_fixture_path(fixture, verdict.at);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void release_fixture_release(struct release_fixture *fixture)
{
    assert_int_equal(nftw(fixture->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    config_release(&fixture->config);
    problems_release(&fixture->problems);
    arena_release(&fixture->arena);
}

struct release_answer release_fixture_run(struct release_fixture *fixture, bool is_rollback)
{
    struct release_request request = fixture->request;
    problems_clear(&fixture->problems);
    if (is_rollback) {
        request.wish = (struct target_wish){ 0 };
        return release_rollback(&request, &fixture->arena, &fixture->problems);
    }
    return release_promote(&request, &fixture->arena, &fixture->problems);
}

struct text release_fixture_live(struct release_fixture *fixture)
{
    struct text revision = release_fixture_read(fixture, "arena/current/REVISION");
    return text_slice(revision, 0, 1);
}

bool release_fixture_is_suspended(struct release_fixture *fixture)
{
    return file_exists(release_fixture_path(fixture, "suspended"));
}

static struct operations read_operations(struct release_fixture *fixture)
{
    struct journal *journal = ARENA_NEW(&fixture->arena, struct journal);
    problems_clear(&fixture->problems);
    assert_int_equal(journal_open(journal, release_fixture_path(fixture, "arena/.bddrun"),
                                  false, clock_real(), NULL, &fixture->problems),
                     JOURNAL_OPEN);
    struct operations operations = operations_read(journal, &fixture->arena);
    journal_release(journal);
    return operations;
}

size_t release_fixture_count(struct release_fixture *fixture)
{
    return read_operations(fixture).count;
}

enum operation_outcome release_fixture_last_outcome(struct release_fixture *fixture)
{
    struct operations operations = read_operations(fixture);
    return operations.count > 0 ? operations.list[operations.count - 1].outcome
                                : OPERATION_CUT_OFF;
}
