#!/bin/sh
# SPDX-License-Identifier: MIT
# Every #include "folder/…" of harness/ and reporters/ against the table of layers in
# CONTRIBUTING.md. A folder may include itself.
find harness reporters -name '*.[ch]' | sort | xargs awk '
    BEGIN {
        layer["base"] = 0; layer["format"] = 1
        split("gherkin exchange protocol coverage config git", names, " ")
        for (i in names) layer[names[i]] = 2
        delete names
        split("redact match net diff change", names, " ")
        for (i in names) layer[names[i]] = 3
        layer["event"] = layer["record"] = 4
        layer["world"] = 5
        layer["steps"] = layer["run"] = layer["gate"] = 6
        layer["deploy"] = layer["hook"] = 7
        layer["cli"] = 8
        for (name in layer)
            for (other in layer)
                if (layer[other] < layer[name]) allowed[name, other] = 1
        allowed["protocol", "exchange"] = 1
        delete allowed["deploy", "world"]; delete allowed["deploy", "steps"]
        delete allowed["deploy", "run"]
        allowed["protocol", "exchange"] = 1 # the messages that protocols are made of: plain data
        allowed["reporters", "base"] = allowed["reporters", "format"] = 1
        allowed["reporters", "exchange"] = allowed["reporters", "event"] = 1
    }
    /^#include "/ {
        split(FILENAME, part, "/")
        from = part[1] == "harness" ? part[2] : part[1]
        split($2, part, "/")
        to = substr(part[1], 2)
        if (from == to) next
        if (!(to in layer) && to != "reporters")
            print FILENAME ":" FNR ": " $2 " is not named from harness/"
        else if (!(from in layer) && from != "reporters")
            print FILENAME ":" FNR ": the folder " from " is in no layer"
        else if (!((from, to) in allowed))
            print FILENAME ":" FNR ": " from " may not include " to
        else next
        bad = 1
    }
    END { exit bad }'
