/* SPDX-License-Identifier: MIT */
#include "config/section.h"

#include <stddef.h>

#include "config/components.h"
#include "config/hook.h"
#include "config/migrations.h"
#include "config/masks.h"
#include "config/recordings.h"
#include "config/sections/sections.h"
#include "deploy/notify/notify.h"
#include "deploy/settings.h"

/* In the order of the documentation. */
const struct config_section *const config_sections[] = {
    &section_version,
    &section_scenarios,
    &section_output,
    &section_reports,
    &section_variables,
    &section_env,
    &section_secrets,
    &section_commands,
    &section_default_environment,
    &section_environments,
    &section_components,
    &section_migrations,
    &section_hook,
    &section_recordings,
    &section_masks,
    &section_gate,
    &section_deploy,
    &notify_section,
    NULL,
};
