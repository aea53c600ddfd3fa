/* SPDX-License-Identifier: MIT */
#include "record/promotions.h"

static bool is_any(struct text part)
{
    return text_is(part, "*") || text_starts_with(part, TEXT("{"));
}

static bool path_fits(struct text pattern, struct text path)
{
    struct text wanted;
    struct text part;
    while (text_take_until(&pattern, '/', &wanted)) {
        if (text_is(wanted, "**")) {
            return true;
        }
        if (!text_take_until(&path, '/', &part) ||
            !(text_equal(wanted, part) || is_any(wanted) || is_any(part))) {
            return false;
        }
    }
    return !text_take_until(&path, '/', &part);
}

/* Sockets are opened by GET. */
static struct text method_of(struct text endpoint, struct text *ret_path)
{
    size_t blank = text_find_byte(endpoint, ' ', 0);
    struct text method = text_slice(endpoint, 0, blank);
    *ret_path = text_trim(text_from(endpoint, blank));
    return text_is(method, "socket") ? TEXT("GET") : method;
}

bool promotion_endpoint_fits(struct text pattern, struct text endpoint)
{
    struct text wanted;
    struct text path;
    struct text method = method_of(pattern, &wanted);
    return text_equal(method, method_of(endpoint, &path)) && path_fits(wanted, path);
}

static bool owns(const struct config_component *component, struct text endpoint)
{
    for (size_t i = 0; i < component->endpoints.count; i++) {
        if (promotion_endpoint_fits(component->endpoints.list[i], endpoint)) {
            return true;
        }
    }
    return false;
}

/* Of the component, or of anybody. */
static bool concerns(const struct promotion_dates *dates, struct text component,
                     struct text endpoint)
{
    bool has_owner = false;
    for (size_t i = 0; i < dates->component_count; i++) {
        if (owns(&dates->components[i], endpoint)) {
            has_owner = true;
            if (text_equal(dates->components[i].name, component)) {
                return true;
            }
        }
    }
    return !has_owner;
}

size_t promotions_of(const struct promotion_dates *dates, const struct text *endpoints,
                     size_t endpoint_count, struct promotion_date *ret_list)
{
    size_t count = 0;
    for (size_t i = 0; i < dates->count; i++) {
        struct text component = dates->list[i].component;
        bool is_concerned = component.size == 0;
        for (size_t j = 0; j < endpoint_count && !is_concerned; j++) {
            is_concerned = concerns(dates, component, endpoints[j]);
        }
        if (is_concerned) {
            ret_list[count++] = dates->list[i];
        }
    }
    return count;
}
