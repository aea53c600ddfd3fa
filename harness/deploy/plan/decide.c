/* SPDX-License-Identifier: MIT */
#include "deploy/release_plan.h"

static void refuse(struct release_plan *plan, struct text reason)
{
    if (plan->reason_count < RELEASE_REASONS_LIMIT) {
        plan->reasons[plan->reason_count++] = reason;
    }
}

static void refuse_by_size(struct release_plan *plan, struct arena *arena)
{
    const struct change_plan *change = plan->change;
    if (change->has_too_many_commits) {
        refuse(plan,
               arena_format(arena, "%zu commits, at most %llu: release a part of them first",
                            change->commits.count, (unsigned long long)change->limits.commits));
    }
    if (change->has_too_many_lines) {
        refuse(plan,
               arena_format(arena, "%zu changed lines, at most %llu: release a part first",
                            change->lines, (unsigned long long)change->limits.lines));
    }
}

static void refuse_by_content(struct release_plan *plan, struct arena *arena)
{
    const struct change_plan *change = plan->change;
    if (change->lost.count > 0) {
        refuse(plan, arena_format(arena,
                                  "production has %zu commit%s that the candidate lacks, the "
                                  "newest '%.*s': merge first, or `bddrun rollback`",
                                  change->lost.count, change->lost.count == 1 ? "" : "s",
                                  TEXT_ARG(change->lost.list[0].subject)));
    }
    if (change->migrations.has_edited_history) {
        refuse(plan, TEXT("a migration was changed after production ran it: write a new one"));
    }
    if (change->migrations.worst == MIGRATION_BLOCK && !change->migrations.has_edited_history &&
        plan->windows->schema.count == 0) {
        refuse(plan, TEXT("a schema change that blocks needs a window: deploy.windows.schema"));
    }
}

static void refuse_by_window(struct release_plan *plan, int64_t expires_s, struct arena *arena)
{
    if (!plan->window.is_open && !plan->window.has_opening) {
        refuse(plan, TEXT("no window opens within 400 days"));
    } else if (expires_s > 0) {
        int64_t starts_s = plan->window.is_open ? plan->now_s : plan->window.opens_s;
        if (expires_s <= starts_s) {
            CLEANUP(buffer_release) struct buffer reason;
            buffer_init(&reason, 300);
            buffer_add_string(&reason, "the verdict expires before that, ");
            zone_print(&reason, plan->windows->zone, expires_s);
            buffer_add_string(&reason, ": gate again shortly before");
            refuse(plan, arena_text(arena, buffer_text(&reason)));
        }
    }
}

static void collect_suspended(struct release_plan *plan, struct arena *arena)
{
    const struct components_touched *touched = &plan->change->touched;
    plan->suspended = ARENA_ARRAY(arena, touched->count + 1, const struct config_component *);
    for (size_t i = 0; i < touched->count; i++) {
        if (touched->list[i].component->suspend.command.count > 0) {
            plan->suspended[plan->suspended_count++] = touched->list[i].component;
        }
    }
}

static enum release_decision decide(const struct release_plan *plan)
{
    if (plan->change->commits.count == 0 && plan->change->lost.count == 0 &&
        plan->change->diff.file_count == 0) {
        return RELEASE_NOTHING;
    }
    if (plan->reason_count > 0) {
        return RELEASE_REFUSED;
    }
    return plan->window.is_open ? RELEASE_NOW : RELEASE_LATER;
}

void release_plan_make(struct release_plan *plan, const struct release_plan_request *request,
                       struct arena *arena)
{
    *plan = (struct release_plan){ .change = request->change,
                                   .windows = request->windows,
                                   .now_s = request->now_s };
    plan->kind =
        request->change->migrations.worst >= MIGRATION_EXPAND ? WINDOW_SCHEMA : WINDOW_ANY;
    plan->window = windows_decide(request->windows, plan->kind, request->now_s);
    for (size_t i = 0; i < request->remark_count && i < RELEASE_REMARKS_LIMIT; i++) {
        plan->remarks[plan->remark_count++] = request->remarks[i];
    }
    refuse_by_size(plan, arena);
    refuse_by_content(plan, arena);
    refuse_by_window(plan, request->verdict_expires_s, arena);
    collect_suspended(plan, arena);
    plan->decision = decide(plan);
}

const char *release_decision_name(enum release_decision decision)
{
    static const char *const names[] = { "now", "later", "refused", "nothing" };
    return names[decision];
}

enum exit_code release_plan_exit_code(const struct release_plan *plan)
{
    static const enum exit_code codes[] = { EXIT_CODE_YES, EXIT_CODE_NOT_NOW, EXIT_CODE_NO,
                                            EXIT_CODE_NOTHING };
    return codes[plan->decision];
}

void release_plan_print_decision(struct buffer *out, const struct release_plan *plan)
{
    switch (plan->decision) {
    case RELEASE_NOW:
        buffer_add_string(out, "now");
        if (plan->window.has_closing) {
            buffer_add_string(out, "; the window is ");
            window_decision_print(out, plan->windows, &plan->window);
        }
        break;
    case RELEASE_LATER:
        buffer_add_string(out, "in the next window, ");
        zone_print(out, plan->windows->zone, plan->window.opens_s);
        break;
    case RELEASE_REFUSED:
        buffer_add_string(out, "refused");
        break;
    case RELEASE_NOTHING:
        buffer_add_string(out, "nothing to release: production serves it already");
        break;
    }
}

static void print_limit(struct buffer *out, const char *what, bool has_limit, uint64_t limit)
{
    if (has_limit) {
        buffer_add_format(out, "%sat most %llu %s", out->size > 0 ? ", " : "",
                          (unsigned long long)limit, what);
    }
}

void release_plan_print_size(struct buffer *out, const struct release_plan *plan)
{
    const struct change_plan *change = plan->change;
    uint64_t now_s = plan->now_s > 0 ? (uint64_t)plan->now_s : 0;
    uint64_t days = change->oldest_s < now_s ? (now_s - change->oldest_s) / 86400 : 0;
    buffer_add_format(out, "%zu commit%s by %zu author%s", change->commits.count,
                      change->commits.count == 1 ? "" : "s", change->author_count,
                      change->author_count == 1 ? "" : "s");
    if (change->oldest_s > 0) {
        buffer_add_format(out, ", the oldest of %llu day%s ago", (unsigned long long)days,
                          days == 1 ? "" : "s");
    }
    buffer_add_format(out, "; %zu file%s, +%zu -%zu lines", change->diff.file_count,
                      change->diff.file_count == 1 ? "" : "s", change->diff.lines_added,
                      change->diff.lines_deleted);
    CLEANUP(buffer_release) struct buffer limits;
    buffer_init(&limits, 200);
    print_limit(&limits, "commits", change->limits.has_commits, change->limits.commits);
    print_limit(&limits, "lines", change->limits.has_lines, change->limits.lines);
    if (limits.size > 0) {
        buffer_add_format(out, " (%.*s)", TEXT_ARG(buffer_text(&limits)));
    }
}
