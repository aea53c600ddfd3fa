/* SPDX-License-Identifier: MIT */
/*
 * bddrun-site --port N [--port-file FILE] [--flavour production|staging|broken] [--unix PATH]
 *             [--commit ID] [--until-eof]
 * Serves on 127.0.0.1 until SIGTERM or SIGINT, with --until-eof also until its input ends. Port 0
 * takes a free one; the port is written to FILE (made by rename) and printed on standard output.
 */
#include <arpa/inet.h>
#include <getopt.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"
#include "site.h"

struct options {
    uint64_t port;
    const char *port_file;
    const char *unix_path;
    const char *commit; /* that it says it serves; NULL: the flavour's */
    enum flavour flavour;
    bool until_eof;
};

static bool read_flavour(const char *word, enum flavour *ret_flavour)
{
    static const char *const names[] = { "production", "staging", "broken" };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (strcmp(word, names[i]) == 0) {
            *ret_flavour = (enum flavour)i;
            return true;
        }
    }
    return false;
}

static bool read_options(int count, char **words, struct options *ret_options)
{
    static const struct option known[] = {
        { "port", required_argument, NULL, 'p' },
        { "port-file", required_argument, NULL, 'f' },
        { "flavour", required_argument, NULL, 'v' },
        { "unix", required_argument, NULL, 'u' },
        { "commit", required_argument, NULL, 'c' },
        { "until-eof", no_argument, NULL, 'e' },
        { 0 },
    };
    struct options options = { .flavour = FLAVOUR_STAGING };
    bool is_valid = true;
    int option = 0;
    while ((option = getopt_long(count, words, "", known, NULL)) != -1) {
        switch (option) {
        case 'p':
            is_valid = is_valid && text_to_uint64(text_of(optarg), &options.port);
            break;
        case 'f':
            options.port_file = optarg;
            break;
        case 'v':
            is_valid = is_valid && read_flavour(optarg, &options.flavour);
            break;
        case 'u':
            options.unix_path = optarg;
            break;
        case 'c':
            options.commit = optarg;
            break;
        case 'e':
            options.until_eof = true;
            break;
        default:
            is_valid = false;
        }
    }
    *ret_options = options;
    return is_valid && optind == count && options.port <= 65535;
}

static int listen_on_loopback(uint16_t *port)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons(*port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int yes = 1;
    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 1024) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        perror("bddrun-site: cannot listen");
        exit(EXIT_FAILURE);
    }
    *port = ntohs(address.sin_port);
    return listener;
}

static int listen_on_path(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "bddrun-site: the path of the socket is too long\n");
        exit(EXIT_FAILURE);
    }
    memcpy(address.sun_path, path, strlen(path));
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)unlink(path);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 1024) != 0) {
        perror("bddrun-site: cannot listen");
        exit(EXIT_FAILURE);
    }
    return listener;
}

static void write_port(const char *path, uint16_t port)
{
    char temporary[4096];
    snprintf(temporary, sizeof temporary, "%s.part", path);
    FILE *file = fopen(temporary, "w");
    if (!file || fprintf(file, "%u\n", (unsigned)port) < 0 || fclose(file) != 0 ||
        rename(temporary, path) != 0) {
        perror("bddrun-site: cannot write the port");
        exit(EXIT_FAILURE);
    }
}

/* Returns on SIGTERM, SIGINT, or the end of the input. */
static void wait_for_end(int signals, bool until_eof)
{
    struct pollfd ends[2] = { { .fd = signals, .events = POLLIN },
                              { .fd = until_eof ? STDIN_FILENO : -1, .events = POLLIN } };
    char ignored[256];
    for (;;) {
        (void)poll(ends, 2, -1);
        if (ends[0].revents) {
            return;
        }
        if (ends[1].revents && read(STDIN_FILENO, ignored, sizeof ignored) <= 0) {
            return;
        }
    }
}

int main(int count, char **words)
{
    struct options options;
    if (!read_options(count, words, &options)) {
        fprintf(stderr,
                "usage: bddrun-site --port N [--port-file FILE] [--unix PATH]\n"
                "       [--flavour production|staging|broken] [--commit ID] [--until-eof]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    int signals = signalfd(-1, &ends, SFD_CLOEXEC);

    uint16_t port = (uint16_t)options.port;
    struct site *site = site_new(options.flavour);
    site->commit = options.commit;
    struct MHD_Daemon *daemons[2] = { site_listen(site, listen_on_loopback(&port)), NULL };
    if (options.unix_path) {
        daemons[1] = site_listen(site, listen_on_path(options.unix_path));
    }
    if (options.port_file) {
        write_port(options.port_file, port);
    }
    printf("http://127.0.0.1:%u\n", (unsigned)port);
    fflush(stdout);
    wait_for_end(signals, options.until_eof);
    atomic_store(&site->is_ending, true);
    pthread_mutex_lock(&site->lock);
    pthread_cond_broadcast(&site->scores.changed);
    pthread_mutex_unlock(&site->lock);
    realtime_stop(site);
    for (size_t i = 0; i < ARRAY_SIZE(daemons); i++) {
        if (daemons[i]) {
            MHD_stop_daemon(daemons[i]);
        }
    }
    if (options.unix_path) {
        (void)unlink(options.unix_path);
    }
    site_free(site);
    return 0;
}
