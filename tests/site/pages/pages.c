/* SPDX-License-Identifier: MIT */
#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

static void start_page(struct visit *visit, const char *title)
{
    visit_answer(visit, 200, "text/html; charset=utf-8");
    buffer_add_format(&visit->answer,
                      "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
                      "<title>%s - Arena</title></head>\n<body>\n",
                      title);
}

static void end_page(struct visit *visit)
{
    struct buffer *out = &visit->answer;
    buffer_add_string(out, "<nav><a href=\"/lobby\">Lobby</a> ");
    if (visit->session->account) {
        buffer_add_format(out,
                          "<form id=\"logout\" method=\"post\" action=\"/logout\">"
                          "<input type=\"hidden\" name=\"_token\" value=\"%s\">"
                          "<button>Log out</button></form>",
                          visit->session->token);
    } else {
        buffer_add_string(out, "<a href=\"login\">Log in</a>");
    }
    buffer_add_string(out, "</nav>\n</body>\n</html>\n");
}

void page_home(struct visit *visit)
{
    start_page(visit, "Welcome");
    buffer_add_string(&visit->answer, "<h1>Arena</h1>\n<p>Caf\xc3\xa9 r\xc3\xa9sum\xc3\xa9 "
                                      "&amp; \xe2\x99\xa0\xe2\x99\xa5</p>\n");
    end_page(visit);
}

void page_lobby(struct visit *visit)
{
    struct buffer *out = &visit->answer;
    start_page(visit, "Lobby");
    buffer_add_string(out, visit->site->flavour == FLAVOUR_BROKEN
                               ? "<div class=\"title\">Lobby</div>\n"
                               : "<h1>Lobby</h1>\n");
    if (visit->account) {
        buffer_add_format(out, "<p class=\"welcome\">Welcome, %s</p>\n",
                          visit_in_html(visit, text_of(visit->account->nick)));
    }
    buffer_add_string(out, "<table id=\"tables\">\n");
    for (uint64_t number = 1; number <= 10; number++) {
        const struct table *table = tables_find(&visit->site->tables, number);
        if (table) {
            buffer_add_format(out,
                              "<tr data-table=\"%lu\"><td><a href=\"/tables/%lu\">Table %lu</a>"
                              "</td><td>%s</td></tr>\n",
                              number, number, number, table_game(table));
        }
    }
    buffer_add_string(out, "</table>\n");
    end_page(visit);
}

void page_login(struct visit *visit)
{
    struct buffer *out = &visit->answer;
    start_page(visit, "Log in");
    buffer_add_string(out, "<h1>Log in</h1>\n");
    if (visit->session->flash[0]) {
        buffer_add_format(out, "<p class=\"error\">%s</p>\n", visit->session->flash);
        visit->session->flash[0] = '\0';
    }
    buffer_add_format(out,
                      "<form id=\"login\" method=\"post\" action=\"/login\">\n"
                      "<input type=\"hidden\" name=\"_token\" value=\"%s\">\n"
                      "<input name=\"email\" type=\"email\">\n"
                      "<input name=\"password\" type=\"password\">\n"
                      "<input type=\"checkbox\" name=\"remember\" value=\"yes\" checked>\n"
                      "<select name=\"zone\"><option>UTC</option>"
                      "<option selected>Australia/Melbourne</option></select>\n"
                      "<button name=\"go\">Log in</button>\n</form>\n",
                      visit->session->token);
    end_page(visit);
}

void page_do_login(struct visit *visit)
{
    const struct visit_field *email = visit_form(visit, "email");
    const struct visit_field *password = visit_form(visit, "password");
    struct accounts *accounts = &visit->site->accounts;
    struct account *account = email ? accounts_by_email(accounts, email->value) : NULL;
    if (!account || !password || !text_is(password->value, ACCOUNT_PASSWORD)) {
        static const char refusal[] = "These credentials do not match our records.";
        for (size_t i = 0; i < sizeof refusal; i++) {
            visit->session->flash[i] = refusal[i];
        }
        visit_redirect(visit, 302, "%s/login", visit_origin(visit));
        return;
    }
    session_end(visit->session);
    session_set_cookies(visit, session_start(accounts, account));
    visit_redirect(visit, 302, "%s/lobby", visit_origin(visit));
}

void page_do_logout(struct visit *visit)
{
    session_end(visit->session);
    session_expire_cookies(visit);
    visit_redirect(visit, 302, "%s/", visit_origin(visit));
}

void page_table(struct visit *visit)
{
    const struct table *table = tables_find(&visit->site->tables, visit->numbers[0]);
    if (!table) {
        visit->header_count = 0;
        visit_text(visit, 404, "No such table.\n");
        return;
    }
    struct buffer *out = &visit->answer;
    start_page(visit, "Table");
    buffer_add_format(out, "<h1>Table %lu</h1>\n<p>%s, %zu players</p>\n<ul>\n", table->number,
                      table_game(table), table_players(table));
    for (size_t i = 0; i < TABLE_SEATS; i++) {
        if (table->seats[i]) {
            buffer_add_format(out, "<li value=\"%zu\">%s</li>\n", i + 1,
                              visit_in_html(visit, text_of(table->seats[i]->nick)));
        }
    }
    buffer_add_string(out, "</ul>\n");
    end_page(visit);
}
