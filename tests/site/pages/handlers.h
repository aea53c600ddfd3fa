/* SPDX-License-Identifier: MIT */
/* What the routes of routes.c call, by file. */
#ifndef BDDRUN_SITE_PAGES_HANDLERS_H
#define BDDRUN_SITE_PAGES_HANDLERS_H

struct visit;

/* pages.c */
void page_home(struct visit *visit);
void page_lobby(struct visit *visit);
void page_login(struct visit *visit);
void page_do_login(struct visit *visit);
void page_do_logout(struct visit *visit);
void page_table(struct visit *visit);

/* api_tables.c */
void api_list_tables(struct visit *visit);
void api_open_table(struct visit *visit);
void api_show_table(struct visit *visit);
void api_close_table(struct visit *visit);
void api_join(struct visit *visit);
void api_leave(struct visit *visit);
void api_free_seat(struct visit *visit);
void api_invite(struct visit *visit);
void api_move(struct visit *visit);

/* api_player.c */
void api_csrf(struct visit *visit);
void api_token(struct visit *visit);
void api_me(struct visit *visit);
void api_change_me(struct visit *visit);
void api_put_avatar(struct visit *visit);
void api_avatar(struct visit *visit);

/* api_content.c */
void api_search(struct visit *visit);
void api_start_job(struct visit *visit);
void api_job(struct visit *visit);
void api_motd(struct visit *visit);
void api_put_motd(struct visit *visit);
void api_import(struct visit *visit);
void api_hands_xml(struct visit *visit);
void api_hands_csv(struct visit *visit);
void api_big(struct visit *visit);
void api_time(struct visit *visit);
void api_version(struct visit *visit);
void show_logo(struct visit *visit);

/* realtime.c */
void socket_realtime(struct visit *visit);
void socket_echo(struct visit *visit);
void socket_socket_io(struct visit *visit);
void socket_pusher(struct visit *visit);
void api_broadcasting_auth(struct visit *visit);
void api_restart(struct visit *visit);
void api_realtime(struct visit *visit);

/* scores.c */
void api_score_stream(struct visit *visit);
void api_score(struct visit *visit);

/* tournament.c */
void api_tournament(struct visit *visit);
void api_tournament_players(struct visit *visit);
void api_tournament_standings(struct visit *visit);
void api_tournament_deal(struct visit *visit);

/* protocol.c */
void show_echo(struct visit *visit);
void show_status(struct visit *visit);
void show_slow(struct visit *visit);
void show_flaky(struct visit *visit);
void show_limited(struct visit *visit);
void show_basic(struct visit *visit);
void show_digest(struct visit *visit);
void show_bearer(struct visit *visit);
void show_chunked(struct visit *visit);
void show_connections(struct visit *visit);
void show_gzip(struct visit *visit);
void show_duplicate_header(struct visit *visit);

/* oddities.c */
void redirect_count(struct visit *visit);
void redirect_loop(struct visit *visit);
void redirect_to(struct visit *visit);
void redirect_status(struct visit *visit);
void set_cookie(struct visit *visit);
void expire_cookie(struct visit *visit);
void show_latin1(struct visit *visit);
void show_invalid_utf8(struct visit *visit);
void show_escapes(struct visit *visit);
void show_unclosed_html(struct visit *visit);
void show_entity_xml(struct visit *visit);

#endif
