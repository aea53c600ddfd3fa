/* SPDX-License-Identifier: MIT */
#include "diff/mask/mask_judge.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "diff/identity.h"
#include "diff/mask/mask_check.h"
#include "diff/mask/mask_state.h"

struct mask_judge {
    struct judge engine; /* what engines ask */
    const struct mask_set *set;
    struct identity *identity;
    struct mask_automaton automaton;
    struct mask_scene scene;
    bool *is_in_scope; /* by the mask's place in the set */
    const struct mask_state *root;
    const void *refused_whole; /* the place that `allows` was asked about last, if so */
};

static bool is_of_part(const struct mask *mask, enum judged_part part)
{
    switch (mask->where) {
    case MASK_JSON:
    case MASK_EVENT_JSON:
        return part == JUDGED_JSON;
    case MASK_XML:
        return part == JUDGED_XML || part == JUDGED_HTML;
    case MASK_HEADER:
        return part == JUDGED_HEADER || part == JUDGED_REDIRECT;
    case MASK_COOKIE:
        return part == JUDGED_COOKIE;
    case MASK_STATUS:
        return part == JUDGED_STATUS;
    case MASK_TEXT:
        return part == JUDGED_TEXT || part == JUDGED_BODY;
    case MASK_EVENT:
        break;
    }
    return false;
}

static bool is_of_name(const struct mask *mask, enum judged_part part, struct text name,
                       const struct mask_scene *scene)
{
    if (mask->where == MASK_HEADER) {
        struct text header = part == JUDGED_REDIRECT ? TEXT("Location") : name;
        return text_equal_ignoring_case(mask->name, header);
    }
    if (mask->where == MASK_EVENT_JSON) {
        return scene->event.at && text_equal(mask->name, scene->event);
    }
    return mask->where != MASK_COOKIE || text_equal(mask->name, name);
}

/* A mask that stands at the place that was reached. */
static const void *count_places(struct mask_judge *judge, const struct mask_state *state)
{
    for (size_t i = 0; state && i < state->count; i++) {
        struct mask_entry *entry = judge->set->list[state->positions[i].mask];
        bool is_here = state->positions[i].segment == entry->mask.path.count;
        bool decides = entry == state->value || entry == state->array;
        if (is_here && !decides && state->value) {
            entry->usage.shadowed++;
            entry->usage.shadow = &state->value->mask;
        }
        entry->usage.places += is_here;
    }
    return state;
}

static const void *judge_part(void *context, enum judged_part part, struct text name)
{
    struct mask_judge *judge = context;
    mask_automaton_clear(&judge->automaton);
    for (size_t i = 0; i < judge->set->count; i++) {
        const struct mask *mask = &judge->set->list[i]->mask;
        if (judge->is_in_scope[i] && is_of_part(mask, part) &&
            is_of_name(mask, part, name, &judge->scene)) {
            mask_automaton_add(&judge->automaton, i);
        }
    }
    bool may_be_id = judge->identity && identity_is_id_name(name);
    judge->root = mask_automaton_state(&judge->automaton, may_be_id ? name : TEXT_EMPTY);
    return count_places(judge, judge->root);
}

static const void *judge_member(void *context, const void *at, struct text key)
{
    struct mask_judge *judge = context;
    return count_places(judge, mask_state_key(&judge->automaton, at, key));
}

static const void *judge_element(void *context, const void *at, size_t index,
                                 const struct json_value *item)
{
    struct mask_judge *judge = context;
    return count_places(judge, mask_state_item(&judge->automaton, at, index, item));
}

/* Also the ids of documents in which ids of this name are new on the live side. */
static bool is_masked(void *context, const void *at)
{
    struct mask_judge *judge = context;
    const struct mask_state *state = at;
    return state->value ||
           (state->id_name.size && identity_is_renamed(judge->identity, state->id_name));
}

static bool is_whole(void *context, const void *at)
{
    const struct mask_judge *judge = context;
    return at == judge->refused_whole;
}

static struct judged_array pairing(void *context, const void *at)
{
    (void)context;
    const struct mask_state *state = at;
    struct judged_array array = { .key = TEXT_EMPTY };
    if (state->array) {
        state->array->usage.hidden++; /* that it pairs is its use */
        array.is_set = state->array->mask.rule == MASK_SET;
        array.key = state->array->mask.key;
    }
    return array;
}

static enum identity_answer meet(struct mask_judge *judge, const struct mask_state *state,
                                 const struct mask_value *left, const struct mask_value *right)
{
    struct identity_meeting meeting = { .name = state->id_name,
                                        .left = left->text,
                                        .right = right->text,
                                        .left_value = left->json,
                                        .right_value = right->json,
                                        .place = judge->scene.place };
    return judge->identity ? identity_meet(judge->identity, &meeting) : IDENTITY_IS_NONE;
}

/* What these masks hide must still be the same id, where it is one. */
static bool can_be_id(enum mask_rule rule)
{
    return rule == MASK_UUID || rule == MASK_TYPE || rule == MASK_REGEX || rule == MASK_LENGTH;
}

static bool allows_value(struct mask_judge *judge, const struct mask_state *state,
                         const struct judged_pair *pair)
{
    const struct mask *mask = &state->value->mask;
    const struct mask_scene *scene = &judge->scene;
    struct mask_value left = { pair->left, pair->left_text, scene->left_root, scene->left_ns };
    struct mask_value right = { pair->right, pair->right_text, scene->right_root,
                                scene->right_ns };
    bool has_left = pair->left || pair->left_text.at;
    bool has_right = pair->right || pair->right_text.at;
    if (pair->class == DIFFERENCE_MOVED) {
        return mask->rule == MASK_IGNORE;
    }
    if (!has_left || !has_right) {
        return !state->is_inherited && mask_check_lone(mask, has_left ? &left : &right);
    }
    return mask_check(mask, &left, &right) &&
           !(can_be_id(mask->rule) && meet(judge, state, &left, &right) == IDENTITY_CROSSED);
}

/* Of what `type`, `present` and `ignore` refuse the parts are told, and of a list of the right
 * length; others say what the value should be. */
static bool is_told_whole(const struct mask_state *state, const struct judged_pair *pair)
{
    const struct mask *mask = &state->value->mask;
    bool is_list = json_is(pair->left, JSON_ARRAY) && json_is(pair->right, JSON_ARRAY);
    if (mask->rule == MASK_LENGTH && is_list) {
        return !mask_check_count(mask, pair->left->count, pair->right->count);
    }
    return mask->rule != MASK_TYPE && mask->rule != MASK_PRESENT && mask->rule != MASK_IGNORE;
}

static bool allows(void *context, const void *at, const struct judged_pair *pair,
                   struct text *ret_mask)
{
    struct mask_judge *judge = context;
    const struct mask_state *state = at;
    if (!state->value) {
        struct mask_value left = { .json = pair->left, .text = pair->left_text };
        struct mask_value right = { .json = pair->right, .text = pair->right_text };
        bool is_same_id = pair->class == DIFFERENCE_CHANGED &&
                          meet(judge, state, &left, &right) == IDENTITY_BOUND;
        *ret_mask = is_same_id ? TEXT("the same id") : *ret_mask;
        return is_same_id;
    }
    bool is_allowed = allows_value(judge, state, pair);
    judge->refused_whole = !is_allowed && is_told_whole(state, pair) ? at : NULL;
    struct mask_usage *usage = &state->value->usage;
    usage->hidden += is_allowed;
    usage->broken += !is_allowed;
    usage->whole += is_allowed && state == judge->root && !state->value->mask.name.size &&
                    state->value->mask.where != MASK_STATUS;
    if (is_allowed) {
        *ret_mask = state->value->mask.shown;
    }
    return is_allowed;
}

static void set_documents(void *context, const struct json_value *left,
                          const struct json_value *right)
{
    struct mask_judge *judge = context;
    judge->scene.left_root = left;
    judge->scene.right_root = right;
    if (judge->identity) {
        identity_documents(judge->identity, left, right);
    }
}

struct mask_judge *mask_judge_new(const struct mask_set *set, struct identity *identity)
{
    struct mask_judge *judge = alloc_or_die(1, sizeof *judge);
    *judge = (struct mask_judge){ .engine = { .context = judge,
                                              .enter = judge_part,
                                              .key = judge_member,
                                              .item = judge_element,
                                              .documents = set_documents,
                                              .is_masked = is_masked,
                                              .array = pairing,
                                              .is_whole = is_whole,
                                              .allows = allows },
                                  .set = set,
                                  .identity = identity };
    judge->is_in_scope = alloc_or_die(set->count + 1, sizeof(bool));
    mask_automaton_init(&judge->automaton, set, identity != NULL);
    return judge;
}

void mask_judge_free(struct mask_judge *judge)
{
    if (judge) {
        mask_automaton_release(&judge->automaton);
        free(judge->is_in_scope);
        free(judge);
    }
}

void mask_judge_release(struct mask_judge **judge)
{
    mask_judge_free(*judge);
}

static void set_scene(struct mask_judge *judge, const struct mask_scene *scene)
{
    judge->scene = *scene;
    for (size_t i = 0; i < judge->set->count; i++) {
        judge->is_in_scope[i] =
            mask_covers(&judge->set->list[i]->mask, scene->method, scene->url_path);
    }
}

const struct judge *mask_judge_begin(struct mask_judge *judge, const struct mask_scene *scene)
{
    set_scene(judge, scene);
    if (judge->identity) {
        identity_documents(judge->identity, scene->left_root, scene->right_root);
    }
    return &judge->engine;
}

struct mask_stream mask_judge_stream(struct mask_judge *judge, const struct mask_scene *scene)
{
    struct mask_stream stream = { NULL, NULL };
    set_scene(judge, scene);
    for (size_t i = 0; i < judge->set->count; i++) {
        struct mask_entry *entry = judge->set->list[i];
        const struct mask *mask = &entry->mask;
        bool orders = mask->rule == MASK_SET || mask->rule == MASK_BY;
        const struct mask **decider = orders ? &stream.order : &stream.mask;
        if (!judge->is_in_scope[i] || mask->where != MASK_EVENT ||
            !text_equal(mask->name, scene->event)) {
            continue;
        }
        entry->usage.places++;
        if (*decider) {
            entry->usage.shadowed++;
            entry->usage.shadow = *decider;
        } else {
            *decider = mask;
        }
    }
    return stream;
}

void mask_judge_used(struct mask_judge *judge, const struct mask *mask, bool has_hidden)
{
    for (size_t i = 0; i < judge->set->count; i++) {
        struct mask_entry *entry = judge->set->list[i];
        entry->usage.hidden += &entry->mask == mask && has_hidden;
    }
}
