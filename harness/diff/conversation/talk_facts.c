/* SPDX-License-Identifier: MIT */
/* What the handshake said, which channels were joined, and how the conversation ended. */
#include "diff/conversation/talk_comparison.h"

enum { NORMAL_CLOSE = 1000, GOING_AWAY = 1001 };

static const struct talk_fact *find_fact(const struct talk *talk, struct text name,
                                         struct text value)
{
    const struct talk_fact *other = NULL;
    for (size_t i = 0; i < talk->fact_count; i++) {
        if (text_equal(talk->facts[i].name, name)) {
            other = &talk->facts[i];
            if (text_equal(other->value, value)) {
                return other;
            }
        }
    }
    return other;
}

static struct talk_finding *add(struct talk_comparison *comparison,
                                enum conversation_class class,
                                enum difference_severity severity, struct text name)
{
    struct talk_finding *finding =
        talk_findings_add(comparison->findings, class, severity, name);
    if (finding) {
        finding->receiver = comparison->receiver;
    }
    return finding;
}

static void tell_fact(struct talk_comparison *comparison, const struct talk_fact *left,
                      const struct talk_fact *right)
{
    struct talk_finding *finding =
        add(comparison, CONVERSATION_FACT, right ? SEVERITY_CHANGED : SEVERITY_BREAKING,
            left ? left->name : right->name);
    if (finding) {
        struct text none = TEXT_EMPTY;
        finding->shown.left =
            talk_findings_show(comparison->findings, none, left ? left->value : none);
        finding->shown.right =
            talk_findings_show(comparison->findings, none, right ? right->value : none);
        finding->shown.note = left ? none : TEXT("not recorded");
    }
}

static void compare_facts(struct talk_comparison *comparison)
{
    const struct talk *left = &comparison->left;
    const struct talk *right = &comparison->right;
    for (size_t i = 0; i < left->fact_count; i++) {
        const struct talk_fact *fact = &left->facts[i];
        const struct talk_fact *other = find_fact(right, fact->name, fact->value);
        if (!other || !text_equal(other->value, fact->value)) {
            tell_fact(comparison, fact, other);
        }
    }
    for (size_t i = 0; i < right->fact_count; i++) {
        if (!find_fact(left, right->facts[i].name, right->facts[i].value)) {
            tell_fact(comparison, NULL, &right->facts[i]);
        }
    }
}

static struct text close_of(const struct talk_comparison *comparison,
                            const struct conversation_close *close)
{
    static const char *const enders[] = { "left open", "closed by us", "closed by the server" };
    const char *ender = enders[close->by];
    if (close->by == CONVERSATION_OPEN) {
        return text_of(ender);
    }
    if (close->reason.size == 0) {
        return arena_format(comparison->arena, "%s with code %u", ender, close->code);
    }
    return arena_format(
        comparison->arena, "%s with code %u: %.*s", ender, close->code,
        TEXT_ARG(talk_findings_show(comparison->findings, TEXT_EMPTY, close->reason)));
}

/* Most recordings do not say how a conversation ended: then only a server that ends it abnormally
 * is a difference. What we ended ourselves is not judged by its code. */
static bool is_close_equal(const struct conversation_close *left,
                           const struct conversation_close *right)
{
    if (left->by == CONVERSATION_OPEN) {
        return right->by != CONVERSATION_ENDED_BY_SERVER || right->code == NORMAL_CLOSE ||
               right->code == GOING_AWAY;
    }
    return left->by == right->by &&
           (left->by == CONVERSATION_ENDED_BY_US || left->code == right->code);
}

void talk_comparison_facts(struct talk_comparison *comparison)
{
    const struct conversation_close *left = &comparison->left.conversation->close;
    const struct conversation_close *right = &comparison->right.conversation->close;
    compare_facts(comparison);
    if (is_close_equal(left, right)) {
        return;
    }
    struct talk_finding *finding =
        add(comparison, CONVERSATION_CLOSED_DIFFERENTLY, SEVERITY_BREAKING, TEXT("close"));
    if (finding) {
        finding->shown.left = close_of(comparison, left);
        finding->shown.right = close_of(comparison, right);
        finding->shown.note =
            talk_findings_show(comparison->findings, TEXT_EMPTY, right->failure);
    }
}
