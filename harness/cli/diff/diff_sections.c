/* SPDX-License-Identifier: MIT */
#include "cli/diff/diff_sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diff/difference_print.h"
#include "diff/exchange_diff.h"
#include "diff/mask/mask_judge.h"
#include "diff/tree/sequence.h"
#include "diff/tree/shape.h"
#include "exchange/url.h"
#include "redact/sensitive.h"

/* Headers by their rules, members by their names, and what JSON or a form holds. */
static void print_shown(void *context, struct buffer *out, struct text name, struct text value)
{
    (void)context;
    if (sensitive_header(name)) {
        sensitive_print_header(out, name, value);
    } else if (sensitive_key(name)) {
        buffer_add_string(out, "***");
    } else {
        sensitive_print_body(out, value);
    }
}

static const struct difference_shown shown = { NULL, print_shown };

static struct diff_section *add_section(struct diff_sections *sections, struct text label)
{
    if (sections->count == sections->capacity) {
        sections->capacity = sections->capacity ? sections->capacity * 2 : 4;
        struct diff_section *list =
            ARENA_ARRAY(sections->arena, sections->capacity, struct diff_section);
        if (sections->count) {
            memcpy(list, sections->list, sections->count * sizeof *list);
        }
        sections->list = list;
    }
    struct diff_section *section = &sections->list[sections->count++];
    *section = (struct diff_section){ .label = arena_text(sections->arena, label) };
    differences_init(&section->differences, sections->arena, &shown);
    return section;
}

/* Exchanges without a difference have no section. */
static void finish_section(struct diff_sections *sections, struct diff_section *section)
{
    for (int severity = 0; severity < SEVERITIES; severity++) {
        sections->totals[severity] += section->differences.totals[severity];
    }
    differences_sort(&section->differences);
    sections->count -= section->differences.count == 0;
}

static void compare_json(struct diff_sections *sections, const struct diff_file *left,
                         const struct diff_file *right, struct mask_judge *masks)
{
    struct mask_scene scene = { .left_root = left->json.root, .right_root = right->json.root };
    const struct judge *judge = masks ? mask_judge_begin(masks, &scene) : NULL;
    struct tree_pair pair = { .dialect = TREE_JSON,
                              .left = left->json,
                              .right = right->json,
                              .path = TEXT("$"),
                              .judge = judge,
                              .at = judge_enter(judge, JUDGED_JSON, TEXT_EMPTY) };
    struct diff_section *section = add_section(sections, TEXT_EMPTY);
    tree_diff(&pair, &section->differences);
    finish_section(sections, section);
}

static void compare_bodies(struct diff_sections *sections, const struct diff_file *left,
                           const struct diff_file *right, struct mask_judge *masks)
{
    struct mask_scene scene = { 0 };
    struct body_pair pair = { left->body, right->body,
                              masks ? mask_judge_begin(masks, &scene) : NULL };
    struct diff_section *section = add_section(sections, TEXT_EMPTY);
    body_diff(&pair, &section->differences);
    finish_section(sections, section);
}

static void compare_exchanges(struct diff_sections *sections, struct text label,
                              struct exchange_pair *pair, struct mask_judge *masks)
{
    struct url url = { 0 };
    bool is_known = url_parse(pair->left->request.url, &url);
    struct mask_scene scene = { .method = pair->left->request.method,
                                .url_path = is_known ? url.path : TEXT_EMPTY,
                                .left_ns = pair->left->started_at_ns,
                                .right_ns = pair->right->started_at_ns,
                                .place = label };
    pair->judge = masks ? mask_judge_begin(masks, &scene) : NULL;
    struct diff_section *section = add_section(sections, label);
    exchange_diff(pair, &section->differences);
    finish_section(sections, section);
    sections->compared++;
}

/* --- recordings --- */

/* "GET /api/lobby": what an entry is found by on the other side. */
static struct text label_of(struct arena *arena, const struct exchange *exchange)
{
    struct url url;
    bool is_known = url_parse(exchange->request.url, &url);
    struct text path = is_known ? url.path : exchange->request.url;
    return arena_format(arena, "%.*s %.*s", TEXT_ARG(exchange->request.method),
                        TEXT_ARG(path.size ? path : TEXT("/")));
}

struct entries {
    const struct recording *recording;
    struct text *labels; /* in the arena */
    struct sequence sequence;
    uint64_t *hashes; /* heap */
};

static void entries_init(struct entries *entries, const struct recording *recording,
                         struct arena *arena)
{
    *entries = (struct entries){ .recording = recording };
    entries->labels = ARENA_ARRAY(arena, recording->count, struct text);
    entries->hashes = realloc_or_die(NULL, recording->count + 1, sizeof *entries->hashes);
    for (size_t i = 0; i < recording->count; i++) {
        entries->labels[i] = label_of(arena, recording->list[i].exchange);
        entries->hashes[i] = shape_hash_text(entries->labels[i]);
    }
    entries->sequence = (struct sequence){ entries->hashes, recording->count };
}

static void report_lone(struct diff_sections *sections, const struct entries *entries,
                        size_t index, bool is_left)
{
    const struct exchange *exchange = entries->recording->list[index].exchange;
    struct text status = arena_format(sections->arena, "%u", exchange->response.status);
    struct difference_note note = { .class = is_left ? DIFFERENCE_MISSING : DIFFERENCE_ADDED,
                                    .path = TEXT("exchange"),
                                    .left = is_left ? status : TEXT_EMPTY,
                                    .right = is_left ? TEXT_EMPTY : status };
    struct diff_section *section = add_section(sections, entries->labels[index]);
    differences_add(&section->differences, &note);
    finish_section(sections, section);
}

static void compare_entries(struct diff_sections *sections, const struct entries *left,
                            const struct entries *right, const uint32_t *to,
                            struct mask_judge *masks)
{
    bool *is_known = alloc_or_die(right->recording->count + 1, sizeof *is_known);
    for (size_t i = 0; i < left->recording->count; i++) {
        if (to[i] == SEQUENCE_NONE) {
            report_lone(sections, left, i, true);
            continue;
        }
        const struct recorded_entry *a = &left->recording->list[i];
        const struct recorded_entry *b = &right->recording->list[to[i]];
        bool lacks_body = a->body == RECORDED_BODY_ABSENT || b->body == RECORDED_BODY_ABSENT;
        struct exchange sides[2] = { *a->exchange, *b->exchange };
        struct exchange_pair pair = { .left = &sides[0], .right = &sides[1] };
        if (lacks_body) { /* nothing can be said of it */
            sides[0].response.body = TEXT_EMPTY;
            sides[1].response.body = TEXT_EMPTY;
        }
        is_known[to[i]] = true;
        compare_exchanges(sections, left->labels[i], &pair, masks);
    }
    for (size_t i = 0; i < right->recording->count; i++) {
        if (!is_known[i]) {
            report_lone(sections, right, i, false);
        }
    }
    free(is_known);
}

static void compare_recordings(struct diff_sections *sections, const struct recording *left,
                               const struct recording *right, struct mask_judge *masks)
{
    struct entries lefts;
    struct entries rights;
    entries_init(&lefts, left, sections->arena);
    entries_init(&rights, right, sections->arena);
    uint32_t *to = realloc_or_die(NULL, left->count + 1, sizeof *to);
    sequence_align(lefts.sequence, rights.sequence, to);
    compare_entries(sections, &lefts, &rights, to, masks);
    free(to);
    free(lefts.hashes);
    free(rights.hashes);
}

static void compare_kinds(struct diff_sections *sections, enum diff_file_kind left,
                          enum diff_file_kind right)
{
    static const char *const names[] = { "a recording", "a response", "JSON", "a body" };
    struct difference_note note = { .class = DIFFERENCE_TYPE,
                                    .path = TEXT("file"),
                                    .left = text_of(names[left]),
                                    .right = text_of(names[right]) };
    struct diff_section *section = add_section(sections, TEXT_EMPTY);
    differences_add(&section->differences, &note);
    finish_section(sections, section);
}

static void compare_files(struct diff_sections *sections, const struct diff_file *left,
                          const struct diff_file *right, struct mask_judge *masks)
{
    bool are_bodies = left->kind >= DIFF_FILE_JSON && right->kind >= DIFF_FILE_JSON;
    struct exchange_pair pair = { .left = &left->response, .right = &right->response };
    if (left->kind != right->kind && !are_bodies) {
        compare_kinds(sections, left->kind, right->kind);
    } else if (left->kind == DIFF_FILE_RECORDING) {
        compare_recordings(sections, &left->recording, &right->recording, masks);
    } else if (left->kind == DIFF_FILE_RESPONSE) {
        compare_exchanges(sections, TEXT_EMPTY, &pair, masks);
    } else if (left->kind == DIFF_FILE_JSON && right->kind == DIFF_FILE_JSON) {
        compare_json(sections, left, right, masks);
    } else {
        compare_bodies(sections, left, right, masks);
    }
}

void diff_sections_compare(struct diff_sections *sections, const struct diff_file *left,
                           const struct diff_file *right, const struct mask_set *masks,
                           struct arena *arena)
{
    *sections = (struct diff_sections){ .arena = arena };
    struct mask_judge *judge CLEANUP(mask_judge_release) =
        masks->count ? mask_judge_new(masks, NULL) : NULL;
    compare_files(sections, left, right, judge);
}

bool diff_sections_differ(const struct diff_sections *sections)
{
    for (int severity = 0; severity < SEVERITY_MASKED; severity++) {
        if (sections->totals[severity]) {
            return true;
        }
    }
    return false;
}

void diff_sections_print(const struct diff_sections *sections, const struct style_writer *style)
{
    for (size_t i = 0; i < sections->count; i++) {
        const struct diff_section *section = &sections->list[i];
        if (section->label.size && differences_any(&section->differences, SEVERITY_MASKED)) {
            style_add(style, STYLE_BOLD, section->label);
            buffer_add_byte(style->out, '\n');
        }
        difference_print_paths(&section->differences, style, 0);
    }
    struct differences all = { 0 };
    memcpy(all.totals, sections->totals, sizeof all.totals);
    difference_print_totals(&all, style->out);
    buffer_add_byte(style->out, '\n');
}

void diff_sections_print_json(const struct diff_sections *sections, struct buffer *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 2);
    json_write_begin_array(&writer);
    for (size_t i = 0; i < sections->count; i++) {
        difference_print_items(&sections->list[i].differences, sections->list[i].label,
                               &writer);
    }
    json_write_end_array(&writer);
    buffer_add_byte(out, '\n');
}
