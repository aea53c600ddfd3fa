/* SPDX-License-Identifier: MIT */
/* A tag of a container image, moved to the digest that the verdict is about. */
#include "deploy/image/registry.h"
#include "deploy/target.h"

static struct registry *registry_of(struct target *target)
{
    return target->state;
}

static bool prepare(struct target *target, struct problems *problems)
{
    const struct target_settings *settings = target->settings;
    struct registry *registry = ARENA_NEW(target->context->arena, struct registry);
    *registry = (struct registry){ .client = target->context->client,
                                   .user = settings->user.value,
                                   .password = settings->password.value,
                                   .realm = settings->realm };
    struct text ignored;
    if (!registry_read_image(registry, settings->image, settings->at, problems)) {
        return false;
    }
    if (!registry_tag_is_valid(settings->tag)) {
        problems_add(problems, PROBLEM_INPUT, settings->at,
                     "write `tag: production`: letters, digits, '_', '.', '-'",
                     "'%.*s' is no tag of an image", TEXT_ARG(settings->tag));
        return false;
    }
    target->state = registry;
    return registry_find(registry, settings->tag, &ignored, problems);
}

static bool current(struct target *target, struct text *ret_name, struct problems *problems)
{
    return registry_find(registry_of(target), target->settings->tag, ret_name, problems);
}

static bool find(struct target *target, const struct target_wish *wish,
                 struct target_release *ret_release, struct problems *problems)
{
    struct text digest = wish->digest.size ? wish->digest : wish->release;
    struct text found;
    if (!registry_digest_is_valid(digest)) {
        problems_add(
            problems, PROBLEM_INPUT, span_none(),
            "give --digest sha256:…, as the registry showed it when the image was pushed",
            "'%.*s' is no digest of an image: expected sha256: and 64 hex digits",
            TEXT_ARG(digest));
        return false;
    }
    if (!registry_find(registry_of(target), digest, &found, problems)) {
        return false;
    }
    if (found.size == 0) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "push the image there first; check its digest and the repository's name",
                     "'%.*s' has no image '%.*s'", TEXT_ARG(target->settings->image),
                     TEXT_ARG(digest));
        return false;
    }
    *ret_release =
        (struct target_release){ .name = digest, .commit = wish->commit, .digest = digest };
    return true;
}

/* What came of a move that was not seen to its end. */
static enum target_outcome look_again(struct target *target, struct text previous)
{
    struct problems ignored;
    struct text now;
    problems_init(&ignored);
    bool is_unchanged = current(target, &now, &ignored) && text_equal(now, previous);
    problems_release(&ignored);
    return is_unchanged ? TARGET_REFUSED : TARGET_UNKNOWN;
}

static enum target_outcome switch_to(struct target *target,
                                     const struct target_release *release, struct text previous,
                                     struct problems *problems)
{
    return registry_move(registry_of(target), target->settings->tag, release->name, problems)
               ? TARGET_DONE
               : look_again(target, previous);
}

static bool can(UNUSED const struct target *target)
{
    return true;
}

static void describe(const struct target *target, struct text release, struct buffer *out)
{
    buffer_add_format(out, "move the tag '%.*s' of %.*s to %.*s",
                      TEXT_ARG(target->settings->tag), TEXT_ARG(target->settings->image),
                      TEXT_ARG(release));
}

const struct deploy_target_type target_image = {
    .name = "image",
    .prepare = prepare,
    .current = current,
    .find = find,
    .switch_to = switch_to,
    .go_back = switch_to,
    .can_go_back = can,
    .can_pin = can,
    .describe = describe,
};
