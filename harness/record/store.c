/* SPDX-License-Identifier: MIT */
#include "record/store.h"

#include <limits.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"

enum { PATH_LIMIT = 1 << 20, HASH_DIGITS = 8 };

static uint32_t hash_of(struct text whole)
{
    uint64_t hash = text_hash(whole);
    return (uint32_t)(hash ^ hash >> 32);
}

/* Letters of other scripts are kept, white space and invisible ones are not. */
static bool is_kept(uint32_t code_point)
{
    if (code_point < 0x80) {
        return (code_point >= 'a' && code_point <= 'z') ||
               (code_point >= '0' && code_point <= '9');
    }
    return code_point >= 0xa1 && !(code_point >= 0x2000 && code_point <= 0x206f) &&
           code_point < 0xe000 && !utf8_is_space(code_point);
}

static uint32_t take_code_point(struct text *rest)
{
    uint32_t code_point = 0;
    size_t size = utf8_decode(*rest, &code_point);
    *rest = text_from(*rest, size ? size : 1);
    return code_point >= 'A' && code_point <= 'Z' ? code_point + ('a' - 'A') : code_point;
}

/* Words joined by '-'. */
static void add_slug(struct buffer *out, struct text name)
{
    size_t start = out->size;
    bool is_between = false;
    struct text rest = name;
    while (rest.size > 0 && out->size - start <= STORE_SLUG_LIMIT) {
        uint32_t code_point = take_code_point(&rest);
        if (!is_kept(code_point)) {
            is_between = out->size > start;
            continue;
        }
        if (is_between) {
            buffer_add_byte(out, '-');
        }
        is_between = false;
        buffer_add_code_point(out, code_point);
    }
    if (out->size - start > STORE_SLUG_LIMIT) {
        size_t cut = start + STORE_SLUG_LIMIT - HASH_DIGITS - 1;
        while ((out->at[cut] & 0xc0) == 0x80) {
            cut--;
        }
        buffer_truncate(out, cut);
        buffer_add_format(out, "-%08x", hash_of(name));
    }
    if (out->size == start) {
        buffer_add_string(out, "scenario");
    }
}

static bool has_slug(struct text name, struct text slug)
{
    CLEANUP(buffer_release) struct buffer other;
    buffer_init(&other, PATH_LIMIT);
    add_slug(&other, name);
    return text_equal(buffer_text(&other), slug);
}

static unsigned count_before(const struct document *document,
                             const struct scenario *const *list, size_t count,
                             const struct scenario *wanted, struct text slug)
{
    unsigned found = 0;
    for (size_t i = 0; i < count && list[i]->heading.line < wanted->heading.line; i++) {
        found += has_slug(document_text(document, list[i]->heading.name), slug);
    }
    return found;
}

static unsigned twin_of(const struct pickle *pickle, struct text name)
{
    const struct document *document = pickle->document;
    const struct feature *feature = document->feature;
    CLEANUP(buffer_release) struct buffer slug;
    buffer_init(&slug, PATH_LIMIT);
    add_slug(&slug, name);
    unsigned before = count_before(document, feature->scenarios, feature->scenario_count,
                                   pickle->scenario, buffer_text(&slug));
    for (size_t i = 0; i < feature->rule_count; i++) {
        before += count_before(document, feature->rules[i]->scenarios,
                               feature->rules[i]->scenario_count, pickle->scenario,
                               buffer_text(&slug));
    }
    return before + 1;
}

struct store_key store_key_of(struct text feature, const struct pickle *pickle)
{
    struct text name = pickle_scenario_name(pickle);
    return (struct store_key){ .feature = feature,
                               .scenario = name,
                               .twin = twin_of(pickle, name),
                               .examples = pickle->row ? pickle->row->examples_number : 0,
                               .row = pickle->row ? pickle->row->row_number : 0 };
}

static struct text resolved(struct arena *arena, struct text path)
{
    char whole[PATH_MAX];
    const char *given = path.size ? arena_string(arena, path) : ".";
    return realpath(given, whole) ? arena_text(arena, text_of(whole)) : path;
}

static bool has_step_up(struct text path)
{
    struct text part;
    while (text_take_until(&path, '/', &part)) {
        if (text_is(part, "..")) {
            return true;
        }
    }
    return false;
}

static struct text without_ending(struct text path)
{
    struct text ending = TEXT(".feature");
    return text_ends_with(path, ending) ? text_slice(path, 0, path.size - ending.size) : path;
}

static struct text outside(struct arena *arena, struct text path)
{
    struct text folder = path_folder(path);
    size_t name_start = text_contains(path, TEXT("/")) ? folder.size + 1 : 0;
    struct text name = text_from(path, name_start);
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, PATH_LIMIT);
    buffer_add_string(&out, "outside/");
    add_slug(&out, without_ending(name));
    buffer_add_format(&out, "-%08x.feature", hash_of(path));
    return arena_text(arena, buffer_text(&out));
}

struct text store_feature(const struct store *store, struct arena *arena, struct text feature)
{
    struct text project = resolved(arena, store->project_folder);
    struct text whole = resolved(arena, feature);
    if (project.size > 0 && text_starts_with(whole, project) && whole.size > project.size &&
        (whole.at[project.size] == '/' || project.at[project.size - 1] == '/')) {
        size_t start = project.size + (whole.at[project.size] == '/');
        return text_from(whole, start);
    }
    bool is_inside = whole.size > 0 && whole.at[0] != '/' && !has_step_up(whole);
    return is_inside ? whole : outside(arena, whole);
}

struct text store_key_path(const struct store *store, struct arena *arena,
                           const struct store_key *key, unsigned sample)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, PATH_LIMIT);
    buffer_add(&out, without_ending(store_feature(store, arena, key->feature)));
    buffer_add_byte(&out, '/');
    add_slug(&out, key->scenario);
    if (key->twin > 1) {
        buffer_add_format(&out, "~%u", key->twin);
    }
    if (key->row > 0) {
        buffer_add_format(&out, "~row%u-%u", key->examples, key->row);
    }
    if (sample > 1) {
        buffer_add_format(&out, ".%u", sample);
    }
    buffer_add_string(&out, ".har");
    return path_join(arena, store->folder, buffer_text(&out));
}

struct text store_path(const struct store *store, struct arena *arena, struct text feature,
                       const struct pickle *pickle, unsigned sample)
{
    struct store_key key = store_key_of(feature, pickle);
    return store_key_path(store, arena, &key, sample);
}

unsigned store_samples(const struct store *store, struct arena *arena,
                       const struct store_key *key)
{
    unsigned count = 0;
    while (count < STORE_SAMPLES_LIMIT &&
           file_exists(store_key_path(store, arena, key, count + 1))) {
        count++;
    }
    return count;
}
