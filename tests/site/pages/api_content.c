/* SPDX-License-Identifier: MIT */
#include <libxml/parser.h>
#include <time.h>

#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

enum { JOB_POLLS = 3, BIG_LIMIT = 200000 };

void api_search(struct visit *visit)
{
    if (visit->site->flavour == FLAVOUR_BROKEN) {
        visit_json(visit, 500, "{\"message\": \"Whoops, looks like something went wrong.\"}");
        return;
    }
    struct text wanted = visit_query(visit, "q");
    if (!wanted.at || wanted.size == 0) {
        visit_refuse(visit, 422, "The q field is required.");
        return;
    }
    const char *shown = visit_in_json(visit, wanted);
    uint64_t page = visit_query_number(visit, "page", 1);
    visit_json(visit, 200, "{\"query\": %s, \"page\": %lu, \"results\": [", shown, page);
    const char *separator = "";
    for (uint64_t number = 1; number <= 20; number++) {
        const struct table *table = tables_find(&visit->site->tables, number);
        if (table && text_contains(text_of(table_game(table)), wanted)) {
            buffer_add_format(&visit->answer, "%s{\"id\": %lu, \"game\": \"%s\"}", separator,
                              table->number, table_game(table));
            separator = ", ";
        }
    }
    buffer_add_string(&visit->answer, "]}\n");
}

void api_start_job(struct visit *visit)
{
    uint64_t job = 1000 + visit->site->next_job++ % (SITE_JOBS - 1000);
    visit->site->job_polls[job] = 0;
    visit_header(visit, "Location", "/api/jobs/%lu", job);
    visit_json(visit, 202, "{\"id\": %lu, \"state\": \"queued\"}", job);
}

void api_job(struct visit *visit)
{
    if (visit->numbers[0] >= SITE_JOBS) {
        visit_refuse(visit, 404, "No such job.");
        return;
    }
    uint64_t polls = visit->site->job_polls[visit->numbers[0]]++;
    visit_json(visit, 200, "{\"id\": %lu, \"state\": \"%s\", \"polls\": %lu}",
               visit->numbers[0], polls < JOB_POLLS ? "running" : "done", polls);
}

void api_motd(struct visit *visit)
{
    visit_text(visit, 200, "%.*s", TEXT_ARG(buffer_text(&visit->site->motd)));
}

void api_put_motd(struct visit *visit)
{
    buffer_clear(&visit->site->motd);
    buffer_add(&visit->site->motd, buffer_text(&visit->body));
    struct text type = visit_request_header(visit, "Content-Type");
    visit_header(visit, "X-Received-Type", "%.*s", TEXT_ARG(type.at ? type : TEXT("none")));
    visit_answer(visit, 204, NULL);
}

void api_import(struct visit *visit)
{
    xmlDoc *document = xmlReadMemory(visit->body.at, (int)visit->body.size, "import.xml", NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!document) {
        visit_answer(visit, 422, "application/xml");
        buffer_add_string(&visit->answer, "<error>not well-formed</error>\n");
        return;
    }
    size_t hands = 0;
    const xmlNode *root = xmlDocGetRootElement(document);
    for (const xmlNode *node = root->children; node; node = node->next) {
        hands += node->type == XML_ELEMENT_NODE;
    }
    visit_answer(visit, 200, "application/xml");
    buffer_add_format(&visit->answer,
                      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<import root=\"%s\"><accepted>%zu</accepted></import>\n",
                      (const char *)root->name, hands);
    xmlFreeDoc(document);
}

void api_hands_xml(struct visit *visit)
{
    visit_answer(visit, 200, "application/xml");
    buffer_add_string(&visit->answer,
                      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hands>\n"
                      "  <hand id=\"1\" game=\"omaha\"><pot>120</pot></hand>\n"
                      "  <hand id=\"2\" game=\"omaha\"><pot>80.5</pot></hand>\n"
                      "  <hand id=\"3\" game=\"stud\"><pot>12</pot></hand>\n</hands>\n");
}

void api_hands_csv(struct visit *visit)
{
    visit_answer(visit, 200, "text/csv; charset=utf-8");
    visit_header(visit, "Content-Disposition", "attachment; filename=\"hands.csv\"");
    buffer_add_string(&visit->answer, "id,game,pot\n1,omaha,120\n2,omaha,80.5\n3,stud,12\n");
}

void api_big(struct visit *visit)
{
    uint64_t items = visit_query_number(visit, "items", 1000);
    visit_answer(visit, 200, "application/json");
    buffer_add_string(&visit->answer, "{\"items\": [");
    for (uint64_t i = 0; i < items && i < BIG_LIMIT; i++) {
        buffer_add_format(&visit->answer, "%s{\"n\": %lu, \"name\": \"player %lu\"}",
                          i ? ",\n" : "", i, i);
    }
    buffer_add_string(&visit->answer, "]}\n");
}

void api_time(struct visit *visit)
{
    int64_t now = now_ms();
    time_t seconds = (time_t)(now / 1000);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    char shown[32];
    strftime(shown, sizeof shown, "%Y-%m-%dT%H:%M:%SZ", &utc);
    visit_json(visit, 200, "{\"now\": \"%s\", \"seconds\": %ld, \"milliseconds\": %ld}", shown,
               (long)seconds, now);
}

void api_version(struct visit *visit)
{
    static const char *const flavours[] = {
        [FLAVOUR_PRODUCTION] = "production",
        [FLAVOUR_STAGING] = "staging",
        [FLAVOUR_BROKEN] = "broken",
    };
    visit_json(visit, 200, "{\"commit\": \"%s\", \"flavour\": \"%s\"}",
               site_commit(visit->site), flavours[visit->site->flavour]);
}

/* One grey pixel. */
void show_logo(struct visit *visit)
{
    static const char png[] =
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDAT"
        "\x08\xd7\x63h\0\0\0\x82\0\x81w\xcd\x72\xb6\0\0\0\0IEND\xae\x42\x60\x82";
    visit_answer(visit, 200, "image/png");
    visit_header(visit, "Cache-Control", "public, max-age=3600");
    buffer_add(&visit->answer, text_make(png, sizeof png - 1));
}
