/* SPDX-License-Identifier: MIT */
#include "coverage/readers/lcov_record.h"

#include <string.h>

#include "base/alloc.h"

enum { GROUPS_LIMIT = 1 << 20 };

static const char count_hint[] = "a count is a whole number; write the file again";
static const char line_hint[] = "lines are numbered from 1; write the file again";

static struct span span_of(const struct lcov *lcov, struct text part)
{
    const struct source *source = lcov->reading->source;
    size_t start = (size_t)(part.at - source->bytes.at);
    return span_make(source, start, start + part.size);
}

void lcov_refuse(struct lcov *lcov, struct text part, const char *hint, const char *what)
{
    reading_damaged(lcov->reading, span_of(lcov, part), hint, "%s", what);
}

/* Takes the field before the next comma; the rest stays, at NULL where no comma was. */
static struct text take(struct text *fields)
{
    struct text field = TEXT_EMPTY;
    struct text none = text_make(fields->at, 0);
    return text_take_until(fields, ',', &field) ? field : none;
}

static bool read_number(struct lcov *lcov, struct text field, uint32_t *ret_number)
{
    bool is_line = reading_line_number(field, ret_number);
    if (!is_line) {
        lcov_refuse(lcov, field, line_hint, "this is no line number");
    }
    return is_line;
}

static bool read_amount(struct lcov *lcov, struct text field, uint64_t *ret_count)
{
    bool is_count = reading_count(lcov->reading, field, span_of(lcov, field), ret_count);
    if (!is_count) {
        lcov_refuse(lcov, field, count_hint, "this is no count");
    }
    return is_count;
}

static bool has_more(struct lcov *lcov, struct text whole, struct text rest)
{
    if (!rest.at) {
        lcov_refuse(lcov, whole, "write it again; was the copy cut short?",
                    "the record ends too early");
    }
    return rest.at != NULL;
}

/* line,count[,checksum] */
void lcov_read_count(struct lcov *lcov, struct text fields)
{
    struct text rest = fields;
    struct text line = take(&rest);
    uint32_t number;
    uint64_t count;
    if (has_more(lcov, fields, rest) && read_number(lcov, line, &number) &&
        read_amount(lcov, take(&rest), &count)) {
        filler_line(&lcov->reading->filler, number, count);
    }
}

static size_t last_comma(struct text fields)
{
    size_t at = fields.size;
    while (at > 0 && fields.at[at - 1] != ',') {
        at--;
    }
    return at;
}

/* Letters in front say what kind of block it is. */
static bool read_block(struct text field, struct coverage_branch *branch)
{
    static const char letters[] = "efU";
    static const unsigned flags[] = { BRANCH_EXCEPTION, BRANCH_FALLTHROUGH,
                                      BRANCH_UNREACHABLE };
    size_t at = 0;
    for (; at < field.size; at++) {
        const char *letter = memchr(letters, field.at[at], sizeof letters - 1);
        if (!letter) {
            break;
        }
        branch->flags |= flags[letter - letters];
    }
    uint64_t block;
    bool is_block = text_to_uint64(text_from(field, at), &block);
    branch->block = (uint32_t)block;
    return is_block;
}

/* line,[e|f|U]block,branch,taken where the branch may be an expression with commas. */
void lcov_read_branch(struct lcov *lcov, struct text fields)
{
    struct coverage_branch branch = { 0 };
    struct text rest = fields;
    struct text line = take(&rest);
    struct text block = take(&rest);
    if (!has_more(lcov, fields, rest)) {
        return;
    }
    size_t comma = last_comma(rest);
    if (comma == 0) {
        (void)has_more(lcov, fields, (struct text){ NULL, 0 });
        return;
    }
    struct text id = text_slice(rest, 0, comma - 1);
    struct text taken = text_from(rest, comma);
    if (!read_block(block, &branch)) {
        lcov_refuse(lcov, block, "write the file again", "this is no block of branches");
        return;
    }
    if (text_is(taken, "-")) {
        branch.flags |= BRANCH_NEVER_EVALUATED;
    } else if (!read_amount(lcov, taken, &branch.taken)) {
        return;
    }
    uint64_t number;
    bool is_number = text_to_uint64(id, &number) && number <= UINT32_MAX;
    branch.flags |= is_number ? 0 : BRANCH_NAMED;
    branch.id = is_number ? (uint32_t)number : filler_name(&lcov->reading->filler, id);
    if (read_number(lcov, line, &branch.line)) {
        filler_branch(&lcov->reading->filler, branch);
    }
}

/* line[,end line],name */
void lcov_read_function(struct lcov *lcov, struct text fields)
{
    struct coverage_function function = { .flags = FUNCTION_BY_NAME | FUNCTION_UNMEASURED };
    struct text rest = fields;
    struct text line = take(&rest);
    if (!has_more(lcov, fields, rest) || !read_number(lcov, line, &function.line)) {
        return;
    }
    function.name = rest;
    struct text end = take(&rest);
    uint64_t end_line;
    if (rest.at && text_to_uint64(end, &end_line)) {
        function.name = rest;
        if (!read_number(lcov, end, &function.end_line)) {
            return;
        }
    }
    filler_function(&lcov->reading->filler, function);
}

/* count,name */
void lcov_read_function_count(struct lcov *lcov, struct text fields)
{
    struct coverage_function function = { .flags = FUNCTION_BY_NAME };
    struct text rest = fields;
    struct text count = take(&rest);
    if (has_more(lcov, fields, rest) && read_amount(lcov, count, &function.count)) {
        function.name = rest;
        filler_function(&lcov->reading->filler, function);
    }
}

static struct lcov_group *group_of(struct lcov *lcov, struct text index)
{
    uint64_t number;
    if (!text_to_uint64(index, &number) || number >= GROUPS_LIMIT) {
        lcov_refuse(lcov, index, "write the file again", "this is no index of a function");
        return NULL;
    }
    while (lcov->group_count <= number) {
        GROW(lcov->groups, lcov->group_count, lcov->group_capacity);
        lcov->groups[lcov->group_count++] = (struct lcov_group){ 0 };
    }
    return &lcov->groups[number];
}

/* index,line[,end line] */
void lcov_read_group(struct lcov *lcov, struct text fields)
{
    struct text rest = fields;
    struct text index = take(&rest);
    if (!has_more(lcov, fields, rest)) {
        return;
    }
    struct lcov_group *group = group_of(lcov, index);
    uint32_t line;
    if (!group || !read_number(lcov, take(&rest), &line)) {
        return;
    }
    uint32_t end_line = 0;
    if (!rest.at || read_number(lcov, take(&rest), &end_line)) {
        *group = (struct lcov_group){ line, end_line };
    }
}

/* index,count,alias */
void lcov_read_alias(struct lcov *lcov, struct text fields)
{
    struct coverage_function function = { .flags = FUNCTION_GROUP };
    struct text rest = fields;
    struct text index = take(&rest);
    struct text count = rest.at ? take(&rest) : TEXT_EMPTY;
    if (!has_more(lcov, fields, rest)) {
        return;
    }
    const struct lcov_group *group = group_of(lcov, index);
    if (!group || !read_amount(lcov, count, &function.count)) {
        return;
    }
    if (group->line == 0) {
        lcov_refuse(lcov, index, "write the file again", "no FNL: declares this function");
        return;
    }
    function.line = group->line;
    function.end_line = group->end_line;
    function.name = rest;
    filler_function(&lcov->reading->filler, function);
}

void lcov_read_version(struct lcov *lcov, struct text fields)
{
    if (!filler_digest(&lcov->reading->filler, fields)) {
        lcov_refuse(lcov, fields, "measure all of it from one commit",
                    "this file was measured in two versions");
    }
}

static bool is_passed_over(struct text line)
{
    static const char *const starts[] = { "TN:",  "#",    "LF:",   "LH:",  "BRF:", "BRH:",
                                          "FNF:", "FNH:", "MCDC:", "MCF:", "MCH:" };
    bool is_known = text_trim(line).size == 0;
    for (size_t i = 0; !is_known && i < ARRAY_SIZE(starts); i++) {
        is_known = text_starts_with(line, text_of(starts[i]));
    }
    return is_known;
}

static void read_file(struct lcov *lcov, struct text line)
{
    struct text path = text_trim(text_from(line, 3));
    if (lcov->reading->filler.file) {
        lcov_refuse(lcov, line, "write the file again",
                    "no end_of_record stands before this SF:");
        filler_end(&lcov->reading->filler);
    }
    lcov->group_count = 0;
    lcov->has_lost_file = !reading_begin(lcov->reading, path, span_of(lcov, line));
}

void lcov_read_other(struct lcov *lcov, struct text line)
{
    if (text_starts_with(line, TEXT("SF:"))) {
        read_file(lcov, line);
    } else if (text_is(text_trim(line), "end_of_record")) {
        if (lcov->reading->filler.file) {
            filler_end(&lcov->reading->filler);
        }
    } else if (!is_passed_over(line)) {
        lcov_refuse(lcov, line, "write the file again",
                    "this is no record of an lcov tracefile");
    }
}
