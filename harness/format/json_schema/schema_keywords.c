/* SPDX-License-Identifier: MIT */
#include "format/json_schema/schema_keywords.h"

#include "base/near.h"

#define OTHER_DRAFT "it belongs to another draft of JSON Schema; "

static const struct schema_keyword_row rows[] = {
    /* of the value alone */
    { .name = "type", .form = FORM_TYPE, .evaluate = schema_check_type },
    { .name = "const", .form = FORM_ANY, .evaluate = schema_check_const },
    { .name = "enum", .form = FORM_LIST, .evaluate = schema_check_enum },
    { .name = "minimum", .form = FORM_NUMBER, .evaluate = schema_check_minimum },
    { .name = "maximum", .form = FORM_NUMBER, .evaluate = schema_check_maximum },
    { .name = "exclusiveMinimum",
      .form = FORM_NUMBER,
      .evaluate = schema_check_exclusive_minimum },
    { .name = "exclusiveMaximum",
      .form = FORM_NUMBER,
      .evaluate = schema_check_exclusive_maximum },
    { .name = "multipleOf", .form = FORM_DIVISOR, .evaluate = schema_check_multiple_of },
    { .name = "minLength", .form = FORM_COUNT, .evaluate = schema_check_min_length },
    { .name = "maxLength", .form = FORM_COUNT, .evaluate = schema_check_max_length },
    { .name = "pattern", .form = FORM_PATTERN, .evaluate = schema_check_pattern },
    { .name = "format", .form = FORM_FORMAT, .evaluate = schema_check_format },
    { .name = "minItems", .form = FORM_COUNT, .evaluate = schema_check_min_items },
    { .name = "maxItems", .form = FORM_COUNT, .evaluate = schema_check_max_items },
    { .name = "uniqueItems", .form = FORM_BOOLEAN, .evaluate = schema_check_unique_items },
    { .name = "minProperties", .form = FORM_COUNT, .evaluate = schema_check_min_properties },
    { .name = "maxProperties", .form = FORM_COUNT, .evaluate = schema_check_max_properties },
    { .name = "required", .form = FORM_NAMES, .evaluate = schema_check_required },
    { .name = "dependentRequired",
      .form = FORM_NAMES_MAP,
      .evaluate = schema_check_dependent_required },
    { .name = "propertyNames", .form = FORM_SCHEMA, .evaluate = schema_check_property_names },
    /* of its children: those that are left over come last */
    { .name = "prefixItems",
      .form = FORM_SCHEMAS,
      .evaluate = schema_check_prefix_items,
      .is_applicator = true },
    { .name = "items",
      .form = FORM_SCHEMA,
      .evaluate = schema_check_items,
      .is_applicator = true },
    { .name = "contains",
      .form = FORM_SCHEMA,
      .evaluate = schema_check_contains,
      .is_applicator = true },
    { .name = "minContains", .form = FORM_COUNT },
    { .name = "maxContains", .form = FORM_COUNT },
    { .name = "properties",
      .form = FORM_SCHEMA_MAP,
      .evaluate = schema_check_properties,
      .is_applicator = true },
    { .name = "patternProperties",
      .form = FORM_PATTERN_MAP,
      .evaluate = schema_check_pattern_properties,
      .is_applicator = true },
    { .name = "additionalProperties",
      .form = FORM_SCHEMA,
      .evaluate = schema_check_additional_properties,
      .is_applicator = true },
    /* of the same value, by other schemas */
    { .name = "$ref",
      .form = FORM_REFERENCE,
      .evaluate = schema_check_reference,
      .is_applicator = true },
    { .name = "$dynamicRef", /* within one document the same */
      .form = FORM_REFERENCE,
      .evaluate = schema_check_reference,
      .is_applicator = true },
    { .name = "allOf",
      .form = FORM_SCHEMAS,
      .evaluate = schema_check_all_of,
      .is_applicator = true },
    { .name = "anyOf",
      .form = FORM_SCHEMAS,
      .evaluate = schema_check_any_of,
      .is_applicator = true },
    { .name = "oneOf",
      .form = FORM_SCHEMAS,
      .evaluate = schema_check_one_of,
      .is_applicator = true },
    { .name = "not", .form = FORM_SCHEMA, .evaluate = schema_check_not, .is_applicator = true },
    { .name = "if", .form = FORM_SCHEMA, .evaluate = schema_check_if, .is_applicator = true },
    { .name = "then", .form = FORM_SCHEMA },
    { .name = "else", .form = FORM_SCHEMA },
    { .name = "dependentSchemas",
      .form = FORM_SCHEMA_MAP,
      .evaluate = schema_check_dependent_schemas,
      .is_applicator = true },
    /* of the children that none of the above looked at */
    { .name = "unevaluatedItems",
      .form = FORM_SCHEMA,
      .evaluate = schema_check_unevaluated_items,
      .is_applicator = true },
    { .name = "unevaluatedProperties",
      .form = FORM_SCHEMA,
      .evaluate = schema_check_unevaluated_properties,
      .is_applicator = true },
    /* of the schema itself, and annotations */
    { .name = "$schema", .form = FORM_DIALECT },
    { .name = "$id", .form = FORM_ID },
    { .name = "$anchor", .form = FORM_ANCHOR },
    { .name = "$dynamicAnchor", .form = FORM_ANCHOR },
    { .name = "$defs", .form = FORM_SCHEMA_MAP },
    { .name = "definitions", .form = FORM_SCHEMA_MAP },
    { .name = "$comment", .form = FORM_TEXT },
    { .name = "$vocabulary", .form = FORM_ANY },
    { .name = "title", .form = FORM_TEXT },
    { .name = "description", .form = FORM_TEXT },
    { .name = "default", .form = FORM_ANY },
    { .name = "deprecated", .form = FORM_BOOLEAN },
    { .name = "readOnly", .form = FORM_BOOLEAN },
    { .name = "writeOnly", .form = FORM_BOOLEAN },
    { .name = "examples", .form = FORM_LIST },
    { .name = "example", .form = FORM_ANY },
    { .name = "externalDocs", .form = FORM_ANY },
    { .name = "xml", .form = FORM_ANY },
    { .name = "discriminator", .form = FORM_ANY },
    { .name = "contentEncoding", .form = FORM_TEXT },
    { .name = "contentMediaType", .form = FORM_TEXT },
    { .name = "contentSchema", .form = FORM_SCHEMA },
    /* what would change a verdict elsewhere */
    { .name = "additionalItems",
      .form = FORM_REFUSED,
      .hint = OTHER_DRAFT "write 'prefixItems' and 'items'" },
    { .name = "dependencies",
      .form = FORM_REFUSED,
      .hint = OTHER_DRAFT "write 'dependentRequired' or 'dependentSchemas'" },
    { .name = "id", .form = FORM_REFUSED, .hint = OTHER_DRAFT "write '$id'" },
    { .name = "$recursiveRef",
      .form = FORM_REFUSED,
      .hint = OTHER_DRAFT "write '$dynamicRef'" },
    { .name = "$recursiveAnchor",
      .form = FORM_REFUSED,
      .hint = OTHER_DRAFT "write '$dynamicAnchor'" },
    { .name = "nullable",
      .form = FORM_REFUSED,
      .hint = "it belongs to OpenAPI 3.0; write \"type\": [\"string\", \"null\"]" },
};

const struct schema_keyword_row *schema_keyword_find(struct text name)
{
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        if (text_is(name, rows[i].name)) {
            return &rows[i];
        }
    }
    return NULL;
}

void schema_keyword_suggest(struct text name, struct buffer *out)
{
    struct near near;
    near_init(&near, name);
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        if (rows[i].form != FORM_REFUSED) {
            near_offer(&near, text_of(rows[i].name));
        }
    }
    near_print(out, &near);
}
