/* SPDX-License-Identifier: MIT */
#include "cli/diff/diff_sections.h"

#include <string.h>

#include "diff/difference_print.h"
#include "diff/exchange_diff.h"
#include "diff/mask/mask_judge.h"
#include "diff/identity.h"
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

struct diff_section *diff_sections_add(struct diff_sections *sections, struct text label)
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

void diff_sections_finish(struct diff_sections *sections, struct diff_section *section)
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
    struct diff_section *section = diff_sections_add(sections, TEXT_EMPTY);
    tree_diff(&pair, &section->differences);
    diff_sections_finish(sections, section);
}

static void compare_bodies(struct diff_sections *sections, const struct diff_file *left,
                           const struct diff_file *right, struct mask_judge *masks)
{
    struct mask_scene scene = { 0 };
    struct body_pair pair = { left->body, right->body,
                              masks ? mask_judge_begin(masks, &scene) : NULL };
    struct diff_section *section = diff_sections_add(sections, TEXT_EMPTY);
    body_diff(&pair, &section->differences);
    diff_sections_finish(sections, section);
}

void diff_sections_exchange(struct diff_sections *sections, struct text label,
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
    struct diff_section *section = diff_sections_add(sections, label);
    exchange_diff(pair, &section->differences);
    diff_sections_finish(sections, section);
}

static void compare_kinds(struct diff_sections *sections, enum diff_file_kind left,
                          enum diff_file_kind right)
{
    static const char *const names[] = { "a recording", "a response", "JSON", "a body" };
    struct difference_note note = { .class = DIFFERENCE_TYPE,
                                    .path = TEXT("file"),
                                    .left = text_of(names[left]),
                                    .right = text_of(names[right]) };
    struct diff_section *section = diff_sections_add(sections, TEXT_EMPTY);
    differences_add(&section->differences, &note);
    diff_sections_finish(sections, section);
}

static void compare_files(struct diff_sections *sections, const struct diff_file *left,
                          const struct diff_file *right, struct mask_judge *masks)
{
    bool are_bodies = left->kind >= DIFF_FILE_JSON && right->kind >= DIFF_FILE_JSON;
    struct exchange_pair pair = { .left = &left->response, .right = &right->response };
    if (left->kind != right->kind && !are_bodies) {
        compare_kinds(sections, left->kind, right->kind);
    } else if (left->kind == DIFF_FILE_RECORDING) {
        diff_sections_recordings(sections, &left->recording, &right->recording, masks);
    } else if (left->kind == DIFF_FILE_RESPONSE) {
        diff_sections_exchange(sections, TEXT_EMPTY, &pair, masks);
    } else if (left->kind == DIFF_FILE_JSON && right->kind == DIFF_FILE_JSON) {
        compare_json(sections, left, right, masks);
    } else {
        compare_bodies(sections, left, right, masks);
    }
}

/* What crossed ids are told with. */
static void keep_notes(struct diff_sections *sections)
{
    const struct text *notes =
        sections->identity ? identity_notes(sections->identity, &sections->note_count) : NULL;
    sections->notes = ARENA_ARRAY(sections->arena, sections->note_count, struct text);
    for (size_t i = 0; i < sections->note_count; i++) {
        sections->notes[i] = arena_text(sections->arena, notes[i]);
    }
}

void diff_sections_compare(struct diff_sections *sections, const struct diff_file *left,
                           const struct diff_file *right, const struct mask_set *masks,
                           struct arena *arena)
{
    *sections = (struct diff_sections){ .arena = arena };
    bool are_recordings =
        left->kind == DIFF_FILE_RECORDING && right->kind == DIFF_FILE_RECORDING;
    sections->identity = are_recordings ? identity_new() : NULL;
    struct mask_judge *judge CLEANUP(mask_judge_release) =
        masks->count || are_recordings ? mask_judge_new(masks, sections->identity) : NULL;
    compare_files(sections, left, right, judge);
    keep_notes(sections);
    identity_free(sections->identity);
    sections->identity = NULL;
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
    for (size_t i = 0; i < sections->note_count; i++) {
        style_add(style, STYLE_BAD, sections->notes[i]);
        buffer_add_byte(style->out, '\n');
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
