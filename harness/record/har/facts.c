/* SPDX-License-Identifier: MIT */
#include "record/har/parts.h"

#include "format/date.h"

static void read_own_facts(struct har_part *part, const struct json_value *own,
                           struct recording_facts *facts)
{
    const struct json_value *redaction = har_object(part, own, "redaction");
    struct text recorded_at = har_text(part, own, "recordedAt");
    facts->environment = har_kept(part, har_text(part, own, "environment"));
    facts->revision = har_kept(part, har_text(part, own, "revision"));
    facts->feature = har_kept(part, har_text(part, own, "feature"));
    facts->scenario = har_kept(part, har_text(part, own, "scenario"));
    facts->sample = (unsigned)har_scaled(part, own, "sample", 0);
    facts->redaction_key = har_kept(part, har_text(part, redaction, "key"));
    facts->redaction_rules = har_scaled(part, redaction, "rules", 0);
    if (recorded_at.size > 0 && !date_parse(recorded_at, &facts->recorded_at_ns)) {
        har_refuse(part, json_member_named(own, "recordedAt"),
                   "'recordedAt' is no date of RFC 3339");
    }
}

void har_read_facts(struct har_part *part, const char *member, const struct json_value *value)
{
    struct recording_facts *facts = &part->recording->facts;
    struct text name = text_of(member);
    if (text_is(name, "version")) {
        facts->har_version = har_kept(part, json_text(value));
    } else if (text_is(name, "creator")) {
        facts->creator_name = har_kept(part, har_text(part, value, "name"));
        facts->creator_version = har_kept(part, har_text(part, value, "version"));
    } else {
        read_own_facts(part, value, facts);
    }
}
