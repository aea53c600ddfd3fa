/* SPDX-License-Identifier: MIT */
/* What two events that belong together say. */
#include "diff/conversation/talk_comparison.h"
#include "diff/identity.h"
#include "diff/tree/tree.h"

static struct talk_finding *changed(struct talk_comparison *comparison,
                                    const struct talk_event *left,
                                    const struct talk_event *right,
                                    enum difference_severity severity)
{
    struct talk_finding *finding =
        talk_comparison_find(comparison, left->stream, CONVERSATION_CHANGED, severity);
    if (finding) {
        finding->shown.left_index = left->index;
        finding->shown.right_index = right->index;
    }
    return finding;
}

static size_t count_notes(const struct talk_comparison *comparison)
{
    size_t count = 0;
    if (comparison->options->identity) {
        (void)identity_notes(comparison->options->identity, &count);
    }
    return count;
}

/* What was told about ids meanwhile, else how many differences there are more. */
static struct text note_of(const struct talk_comparison *comparison,
                           const struct differences *differences, size_t notes_before)
{
    size_t notes = 0;
    size_t all = 0;
    if (count_notes(comparison) > notes_before) {
        return identity_notes(comparison->options->identity, &notes)[notes_before];
    }
    for (size_t i = 0; i < SEVERITY_MASKED; i++) {
        all += differences->totals[i];
    }
    return all > 1 ? arena_format(comparison->arena, "and %zu more difference%s", all - 1,
                                  all > 2 ? "s" : "")
                   : TEXT_EMPTY;
}

static void tell(struct talk_comparison *comparison, const struct talk_event *left,
                 const struct talk_event *right, struct differences *differences,
                 size_t notes_before)
{
    differences_sort(differences);
    const struct difference *worst = differences->list[0];
    struct talk_finding *finding = changed(comparison, left, right, worst->severity);
    if (!finding) {
        return;
    }
    finding->shown.path = arena_text(comparison->arena, worst->path);
    finding->shown.left = arena_text(comparison->arena, worst->examples[0].left);
    finding->shown.right = arena_text(comparison->arena, worst->examples[0].right);
    finding->shown.note = note_of(comparison, differences, notes_before);
}

static void compare_json(struct talk_comparison *comparison, const struct talk_event *left,
                         const struct talk_event *right)
{
    struct arena arena CLEANUP(arena_release);
    struct differences differences;
    const struct judge *judge = talk_comparison_judge(comparison, left->name, left, right);
    struct tree_pair pair = { .dialect = TREE_JSON,
                              .left = { left->json, left->data },
                              .right = { right->json, right->data },
                              .path = TEXT("$"),
                              .judge = judge,
                              .at = talk_comparison_root(judge, true) };
    size_t notes = count_notes(comparison);
    arena_init(&arena);
    differences_init(&differences, &arena, comparison->options->shown);
    tree_diff(&pair, &differences);
    if (differences_any(&differences, SEVERITY_INFORMATIONAL)) {
        tell(comparison, left, right, &differences, notes);
    } else if (differences.totals[SEVERITY_MASKED]) {
        comparison->diff->masked++;
    }
}

/* Texts, bytes, or JSON and something else. */
static void compare_texts(struct talk_comparison *comparison, const struct talk_event *left,
                          const struct talk_event *right)
{
    bool is_same_kind = !left->json == !right->json && left->is_binary == right->is_binary;
    struct text mask = TEXT_EMPTY;
    const struct judge *judge = talk_comparison_judge(comparison, left->name, left, right);
    struct judged_pair pair = { .class = is_same_kind ? DIFFERENCE_CHANGED : DIFFERENCE_TYPE,
                                .left_text = left->data,
                                .right_text = right->data };
    if (judge_allows(judge, talk_comparison_root(judge, false), &pair, &mask)) {
        comparison->diff->masked++;
        return;
    }
    struct talk_finding *finding =
        changed(comparison, left, right, difference_severity_of(pair.class));
    if (finding && !left->is_binary && !right->is_binary) {
        finding->shown.left = talk_findings_show(comparison->findings, left->name, left->data);
        finding->shown.right =
            talk_findings_show(comparison->findings, right->name, right->data);
    } else if (finding) {
        finding->shown.left = arena_format(comparison->arena, "%zu bytes", left->data.size);
        finding->shown.right = arena_format(comparison->arena, "%zu bytes", right->data.size);
    }
}

void talk_comparison_events(struct talk_comparison *comparison, const struct talk_event *left,
                            const struct talk_event *right)
{
    bool is_json = left->json && right->json;
    if (text_equal(left->data, right->data) && left->is_binary == right->is_binary) {
        if (is_json && comparison->options->identity) {
            identity_documents(comparison->options->identity, left->json, right->json);
            identity_documents(comparison->options->identity, NULL, NULL);
        }
    } else if (is_json) {
        compare_json(comparison, left, right);
    } else {
        compare_texts(comparison, left, right);
    }
}
