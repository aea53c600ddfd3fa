/* SPDX-License-Identifier: MIT */
#include "world/schemas.h"

#include "base/file.h"
#include "base/file_write.h"
#include "format/json_schema.h"
#include "world/project_file.h"

struct schema_entry {
    struct schema_entry *next;
    struct source source;
    struct json_schema *schema; /* NULL: it could not be read */
};

void schemas_init(struct schemas *schemas)
{
    *schemas = (struct schemas){ .first = NULL };
    arena_init(&schemas->arena);
}

void schemas_release(struct schemas *schemas)
{
    for (struct schema_entry *entry = schemas->first; entry; entry = entry->next) {
        json_schema_free(entry->schema);
        source_release(&entry->source);
    }
    arena_release(&schemas->arena);
    *schemas = (struct schemas){ .first = NULL };
}

static struct schema_entry *find(const struct schemas *schemas, struct text name)
{
    struct schema_entry *entry = schemas->first;
    while (entry && !text_equal(entry->source.name, name)) {
        entry = entry->next;
    }
    return entry;
}

const struct json_schema *schemas_find(const struct schemas *schemas, struct text name)
{
    const struct schema_entry *entry = find(schemas, name);
    return entry ? entry->schema : NULL;
}

static bool read_file(struct schemas *schemas, struct text folder, struct text name,
                      struct text *ret_bytes, struct problems *problems)
{
    struct text path = path_join(&schemas->arena, folder, name);
    if (!path_is_below(folder, path)) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                     "the file '%.*s' is not below the project folder '%.*s'", TEXT_ARG(name),
                     TEXT_ARG(folder));
        return false;
    }
    return file_read(path, PROJECT_FILE_LIMIT_BYTES, &schemas->arena, ret_bytes, problems);
}

bool schemas_add(struct schemas *schemas, struct text folder, struct text name, struct span at,
                 struct problems *problems)
{
    const struct schema_entry *known = find(schemas, name);
    if (known) {
        return known->schema != NULL;
    }
    struct schema_entry *entry = ARENA_NEW(&schemas->arena, struct schema_entry);
    struct problems unread;
    struct text bytes = TEXT_EMPTY;
    problems_init(&unread);
    bool is_read = read_file(schemas, folder, name, &bytes, &unread);
    source_init(&entry->source, arena_text(&schemas->arena, name), bytes);
    entry->next = schemas->first;
    schemas->first = entry;
    if (!is_read) {
        problems_add(problems, PROBLEM_INPUT, at, NULL, "%.*s",
                     TEXT_ARG(unread.list[0].message));
        problems_hint(problems, "files are named as they stand below the project folder '%.*s'",
                      TEXT_ARG(folder));
    }
    problems_release(&unread);
    return is_read && json_schema_compile(&entry->source, &entry->schema, problems);
}
