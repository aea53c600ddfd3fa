/* SPDX-License-Identifier: MIT */
#include "gate/policy/policy_file.h"

#include "base/file.h"
#include "config/sections/sections.h"
#include "format/digest.h"
#include "gate/policy/tightening.h"
#include "git/commit.h"
#include "git/tree.h"

static void fail(struct policy_file *file, struct arena *arena, const char *hint,
                 const char *format, ...) PRINTF_LIKE(4, 5);

static void fail(struct policy_file *file, struct arena *arena, const char *hint,
                 const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    file->source.failure = arena_format_list(arena, format, arguments);
    va_end(arguments);
    file->source.hint = text_of(hint);
    file->gate = NULL;
}

static bool is_same_value(const struct config_node *one, const struct config_node *other)
{
    return one->kind == other->kind && one->count == other->count &&
           text_equal(one->key, other->key) && text_equal(one->text, other->text);
}

static bool is_same_node(const struct config_node *one, const struct config_node *other)
{
    if (!one || !other || !is_same_value(one, other)) {
        return one == other;
    }
    const struct config_node *b = other->first;
    for (const struct config_node *a = one->first; a; a = a->next, b = b->next) {
        if (!is_same_node(a, b)) {
            return false;
        }
    }
    return true;
}

/* Whether the candidate's own policy is another one. */
static bool has_changed(const struct policy_file *file, const struct policy_request *request,
                        struct git *git)
{
    struct problems unsaid;
    struct source *source = NULL;
    const struct config_node *root = NULL;
    bool is_same = false;
    problems_init(&unsaid);
    if (git_show_file(git, request->candidate, request->path, &source, &unsaid) &&
        config_document_parse(source, &git->arena, &root, &unsaid)) {
        is_same = is_same_node(config_node_find(root, TEXT("gate")),
                               config_node_find(file->config.root, TEXT("gate")));
    }
    problems_release(&unsaid);
    return !is_same;
}

/* The commit whose file decides. */
static bool find_commit(struct policy_file *file, const struct policy_request *request,
                        struct git *git, struct text *ret_commit)
{
    struct text wanted = file->source.wanted;
    struct git_commit commit;
    struct problems unsaid;
    if (text_is(wanted, "candidate")) {
        *ret_commit = request->candidate;
        return true;
    }
    if (text_is(wanted, "production") && request->production.size == 0) {
        fail(file, &git->arena,
             "name the commit by --production, or let the environment 'production' say its "
             "`revision:`",
             "the policy is production's, and which commit that is is not known");
        return false;
    }
    problems_init(&unsaid);
    struct text revision = text_is(wanted, "production") ? request->production : wanted;
    bool is_found = git_commit_find(git, revision, &commit, &unsaid);
    problems_release(&unsaid);
    if (!is_found) {
        fail(file, &git->arena,
             git->is_shallow ? "the clone is shallow: `git fetch --unshallow` deepens it"
                             : "fetch it: `git fetch origin` and the name of the branch",
             "the policy is that of '%.*s', which is not in this clone", TEXT_ARG(revision));
        return false;
    }
    *ret_commit = commit.id;
    return true;
}

/* Reads the section of the bytes. */
static bool read_section(struct config *config, struct text shown, struct text bytes,
                         const struct config_gate **ret_gate, struct problems *problems)
{
    if (!config_read(config, shown, bytes, problems)) {
        return false;
    }
    *ret_gate = config_section_data(config, &section_gate);
    return true;
}

static void extend(struct policy_file *file, struct git *git, struct problems *problems)
{
    const struct config_gate *own = file->gate;
    const struct config_gate *central = NULL;
    struct text bytes;
    if (own->extends.size == 0) {
        return;
    }
    if (!file_read(own->extends, CONFIG_SIZE_LIMIT, &git->arena, &bytes, problems)) {
        fail(file, &git->arena, "fetch the central policy before the gate",
             "the central policy '%.*s' cannot be read", TEXT_ARG(own->extends));
        return;
    }
    struct text digest = digest_sha256(&git->arena, bytes);
    if (!text_equal(digest, own->extends_sha256)) {
        fail(file, &git->arena, "pin the digest of the central policy that was agreed on",
             "the central policy '%.*s' has the digest %.*s, not the pinned %.*s",
             TEXT_ARG(own->extends), TEXT_ARG(digest), TEXT_ARG(own->extends_sha256));
        return;
    }
    if (!read_section(&file->central, own->extends, bytes, &central, problems) || !central) {
        fail(file, &git->arena, "correct it; `bddrun check --config` reads it",
             "the central policy '%.*s' is not valid", TEXT_ARG(own->extends));
        return;
    }
    struct config_gate *joined = ARENA_NEW(&git->arena, struct config_gate);
    *joined = *own;
    if (!policy_tighten(joined, central, &git->arena, problems)) {
        fail(file, &git->arena, "a policy that extends another may only be stricter",
             "the policy loosens the central one, '%.*s'", TEXT_ARG(own->extends));
        return;
    }
    file->gate = joined;
}

void policy_file_read(struct policy_file *file, const struct policy_request *request,
                      struct git *git, struct problems *problems)
{
    *file =
        (struct policy_file){ .source = { .path = request->path, .wanted = request->wanted } };
    config_init(&file->config, request->process_environment);
    config_init(&file->central, request->process_environment);
    struct text commit = request->candidate;
    struct source *source = NULL;
    bool is_wanted = request->wanted.size > 0;
    if (is_wanted && !find_commit(file, request, git, &commit)) {
        return;
    }
    if (!git_show_file(git, commit, request->path, &source, problems)) {
        fail(file, &git->arena, "commit bddrun.yaml with a section `gate`",
             "the commit %.*s has no '%.*s'", TEXT_ARG(commit), TEXT_ARG(request->path));
        return;
    }
    file->source.commit = commit;
    file->source.sha256 = digest_sha256(&git->arena, source->bytes);
    if (!read_section(&file->config, request->shown, source->bytes, &file->gate, problems)) {
        fail(file, &git->arena, "correct the policy where it is decided",
             "the policy of commit %.*s is not valid", TEXT_ARG(commit));
        return;
    }
    if (!file->gate) {
        fail(file, &git->arena, "add a section `gate`; docs/gate.md says how",
             "'%.*s' of commit %.*s has no section `gate`", TEXT_ARG(request->path),
             TEXT_ARG(commit));
        return;
    }
    file->source.has_changed = has_changed(file, request, git);
    extend(file, git, problems);
}

void policy_file_release(struct policy_file *file)
{
    config_release(&file->config);
    config_release(&file->central);
}
