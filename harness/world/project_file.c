/* SPDX-License-Identifier: MIT */
#include "world/project_file.h"

#include "base/file.h"
#include "base/file_write.h"
#include "world/step.h"
#include "world/world.h"

bool project_file_path(struct step *step, struct text name, struct text *ret_path)
{
    struct text folder = step->world->context->project_folder;
    struct text path = path_join(&step->world->arena, folder, name);
    if (!path_is_below(folder, path)) {
        step_fail(step, "the file '%.*s' is not below the project folder '%.*s'",
                  TEXT_ARG(name), TEXT_ARG(folder));
        step_hint(step, "put it there: steps read no other files");
        return false;
    }
    *ret_path = path;
    return true;
}

bool project_file_read(struct step *step, struct text name, struct text *ret_bytes)
{
    struct text path;
    if (!project_file_path(step, name, &path)) {
        return false;
    }
    struct problems problems;
    problems_init(&problems);
    bool is_ok =
        file_read(path, PROJECT_FILE_LIMIT_BYTES, &step->world->arena, ret_bytes, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
        step_hint(step, "files are named as they stand below the project folder '%.*s'",
                  TEXT_ARG(step->world->context->project_folder));
    }
    problems_release(&problems);
    return is_ok;
}

bool project_file_write(struct step *step, struct text name, struct text bytes)
{
    struct text folder = step->world->context->output_folder;
    if (folder.size == 0) {
        step_fail(step, "no output folder to write '%.*s' to", TEXT_ARG(name));
        step_hint(step, "set 'output:' in bddrun.yaml");
        return false;
    }
    struct text path = path_join(&step->world->arena, folder, name);
    struct problems problems;
    problems_init(&problems);
    bool is_ok = file_make_folder(folder, &problems);
    if (is_ok && !path_is_below(folder, path)) {
        step_fail(step, "the file '%.*s' is not below the output folder '%.*s'", TEXT_ARG(name),
                  TEXT_ARG(folder));
        step_hint(step, "name a file without '..' and without a leading '/'");
        problems_release(&problems);
        return false;
    }
    is_ok = is_ok && file_replace(path, bytes, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}
