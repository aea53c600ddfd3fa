/* SPDX-License-Identifier: MIT */
#include "gherkin/document.h"

struct text document_text(const struct document *document, struct slice slice)
{
    return text_make(document->source->bytes.at + slice.start, slice.size);
}

struct span document_span(const struct document *document, struct slice slice)
{
    return span_make(document->source, slice.start, (size_t)slice.start + slice.size);
}

struct text heading_keyword(const struct document *document, const struct heading *heading)
{
    return document_text(document, (struct slice){ heading->start, heading->keyword_size });
}

struct span heading_span(const struct document *document, const struct heading *heading)
{
    return span_make(document->source, heading->start,
                     (size_t)heading->name.start + heading->name.size);
}

struct text step_node_keyword(const struct document *document, const struct step_node *step)
{
    return document_text(document, (struct slice){ step->start, step->keyword_size });
}

struct text step_node_text(const struct document *document, const struct step_node *step)
{
    return document_text(document, step->text);
}

struct span step_node_span(const struct document *document, const struct step_node *step)
{
    return span_make(document->source, step->start, (size_t)step->text.start + step->text.size);
}

const struct step_argument *step_node_argument(const struct document *document,
                                               const struct step_node *step)
{
    return step->argument ? &document->arguments[step->argument - 1] : NULL;
}
