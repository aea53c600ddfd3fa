/* SPDX-License-Identifier: MIT */
#include "deploy/window/zone_names.h"

#include <dirent.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/near.h"

enum { DEPTH_LIMIT = 4, HINT_LIMIT = 1000 };

static void offer_folder(const char *folder, struct text prefix, int depth, struct near *near,
                         struct arena *arena)
{
    struct text path = arena_format(arena, "%s/%.*s", folder, TEXT_ARG(prefix));
    DIR *list = opendir(path.at);
    const struct dirent *entry;
    while (list && (entry = readdir(list)) != NULL) {
        struct text name = text_of(entry->d_name);
        /* posix/ and right/ hold all names once more; what has a dot is a table. */
        if (text_find_byte(name, '.', 0) < name.size || text_is(name, "posix") ||
            text_is(name, "right")) {
            continue;
        }
        struct text whole = arena_format(arena, "%.*s%.*s", TEXT_ARG(prefix), TEXT_ARG(name));
        if (!file_is_folder(arena_format(arena, "%s/%.*s", folder, TEXT_ARG(whole)))) {
            if (!text_equal(whole, near->wanted)) { /* there, but no zone */
                near_offer(near, whole);
            }
        } else if (depth < DEPTH_LIMIT) {
            offer_folder(folder, arena_format(arena, "%.*s/", TEXT_ARG(whole)), depth + 1, near,
                         arena);
        }
    }
    if (list) {
        closedir(list);
    }
}

void zone_names_hint(struct text name, const char *folder, struct problems *problems)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(buffer_release) struct buffer names;
    struct near near;
    arena_init(&arena);
    buffer_init(&names, HINT_LIMIT);
    near_init(&near, name);
    offer_folder(folder, TEXT_EMPTY, 0, &near, &arena);
    near_print(&names, &near);
    if (near.count > 0) {
        problems_hint(problems, "did you mean %.*s?", TEXT_ARG(buffer_text(&names)));
    } else if (file_is_folder(text_of(folder))) {
        problems_hint(problems, "a name such as 'Australia/Melbourne'");
    } else {
        problems_hint(problems, "this system has no time zone data: apt-get install tzdata");
    }
}
