/* SPDX-License-Identifier: MIT */
#include "support/raw_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static void must(bool holds, const char *what)
{
    if (!holds) {
        perror(what);
        abort();
    }
}

void raw_pause_ms(unsigned milliseconds)
{
    struct timespec pause = { milliseconds / 1000, (long)(milliseconds % 1000) * 1000000 };
    nanosleep(&pause, NULL);
}

void raw_send_bytes(struct raw_connection *connection, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t sent = connection->tls
                           ? SSL_write(connection->tls, at, size > 16384 ? 16384 : (int)size)
                           : send(connection->socket, at, size, MSG_NOSIGNAL);
        if (sent <= 0) {
            _exit(0); /* the client has gone */
        }
        at += sent;
        size -= (size_t)sent;
    }
}

void raw_send(struct raw_connection *connection, const char *text)
{
    raw_send_bytes(connection, text, strlen(text));
}

void raw_send_ok(struct raw_connection *connection, const char *body)
{
    char head[128];
    snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", strlen(body));
    raw_send(connection, head);
    raw_send(connection, body);
}

void raw_reset(struct raw_connection *connection)
{
    struct linger linger = { .l_onoff = 1, .l_linger = 0 };
    setsockopt(connection->socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(connection->socket);
    connection->socket = -1;
}

const char *raw_request_header(struct raw_connection *connection, const char *name)
{
    static char value[RAW_LOGGED_BYTES];
    size_t size = strlen(name);
    for (const char *line = connection->request; line; line = strstr(line, "\r\n")) {
        line += line == connection->request ? 0 : 2;
        if (strncasecmp(line, name, size) == 0 && line[size] == ':') {
            const char *start = line + size + 1 + strspn(line + size + 1, " ");
            snprintf(value, sizeof value, "%.*s", (int)strcspn(start, "\r\n"), start);
            return value;
        }
    }
    return NULL;
}

static ssize_t receive(struct raw_connection *connection, char *at, size_t size)
{
    return connection->tls ? SSL_read(connection->tls, at, (int)size)
                           : recv(connection->socket, at, size, 0);
}

/* Until the request so far has `wanted` bytes; 0: until its head is whole. */
static bool read_until(struct raw_connection *connection, size_t wanted)
{
    for (;;) {
        connection->request[connection->request_size] = '\0';
        bool is_whole = wanted ? connection->request_size >= wanted
                               : strstr(connection->request, "\r\n\r\n") != NULL;
        if (is_whole) {
            return true;
        }
        ssize_t got = receive(connection, connection->request + connection->request_size,
                              RAW_REQUEST_BYTES - 1 - connection->request_size);
        if (got <= 0) {
            return false;
        }
        connection->request_size += (size_t)got;
    }
}

/* The digits at the front of a header's value. */
static size_t number_of(const char *digits)
{
    size_t number = 0;
    while (*digits >= '0' && *digits <= '9') {
        number = number * 10 + (size_t)(*digits++ - '0');
    }
    return number;
}

static bool read_request(struct raw_connection *connection)
{
    connection->request_size = 0;
    if (!read_until(connection, 0)) {
        return false;
    }
    const char *end = strstr(connection->request, "\r\n\r\n");
    size_t head = (size_t)(end - connection->request) + 4;
    const char *length = raw_request_header(connection, "Content-Length");
    return !length || read_until(connection, head + number_of(length));
}

static void log_request(struct raw_connection *connection)
{
    unsigned place = atomic_fetch_add(&connection->log->requests, 1);
    if (place < RAW_LOGGED_REQUESTS) {
        snprintf(connection->log->texts[place], RAW_LOGGED_BYTES, "%s", connection->request);
        connection->log->connection_of[place] = connection->number;
    }
}

static void serve(struct raw_connection *connection, raw_handler *handler)
{
    char path[1024];
    bool is_kept = true;
    while (is_kept && read_request(connection)) {
        log_request(connection);
        path[0] = '\0';
        (void)!sscanf(connection->request, "%*s %1023s", path);
        is_kept = handler(connection, path);
    }
    if (connection->tls && connection->socket >= 0) {
        SSL_shutdown(connection->tls);
    }
}

static int accept_alpn(SSL *tls, const unsigned char **chosen, unsigned char *chosen_size,
                       const unsigned char *offered, unsigned offered_size, void *context)
{
    (void)tls;
    const char *wanted = context;
    size_t size = strlen(wanted);
    for (unsigned at = 0; at < offered_size; at += offered[at] + 1U) {
        if (offered[at] == size && memcmp(offered + at + 1, wanted, size) == 0) {
            *chosen = offered + at + 1;
            *chosen_size = (unsigned char)size;
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_NOACK;
}

static SSL_CTX *make_tls(const struct raw_server_options *options)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    must(tls &&
             SSL_CTX_use_certificate_file(tls, options->certificate_file, SSL_FILETYPE_PEM) ==
                 1 &&
             SSL_CTX_use_PrivateKey_file(tls, options->certificate_file, SSL_FILETYPE_PEM) == 1,
         "certificate");
    if (options->wants_client_certificate) {
        SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
        must(SSL_CTX_load_verify_locations(tls, options->certificate_file, NULL) == 1,
             "verify");
    }
    if (options->alpn) {
        static char alpn[32];
        snprintf(alpn, sizeof alpn, "%s", options->alpn);
        SSL_CTX_set_alpn_select_cb(tls, accept_alpn, alpn);
    }
    return tls;
}

static void run_connection(struct raw_server *server, const struct raw_server_options *options,
                           SSL_CTX *tls, int socket, unsigned number)
{
    static struct raw_connection connection;
    connection.socket = socket;
    connection.log = server->log;
    connection.number = number;
    connection.port = server->port;
    if (tls) {
        connection.tls = SSL_new(tls);
        SSL_set_fd(connection.tls, socket);
        if (SSL_accept(connection.tls) != 1) {
            _exit(0);
        }
    }
    serve(&connection, options->handler);
    if (connection.socket >= 0) {
        shutdown(connection.socket, SHUT_WR);
    }
    _exit(0);
}

static void run_server(struct raw_server *server, const struct raw_server_options *options,
                       SSL_CTX *tls, int listener)
{
    int one = 1;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    for (;;) {
        int socket = accept(listener, NULL, NULL);
        if (socket < 0) {
            continue;
        }
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        unsigned number = atomic_fetch_add(&server->log->connections, 1) + 1;
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            close(listener);
            run_connection(server, options, tls, socket, number);
        }
        close(socket);
    }
}

static int listen_on(struct raw_server *server, const char *unix_path)
{
    struct sockaddr_un local = { .sun_family = AF_UNIX };
    struct sockaddr_in inet = { .sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof inet;
    int listener = socket(unix_path ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (unix_path) {
        snprintf(local.sun_path, sizeof local.sun_path, "%s", unix_path);
        must(bind(listener, (const struct sockaddr *)&local, sizeof local) == 0, "bind");
    } else {
        must(bind(listener, (const struct sockaddr *)&inet, size) == 0, "bind");
        must(getsockname(listener, (struct sockaddr *)&inet, &size) == 0, "getsockname");
        server->port = ntohs(inet.sin_port);
    }
    must(listen(listener, 64) == 0, "listen");
    return listener;
}

void raw_server_start(struct raw_server *server, const struct raw_server_options *options)
{
    *server = (struct raw_server){ 0 };
    server->log = mmap(NULL, sizeof *server->log, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    must(server->log != MAP_FAILED, "mmap");
    int listener = listen_on(server, options->unix_path);
    /* Before the fork: the test may remove the file right after. */
    SSL_CTX *tls = options->certificate_file ? make_tls(options) : NULL;
    fflush(NULL);
    server->process = fork();
    must(server->process >= 0, "fork");
    if (server->process == 0) {
        run_server(server, options, tls, listener);
    }
    SSL_CTX_free(tls);
    close(listener);
}

void raw_server_stop(struct raw_server *server)
{
    kill(server->process, SIGKILL);
    waitpid(server->process, NULL, 0);
    munmap(server->log, sizeof *server->log);
}

static void add_names(X509 *certificate)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, NID_subject_alt_name,
                                                    "DNS:localhost,DNS:shop.test,IP:127.0.0.1");
    must(extension && X509_add_ext(certificate, extension, -1), "names");
    X509_EXTENSION_free(extension);
}

void raw_make_certificate(const char *path, int days)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -86400);
    X509_gmtime_adj(X509_getm_notAfter(certificate), (long)days * 86400);
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"127.0.0.1", -1,
                               -1, 0);
    X509_set_issuer_name(certificate, name);
    add_names(certificate);
    must(X509_sign(certificate, key, EVP_sha256()) > 0, "sign");
    FILE *file = fopen(path, "w");
    must(file && PEM_write_X509(file, certificate) == 1 &&
             PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1,
         path);
    fclose(file);
    X509_free(certificate);
    EVP_PKEY_free(key);
}
