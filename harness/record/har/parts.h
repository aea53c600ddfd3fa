/* SPDX-License-Identifier: MIT */
/*
 * The parts of the HAR reader:
 *   read.c       a file
 *   walk.c       where its log and its entries lie
 *   entry.c      one entry: request, response, times
 *   body.c       bodies, in the file or beside it
 *   messages.c   what was said on a socket, and how it was closed
 *   facts.c      what the file says of itself
 * and of the writer:
 *   print.c          the file, and what it says of itself
 *   print_entry.c    one entry
 *   print_message.c  request and response
 *   print_socket.c   what was said on a socket
 */
#ifndef BDDRUN_RECORD_HAR_PARTS_H
#define BDDRUN_RECORD_HAR_PARTS_H

#include <stdbool.h>

#include "base/attribute.h"
#include "record/har/field.h"
#include "record/har_reader.h"

/* Adds the wanted entries and the facts to a recording that has a source. */
bool har_walk(struct recording *recording, const struct har_choice *choice,
              struct problems *problems) MUST_CHECK;

/* Fills the summary of an entry, texts borrowed from it; false when it is bad. */
bool har_entry_summary(struct har_part *part, const struct json_value *entry,
                       struct har_summary *ret_summary) MUST_CHECK;

/* Adds the entry to the recording; false when it is bad. */
bool har_entry_keep(struct har_part *part, const struct json_value *entry,
                    const struct har_summary *summary) MUST_CHECK;

/* The body of a response into *ret_body, which lives as long as the recording, with whether and
 * where it is kept in *entry. */
void har_read_content(struct har_part *part, const struct json_value *response,
                      struct recorded_entry *entry, struct text *ret_body);

/* The body of a request; false where there is none. */
bool har_read_post(struct har_part *part, const struct json_value *request,
                   struct text *ret_body);

/* The bytes of the file of this name beside the recording: below its folder, no symbolic link on
 * the way, no "..". False with the reason in the arena. */
bool har_side_file(struct har_part *part, struct text name, struct text *ret_bytes,
                   struct text *ret_reason) MUST_CHECK;

/* True when an entry is of a WebSocket or event stream that was recorded message by message. */
bool har_is_socket(const struct json_value *entry, struct text url);

/* The conversation of such an entry; its handshake is the exchange. Sets has_messages. */
struct conversation *har_read_conversation(struct har_part *part,
                                           const struct json_value *entry,
                                           const struct exchange *exchange,
                                           struct recorded_entry *kept);

/* The counters of a conversation, in the order of the file. */
enum { HAR_UNKEPT_COUNT = 2 * CONVERSATION_KINDS + 2 };
uint64_t *har_unkept_counter(struct conversation *conversation, size_t index);

/* Texts of a log's members: version, creator, our own facts. */
void har_read_facts(struct har_part *part, const char *member, const struct json_value *value);

struct json_writer;

/* One entry, compact. */
void har_print_entry(struct json_writer *json, const struct recorded_entry *entry);

/* The objects "request" and "response", with their keys. */
void har_print_request(struct json_writer *json, const struct recorded_entry *entry);
void har_print_response(struct json_writer *json, const struct recorded_entry *entry);

/* The members of an entry about its conversation. */
void har_print_conversation(struct json_writer *json, const struct conversation *conversation,
                            bool has_messages);

/* The members of our own object about it. */
void har_print_own_conversation(struct json_writer *json,
                                const struct conversation *conversation);

bool har_is_event_stream(const struct conversation *conversation);

/* text, or bytes in base64, which then has "encoding" beside it. */
void har_print_bytes(struct json_writer *json, const char *key, struct text bytes);

/* A number of the unit of which one is 10^digits, as a decimal without zeros at its end. */
void har_print_decimal(struct json_writer *json, uint64_t value, unsigned digits);

#endif
