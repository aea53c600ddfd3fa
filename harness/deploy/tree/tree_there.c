/* SPDX-License-Identifier: MIT */
/*
 * A tree on another host: one small POSIX script, handed to sh over ssh. It changes the link by
 * `mv -T`, which is rename(2). The lock is a file that names who holds it: whoever has the lock of
 * the same journal may take it over, for the process that made it is gone.
 */
#include <unistd.h>

#include "deploy/host_command.h"
#include "deploy/tree/tree.h"

enum { LIMIT_MS = 60000, HOST_NAME_BYTES = 256 };

static const char script[] =
    "set -u\n"
    "act=$1 tree=$2 current=$3 a=${4-} b=${5-}\n"
    "cd \"$tree\" || exit 1\n"
    "kind() { if [ -L \"$1\" ]; then echo link; elif [ -d \"$1\" ]; then echo folder;\n"
    "    elif [ -e \"$1\" ]; then echo other; else echo nothing; fi; }\n"
    "file() { if [ -f \"$2\" ]; then sed \"s/^/$1 /\" \"$2\"; fi; }\n"
    "case $act in\n"
    "look)\n"
    "    echo \"current $(kind \"$current\")\"\n"
    "    if [ -L \"$current\" ]; then echo \"link $(readlink \"$current\")\"; fi\n"
    "    if [ -d releases ]; then echo 'releases yes'; fi\n"
    "    if [ -d .dep ]; then echo 'dep yes'; if [ -L release ]; then echo 'deploying yes'; "
    "fi; fi\n"
    "    if [ -e revisions.log ]; then echo 'capistrano yes'; fi\n"
    "    for lock in .dep/deploy.lock deploy.lock; do\n"
    "        if [ -e \"$lock\" ]; then echo \"lock $lock\"; fi; done\n"
    "    file log .dep/releases_log; file latest .dep/latest_release\n"
    "    for name in $(ls releases 2>/dev/null); do\n"
    "        if [ -d \"releases/$name\" ] && [ ! -L \"releases/$name\" ]; then\n"
    "            bad=no; if [ -e \"releases/$name/BAD_RELEASE\" ]; then bad=yes; fi\n"
    "            echo \"entry $(stat -c %Y \"releases/$name\") $bad $name\"; fi; done ;;\n"
    "look_at)\n"
    "    echo \"kind $(kind \"releases/$a\")\"\n"
    "    if [ -d \"releases/$a\" ]; then\n"
    "        if [ \"$(stat -c %d releases)\" != \"$(stat -c %d \"releases/$a\")\" ]; then\n"
    "            echo 'elsewhere yes'; fi\n"
    "        if [ -e \"releases/$a/BAD_RELEASE\" ]; then echo 'bad yes'; fi\n"
    "        if [ -e \"releases/$a/DIRTY_RELEASE\" ]; then echo 'dirty yes'; fi\n"
    "        file revision \"releases/$a/REVISION\"; fi ;;\n"
    "point)\n"
    "    rm -f .bddrun-next && ln -s \"$a\" .bddrun-next &&\n"
    "        mv -T .bddrun-next \"$current\" && sync ;;\n"
    "append) printf '%s\\n' \"$b\" >>\"$a\" ;;\n"
    "replace) printf '%s' \"$b\" >\"$a.bddrun\" && mv -f \"$a.bddrun\" \"$a\" ;;\n"
    "mark)\n"
    "    touch -r \"releases/$a\" .bddrun-time &&\n"
    "        printf '%s' \"$b\" >\"releases/$a/BAD_RELEASE\" &&\n"
    "        touch -r .bddrun-time \"releases/$a\" && rm -f .bddrun-time ;;\n"
    "lock)\n"
    "    if (set -C; printf '%s' \"$a\" >.bddrun.lock) 2>/dev/null; then exit 0; fi\n"
    "    if [ \"$(cat .bddrun.lock)\" = \"$a\" ]; then exit 0; fi\n"
    "    cat .bddrun.lock; exit 9 ;;\n"
    "unlock) if [ \"$(cat .bddrun.lock 2>/dev/null)\" = \"$a\" ]; then rm -f .bddrun.lock; fi "
    ";;\n"
    "esac\n";

enum { LOCK_IS_HELD = 9, SCRIPT_WORDS = 8 };

static bool run(struct target *target, const char *act, struct text a, struct text b,
                struct host_answer *ret_answer, struct problems *problems)
{
    const struct target_settings *settings = target->settings;
    const struct text words[SCRIPT_WORDS] = {
        TEXT("sh"),     TEXT("-s"),        TEXT("--"), text_of(act),
        settings->tree, settings->current, a,          b
    };
    struct host_command command = { .host = target->host,
                                    .ssh = &settings->ssh,
                                    .words = words,
                                    .word_count = SCRIPT_WORDS,
                                    .environment = target->context->process_environment,
                                    .input = text_of(script),
                                    .limit_ms = LIMIT_MS };
    return host_command_run(&command, &target->context->client->loop, target->context->arena,
                            ret_answer, problems);
}

static bool refuse(struct target *target, const struct host_answer *answer,
                   struct problems *problems)
{
    struct text said = host_last_line(answer);
    if (!answer->is_in_time) {
        return tree_refuse(target, problems, "look at the connection", "no answer in a minute");
    }
    return tree_refuse(target, problems, "look at ssh and at the rights of its user",
                       "failed with code %d: %.*s", answer->code, TEXT_ARG(said));
}

static bool act(struct target *target, const char *what, struct text a, struct text b,
                struct text *ret_output, struct problems *problems)
{
    struct host_answer answer;
    if (!run(target, what, a, b, &answer, problems)) {
        return false;
    }
    if (answer.code != 0) {
        return refuse(target, &answer, problems);
    }
    *ret_output = answer.output;
    return true;
}

static enum tree_kind read_kind(struct text value)
{
    static const char *const names[] = {
        [TREE_NOTHING] = "nothing", [TREE_LINK] = "link", [TREE_FOLDER] = "folder"
    };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (text_is(value, names[i])) {
            return (enum tree_kind)i;
        }
    }
    return TREE_OTHER;
}

/* "SECONDS yes|no NAME" */
static void read_entry(struct text value, struct tree_look *look)
{
    struct text seconds;
    struct text bad;
    if (look->count < TREE_RELEASES_LIMIT && text_take_until(&value, ' ', &seconds) &&
        text_take_until(&value, ' ', &bad) && value.at) {
        struct tree_entry *entry = &look->list[look->count++];
        *entry = (struct tree_entry){ .name = value, .is_bad = text_is(bad, "yes") };
        (void)text_to_uint64(seconds, &entry->changed_s);
    }
}

static void read_flag(struct text name, struct tree_look *look)
{
    look->has_releases = look->has_releases || text_is(name, "releases");
    look->has_deployer = look->has_deployer || text_is(name, "dep");
    look->has_capistrano_log = look->has_capistrano_log || text_is(name, "capistrano");
    look->is_deploying = look->is_deploying || text_is(name, "deploying");
}

static void read_look(struct target *target, struct text name, struct text value,
                      struct tree_look *look)
{
    struct arena *arena = target->context->arena;
    if (text_is(name, "current")) {
        look->current = read_kind(value);
    } else if (text_is(name, "link")) {
        look->link = value;
    } else if (text_is(name, "lock")) {
        look->foreign_lock = value;
    } else if (text_is(name, "latest")) {
        look->latest = value;
    } else if (text_is(name, "log")) {
        look->deployer_log =
            arena_format(arena, "%.*s%.*s\n", TEXT_ARG(look->deployer_log), TEXT_ARG(value));
    } else if (text_is(name, "entry")) {
        read_entry(value, look);
    } else {
        read_flag(name, look);
    }
}

static bool look_there(struct target *target, struct tree_look *ret_look,
                       struct problems *problems)
{
    struct text output;
    struct text line;
    struct tree_look seen = { 0 };
    if (!act(target, "look", TEXT_EMPTY, TEXT_EMPTY, &output, problems)) {
        return false;
    }
    seen.list = ARENA_ARRAY(target->context->arena, TREE_RELEASES_LIMIT, struct tree_entry);
    while (text_take_until(&output, '\n', &line)) {
        struct text name;
        if (text_take_until(&line, ' ', &name) && line.at) {
            read_look(target, name, line, &seen);
        }
    }
    *ret_look = seen;
    return true;
}

static bool look_at_there(struct target *target, struct text name,
                          struct tree_release *ret_release, struct problems *problems)
{
    struct text output;
    struct text line;
    struct tree_release seen = { 0 };
    if (!act(target, "look_at", name, TEXT_EMPTY, &output, problems)) {
        return false;
    }
    while (text_take_until(&output, '\n', &line)) {
        struct text key;
        if (!text_take_until(&line, ' ', &key) || !line.at) {
            continue;
        }
        seen.kind = text_is(key, "kind") ? read_kind(line) : seen.kind;
        seen.revision = text_is(key, "revision") ? text_trim(line) : seen.revision;
        seen.is_elsewhere = seen.is_elsewhere || text_is(key, "elsewhere");
        seen.is_bad = seen.is_bad || text_is(key, "bad");
        seen.is_dirty = seen.is_dirty || text_is(key, "dirty");
    }
    *ret_release = seen;
    return true;
}

static bool point_there(struct target *target, struct text to, struct problems *problems)
{
    struct text output;
    fault_reached(target->context->fault, "before a host is switched");
    bool is_done = act(target, "point", to, TEXT_EMPTY, &output, problems);
    fault_reached(target->context->fault, "a host is switched");
    return is_done;
}

static bool append_there(struct target *target, struct text file, struct text line,
                         struct problems *problems)
{
    struct text output;
    return act(target, "append", file, line, &output, problems);
}

static bool replace_there(struct target *target, struct text file, struct text content,
                          struct problems *problems)
{
    struct text output;
    return act(target, "replace", file, content, &output, problems);
}

static bool mark_bad_there(struct target *target, struct text name, struct text content,
                           struct problems *problems)
{
    struct text output;
    return act(target, "mark", name, content, &output, problems);
}

/* Who holds it: this machine, for this configuration. */
static struct text holder(const struct target *target)
{
    char name[HOST_NAME_BYTES] = "";
    (void)!gethostname(name, sizeof(name) - 1);
    return arena_format(target->context->arena, "bddrun on %s by %.*s", name,
                        TEXT_ARG(target->context->user));
}

static enum target_hold lock_there(struct target *target, struct problems *problems)
{
    struct host_answer answer;
    if (!run(target, "lock", holder(target), TEXT_EMPTY, &answer, problems)) {
        return TARGET_NO_HOLD;
    }
    if (answer.code == LOCK_IS_HELD) {
        (void)tree_refuse(target, problems, "wait; if it is dead, remove its .bddrun.lock",
                          "locked by %.*s", TEXT_ARG(answer.output));
        return TARGET_HELD;
    }
    if (answer.code != 0) {
        (void)refuse(target, &answer, problems);
        return TARGET_NO_HOLD;
    }
    target->state = ARENA_NEW(target->context->arena, bool);
    return TARGET_FREE;
}

static void unlock_there(struct target *target)
{
    struct host_answer answer;
    struct problems ignored;
    if (target->state) {
        problems_init(&ignored);
        (void)!run(target, "unlock", holder(target), TEXT_EMPTY, &answer, &ignored);
        problems_release(&ignored);
        target->state = NULL;
    }
}

const struct tree_io tree_there = {
    .look = look_there,
    .look_at = look_at_there,
    .point = point_there,
    .append = append_there,
    .replace = replace_there,
    .mark_bad = mark_bad_there,
    .lock = lock_there,
    .unlock = unlock_there,
};
