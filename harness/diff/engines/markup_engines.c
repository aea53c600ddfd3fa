/* SPDX-License-Identifier: MIT */
#include "diff/engines/engines.h"
#include "diff/engines/markup.h"
#include "diff/tree/shape.h"
#include "diff/tree/tree.h"

static bool starts_with_tag(struct text bytes, const char *name)
{
    struct text start = text_trim(bytes);
    struct text tag = text_of(name);
    return start.size > tag.size &&
           text_equal_ignoring_case(text_slice(start, 0, tag.size), tag);
}

static bool fits_xml(struct text media_type, struct text bytes)
{
    if (media_type.size == 0) {
        return starts_with_tag(bytes, "<?xml");
    }
    return text_is(media_type, "application/xml") || text_is(media_type, "text/xml") ||
           text_ends_with(media_type, TEXT("+xml"));
}

static bool fits_html(struct text media_type, struct text bytes)
{
    if (media_type.size == 0) {
        return starts_with_tag(bytes, "<!doctype html") || starts_with_tag(bytes, "<html");
    }
    return text_is(media_type, "text/html");
}

static const struct json_value *read(struct text bytes, enum xml_flavour flavour,
                                     struct arena *arena, struct text *ret_error)
{
    const struct json_value *root = NULL;
    struct text error;
    if (!markup_read(bytes, flavour, arena, &root, &error)) {
        *ret_error = arena_format(arena, "not %s: %.*s", flavour == XML_HTML ? "HTML" : "XML",
                                  TEXT_ARG(error));
    }
    return root;
}

static void compare_roots(const struct body_pair *pair, enum xml_flavour flavour,
                          struct tree_pair *trees, struct arena *arena,
                          struct differences *differences)
{
    struct text left = shape_element_name(trees->left.root);
    struct text right = shape_element_name(trees->right.root);
    enum judged_part part = flavour == XML_HTML ? JUDGED_HTML : JUDGED_XML;
    const void *at = judge_enter(pair->judge, part, TEXT_EMPTY);
    if (!text_equal(left, right)) {
        engine_report_unreadable(pair, flavour == XML_HTML ? "HTML" : "XML",
                                 arena_format(arena, "<%.*s>", TEXT_ARG(left)),
                                 arena_format(arena, "<%.*s>", TEXT_ARG(right)), differences);
        return;
    }
    trees->at = judge_item(pair->judge, judge_key(pair->judge, at, left), 0, NULL);
    trees->path = arena_format(arena, "/%.*s", TEXT_ARG(left));
    tree_diff(trees, differences);
}

static bool compare(const struct body_pair *pair, enum xml_flavour flavour,
                    struct differences *differences)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct text errors[2] = { TEXT_EMPTY, TEXT_EMPTY };
    struct tree_pair trees = { .dialect = TREE_MARKUP, .judge = pair->judge };
    trees.left.root = read(pair->left.bytes, flavour, &arena, &errors[0]);
    trees.right.root = read(pair->right.bytes, flavour, &arena, &errors[1]);
    if (trees.left.root && trees.right.root) {
        compare_roots(pair, flavour, &trees, &arena, differences);
    } else if (trees.left.root || trees.right.root) {
        engine_report_unreadable(pair, flavour == XML_HTML ? "HTML" : "XML", errors[0],
                                 errors[1], differences);
    } else {
        return false;
    }
    return true;
}

static bool compare_xml(const struct body_pair *pair, struct differences *differences)
{
    return compare(pair, XML_STRICT, differences);
}

static bool compare_html(const struct body_pair *pair, struct differences *differences)
{
    return compare(pair, XML_HTML, differences);
}

const struct diff_engine xml_engine = { "XML", fits_xml, compare_xml };
const struct diff_engine html_engine = { "HTML", fits_html, compare_html };
