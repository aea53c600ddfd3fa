/* SPDX-License-Identifier: MIT */
/* A host that deploys when its hook is called; nobody but the revision marker can tell what is
 * live. */
#include "deploy/target.h"
#include "deploy/webhook/trigger.h"

static struct trigger trigger_of(const struct target *target)
{
    const struct target_settings *settings = target->settings;
    return (struct trigger){ .kind = (enum trigger_kind)settings->webhook_kind,
                             .url = text_trim(settings->webhook.value),
                             .secret = settings->secret.value };
}

static bool prepare(struct target *target, struct problems *problems)
{
    const struct config_secret_source *webhook = &target->settings->webhook;
    if (webhook->has_value && text_trim(webhook->value).size > 0) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, webhook->at,
                 "set it to the URL that the host's page of deployments shows",
                 "there is no URL of a deploy hook in %.*s", TEXT_ARG(webhook->origin));
    return false;
}

static bool current(UNUSED struct target *target, struct text *ret_name,
                    UNUSED struct problems *problems)
{
    *ret_name = TEXT_EMPTY;
    return true;
}

static bool find(UNUSED struct target *target, const struct target_wish *wish,
                 struct target_release *ret_release, struct problems *problems)
{
    if (wish->commit.size == 0) {
        problems_add(problems, PROBLEM_INPUT, span_none(), "give --commit",
                     "a deploy hook deploys commits: expected to be told which");
        return false;
    }
    *ret_release = (struct target_release){ .name = wish->commit, .commit = wish->commit };
    return true;
}

static enum target_outcome switch_to(struct target *target,
                                     const struct target_release *release,
                                     UNUSED struct text previous, struct problems *problems)
{
    static const enum target_outcome outcomes[] = { [TRIGGER_ACCEPTED] = TARGET_DONE,
                                                    [TRIGGER_REFUSED] = TARGET_REFUSED,
                                                    [TRIGGER_UNKNOWN] = TARGET_UNKNOWN };
    struct trigger trigger = trigger_of(target);
    return outcomes[trigger_send(target->context->client, &trigger, release->name, problems)];
}

static bool can_pin(const struct target *target)
{
    return trigger_can_pin((enum trigger_kind)target->settings->webhook_kind);
}

static enum target_outcome go_back(struct target *target, const struct target_release *release,
                                   struct text bad, struct problems *problems)
{
    if (can_pin(target)) {
        return switch_to(target, release, bad, problems);
    }
    problems_add(
        problems, PROBLEM_ENVIRONMENT, span_none(),
        "revert the commit on the branch that the host deploys, or use its own rollback",
        "%.*s cannot go back: it deploys the head of a branch, whatever it is told",
        TEXT_ARG(target->name));
    return TARGET_REFUSED;
}

static void describe(const struct target *target, struct text release, struct buffer *out)
{
    buffer_add_format(out, "call the deploy hook of %.*s with revision %.*s%s",
                      TEXT_ARG(target->name), TEXT_ARG(release),
                      can_pin(target) ? "" : " (it deploys the head of its branch)");
}

const struct deploy_target_type target_webhook = {
    .name = "webhook",
    .prepare = prepare,
    .current = current,
    .find = find,
    .switch_to = switch_to,
    .go_back = go_back,
    .can_go_back = can_pin, /* going back is deploying an earlier commit */
    .can_pin = can_pin,
    .sends_once = true,
    .describe = describe,
};
