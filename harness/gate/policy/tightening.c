/* SPDX-License-Identifier: MIT */
#include "gate/policy/tightening.h"

struct tightening {
    struct arena *arena;
    struct problems *problems;
    bool is_fine;
};

static void refuse(struct tightening *tightening, struct span own, struct span central,
                   const char *what)
{
    problems_add_related(tightening->problems, PROBLEM_INPUT, own, central,
                         "the central policy says", "'%s' is looser than the central policy",
                         what);
    tightening->is_fine = false;
}

/* At least as high. */
static void raise_percent(struct tightening *tightening, struct config_percent *own,
                          const struct config_percent *central, const char *what)
{
    if (!central->at.source) {
        return;
    }
    if (!own->at.source) {
        *own = *central;
    } else if (own->millionths < central->millionths) {
        refuse(tightening, own->at, central->at, what);
    }
}

static void raise_bound(struct tightening *tightening, struct config_bound *own,
                        const struct config_bound *central, const char *what)
{
    if (!central->at.source) {
        return;
    }
    if (!own->at.source) {
        *own = *central;
    } else if (own->value < central->value) {
        refuse(tightening, own->at, central->at, what);
    }
}

/* At most as high. */
static void lower_bound(struct tightening *tightening, struct config_bound *own,
                        const struct config_bound *central, const char *what)
{
    if (!central->at.source) {
        return;
    }
    if (!own->at.source) {
        *own = *central;
    } else if (own->value > central->value) {
        refuse(tightening, own->at, central->at, what);
    }
}

static bool has_text(const struct config_texts *texts, struct text text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (text_equal(texts->list[i], text)) {
            return true;
        }
    }
    return false;
}

/* Nothing is let through that the central policy does not, and no longer. */
static void narrow_exception(struct tightening *tightening, const struct config_exception *own,
                             const struct config_exception *central, const char *what)
{
    bool is_looser = own->at.source && own->until_ns > central->until_ns;
    for (size_t i = 0; i < own->allow.count; i++) {
        is_looser = is_looser || !has_text(&central->allow, own->allow.list[i]);
    }
    if (is_looser) {
        refuse(tightening, own->at, central->at, what);
    }
}

static void raise_thresholds(struct tightening *tightening, struct config_thresholds *own,
                             const struct config_thresholds *central, const char *what)
{
    raise_percent(tightening, &own->total, &central->total, what);
    raise_percent(tightening, &own->changed, &central->changed, what);
    raise_percent(tightening, &own->file, &central->file, what);
}

static void tighten_scenarios(struct tightening *tightening, struct config_scenario_policy *own,
                              const struct config_scenario_policy *central)
{
    if (own->must > central->must) {
        refuse(tightening, own->at, central->at, "must");
    }
    if (!text_equal(own->tags, central->tags)) {
        refuse(tightening, own->at, central->at, "tags");
    }
    narrow_exception(tightening, &own->flaky, &central->flaky, "flaky");
    narrow_exception(tightening, &own->pending, &central->pending, "pending");
    narrow_exception(tightening, &own->skipped, &central->skipped, "skipped");
    narrow_exception(tightening, &own->quarantined, &central->quarantined, "quarantined");
    raise_bound(tightening, &own->minimum, &central->minimum, "minimum");
}

static struct config_component_thresholds *find_component(const struct config_records *records,
                                                          struct text name)
{
    struct config_component_thresholds *list = records->list;
    for (size_t i = 0; i < records->count; i++) {
        if (text_equal(list[i].name, name)) {
            return &list[i];
        }
    }
    return NULL;
}

/* The central one's, too. */
static void tighten_components(struct tightening *tightening, struct config_records *own,
                               const struct config_records *central)
{
    const struct config_component_thresholds *theirs = central->list;
    const struct config_component_thresholds *ours = own->list;
    struct config_component_thresholds *list = ARENA_ARRAY(
        tightening->arena, own->count + central->count + 1, struct config_component_thresholds);
    struct config_records joined = { list, own->count };
    for (size_t i = 0; i < own->count; i++) {
        list[i] = ours[i];
    }
    for (size_t i = 0; i < central->count; i++) {
        struct config_component_thresholds *known = find_component(&joined, theirs[i].name);
        if (!known) {
            list[joined.count++] = theirs[i];
            continue;
        }
        raise_percent(tightening, &known->lines, &theirs[i].lines, "lines");
        raise_percent(tightening, &known->branches, &theirs[i].branches, "branches");
        raise_percent(tightening, &known->functions, &theirs[i].functions, "functions");
    }
    *own = joined;
}

static bool has_report(const struct config_records *records, struct text name)
{
    const struct config_required_report *list = records->list;
    for (size_t i = 0; i < records->count; i++) {
        if (text_equal(list[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* The reports that the central policy requires have to be there by their names; where they are is
 * the project's own. */
static void tighten_reports(struct tightening *tightening, struct config_coverage_policy *own,
                            const struct config_coverage_policy *central)
{
    const struct config_required_report *list = central->reports.list;
    for (size_t i = 0; i < central->reports.count; i++) {
        if (!has_report(&own->reports, list[i].name)) {
            refuse(tightening, own->at, central->at, "reports");
        }
    }
}

static void tighten_coverage(struct tightening *tightening, struct config_coverage_policy *own,
                             const struct config_coverage_policy *central)
{
    if (!central->at.source) {
        return;
    }
    tighten_reports(tightening, own, central);
    raise_thresholds(tightening, &own->lines, &central->lines, "lines");
    raise_thresholds(tightening, &own->branches, &central->branches, "branches");
    raise_thresholds(tightening, &own->functions, &central->functions, "functions");
    tighten_components(tightening, &own->components, &central->components);
    raise_bound(tightening, &own->minimum_files, &central->minimum_files, "minimum_files");
    raise_bound(tightening, &own->minimum_lines, &central->minimum_lines, "minimum_lines");
    if (own->ratchet.size == 0) {
        own->ratchet = central->ratchet;
        own->ratchet_at = central->ratchet_at;
        own->baseline = own->baseline.size ? own->baseline : central->baseline;
    }
}

static void tighten_recordings(struct tightening *tightening,
                               struct config_recording_policy *own,
                               const struct config_recording_policy *central)
{
    lower_bound(tightening, &own->max_age_ms, &central->max_age_ms, "max_age");
    lower_bound(tightening, &own->untouched_endpoints, &central->untouched_endpoints,
                "untouched_endpoints");
    lower_bound(tightening, &own->untouched_events, &central->untouched_events,
                "untouched_events");
    lower_bound(tightening, &own->dead_masks, &central->dead_masks, "dead_masks");
    if (!own->at.source) {
        own->drift = central->drift;
        own->revision = central->revision;
        own->at = central->at;
    } else if (own->drift < central->drift) {
        refuse(tightening, own->at, central->at, "drift");
    } else if (own->revision < central->revision) {
        refuse(tightening, own->at, central->at, "revision");
    }
}

static void tighten_latency(struct tightening *tightening, struct config_latency_policy *own,
                            const struct config_latency_policy *central)
{
    if (!own->at.source) {
        *own = *central;
        return;
    }
    if (central->tolerance.at.source &&
        (!own->tolerance.at.source ||
         own->tolerance.millionths > central->tolerance.millionths)) {
        refuse(tightening, own->at, central->at, "tolerance");
    }
    lower_bound(tightening, &own->floor_ms, &central->floor_ms, "floor");
    if (own->below_20_samples < central->below_20_samples) {
        refuse(tightening, own->at, central->at, "below_20_samples");
    }
}

static void tighten_evidence(struct tightening *tightening, struct config_evidence_policy *own,
                             const struct config_evidence_policy *central)
{
    lower_bound(tightening, &own->max_age_ms, &central->max_age_ms, "max_age");
    if (own->same_tree > central->same_tree) {
        refuse(tightening, own->at, central->at, "same_tree");
    }
    if (own->revision > central->revision) {
        refuse(tightening, own->at, central->at, "revision");
    }
    if (own->attempts > central->attempts) {
        refuse(tightening, own->at, central->at, "attempts");
    }
    if (central->artefact > own->artefact) {
        own->artefact = central->artefact;
    }
}

bool policy_tighten(struct config_gate *own, const struct config_gate *central,
                    struct arena *arena, struct problems *problems)
{
    struct tightening tightening = { arena, problems, true };
    tighten_scenarios(&tightening, &own->scenarios, &central->scenarios);
    tighten_coverage(&tightening, &own->coverage, &central->coverage);
    tighten_recordings(&tightening, &own->recordings, &central->recordings);
    tighten_latency(&tightening, &own->latency, &central->latency);
    lower_bound(&tightening, &own->change_commits, &central->change_commits, "commits");
    lower_bound(&tightening, &own->change_lines, &central->change_lines, "lines");
    tighten_evidence(&tightening, &own->evidence, &central->evidence);
    return tightening.is_fine;
}
