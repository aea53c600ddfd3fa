#!/bin/sh
# SPDX-License-Identifier: MIT
# Functions and forms that do not occur: unsafe, locale-dependent or process-wide ones everywhere;
# printing and leaving only in cli/ (and where a process of ours ends: base/alloc.c, run/).
find harness reporters tests -name '*.[ch]' | sort | xargs awk '
    function report(what) { print FILENAME ":" FNR ": " what; bad = 1 }
    function calls(names) { return match(code, "(^|[^A-Za-z0-9_.>])(" names ")[ ]*[(]") }
    FNR == 1 { in_comment = 0 }
    {
        code = $0
        if (code ~ /(TODO|FIXME)/) report("a note to self: open an issue")
        gsub(/\\./, "", code)
        gsub(/"[^"]*"/, "\"\"", code)
        if (in_comment) {
            if (!sub(/^.*\*\//, "", code)) next
            in_comment = 0
        }
        gsub(/\/\*([^*]|\*[^\/])*\*\//, " ", code)
        if (sub(/\/\*.*$/, "", code)) in_comment = 1
        if (FILENAME ~ /\.h$/ && code ~ /\/\//) report("// in a header")
        sub(/\/\/.*$/, "", code)
        if (calls("strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|atoi|atol|atof|strtol|strtoul|gets"))
            report("banned: " substr(code, RSTART, RLENGTH) "…")
        if (calls("gmtime|localtime|ctime|asctime|mktemp|tmpnam|system|popen|setlocale|rand|srand|alloca"))
            report("banned: " substr(code, RSTART, RLENGTH) "…")
        if (code ~ /typedef +(struct|union|enum) [^(]*$/) report("a typedef of a struct")
        if (FILENAME ~ /^harness\// && FILENAME !~ /^harness\/cli\// &&
            calls("printf|fprintf|puts|putchar|fputs|perror|vprintf|vfprintf") &&
            FILENAME !~ /^harness\/base\/([a-z]+\/)?alloc[.]c$/)
            report("library code does not print")
        if (FILENAME ~ /^(harness|reporters)\// && FILENAME !~ /^harness\/(cli|run)\// &&
            FILENAME !~ /^harness\/base\/([a-z]+\/)?(alloc|process[a-z_]*)[.]c$/ && calls("exit|_exit|abort"))
            report("library code does not end the process")
    }
    END { exit bad }'
