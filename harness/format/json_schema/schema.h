/* SPDX-License-Identifier: MIT */
/* Inside json_schema only: a compiled schema, and how it is made. */
#ifndef BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_H
#define BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_H

#include "format/json_schema.h"

struct application;
struct regex;
struct schema_keyword;

/* What the value of a keyword must look like. */
enum schema_form {
    FORM_ANY,
    FORM_SCHEMA,
    FORM_SCHEMAS,     /* an array of at least one */
    FORM_SCHEMA_MAP,  /* an object of schemas */
    FORM_PATTERN_MAP, /* the same, its keys regular expressions */
    FORM_NUMBER,
    FORM_COUNT,   /* 0 or a whole number above */
    FORM_DIVISOR, /* a number above 0 */
    FORM_BOOLEAN,
    FORM_TEXT,
    FORM_PATTERN,
    FORM_TYPE,
    FORM_FORMAT,
    FORM_NAMES,     /* an array of different strings */
    FORM_NAMES_MAP, /* an object of those */
    FORM_LIST,      /* an array */
    FORM_REFERENCE,
    FORM_ANCHOR,
    FORM_DIALECT,
    FORM_ID,
    FORM_REFUSED,
};

typedef bool schema_evaluate(const struct application *application,
                             const struct schema_keyword *keyword);

/* A keyword of the specification; in the order in which they are evaluated. */
struct schema_keyword_row {
    const char *name;
    enum schema_form form;
    schema_evaluate *evaluate; /* NULL: only an annotation, or read by another keyword */
    bool is_applicator;        /* applies schemas: what they looked at has to be noted */
    const char *hint;          /* of FORM_REFUSED */
};

const struct schema_keyword_row *schema_keyword_find(struct text name);
void schema_keyword_suggest(struct text name, struct buffer *out);

struct schema_node;

struct schema_keyword {
    const struct schema_keyword_row *row;
    const struct json_value *value;
    struct schema_node **nodes; /* for each schema in value, or the one referred to */
    struct regex **regexes;     /* for each pattern in value */
};

/* One schema. A schema `true` has no keywords. */
struct schema_node {
    struct schema_node *next; /* of all nodes */
    const struct json_value *value;
    struct schema_keyword *list;
    size_t count;
    bool is_applicator; /* has such a keyword */
};

struct schema_regex {
    struct schema_regex *next;
    struct regex *regex;
};

struct json_schema {
    struct arena arena;
    const struct source *source;
    const struct json_value *document;
    struct schema_node *root;
    struct schema_node *nodes;
    struct schema_regex *regexes;
    struct text id; /* of the root, or empty */
};

/* --- compiling --- */

struct schema_compiler {
    struct json_schema *schema;
    struct problems *problems;
};

/* The node of a schema inside the document, compiled where it is not yet. NULL with a problem. */
struct schema_node *schema_node_make(struct schema_compiler *compiler,
                                     const struct json_value *value);

/* The value that a $ref means; NULL with a problem. */
const struct json_value *schema_reference_find(struct schema_compiler *compiler,
                                               const struct json_value *reference);

/* Whether the value has the form, of those forms that hold no schema; false with a problem. */
bool schema_form_check(struct schema_compiler *compiler, enum schema_form form,
                       const struct json_value *value);

struct regex *schema_regex_make(struct schema_compiler *compiler, struct text pattern,
                                struct span at);

#endif
