/* SPDX-License-Identifier: MIT */
#include "gherkin/misspelling.h"

#include "base/attribute.h"
#include "base/near.h"
#include "gherkin/tokens/line.h"

enum { LONG_WORD = 6, SHORT_WORD = 3, FAR = 3 };

/* Near to an English keyword, but a usual way to begin a line of prose. */
static bool is_prose(struct text word)
{
    static const char *const words[] = { "the", "them", "they",  "than", "ten",  "thin",
                                         "hen", "even", "gives", "wen",  "wren", "seven" };
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (text_equal_ignoring_case(word, text_of(words[i]))) {
            return true;
        }
    }
    return false;
}

static unsigned letter_sum(struct text word)
{
    unsigned sum = 0;
    for (size_t i = 0; i < word.size; i++) {
        sum += (unsigned char)word.at[i] | 0x20U;
    }
    return sum;
}

/* Edits between them: two letters swapped, one wrong, missing or too many; in long words twice; in
 * short words only swapped ones, as too many words are near to them. FAR for any more. */
static size_t edits(struct text word, struct text keyword, size_t short_size)
{
    if (text_equal_ignoring_case(word, keyword)) {
        return 0;
    }
    if (keyword.size < SHORT_WORD || word.size + 2 < keyword.size ||
        word.size > keyword.size + 2) {
        return FAR;
    }
    size_t distance = near_distance(word, keyword);
    bool is_swap = word.size == keyword.size && letter_sum(word) == letter_sum(keyword);
    if (keyword.size <= short_size && !is_swap) {
        return FAR;
    }
    return distance <= (keyword.size >= LONG_WORD ? 2U : 1U) ? distance : FAR;
}

static bool is_word_end(struct text line, size_t at)
{
    return at == line.size || line.at[at] == ':' || blank_size(text_from(line, at)) > 0;
}

static size_t word_size(struct text line)
{
    size_t size = 0;
    while (!is_word_end(line, size)) {
        size++;
    }
    return size;
}

/* The start of the line that is meant as the keyword: as many words as that has. */
static struct text start_like(struct text line, struct text keyword)
{
    size_t words = 1;
    for (size_t i = 0; i < keyword.size; i++) {
        words += keyword.at[i] == ' ';
    }
    size_t size = 0;
    for (; words > 0; words--) {
        size += blank_size(text_from(line, size));
        size += word_size(text_from(line, size));
    }
    return text_slice(line, 0, size);
}

static bool is_lower(struct text word)
{
    return word.size && word.at[0] >= 'a' && word.at[0] <= 'z';
}

/* The prose of other languages is not known here: there only swaps count in words of four. */
static size_t step_edits(const struct dialect *dialect, struct text word, struct text keyword)
{
    size_t short_size = text_is(TEXT("en"), dialect->name) ? SHORT_WORD : SHORT_WORD + 1;
    size_t count = edits(word, keyword, short_size);
    return count > 0 && is_prose(word) ? FAR : count;
}

static bool find_step(const struct dialect *dialect, struct text line,
                      struct misspelling *ret_misspelling)
{
    const char *list = dialect->steps;
    struct text keyword;
    enum step_type type;
    size_t least = FAR;
    while (step_keyword_next(&list, &keyword, &type)) {
        keyword = blank_trim_end(keyword);
        struct text word = start_like(line, keyword);
        bool has_colon = word.size < line.size && line.at[word.size] == ':';
        size_t count = has_colon || keyword.size > 1 ? step_edits(dialect, word, keyword) : FAR;
        if (count < least) {
            least = count;
            *ret_misspelling =
                (struct misspelling){ word, keyword, true, is_lower(word) && !has_colon };
        }
    }
    return least < FAR;
}

static bool is_plural(struct text word, struct text keyword)
{
    return word.size == keyword.size + 1 && word.at[keyword.size] == 's' &&
           text_equal_ignoring_case(text_slice(word, 0, keyword.size), keyword);
}

static bool is_like_title(struct text word, struct text title)
{
    size_t count = edits(word, title, SHORT_WORD);
    return count == 0 ||
           (count < FAR && title.size > SHORT_WORD + 1 && !is_plural(word, title));
}

static bool find_title(const struct dialect *dialect, enum title title, struct text word,
                       struct misspelling *ret_misspelling)
{
    const char *list = dialect->titles[title];
    struct text keyword;
    while (keyword_next(&list, &keyword)) {
        if (is_like_title(word, keyword)) {
            *ret_misspelling = (struct misspelling){ word, keyword, false, is_lower(word) };
            return true;
        }
    }
    return false;
}

bool misspelling_find(const struct dialect *dialect, struct text line, enum described described,
                      struct misspelling *ret_misspelling)
{
    if (described == DESCRIBED_CONTAINER && find_step(dialect, line, ret_misspelling)) {
        return true;
    }
    struct text word = blank_trim_end(text_slice(line, 0, text_find_byte(line, ':', 0)));
    if (word.size == 0 || word.size == line.size) {
        return false;
    }
    for (enum title title = TITLE_FEATURE; title < TITLE_COUNT; title++) {
        bool is_possible = described != DESCRIBED_HEADER ||
                           (title != TITLE_FEATURE && title != TITLE_EXAMPLES);
        if (is_possible && find_title(dialect, title, word, ret_misspelling)) {
            return true;
        }
    }
    return false;
}

bool misspelling_lacks_colon(const struct dialect *dialect, struct text line,
                             struct misspelling *ret_misspelling)
{
    static const enum title titles[] = { TITLE_OUTLINE, TITLE_SCENARIO, TITLE_BACKGROUND,
                                         TITLE_EXAMPLES };
    for (size_t i = 0; i < ARRAY_SIZE(titles); i++) {
        const char *list = dialect->titles[titles[i]];
        struct text title;
        while (keyword_next(&list, &title)) {
            if (text_starts_with(line, title) && is_word_end(line, title.size)) {
                struct text word = text_slice(line, 0, title.size);
                *ret_misspelling = (struct misspelling){ word, title, false, false };
                return true;
            }
        }
    }
    return false;
}
