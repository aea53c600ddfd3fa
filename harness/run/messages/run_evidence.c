/* SPDX-License-Identifier: MIT */
#include "run/messages/run_evidence.h"

#include "config/settings.h"
#include "event/messages.h"
#include "format/digest.h"
#include "git/commit.h"
#include "run/messages/plan_messages.h"
#include "run/run_state.h"

enum { FACTS_LIMIT_BYTES = 16 << 20 };

/* The commit and tree of the working tree; a run outside of a repository has none. */
static void ask_git(struct run *run)
{
    struct problems unsaid;
    struct git git = { 0 };
    struct git_commit commit;
    problems_init(&unsaid);
    if (git_open(&git, run->setup->settings->folder, run->setup->process_environment,
                 &unsaid) &&
        git_commit_find(&git, TEXT("HEAD"), &commit, &unsaid)) {
        static const char *const words[] = { "status", "--porcelain", "--untracked-files=no",
                                             "--ignore-submodules=none", NULL };
        struct git_answer answer;
        run->facts.commit = arena_text(&run->arena, commit.id);
        run->facts.tree = arena_text(&run->arena, commit.tree);
        run->facts.is_dirty = true;
        if (git_ask(&git, words, TEXT_EMPTY, &answer, &unsaid)) {
            run->facts.is_dirty = answer.exit_code != 0 || answer.output.size > 0;
            git_answer_release(&answer);
        }
    }
    git_release(&git);
    problems_release(&unsaid);
}

static bool is_digest(struct text text)
{
    bool is_hex = text.size == 64;
    for (size_t i = 0; i < text.size && is_hex; i++) {
        is_hex = (text.at[i] >= '0' && text.at[i] <= '9') ||
                 (text.at[i] >= 'a' && text.at[i] <= 'f');
    }
    return is_hex;
}

/* A file, or NAME@sha256:DIGEST as registries write it. */
static void add_artefact(struct run *run, struct text given)
{
    static const struct text mark = TEXT_STATIC("sha256:");
    struct run_facts *facts = &run->facts;
    struct run_facts_artefact *artefact = &facts->artefacts[facts->artefact_count];
    size_t at = text_find(given, mark, 0);
    struct text digest = text_from(given, at + mark.size);
    if (is_digest(digest)) {
        size_t end = at > 0 && given.at[at - 1] == '@' ? at - 1 : at;
        *artefact = (struct run_facts_artefact){ text_slice(given, 0, end), digest };
        facts->artefact_count++;
        return;
    }
    artefact->name = given;
    if (digest_sha256_file(&run->arena, given, &artefact->sha256, run->problems)) {
        facts->artefact_count++;
    }
}

static void add_artefacts(struct run *run)
{
    const struct run_options *options = run->setup->options;
    run->facts.artefacts =
        ARENA_ARRAY(&run->arena, options->artefact_count + 1, struct run_facts_artefact);
    for (size_t i = 0; i < options->artefact_count; i++) {
        add_artefact(run, options->artefacts[i]);
    }
}

static struct text join_tags(struct run *run)
{
    const struct run_options *options = run->setup->options;
    struct text joined = TEXT_EMPTY;
    for (size_t i = 0; i < options->tag_count; i++) {
        joined = arena_format(&run->arena, "%.*s%s%.*s", TEXT_ARG(joined), i ? " and " : "",
                              TEXT_ARG(options->tags[i]));
    }
    return joined;
}

/* By what bddrun.yaml does not say. */
bool run_is_narrowed(const struct run *run)
{
    const struct run_options *options = run->setup->options;
    bool is_configured = options->path_count == 0 ||
                         (options->path_count == 1 &&
                          text_equal(options->paths[0], run->setup->settings->scenarios));
    return !is_configured || options->name_count > 0;
}

void run_evidence_begin(struct run *run, uint64_t now_ns)
{
    const struct config_settings *settings = run->setup->settings;
    const struct run_options *options = run->setup->options;
    if (!stream_wants_envelopes(&run->stream)) {
        return;
    }
    run->facts = (struct run_facts){
        .version = TEXT(BDDRUN_VERSION),
        .run_id = run->runner.run_id,
        .environment = settings->environment ? settings->environment->name : TEXT_EMPTY,
        .base_url = settings->base_url,
        .configuration_sha256 = digest_sha256(&run->arena, run->setup->configuration),
        .shard_index = options->shard_index,
        .shard_count = options->shard_count,
        .attempt = options->attempt ? options->attempt : 1,
        .tags = join_tags(run),
        .is_narrowed = run_is_narrowed(run),
        .found = run->plan->found,
        .selected = run->plan->selected,
        .in_shard = run->plan->in_shard,
        .is_dry_run = options->is_dry_run,
        .started_ns = now_ns,
    };
    ask_git(run);
    add_artefacts(run);
}

static struct text revision_of(const struct revision_list *list, struct text service)
{
    for (size_t i = 0; i < list->count; i++) {
        if (text_equal(list->list[i].service, service)) {
            return list->list[i].revision;
        }
    }
    return TEXT_EMPTY;
}

static void add_service(struct run *run, struct text name)
{
    struct run_facts *facts = &run->facts;
    facts->services[facts->service_count++] =
        (struct run_facts_service){ name, revision_of(&run->revisions_before, name),
                                    revision_of(&run->revisions_after, name) };
}

/* The environment itself and its services that speak HTTP, whether or not they answered. */
static void add_services(struct run *run)
{
    const struct config_environment *environment = run->setup->settings->environment;
    if (!environment || environment->revision.at.size == 0) {
        return;
    }
    const struct config_pairs *services = &environment->services;
    run->facts.services =
        ARENA_ARRAY(&run->arena, services->count + 1, struct run_facts_service);
    add_service(run, TEXT_EMPTY);
    for (size_t i = 0; i < services->count; i++) {
        if (text_starts_with(services->list[i].value, TEXT("http")) &&
            !text_starts_with(environment->revision.at, TEXT("http"))) {
            add_service(run, services->list[i].name);
        }
    }
}

static void add_counts(struct run *run, enum exit_code code)
{
    const struct tally *tally = &run->tally;
    struct run_facts *facts = &run->facts;
    facts->passed = tally->scenarios[STATUS_PASSED];
    facts->flaky = tally->flaky;
    facts->skipped = tally->scenarios[STATUS_SKIPPED];
    facts->pending = tally->scenarios[STATUS_PENDING];
    facts->failed = tally->finished - facts->passed - facts->skipped - facts->pending;
    facts->exit_code = (uint64_t)code;
    facts->is_interrupted = tally->finished < run->plan->count;
}

void run_evidence_tell(struct run *run, enum exit_code code)
{
    if (!stream_wants_envelopes(&run->stream)) {
        return;
    }
    uint64_t now_ns = clock_realtime_ns(run->setup->clock);
    CLEANUP(buffer_release) struct buffer body;
    CLEANUP(buffer_release) struct buffer line;
    buffer_init(&body, FACTS_LIMIT_BYTES);
    buffer_init(&line, FACTS_LIMIT_BYTES);
    run->facts.finished_ns = now_ns;
    add_services(run);
    add_counts(run, code);
    run_facts_print(&body, &run->facts);
    message_print_run_attachment(&line, RUN_FACTS_MEDIA_TYPE, buffer_text(&body), now_ns);
    plan_tell_line(buffer_text(&line), &run->stream, &run->secrets, now_ns, run->problems);
}
