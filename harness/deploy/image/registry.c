/* SPDX-License-Identifier: MIT */
#include "deploy/image/registry.h"

#include <ctype.h>

#include "deploy/image/registry_ask.h"
#include "exchange/url.h"
#include "format/digest.h"

#define SHA256_PREFIX "sha256:"

enum { DIGEST_SIZE = sizeof(SHA256_PREFIX) - 1 + 64, TAG_LIMIT = 128 };

/* Names. */

static bool consists_of(struct text text, const char *bytes)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '\0' || !strchr(bytes, text.at[i])) {
            return false;
        }
    }
    return text.size > 0;
}

#define DIGITS "0123456789"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

bool registry_tag_is_valid(struct text tag)
{
    return tag.size <= TAG_LIMIT && consists_of(tag, DIGITS LOWER UPPER "_.-") &&
           tag.at[0] != '.' && tag.at[0] != '-';
}

bool registry_digest_is_valid(struct text digest)
{
    return digest.size == DIGEST_SIZE && text_starts_with(digest, TEXT(SHA256_PREFIX)) &&
           consists_of(text_from(digest, sizeof(SHA256_PREFIX) - 1), DIGITS "abcdef");
}

/* Each component: letters and digits, in between `.`, `_`, `__` or dashes. */
static bool is_repository(struct text repository)
{
    struct text rest = repository;
    struct text part;
    while (text_take_until(&rest, '/', &part)) {
        if (!consists_of(part, DIGITS LOWER "._-") || !isalnum((unsigned char)part.at[0]) ||
            !isalnum((unsigned char)part.at[part.size - 1])) {
            return false;
        }
    }
    return repository.size > 0;
}

bool registry_read_image(struct registry *registry, struct text image, struct span at,
                         struct problems *problems)
{
    struct arena *arena = &registry->client->arena;
    bool has_scheme = url_is_absolute(image);
    struct text whole = has_scheme ? arena_text(arena, image)
                                   : arena_format(arena, "https://%.*s", TEXT_ARG(image));
    struct url url;
    bool is_url = url_parse(whole, &url) && url.path.size > 1 && !url.has_query &&
                  url.user_info.size == 0 && is_repository(text_from(url.path, 1));
    if (!is_url) {
        problems_add(problems, PROBLEM_INPUT, at,
                     "write it without a tag or digest: those belong to a promotion",
                     "'%.*s' is no repository of a registry: expected one like "
                     "'registry.example/arena/web'",
                     TEXT_ARG(image));
        return false;
    }
    if (!url_is_secure(&url) && !url_is_loopback(&url)) {
        problems_add(problems, PROBLEM_INPUT, at, "write https://, or leave the scheme out",
                     "'%.*s' would be asked without TLS", TEXT_ARG(image));
        return false;
    }
    registry->repository = text_from(url.path, 1);
    registry->url = text_slice(whole, 0, whole.size - url.path.size);
    return true;
}

/* Manifests. */

static struct text digest_of(const struct registry *registry, struct text manifest)
{
    struct arena *arena = &registry->client->arena;
    return arena_format(arena, SHA256_PREFIX "%.*s", TEXT_ARG(digest_sha256(arena, manifest)));
}

static bool refuse_digest(const char *what, struct text found, struct text expected,
                          struct problems *problems)
{
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                 "do not promote from this registry before it is known why",
                 "%s is '%.*s': expected '%.*s'", what, TEXT_ARG(found), TEXT_ARG(expected));
    return false;
}

/* A registry need not tell the digest in its headers: then its manifest tells. */
static bool find_by_manifest(struct registry *registry, struct text tag,
                             struct text *ret_digest, struct problems *problems)
{
    const struct exchange *answer = registry_ask(
        registry, &(struct registry_request){ .method = "GET", .reference = tag }, problems);
    if (!answer) {
        return false;
    }
    if (answer->response.status != 200) {
        return registry_refuse(answer, "200", problems);
    }
    *ret_digest = digest_of(registry, answer->response.body);
    return true;
}

bool registry_find(struct registry *registry, struct text tag, struct text *ret_digest,
                   struct problems *problems)
{
    const struct exchange *answer = registry_ask(
        registry, &(struct registry_request){ .method = "HEAD", .reference = tag }, problems);
    if (!answer) {
        return false;
    }
    if (answer->response.status == 404) {
        *ret_digest = TEXT_EMPTY;
        return true;
    }
    if (answer->response.status != 200) {
        return registry_refuse(answer, "200, or 404 where there is no such tag", problems);
    }
    struct text digest;
    if (headers_find(&answer->response.headers, TEXT("Docker-Content-Digest"), &digest) &&
        registry_digest_is_valid(digest)) {
        *ret_digest = digest;
        return true;
    }
    return find_by_manifest(registry, tag, ret_digest, problems);
}

bool registry_move(struct registry *registry, struct text tag, struct text digest,
                   struct problems *problems)
{
    const struct exchange *found = registry_ask(
        registry, &(struct registry_request){ .method = "GET", .reference = digest }, problems);
    if (!found) {
        return false;
    }
    if (found->response.status != 200) {
        return registry_refuse(found, "200: the image that is to be promoted", problems);
    }
    struct text manifest = found->response.body;
    struct text actual = digest_of(registry, manifest);
    if (!text_equal(actual, digest)) {
        return refuse_digest("the digest of the manifest that the registry sent", actual,
                             digest, problems);
    }
    struct registry_request put = { .method = "PUT", .reference = tag, .manifest = manifest };
    (void)headers_find(&found->response.headers, TEXT("Content-Type"), &put.content_type);
    const struct exchange *answer = registry_ask(registry, &put, problems);
    if (!answer) {
        return false;
    }
    if (answer->response.status != 201) {
        return registry_refuse(answer, "201: the tag moved", problems);
    }
    struct text now;
    if (!registry_find(registry, tag, &now, problems)) {
        return false;
    }
    return text_equal(now, digest) ||
           refuse_digest("the tag was moved, but what it names", now, digest, problems);
}
