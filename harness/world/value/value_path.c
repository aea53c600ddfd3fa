/* SPDX-License-Identifier: MIT */
/* JSONPaths of steps. */
#include "base/buffer.h"
#include "format/json_path.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

struct text json_path_of(struct arena *arena, const struct json_value *root,
                         const struct json_value *node)
{
    struct buffer out;
    buffer_init(&out, 1 << 16);
    json_path_print(&out, root, node);
    struct text path = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return path;
}

bool value_select_json(struct step *step, const struct json_value *root, struct text path,
                       struct span at, struct json_nodes *ret_nodes)
{
    struct problems problems;
    CLEANUP(json_path_release) struct json_path *compiled = NULL;
    problems_init(&problems);
    bool is_ok = json_path_compile(path, at, &compiled, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
        step_hint(step, "write a JSONPath of RFC 9535, such as $.players[0].name");
    } else if (!json_path_select(compiled, root, &step->world->arena, ret_nodes)) {
        step_fail_at(step, at, "the JSONPath '%.*s' is too much work for this answer",
                     TEXT_ARG(path));
        step_hint(step, "name the way to the value instead of '..'");
        is_ok = false;
    }
    problems_release(&problems);
    return is_ok;
}
