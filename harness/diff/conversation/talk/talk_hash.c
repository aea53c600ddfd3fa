/* SPDX-License-Identifier: MIT */
#include "diff/conversation/talk/talk_hash.h"

#include "diff/identity.h"

uint64_t talk_hash_mix(uint64_t hash)
{
    hash ^= hash >> 30;
    hash *= UINT64_C(0xbf58476d1ce4e5b9);
    hash ^= hash >> 27;
    hash *= UINT64_C(0x94d049bb133111eb);
    return hash ^ (hash >> 31);
}

static uint64_t hash_of_type(const struct json_value *value)
{
    bool is_boolean = json_is_boolean(value);
    return talk_hash_mix(0x7e57 + (uint64_t)(is_boolean ? JSON_TRUE : value->type));
}

/* True for an id: of a bound one the recorded id is hashed, of another its kind. */
static bool hash_id(struct text name, struct text value, const struct talk_hashing *hashing,
                    uint64_t *ret_hash)
{
    struct text recorded = value;
    if (!hashing->identity) {
        return false;
    }
    enum identity_kind kind = identity_kind_of(name, value);
    if (kind == IDENTITY_NONE) {
        return false;
    }
    bool is_bound = hashing->is_live ? identity_recorded_of(hashing->identity, value, &recorded)
                                     : identity_live_of(hashing->identity, value, &recorded);
    recorded = hashing->is_live ? recorded : value;
    /* Tokens of one size may be read as different kinds; see identity_parts_are_ids. */
    *ret_hash =
        is_bound ? talk_hash_mix(text_hash(recorded)) : talk_hash_mix(0x1d + value.size);
    return true;
}

static uint64_t hash_scalar(const struct json_value *value, struct text name,
                            const struct talk_hashing *hashing)
{
    uint64_t hash;
    bool may_be_id = value->type == JSON_STRING || value->type == JSON_NUMBER;
    if (may_be_id && hash_id(name, json_text(value), hashing, &hash)) {
        return hash;
    }
    return json_hash(value);
}

static uint64_t hash_at(const struct json_value *value, struct text name, const void *at,
                        const struct talk_hashing *hashing)
{
    uint64_t hash = hash_of_type(value);
    struct text key = value->key_at ? json_key(value) : name;
    if (judge_is_masked(hashing->judge, at)) {
        return hash;
    }
    if (value->type == JSON_OBJECT) {
        for (size_t i = 0; i < value->count; i++) {
            const struct json_value *member = &value->children[i];
            const void *below = judge_key(hashing->judge, at, json_key(member));
            hash += talk_hash_mix(text_hash(json_key(member)) +
                                  talk_hash_mix(hash_at(member, key, below, hashing)));
        }
        return talk_hash_mix(hash);
    }
    if (value->type != JSON_ARRAY) {
        return hash_scalar(value, key, hashing);
    }
    bool is_set = judge_array(hashing->judge, at).is_set;
    for (size_t i = 0; i < value->count; i++) {
        const struct json_value *item = &value->children[i];
        const void *below = judge_item(hashing->judge, at, i, item);
        uint64_t one = talk_hash_mix(hash_at(item, key, below, hashing));
        hash = is_set ? hash + one : talk_hash_mix(hash * 31 + one);
    }
    return talk_hash_mix(hash);
}

uint64_t talk_hash_value(const struct json_value *value, const struct talk_hashing *hashing)
{
    return hash_at(value, TEXT_EMPTY, hashing->at, hashing);
}

uint64_t talk_hash(const struct talk_event *event, const struct talk_hashing *hashing)
{
    uint64_t hash;
    if (event->json) {
        return talk_hash_value(event->json, hashing);
    }
    if (judge_is_masked(hashing->judge, hashing->at)) {
        return talk_hash_mix(0x7e57);
    }
    return hash_id(TEXT_EMPTY, event->data, hashing, &hash) ? hash : text_hash(event->data);
}
