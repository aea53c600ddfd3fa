/* SPDX-License-Identifier: MIT */
/*
 * The functions that the rows of steps/table/ name. Each runs one step; see world/step.h for what
 * it gets and where it leaves its outcome.
 */
#ifndef BDDRUN_STEPS_STEP_FUNCTIONS_H
#define BDDRUN_STEPS_STEP_FUNCTIONS_H

#include "match/step_definition.h"

step_function step_these_people;
step_function step_there_are;
step_function step_start_session;
step_function step_keep_session;
step_function step_resume_session;
step_function step_at_the_same_time;
step_function step_send;
step_function step_send_json_doc_string;
step_function step_send_json;
step_function step_send_body;
step_function step_send_file;
step_function step_send_form;
step_function step_send_parts;
step_function step_send_query;
step_function step_send_table;
step_function step_send_at_once;
step_function step_send_until;
step_function step_repeat_until;
step_function step_repeat_until_table;
step_function step_submit_form;
step_function step_follow_link;
step_function step_cannot_reach;
step_function step_set_header;
step_function step_remove_header;
step_function step_set_cookie;
step_function step_delete_cookie;
step_function step_send_cookie_back;
step_function step_use_setting;
step_function step_use_no_setting;
step_function step_use_settings;
step_function step_use_auth;
step_function step_trust_any_certificate;
step_function step_follow_redirects;
step_function step_follow_no_redirects;
step_function step_check_same;
step_function step_check_certificate;
step_function step_check_statuses;
step_function step_body_is;
step_function step_body_equals_file;
step_function step_json_document;
step_function step_json_at;
step_function step_json_matches_file;
step_function step_json_fits_schema;
step_function step_check_response;
step_function step_save;
step_function step_save_secret;
step_function step_save_match;
step_function step_set_variable;
step_function step_set_variable_to_text;
step_function step_write_file;
step_function step_wait_duration;
step_function step_afterwards;
step_function step_command_succeeds;
step_function step_is_pending;
step_function step_is_skipped_unless;
step_function step_attach;
step_function step_check_value;

/* steps/socket/ */
step_function step_open_socket;
step_function step_open_named_socket;
step_function step_open_socket_as;
step_function step_open_socket_with;
step_function step_open_event_stream;
step_function step_cannot_open_socket;
step_function step_send_text;
step_function step_send_text_doc_string;
step_function step_send_json_message;
step_function step_send_bytes;
step_function step_send_socket_file;
step_function step_send_event;
step_function step_send_event_json;
step_function step_send_event_to_channel;
step_function step_call;
step_function step_answer;
step_function step_ping;
step_function step_receive;
step_function step_receive_in_order;
step_function step_receive_in_any_order;
step_function step_receive_exactly;
step_function step_receive_at_least;
step_function step_receive_none;
step_function step_receive_none_for;
step_function step_receive_nothing_else;
step_function step_ignore_events;
step_function step_subscribe;
step_function step_cannot_subscribe;
step_function step_unsubscribe;
step_function step_join_namespace;
step_function step_close_socket;
step_function step_close_socket_with;
step_function step_drop_socket;
step_function step_reconnect_socket;
step_function step_socket_is_open;
step_function step_socket_is_closed;
step_function step_match_recording;

#endif
