/* SPDX-License-Identifier: MIT */
/* bddrun.yaml: any bytes give a configuration or problems with places inside of them. */
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "config/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const process[] = { "HOME=/home/x", "A=${B}", NULL };
    struct config config;
    struct problems problems;
    const struct config_settings *settings = NULL;
    config_init(&config, process);
    problems_init(&problems);
    bool is_fine =
        config_read(&config, TEXT("bddrun.yaml"), text_make((const char *)bytes, size),
                    &problems) &&
        settings_make(&config, &(struct settings_request){ 0 }, &settings, &problems);
    if (is_fine == problems_has_error(&problems)) {
        __builtin_trap();
    }
    struct buffer out;
    buffer_init(&out, 1 << 20);
    for (size_t i = 0; i < problems.count; i++) {
        problem_print(&out, &problems.list[i], false);
    }
    buffer_release(&out);
    problems_release(&problems);
    config_release(&config);
    return 0;
}
