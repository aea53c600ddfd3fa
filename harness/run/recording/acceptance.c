/* SPDX-License-Identifier: MIT */
#include "run/recording/acceptance.h"

#include "diff/conversation/conversation_diff.h"
#include "diff/difference_print.h"
#include "diff/exchange_diff.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"
#include "world/recorded.h"

enum { DIFFERENCES_SHOWN = 10, BLOCK_LIMIT_BYTES = 64 << 10 };

struct accepting {
    const struct acceptance *acceptance;
    const struct recording *recorded;
    const struct recording *live;
    struct identity *identity;
    struct mask_judge *judge;
    struct arena arena; /* of one comparison */
    struct buffer *out;
    struct acceptance_result result;
    const struct recorded_entry **partners; /* by recorded entry: the live one, or NULL */
    bool *is_known;                         /* by live entry: it has a partner */
};

static struct text actor_of(const struct recorded_entry *entry)
{
    return entry->conversation ? entry->conversation->actor : entry->exchange->actor;
}

/* The same path, or one with other ids in it. */
static bool is_like_path(struct text left, struct text right)
{
    struct text left_part;
    struct text right_part;
    uint64_t number;
    while (text_take_until(&left, '/', &left_part) &&
           text_take_until(&right, '/', &right_part)) {
        bool are_numbers =
            text_to_uint64(left_part, &number) && text_to_uint64(right_part, &number);
        enum identity_kind kind = identity_kind_of(TEXT("id"), left_part);
        bool are_ids =
            kind != IDENTITY_NONE && kind == identity_kind_of(TEXT("id"), right_part);
        if (!text_equal(left_part, right_part) && !are_numbers && !are_ids) {
            return false;
        }
    }
    return !left.at && !right.at;
}

static bool is_alike(const struct recorded_entry *a, const struct recorded_entry *b,
                     bool is_exact)
{
    const struct exchange *left = a->exchange;
    const struct exchange *right = b->exchange;
    bool same_kind = !a->conversation == !b->conversation &&
                     text_equal(left->request.method, right->request.method);
    bool same_actor =
        actor_of(a).size == 0 || actor_of(b).size == 0 || text_equal(actor_of(a), actor_of(b));
    bool same_name = !a->conversation || !b->conversation ||
                     text_equal(a->conversation->name, b->conversation->name);
    return same_kind && same_actor && same_name &&
           (is_exact ? text_equal(recorded_url_path(left->request.url),
                                  recorded_url_path(right->request.url))
                     : is_like_path(recorded_url_path(left->request.url),
                                    recorded_url_path(right->request.url)));
}

static void pair_pass(struct accepting *accepting, bool is_exact)
{
    for (size_t i = 0; i < accepting->recorded->count; i++) {
        for (size_t j = 0; j < accepting->live->count && !accepting->partners[i]; j++) {
            if (!accepting->is_known[j] &&
                is_alike(&accepting->recorded->list[i], &accepting->live->list[j], is_exact)) {
                accepting->partners[i] = &accepting->live->list[j];
                accepting->is_known[j] = true;
            }
        }
    }
}

/* The k-th of a place with the k-th; then those whose path has another id. */
static void pair_all(struct accepting *accepting, struct arena *arena)
{
    accepting->partners =
        ARENA_ARRAY(arena, accepting->recorded->count + 1, const struct recorded_entry *);
    accepting->is_known = ARENA_ARRAY(arena, accepting->live->count + 1, bool);
    pair_pass(accepting, true);
    pair_pass(accepting, false);
}

static void compare_exchanges(struct accepting *accepting, const struct exchange *left,
                              const struct exchange *right, struct differences *differences)
{
    const struct mask_scene scene = { .method = right->request.method,
                                      .url_path = recorded_url_path(right->request.url),
                                      .place = recorded_url_path(right->request.url),
                                      .left_ns = left->started_at_ns,
                                      .right_ns = right->started_at_ns };
    const struct exchange_pair pair = { left, right,
                                        mask_judge_begin(accepting->judge, &scene) };
    exchange_diff(&pair, differences);
}

static void compare_conversations(struct accepting *accepting, const struct conversation *left,
                                  const struct conversation *right,
                                  struct differences *differences)
{
    const struct conversation_diff_options options = { .judge = accepting->judge,
                                                       .identity = accepting->identity,
                                                       .place = right->name };
    struct conversation_diff diff;
    conversation_diff_compare(left, right, &options, &accepting->arena, &diff);
    conversation_diff_list(&diff, differences);
}

static void print_title(struct accepting *accepting, const struct recorded_entry *entry,
                        size_t number, const char *what)
{
    const struct sent_request *request = &entry->exchange->request;
    buffer_add_format(accepting->out, "  %zu  %.*s %.*s", number, TEXT_ARG(request->method),
                      TEXT_ARG(recorded_url_path(request->url)));
    if (entry->conversation && entry->conversation->name.size > 0) {
        buffer_add_format(accepting->out, ", socket '%.*s'",
                          TEXT_ARG(entry->conversation->name));
    }
    struct text actor = actor_of(entry);
    if (actor.size > 0 && !text_is(actor, "I")) {
        buffer_add_format(accepting->out, " of %.*s", TEXT_ARG(actor));
    }
    buffer_add_format(accepting->out, "%s\n", what);
}

static void print_differences(struct accepting *accepting, struct differences *differences)
{
    CLEANUP(buffer_release) struct buffer block;
    buffer_init(&block, BLOCK_LIMIT_BYTES);
    const struct style_writer plain = { .out = &block };
    differences_sort(differences);
    difference_print_text(differences, &plain, DIFFERENCES_SHOWN);
    struct text rest = text_trim(buffer_text(&block));
    struct text line;
    while (rest.size > 0 && text_take_until(&rest, '\n', &line)) {
        buffer_add_format(accepting->out, "       %.*s\n", TEXT_ARG(line));
    }
}

static bool is_chosen(const struct accepting *accepting, const struct recorded_entry *entry,
                      size_t number)
{
    const struct acceptance_choice *choice = &accepting->acceptance->choice;
    bool is_numbered = choice->entry_count == 0;
    for (size_t i = 0; i < choice->entry_count; i++) {
        is_numbered = is_numbered || choice->entries[i] == number;
    }
    return is_numbered &&
           (!choice->paths ||
            globs_match(choice->paths,
                        text_from(recorded_url_path(entry->exchange->request.url), 1)));
}

/* Counts an entry that differs; true when it is taken. */
static bool take(struct accepting *accepting, const struct recorded_entry *entry, size_t number)
{
    bool is_taken = is_chosen(accepting, entry, number);
    accepting->result.different++;
    accepting->result.chosen += is_taken;
    return is_taken;
}

static void add_entry(struct recording *merged, const struct recorded_entry *entry)
{
    struct recorded_entry *added = recording_add(merged, entry->exchange, entry->conversation);
    added->body = entry->body;
    added->has_messages = entry->has_messages;
    added->body_file = entry->body_file;
}

/* True when the recorded entry is to be replaced by its partner. */
static bool weigh(struct accepting *accepting, const struct recorded_entry *entry,
                  const struct recorded_entry *partner, size_t number)
{
    struct differences differences;
    bool is_taken = false;
    differences_init(&differences, &accepting->arena, NULL);
    if (entry->conversation) {
        compare_conversations(accepting, entry->conversation, partner->conversation,
                              &differences);
    } else {
        compare_exchanges(accepting, entry->exchange, partner->exchange, &differences);
    }
    if (differences_any(&differences, SEVERITY_INFORMATIONAL)) {
        is_taken = take(accepting, entry, number);
        print_title(accepting, entry, number, is_taken ? "" : " (not chosen)");
        print_differences(accepting, &differences);
    }
    arena_clear(&accepting->arena);
    return is_taken;
}

static void merge_recorded(struct accepting *accepting, struct recording *merged)
{
    for (size_t i = 0; i < accepting->recorded->count; i++) {
        const struct recorded_entry *entry = &accepting->recorded->list[i];
        const struct recorded_entry *partner = accepting->partners[i];
        if (partner) {
            bool is_taken = weigh(accepting, entry, partner, i + 1);
            add_entry(merged, is_taken ? partner : entry);
            continue;
        }
        bool is_taken = take(accepting, entry, i + 1);
        print_title(accepting, entry, i + 1, is_taken ? ": gone" : ": gone (not chosen)");
        if (!is_taken) {
            add_entry(merged, entry);
        }
    }
}

static void merge_new(struct accepting *accepting, struct recording *merged)
{
    size_t number = accepting->recorded->count;
    for (size_t i = 0; i < accepting->live->count; i++) {
        const struct recorded_entry *entry = &accepting->live->list[i];
        if (accepting->is_known[i]) {
            continue;
        }
        bool is_taken = take(accepting, entry, ++number);
        print_title(accepting, entry, number, is_taken ? ": new" : ": new (not chosen)");
        if (is_taken) {
            add_entry(merged, entry);
        }
    }
    accepting->result.entries = number;
}

struct acceptance_result acceptance_compare(const struct acceptance *acceptance,
                                            const struct recording *recorded,
                                            const struct recording *live, struct buffer *out,
                                            struct recording *ret_merged)
{
    struct accepting accepting = { .acceptance = acceptance,
                                   .recorded = recorded,
                                   .live = live,
                                   .identity = identity_new(),
                                   .out = out };
    struct arena pairs;
    arena_init(&pairs);
    arena_init(&accepting.arena);
    accepting.judge = mask_judge_new(acceptance->masks, accepting.identity);
    pair_all(&accepting, &pairs);
    merge_recorded(&accepting, ret_merged);
    merge_new(&accepting, ret_merged);
    ret_merged->facts = accepting.result.chosen > 0 ? live->facts : recorded->facts;
    mask_judge_free(accepting.judge);
    identity_free(accepting.identity);
    arena_release(&accepting.arena);
    arena_release(&pairs);
    return accepting.result;
}
