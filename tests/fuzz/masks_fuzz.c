/* SPDX-License-Identifier: MIT */
/* Lines of masks, an empty line, two JSON documents a line end apart: parsing says what is wrong,
 * what was parsed can be used on any two documents, and without masks equal documents are equal. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"
#include "diff/tree/tree.h"
#include "format/json.h"

enum { LINES_LIMIT = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_masks(struct mask_set *set, struct text *rest)
{
    struct text line;
    for (size_t i = 0; i < LINES_LIMIT && text_take_until(rest, '\n', &line); i++) {
        struct problems problems CLEANUP(problems_release);
        problems_init(&problems);
        if (line.size == 0) {
            return;
        }
        if (!mask_set_add_line(set, line, span_none(), &problems) && problems.count == 0) {
            abort();
        }
    }
}

static void compare(struct mask_judge *judge, const struct json_value *left,
                    const struct json_value *right, struct arena *arena)
{
    struct mask_scene scene = { .method = TEXT("GET"),
                                .url_path = TEXT("/api/lobby"),
                                .event = TEXT("tick"),
                                .place = TEXT("here"),
                                .left_root = left,
                                .right_root = right };
    struct tree_pair pair = { .dialect = TREE_JSON, .path = TEXT("$") };
    struct differences differences;
    pair.left.root = left;
    pair.right.root = right;
    pair.judge = mask_judge_begin(judge, &scene);
    pair.at = judge_enter(pair.judge, JUDGED_JSON, TEXT_EMPTY);
    differences_init(&differences, arena, NULL);
    tree_diff(&pair, &differences);
    if (left == right && differences_any(&differences, SEVERITY_INFORMATIONAL)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct mask_set set CLEANUP(mask_set_release);
    struct problems problems CLEANUP(problems_release);
    struct text rest = text_make((const char *)data, size);
    struct text line = TEXT_EMPTY;
    const struct json_value *left = NULL;
    const struct json_value *right = NULL;
    arena_init(&arena);
    mask_set_init(&set);
    problems_init(&problems);
    read_masks(&set, &rest);
    (void)!text_take_until(&rest, '\n', &line);
    if (json_parse_text(line, &arena, &left)) {
        struct identity *identity = identity_new();
        struct mask_judge *judge = mask_judge_new(&set, size % 2 ? identity : NULL);
        right = json_parse_text(rest, &arena, &right) ? right : left;
        compare(judge, left, right, &arena);
        compare(judge, left, left, &arena);
        mask_judge_free(judge);
        identity_free(identity);
    }
    mask_set_report(&set, &problems);
    return 0;
}
