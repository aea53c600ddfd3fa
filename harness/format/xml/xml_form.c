/* SPDX-License-Identifier: MIT */
/* HTML forms: which fields a browser would send (HTML Living Standard, "constructing the entry
 * list"). */
#include "format/xml.h"

#include <string.h>

#include <libxml/tree.h>

#include "format/xml/library.h"
#include "format/xml/node.h"

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* The attribute's value in the arena; at is NULL where it is missing. */
static struct text attribute(struct arena *arena, const xmlNode *node, const char *name)
{
    xmlChar *value = xml_library()->xmlGetProp(node, (const xmlChar *)name);
    if (!value) {
        return (struct text){ NULL, 0 };
    }
    struct text copy = arena_text(arena, text_of((const char *)value));
    xml_library()->free(value);
    return copy;
}

static struct text content(struct arena *arena, const xmlNode *node)
{
    xmlChar *text = xml_library()->xmlNodeGetContent(node);
    struct text copy = arena_text(arena, text_of(text ? (const char *)text : ""));
    xml_library()->free(text);
    return copy;
}

static bool has(struct arena *arena, const xmlNode *node, const char *name)
{
    return attribute(arena, node, name).at != NULL;
}

/* Room doubles whenever the count is a power of two, so many fields cost little. */
static void add_field(struct xml_form *form, struct arena *arena, struct text name,
                      struct text value)
{
    size_t count = form->field_count;
    if ((count & (count - 1)) == 0) {
        struct xml_field *fields = ARENA_ARRAY(arena, count ? count * 2 : 1, struct xml_field);
        for (size_t i = 0; i < count; i++) {
            fields[i] = form->fields[i];
        }
        form->fields = fields;
    }
    form->fields[form->field_count++] = (struct xml_field){ name, value };
}

static void add_input(struct xml_form *form, struct arena *arena, const xmlNode *node,
                      struct text name)
{
    static const char *const unsent[] = { "submit", "button", "reset", "image", "file" };
    struct text type = attribute(arena, node, "type");
    struct text value = attribute(arena, node, "value");
    for (size_t i = 0; i < ARRAY_SIZE(unsent); i++) {
        if (text_equal_ignoring_case(type, text_of(unsent[i]))) {
            return;
        }
    }
    bool is_box = text_equal_ignoring_case(type, TEXT("checkbox")) ||
                  text_equal_ignoring_case(type, TEXT("radio"));
    if (is_box && !has(arena, node, "checked")) {
        return;
    }
    add_field(form, arena, name, value.at ? value : is_box ? TEXT("on") : TEXT_EMPTY);
}

static struct text option_value(struct arena *arena, const xmlNode *option)
{
    struct text value = attribute(arena, option, "value");
    return value.at ? value : text_trim(content(arena, option));
}

/* The selected options below a select; *first is its first option. */
static void add_selected(struct xml_form *form, struct arena *arena, const xmlNode *parent,
                         struct text name, const xmlNode **first)
{
    for (const xmlNode *at = parent->children; at; at = at->next) {
        if (!is_element(at, "option")) {
            add_selected(form, arena, at, name, first);
            continue;
        }
        if (!*first) {
            *first = at;
        }
        if (has(arena, at, "selected")) {
            add_field(form, arena, name, option_value(arena, at));
        }
    }
}

static void add_select(struct xml_form *form, struct arena *arena, const xmlNode *node,
                       struct text name)
{
    const xmlNode *first = NULL;
    size_t before = form->field_count;
    add_selected(form, arena, node, name, &first);
    if (form->field_count == before && first && !has(arena, node, "multiple")) {
        add_field(form, arena, name, option_value(arena, first));
    }
}

static void add_control(struct xml_form *form, struct arena *arena, const xmlNode *node)
{
    struct text name = attribute(arena, node, "name");
    if (name.size == 0 || has(arena, node, "disabled")) {
        return;
    }
    if (is_element(node, "input")) {
        add_input(form, arena, node, name);
    } else if (is_element(node, "textarea")) {
        add_field(form, arena, name, content(arena, node));
    } else if (is_element(node, "select")) {
        add_select(form, arena, node, name);
    }
}

static void add_controls(struct xml_form *form, struct arena *arena, const xmlNode *parent)
{
    for (const xmlNode *at = parent->children; at; at = at->next) {
        if (at->type == XML_ELEMENT_NODE) {
            add_control(form, arena, at);
            add_controls(form, arena, at);
        }
    }
}

static void read_form(struct arena *arena, const xmlNode *node, struct xml_form *form)
{
    struct text method = attribute(arena, node, "method");
    struct text action = attribute(arena, node, "action");
    *form = (struct xml_form){
        .action = action.at ? text_trim(action) : TEXT_EMPTY,
        .method = text_equal_ignoring_case(method, TEXT("post")) ? TEXT("POST") : TEXT("GET"),
        .is_multipart = text_equal_ignoring_case(attribute(arena, node, "enctype"),
                                                 TEXT("multipart/form-data")),
    };
    add_controls(form, arena, node);
}

bool xml_form(struct xml_document *document, struct text xpath, struct arena *arena,
              struct xml_form *ret_form, struct text *ret_error)
{
    xmlXPathObjectPtr object = xml_node_select(document, xpath, arena, ret_error);
    if (!object) {
        return false;
    }
    const xmlNodeSet *nodes = object->type == XPATH_NODESET ? object->nodesetval : NULL;
    int count = nodes ? nodes->nodeNr : 0;
    bool is_form = count == 1 && is_element(nodes->nodeTab[0], "form");
    if (is_form) {
        read_form(arena, nodes->nodeTab[0], ret_form);
    } else {
        *ret_error = count == 1 ? TEXT("it selects something that is no form")
                                : arena_format(arena, "it selects %d forms, not one", count);
    }
    xml_library()->xmlXPathFreeObject(object);
    return is_form;
}
