/* SPDX-License-Identifier: MIT */
/* One table of members serves both directions, so that neither can forget one. */
#include "event/run_facts.h"

#include "format/date.h"
#include "format/json_writer.h"

enum kind { KIND_TEXT, KIND_COUNT, KIND_TIME, KIND_BOOL };

struct member {
    const char *key;
    enum kind kind;
    size_t offset;
};

#define FACT(key, kind, name)                                                                  \
    {                                                                                          \
        key, kind, offsetof(struct run_facts, name)                                            \
    }
static const struct member members[] = {
    FACT("version", KIND_TEXT, version),
    FACT("runId", KIND_TEXT, run_id),
    FACT("environment", KIND_TEXT, environment),
    FACT("baseUrl", KIND_TEXT, base_url),
    FACT("configuration", KIND_TEXT, configuration_sha256),
    FACT("commit", KIND_TEXT, commit),
    FACT("tree", KIND_TEXT, tree),
    FACT("dirty", KIND_BOOL, is_dirty),
    FACT("shard", KIND_COUNT, shard_index),
    FACT("shards", KIND_COUNT, shard_count),
    FACT("attempt", KIND_COUNT, attempt),
    FACT("tags", KIND_TEXT, tags),
    FACT("narrowed", KIND_BOOL, is_narrowed),
    FACT("found", KIND_COUNT, found),
    FACT("selected", KIND_COUNT, selected),
    FACT("inShard", KIND_COUNT, in_shard),
    FACT("passed", KIND_COUNT, passed),
    FACT("flaky", KIND_COUNT, flaky),
    FACT("skipped", KIND_COUNT, skipped),
    FACT("pending", KIND_COUNT, pending),
    FACT("failed", KIND_COUNT, failed),
    FACT("exitCode", KIND_COUNT, exit_code),
    FACT("interrupted", KIND_BOOL, is_interrupted),
    FACT("dryRun", KIND_BOOL, is_dry_run),
    FACT("startedAt", KIND_TIME, started_ns),
    FACT("finishedAt", KIND_TIME, finished_ns),
};

static const struct member service_members[] = {
    { "name", KIND_TEXT, offsetof(struct run_facts_service, name) },
    { "before", KIND_TEXT, offsetof(struct run_facts_service, before) },
    { "after", KIND_TEXT, offsetof(struct run_facts_service, after) },
};

static const struct member artefact_members[] = {
    { "name", KIND_TEXT, offsetof(struct run_facts_artefact, name) },
    { "sha256", KIND_TEXT, offsetof(struct run_facts_artefact, sha256) },
};

static void print_time(struct json_writer *writer, uint64_t time_ns)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    json_write_string(writer, date_print(&arena, time_ns));
}

static void print_members(struct json_writer *writer, const struct member *list, size_t count,
                          const void *from)
{
    for (size_t i = 0; i < count; i++) {
        const void *value = (const char *)from + list[i].offset;
        json_write_key(writer, list[i].key);
        switch (list[i].kind) {
        case KIND_TEXT:
            json_write_string(writer, *(const struct text *)value);
            break;
        case KIND_COUNT:
            json_write_uint(writer, *(const uint64_t *)value);
            break;
        case KIND_TIME:
            print_time(writer, *(const uint64_t *)value);
            break;
        case KIND_BOOL:
            json_write_bool(writer, *(const bool *)value);
            break;
        }
    }
}

void run_facts_print(struct buffer *out, const struct run_facts *facts)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    json_write_begin_object(&writer);
    print_members(&writer, members, ARRAY_SIZE(members), facts);
    json_write_key(&writer, "services");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < facts->service_count; i++) {
        json_write_begin_object(&writer);
        print_members(&writer, service_members, ARRAY_SIZE(service_members),
                      &facts->services[i]);
        json_write_end_object(&writer);
    }
    json_write_end_array(&writer);
    json_write_key(&writer, "artefacts");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < facts->artefact_count; i++) {
        json_write_begin_object(&writer);
        print_members(&writer, artefact_members, ARRAY_SIZE(artefact_members),
                      &facts->artefacts[i]);
        json_write_end_object(&writer);
    }
    json_write_end_array(&writer);
    json_write_end_object(&writer);
}

static bool read_member(const struct json_value *value, enum kind kind, struct arena *arena,
                        void *target)
{
    switch (kind) {
    case KIND_TEXT:
        if (!json_is(value, JSON_STRING)) {
            return false;
        }
        *(struct text *)target = arena_text(arena, json_text(value));
        return true;
    case KIND_COUNT:
        return json_is(value, JSON_NUMBER) && text_to_uint64(json_text(value), target);
    case KIND_TIME:
        return json_is(value, JSON_STRING) && date_parse(json_text(value), target);
    case KIND_BOOL:
        break;
    }
    *(bool *)target = json_is(value, JSON_TRUE);
    return json_is_boolean(value);
}

static bool read_members(const struct json_value *object, const struct member *list,
                         size_t count, struct arena *arena, void *target,
                         const char **ret_member)
{
    for (size_t i = 0; i < count; i++) {
        const struct json_value *value = json_member_named(object, list[i].key);
        if (!read_member(value, list[i].kind, arena, (char *)target + list[i].offset)) {
            *ret_member = list[i].key;
            return false;
        }
    }
    return true;
}

static bool read_services(const struct json_value *list, struct arena *arena,
                          struct run_facts *facts, const char **ret_member)
{
    *ret_member = "services";
    if (!json_is(list, JSON_ARRAY)) {
        return false;
    }
    facts->service_count = list->count;
    facts->services = ARENA_ARRAY(arena, list->count + 1, struct run_facts_service);
    for (size_t i = 0; i < list->count; i++) {
        if (!read_members(json_item(list, i), service_members, ARRAY_SIZE(service_members),
                          arena, &facts->services[i], ret_member)) {
            return false;
        }
    }
    return true;
}

static bool read_artefacts(const struct json_value *list, struct arena *arena,
                           struct run_facts *facts, const char **ret_member)
{
    *ret_member = "artefacts";
    if (!json_is(list, JSON_ARRAY)) {
        return false;
    }
    facts->artefact_count = list->count;
    facts->artefacts = ARENA_ARRAY(arena, list->count + 1, struct run_facts_artefact);
    for (size_t i = 0; i < list->count; i++) {
        if (!read_members(json_item(list, i), artefact_members, ARRAY_SIZE(artefact_members),
                          arena, &facts->artefacts[i], ret_member)) {
            return false;
        }
    }
    return true;
}

bool run_facts_read(const struct json_value *root, struct arena *arena,
                    struct run_facts *ret_facts, const char **ret_member)
{
    struct run_facts facts = { 0 };
    if (!read_members(root, members, ARRAY_SIZE(members), arena, &facts, ret_member) ||
        !read_services(json_member_named(root, "services"), arena, &facts, ret_member) ||
        !read_artefacts(json_member_named(root, "artefacts"), arena, &facts, ret_member)) {
        return false;
    }
    *ret_facts = facts;
    return true;
}
