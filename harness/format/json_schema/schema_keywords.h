/* SPDX-License-Identifier: MIT */
/* Inside json_schema only: what each keyword checks. */
#ifndef BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_KEYWORDS_H
#define BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_KEYWORDS_H

#include "format/json_schema/schema_apply.h"

/* schema_values.c */
schema_evaluate schema_check_type;
schema_evaluate schema_check_const;
schema_evaluate schema_check_enum;
schema_evaluate schema_check_minimum;
schema_evaluate schema_check_maximum;
schema_evaluate schema_check_exclusive_minimum;
schema_evaluate schema_check_exclusive_maximum;
schema_evaluate schema_check_multiple_of;
schema_evaluate schema_check_min_length;
schema_evaluate schema_check_max_length;
schema_evaluate schema_check_pattern;
schema_evaluate schema_check_format;

/* schema_arrays.c */
schema_evaluate schema_check_min_items;
schema_evaluate schema_check_max_items;
schema_evaluate schema_check_unique_items;
schema_evaluate schema_check_prefix_items;
schema_evaluate schema_check_items;
schema_evaluate schema_check_contains;
schema_evaluate schema_check_unevaluated_items;

/* schema_objects.c */
schema_evaluate schema_check_min_properties;
schema_evaluate schema_check_max_properties;
schema_evaluate schema_check_required;
schema_evaluate schema_check_dependent_required;
schema_evaluate schema_check_property_names;
schema_evaluate schema_check_properties;
schema_evaluate schema_check_pattern_properties;
schema_evaluate schema_check_additional_properties;
schema_evaluate schema_check_unevaluated_properties;

/* schema_logic.c */
schema_evaluate schema_check_reference;
schema_evaluate schema_check_all_of;
schema_evaluate schema_check_any_of;
schema_evaluate schema_check_one_of;
schema_evaluate schema_check_not;
schema_evaluate schema_check_if;
schema_evaluate schema_check_dependent_schemas;

#endif
