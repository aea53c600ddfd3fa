/* SPDX-License-Identifier: MIT */
#include "reporters/parts/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

/* More than an event of the pipe can bring (CODEC_FRAME_LIMIT_BYTES), escaped. */
#define OUTPUT_LIMIT_BYTES ((size_t)1 << 29)

static bool open_file(struct output *output, struct problems *problems)
{
    char path[4096];
    if (output->name.size >= sizeof path ||
        text_find_byte(output->name, '\0', 0) < output->name.size) {
        problems_add(problems, PROBLEM_USAGE, span_none(), NULL,
                     "cannot write '%.*s': not a path", TEXT_ARG(output->name));
        return false;
    }
    if (!file_make_folder(path_folder(output->name), problems))
        return false;
    memcpy(path, output->name.at, output->name.size);
    path[output->name.size] = '\0';
    output->descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (output->descriptor < 0) {
        char reason[128];
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "cannot write '%s': %s",
                     path, strerror_r(errno, reason, sizeof reason));
        return false;
    }
    output->owns_descriptor = true;
    return true;
}

bool output_open(struct output *output, const struct reporter_setup *setup, struct text file,
                 bool is_replacement, struct problems *problems)
{
    *output = (struct output){ .descriptor = setup->output_descriptor, .name = file };
    buffer_init(&output->made, OUTPUT_LIMIT_BYTES);
    if (file.size == 0) {
        output->name = TEXT("<stdout>");
        return true;
    }
    output->is_replacement = is_replacement;
    if (is_replacement)
        return file_replacement_begin(&output->replacement, file, problems);
    return open_file(output, problems);
}

bool output_write(struct output *output, struct problems *problems)
{
    struct text made = buffer_text(&output->made);
    bool is_written = made.size == 0 ||
                      (output->is_replacement
                           ? file_replacement_add(&output->replacement, made, problems)
                           : file_write_all(output->descriptor, output->name, made, problems));
    buffer_clear(&output->made);
    return is_written;
}

bool output_settle(struct output *output, struct problems *problems)
{
    return output->made.size < OUTPUT_FLUSH_BYTES || output_write(output, problems);
}

bool output_close(struct output *output, struct problems *problems)
{
    bool is_complete = output_write(output, problems);
    if (is_complete && output->is_replacement)
        is_complete = file_replacement_finish(&output->replacement, problems);
    output_abandon(output);
    return is_complete;
}

void output_abandon(struct output *output)
{
    file_replacement_release(&output->replacement);
    if (output->owns_descriptor)
        close(output->descriptor);
    buffer_release(&output->made);
    *output = (struct output){ .descriptor = -1 };
}
