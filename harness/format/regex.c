/* SPDX-License-Identifier: MIT */
#include "format/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"

enum {
    USES_BEFORE_MACHINE_CODE = 64,
    SUBJECT_WORTH_MACHINE_CODE = 16384,
    MACHINE_STACK_MIN_BYTES = 32 * 1024,
    MACHINE_STACK_MAX_BYTES = 1024 * 1024,
    GROUPS_AT_LEAST = 64,
    DEPTH_LIMIT = 100000,
    NEST_LIMIT = 250
};

struct regex {
    pcre2_code *code;
    uint32_t group_count;
    unsigned uses;
};

/* What every match of this process shares: scratch memory, no state. */
static struct {
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    uint32_t groups;
} shared;

bool regex_flags(struct text letters, unsigned *ret_flags)
{
    static const char known[] = "imsx";
    unsigned flags = 0;
    for (size_t i = 0; i < letters.size; i++) {
        const char *at = memchr(known, letters.at[i], sizeof known - 1);
        unsigned flag = at ? 1U << (at - known) : 0;
        if (flag == 0 || (flags & flag)) {
            return false;
        }
        flags |= flag;
    }
    *ret_flags = flags;
    return true;
}

static uint32_t options_of(unsigned flags)
{
    uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    options |= flags & REGEX_IGNORE_CASE ? PCRE2_CASELESS : 0;
    options |= flags & REGEX_MULTI_LINE ? PCRE2_MULTILINE : PCRE2_DOLLAR_ENDONLY;
    options |= flags & REGEX_DOT_ALL ? PCRE2_DOTALL : 0;
    options |= flags & REGEX_EXTENDED ? PCRE2_EXTENDED : 0;
    options |= flags & REGEX_WHOLE ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0;
    options |= flags & REGEX_HERE ? PCRE2_ANCHORED : 0;
    return options;
}

static pcre2_code *compile(struct text pattern, unsigned flags, int *ret_code,
                           size_t *ret_offset)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        BUG("out of memory for a regular expression");
    }
    pcre2_set_parens_nest_limit(context, NEST_LIMIT);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)(pattern.size > 0 ? pattern.at : ""), pattern.size,
                      options_of(flags), ret_code, ret_offset, context);
    pcre2_compile_context_free(context);
    return code;
}

bool regex_compile(struct text pattern, unsigned flags, struct regex **ret_regex,
                   struct regex_error *ret_error)
{
    struct regex_error ignored;
    struct regex_error *error = ret_error ? ret_error : &ignored;
    if (pattern.size > REGEX_PATTERN_LIMIT_BYTES) {
        *error = (struct regex_error){ .message = "the regular expression is too long" };
        return false;
    }
    int code_of_error = 0;
    size_t offset = 0;
    pcre2_code *code = compile(pattern, flags, &code_of_error, &offset);
    if (!code) {
        *error = (struct regex_error){ .offset = offset };
        pcre2_get_error_message(code_of_error, (PCRE2_UCHAR *)error->message,
                                sizeof error->message);
        return false;
    }
    struct regex *regex = alloc_or_die(1, sizeof *regex);
    regex->code = code;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &regex->group_count);
    *ret_regex = regex;
    return true;
}

void regex_free(struct regex *regex)
{
    if (regex) {
        pcre2_code_free(regex->code);
        free(regex);
    }
}

void regex_release(struct regex **regex)
{
    regex_free(*regex);
    *regex = NULL;
}

size_t regex_group_count(const struct regex *regex)
{
    return regex->group_count;
}

static void prepare_shared(uint32_t groups)
{
    if (!shared.context) {
        shared.context = pcre2_match_context_create(NULL);
        if (!shared.context) {
            BUG("out of memory for matching");
        }
        pcre2_set_match_limit(shared.context, REGEX_MATCH_LIMIT);
        pcre2_set_depth_limit(shared.context, DEPTH_LIMIT);
        pcre2_set_heap_limit(shared.context, REGEX_HEAP_LIMIT_KIB);
        shared.stack =
            pcre2_jit_stack_create(MACHINE_STACK_MIN_BYTES, MACHINE_STACK_MAX_BYTES, NULL);
        pcre2_jit_stack_assign(shared.context, NULL, shared.stack);
    }
    if (shared.groups < groups) {
        pcre2_match_data_free(shared.data);
        shared.groups = groups > GROUPS_AT_LEAST ? groups : GROUPS_AT_LEAST;
        shared.data = pcre2_match_data_create(shared.groups, NULL);
        if (!shared.data) {
            BUG("out of memory for %u groups", groups);
        }
    }
}

static void fill_captures(const struct regex *regex, struct regex_capture *captures,
                          size_t capacity)
{
    const PCRE2_SIZE *vector = pcre2_get_ovector_pointer(shared.data);
    for (size_t i = 0; i < capacity; i++) {
        bool is_set = i <= regex->group_count && vector[2 * i] != PCRE2_UNSET;
        captures[i].start = is_set ? vector[2 * i] : REGEX_UNSET;
        captures[i].end = is_set ? vector[2 * i + 1] : REGEX_UNSET;
    }
}

enum regex_result regex_match(struct regex *regex, struct text subject, size_t from,
                              struct regex_capture *captures, size_t capacity)
{
    if (from > subject.size) {
        return REGEX_NO_MATCH;
    }
    prepare_shared(regex->group_count + 1);
    regex->uses++;
    if (regex->uses == USES_BEFORE_MACHINE_CODE || subject.size > SUBJECT_WORTH_MACHINE_CODE) {
        /* Hosts that forbid memory both writable and executable refuse: then it is interpreted. */
        (void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
    }
    PCRE2_SPTR at = (PCRE2_SPTR)(subject.size > 0 ? subject.at : "");
    int rc = pcre2_match(regex->code, at, subject.size, from, 0, shared.data, shared.context);
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT) {
        rc = pcre2_match(regex->code, at, subject.size, from, PCRE2_NO_JIT, shared.data,
                         shared.context);
    }
    if (rc >= 0) {
        fill_captures(regex, captures, capacity);
        return REGEX_MATCHED;
    }
    return rc == PCRE2_ERROR_NOMATCH || rc == PCRE2_ERROR_BADUTFOFFSET ? REGEX_NO_MATCH
                                                                       : REGEX_LIMIT;
}

void regex_quote(struct buffer *out, struct text literal)
{
    for (size_t i = 0; i < literal.size; i++) {
        if (memchr("\\^[({$.|?*+})]#-/ ", literal.at[i], 18)) {
            buffer_add_byte(out, '\\');
        }
        buffer_add_byte(out, literal.at[i]);
    }
}
