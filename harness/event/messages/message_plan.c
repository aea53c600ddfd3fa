/* SPDX-License-Identifier: MIT */
/* What is known before anything runs: tool, definitions, test cases. */
#include "event/messages.h"

#include <sys/utsname.h>

#include "base/utf8.h"
#include "event/messages/message_parts.h"
#include "match/composite.h"
#include "match/step_definition.h"

/* Of the schema that conformance tests hold us to. */
static const char protocol_version[] = "34.2.1";

static void add_product(struct json_writer *json, const char *key, struct text name,
                        struct text version)
{
    json_write_key(json, key);
    json_write_begin_object(json);
    message_add_text(json, "name", name);
    if (version.size > 0)
        message_add_text(json, "version", version);
    json_write_end_object(json);
}

void message_print_meta(struct buffer *out, struct text version)
{
    struct json_writer json;
    struct utsname system = { .sysname = "unknown", .machine = "unknown" };
    (void)uname(&system); /* what it cannot tell stays unknown */
    message_begin(&json, out, "meta");
    message_add_string(&json, "protocolVersion", protocol_version);
    add_product(&json, "implementation", TEXT("bddrun"), version);
    add_product(&json, "runtime", TEXT("bddrun"), version);
    add_product(&json, "os", text_of(system.sysname), text_of(system.release));
    add_product(&json, "cpu", text_of(system.machine), TEXT_EMPTY);
    message_end(&json);
}

void message_print_hook(struct buffer *out)
{
    struct json_writer json;
    message_begin(&json, out, "hook");
    message_add_string(&json, "id", MESSAGE_HOOK_ID);
    message_add_string(&json, "name", "the end of the scenario");
    json_write_key(&json, "sourceReference");
    json_write_begin_object(&json);
    message_add_string(&json, "uri", "bddrun:end");
    json_write_end_object(&json);
    message_add_string(&json, "type", "AFTER_TEST_CASE");
    message_end(&json);
}

static void add_source_reference(struct json_writer *json,
                                 const struct step_definition *definition)
{
    json_write_key(json, "sourceReference");
    json_write_begin_object(json);
    if (definition->composite) {
        struct span at = definition->composite->at;
        message_add_text(json, "uri", source_shown(at.source)->name);
        json_write_key(json, "location");
        json_write_begin_object(json);
        json_write_key(json, "line");
        json_write_uint(json, source_position(at.source, at.start).line);
        json_write_end_object(json);
    } else {
        message_add_format(json, "uri", "bddrun:vocabulary#%s", definition->id);
    }
    json_write_end_object(json);
}

void message_print_step_definition(struct buffer *out, uint32_t index,
                                   const struct step_definition *definition)
{
    struct json_writer json;
    message_begin(&json, out, "stepDefinition");
    message_add_format(&json, "id", "definition-%u", index);
    json_write_key(&json, "pattern");
    json_write_begin_object(&json);
    message_add_string(&json, "source", definition->expression);
    message_add_string(&json, "type", "CUCUMBER_EXPRESSION");
    json_write_end_object(&json);
    add_source_reference(&json, definition);
    message_end(&json);
}

/* start in code points of the step's text. */
static void add_group(struct json_writer *json, const struct match_group *group,
                      struct text step_text)
{
    json_write_begin_object(json);
    if (group->is_set) {
        json_write_key(json, "start");
        json_write_uint(json, utf8_count(text_slice(step_text, 0, group->start)));
        message_add_text(json, "value", group->value);
    }
    if (group->child_count > 0) {
        json_write_key(json, "children");
        json_write_begin_array(json);
        for (size_t i = 0; i < group->child_count; i++)
            add_group(json, &group->children[i], step_text);
        json_write_end_array(json);
    }
    json_write_end_object(json);
}

static void add_arguments(struct json_writer *json, const struct step_match *match)
{
    json_write_begin_object(json);
    json_write_key(json, "stepMatchArguments");
    json_write_begin_array(json);
    for (size_t i = 0; i < match->argument_count; i++) {
        const struct match_argument *argument = &match->arguments[i];
        json_write_begin_object(json);
        json_write_key(json, "group");
        add_group(json, &argument->group, match->text);
        message_add_string(json, "parameterTypeName", argument->type_name);
        json_write_end_object(json);
    }
    json_write_end_array(json);
    json_write_end_object(json);
}

static void add_step(struct json_writer *json, uint32_t scenario, size_t index,
                     const struct message_step *step)
{
    json_write_begin_object(json);
    message_add_format(json, "id", "case-%u-%zu", scenario, index);
    message_add_format(json, "pickleStepId", "%llu", (unsigned long long)step->pickle_step_id);
    json_write_key(json, "stepDefinitionIds");
    json_write_begin_array(json);
    for (size_t i = 0; i < step->match_count; i++) {
        CLEANUP(buffer_release) struct buffer id;
        buffer_init(&id, 64);
        buffer_add_format(&id, "definition-%u", step->definitions[i]);
        json_write_string(json, buffer_text(&id));
    }
    json_write_end_array(json);
    json_write_key(json, "stepMatchArgumentsLists");
    json_write_begin_array(json);
    for (size_t i = 0; i < step->match_count; i++)
        add_arguments(json, &step->matches[i]);
    json_write_end_array(json);
    json_write_end_object(json);
}

void message_print_test_case(struct buffer *out, uint32_t scenario, uint64_t pickle_id,
                             const struct message_step *steps, size_t step_count)
{
    struct json_writer json;
    message_begin(&json, out, "testCase");
    message_add_format(&json, "id", "case-%u", scenario);
    message_add_format(&json, "pickleId", "%llu", (unsigned long long)pickle_id);
    json_write_key(&json, "testSteps");
    json_write_begin_array(&json);
    for (size_t i = 0; i < step_count; i++)
        add_step(&json, scenario, i, &steps[i]);
    json_write_begin_object(&json);
    message_add_format(&json, "id", "case-%u-end", scenario);
    message_add_string(&json, "hookId", MESSAGE_HOOK_ID);
    json_write_end_object(&json);
    json_write_end_array(&json);
    message_add_string(&json, "testRunStartedId", MESSAGE_RUN_ID);
    message_end(&json);
}
