/* SPDX-License-Identifier: MIT */
/*
 * limit COUNT URL [CA]: the least that COUNT GETs cost with libcurl: one bare easy handle, the body
 * in a fixed buffer, status and one value checked. What bddrun costs is compared with this.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct body {
    char bytes[65536];
    size_t size;
};

static size_t keep(char *bytes, size_t unit, size_t count, void *context)
{
    struct body *body = context;
    size_t size = unit * count;
    if (size > sizeof body->bytes - body->size - 1) {
        return 0;
    }
    memcpy(body->bytes + body->size, bytes, size);
    body->size += size;
    return size;
}

int main(int count, char **words)
{
    static struct body body;
    long requests = 0;
    if (count < 3 || sscanf(words[1], "%ld", &requests) != 1) {
        fprintf(stderr, "usage: limit COUNT URL [CA]\n");
        return 2;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *handle = curl_easy_init();
    curl_easy_setopt(handle, CURLOPT_URL, words[2]);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    if (count > 3) {
        curl_easy_setopt(handle, CURLOPT_CAINFO, words[3]);
    }
    long wrong = 0;
    for (long i = 0; i < requests; i++) {
        long status = 0;
        body.size = 0;
        CURLcode result = curl_easy_perform(handle);
        body.bytes[body.size] = '\0';
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        wrong += result != CURLE_OK || status != 200 || !strstr(body.bytes, "\"id\": 42,");
    }
    curl_easy_cleanup(handle);
    curl_global_cleanup();
    if (wrong) {
        fprintf(stderr, "limit: %ld of %ld wrong\n", wrong, requests);
    }
    return wrong ? 1 : 0;
}
