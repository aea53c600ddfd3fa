/* SPDX-License-Identifier: MIT */
#include "net/net.h"

#include <stdlib.h>
#include <sys/resource.h>

#include <openssl/crypto.h>

#include "base/alloc.h"
#include "net/transfer.h"

enum { FILES_WANTED = 65536 };

/* Every socket of a scenario is an open file, and the usual limit of 1,024 is a soft one. */
static void raise_file_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < FILES_WANTED) {
        files.rlim_cur = files.rlim_max < FILES_WANTED ? files.rlim_max : FILES_WANTED;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
}

bool net_global_new(struct net_global **ret_global, struct problems *problems)
{
    /* Taking OpenSSL apart when the process ends costs it a third of a millisecond. */
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
    CURLcode code = curl_global_init(CURL_GLOBAL_ALL);
    if (code != CURLE_OK) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "cannot start libcurl: %s", curl_easy_strerror(code));
        return false;
    }
    struct net_global *global = alloc_or_die(1, sizeof *global);
    const curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);
    global->trust.bundle_path = version->cainfo;
    raise_file_limit();
    *ret_global = global;
    return true;
}

void net_global_free(struct net_global *global)
{
    if (global) {
        trust_release(&global->trust);
        free(global);
        curl_global_cleanup();
    }
}

bool net_global_load_trust(struct net_global *global, struct problems *problems)
{
    if (!trust_load(&global->trust, problems)) {
        return false;
    }
    (void)trust_rehearse(&global->trust);
    return true;
}

struct net *net_new(struct net_global *global, struct loop *loop, const struct clock *clock)
{
    struct net *net = alloc_or_die(1, sizeof *net);
    net->global = global;
    net->loop = loop;
    net->clock = clock;
    random_init(&net->random);
    masks_init(&net->masks);
    return net;
}

void net_close_connections(struct net *net)
{
    for (size_t i = 0; i < ARRAY_SIZE(net->pools); i++) {
        if (net->pools[i].multi && net->pools[i].running == 0) {
            pool_release(&net->pools[i]);
            net->pools[i] = (struct pool){ 0 };
        }
    }
}

void net_free(struct net *net)
{
    if (!net) {
        return;
    }
    while (net->free_transfers) {
        struct transfer *transfer = net->free_transfers;
        net->free_transfers = transfer->next;
        transfer_free(transfer);
    }
    net_close_connections(net);
    free(net);
}

struct loop *net_loop(struct net *net)
{
    return net->loop;
}

const struct clock *net_clock(const struct net *net)
{
    return net->clock;
}
