#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Masks proposed from the samples of a recording, and what check says of masks.
source "$(dirname "$0")/library.sh"
mkdir -p "$folder/project/features" "$folder/project/recordings/features/lobby"
cd "$folder/project" || exit 1
cat >features/lobby.feature <<'END'
Feature: Lobby
  Scenario: The lobby lists its tables
    When I send GET "/api/lobby"
    Then the status is 200
    And the response matches the recording
END
cat >bddrun.yaml <<'END'
version: 1
scenarios: features/
recordings: {folder: recordings/}
END

# sample FILE BODY: a recording of one request.
sample() {
    cat >"$1" <<END
{"log":{"version":"1.2","creator":{"name":"bddrun","version":"1"},"entries":[
{"startedDateTime":"2026-11-23T10:00:00.000Z","time":5,"request":{"method":"GET","url":"https://arena.example/api/lobby","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":0},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Content-Type","value":"application/json"}],"content":{"size":9,"mimeType":"application/json","text":"$2"},"redirectURL":"","headersSize":-1,"bodySize":9},"cache":{},"timings":{"send":0,"wait":5,"receive":0}}
]}}
END
}
recording=recordings/features/lobby/the-lobby-lists-its-tables
body() { echo "{\\\"at\\\": \\\"2026-11-23T10:00:0$1Z\\\", \\\"online\\\": $2, \\\"name\\\": \\\"Arena\\\", \\\"tables\\\": [$3]}"; }
sample $recording.har "$(body 0 100 1)"
run check --propose-masks
want_code "one sample proposes nothing" 3
want_text "and says so" 'no scenario has two samples of its recording' "$folder/err"

sample $recording.2.har "$(body 3 110 '1, 2')"
sample $recording.3.har "$(body 5 90 1)"
run check --propose-masks
want_code "three samples propose masks" 0
cat >"$folder/expected" <<'END'
# Learnt from samples of the same requests, none of it in use yet: review each,
# then move it to the masks of bddrun.yaml.
masks:
  # date, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 2026-11-23T10:00:00Z, then 2026-11-23T10:00:03Z
  - {on: 'GET /api/lobby', at: 'JSON "$.at"', assert: date}
  # number, differed in 2 of 2 comparisons (95 %: 34 to 100 %): 100, then 110
  - {on: 'GET /api/lobby', at: 'JSON "$.online"', assert: number ± 20 %}
# These differ, too, but a mask would assert too little:
#   GET /api/lobby JSON "$.tables": an array of changing length; differed in 1 of 2 comparisons (95 %: 9 to 91 %)
END
diff "$folder/expected" "$folder/out" >&2 || wrong "the proposal is not as wanted"

# Another sample has its requests in another order, and one less.
cat >$recording.2.har <<'END'
{"log":{"version":"1.2","creator":{"name":"bddrun","version":"1"},"entries":[
{"startedDateTime":"2026-11-23T10:00:00.000Z","time":5,"request":{"method":"GET","url":"https://arena.example/api/first","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":0},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"content":{"size":9,"mimeType":"application/json","text":"{}"},"redirectURL":"","headersSize":-1,"bodySize":9},"cache":{},"timings":{"send":0,"wait":5,"receive":0}},
{"startedDateTime":"2026-11-23T10:00:01.000Z","time":5,"request":{"method":"GET","url":"https://arena.example/api/lobby","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":0},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"content":{"size":9,"mimeType":"application/json","text":"{\"at\": \"2026-11-23T11:00:00Z\", \"online\": 100, \"name\": \"Arena\", \"tables\": [1]}"},"redirectURL":"","headersSize":-1,"bodySize":9},"cache":{},"timings":{"send":0,"wait":5,"receive":0}}
]}}
END
rm $recording.3.har
run check --propose-masks
want_code "requests are found by what they are" 0
want_text "and compared" 'JSON "\$.at".*assert: date' "$folder/out"
sample $recording.2.har "$(body 0 100 1)"
run check --propose-masks
want_code "equal samples propose nothing" 0
want_text "and that is said" '^# no masks to propose' "$folder/out"
sample $recording.2.har "$(body 3 110 '1, 2')"
sample $recording.3.har "$(body 5 90 1)"

cp bddrun.yaml "$folder/plain.yaml"
cat "$folder/expected" >>bddrun.yaml
run check
want_code "the proposal is taken as it is" 0
want_no_text "and nothing is said about its masks" 'mask' "$folder/err"

cp "$folder/plain.yaml" bddrun.yaml
echo "masks: [{at: 'JSON \"\$.dead\"', assert: type}]" >>bddrun.yaml
run check
want_text "a mask that stands for nothing is told" 'mask JSON "\$.dead" type stands for nothing' "$folder/err"

cp "$folder/plain.yaml" bddrun.yaml
echo "masks: [{at: 'JSON \"\$.*\"', assert: type}]" >>bddrun.yaml
run check
want_text "a mask that stands for everything is told" 'the mask .JSON "\$\.\*" type. is over-broad' "$folder/err"

cp "$folder/plain.yaml" bddrun.yaml
echo "masks: [{at: 'JSON \"\$.a[\"', assert: type}]" >>bddrun.yaml
run check
want_code "a broken mask is refused" 2
want_text "with its place" '^bddrun.yaml:[0-9]+:[0-9]+: error: an unknown segment' "$folder/err"

echo '{' >$recording.2.har
cp "$folder/plain.yaml" bddrun.yaml
run check --propose-masks
want_code "a broken sample is refused" 2
conclude
