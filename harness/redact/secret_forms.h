/* SPDX-License-Identifier: MIT */
/*
 * The forms in which a secret may turn up in a report although nobody wrote it there literally.
 */
#ifndef BDDRUN_REDACT_SECRET_FORMS_H
#define BDDRUN_REDACT_SECRET_FORMS_H

#include "base/text.h"

/* Calls take(context, form) for the value itself and then for every derived form; the same form may
 * come more than once. A form is borrowed for the length of the call. */
typedef void secret_form_function(void *context, struct text form);
void secret_forms_each(struct text value, secret_form_function *take, void *context);

#endif
