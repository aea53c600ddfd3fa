/* SPDX-License-Identifier: MIT */
#include "gherkin/argument.h"

void doc_string_source(const struct source *file, const struct doc_string *doc_string,
                       struct source *ret_source)
{
    source_embed(ret_source, doc_string->content, file, doc_string->content_start,
                 doc_string->indent);
}
