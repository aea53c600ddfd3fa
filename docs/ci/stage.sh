#!/bin/sh
# One stage of any pipeline: run the scenarios, then gate. Its exit code is that of the gate.
#   BDDRUN            the program; bddrun by default
#   BDDRUN_SHARD      I/N, where the scenarios are split
#   BDDRUN_ATTEMPT    2 where this job is run again
#   BDDRUN_ARTEFACT   what is tested: a file, or image@sha256:…
#   PRODUCTION        the commit in production
# The gate is asked whatever came of the run: what failed or is missing is for it to say.
set -u
bddrun=${BDDRUN:-bddrun}
shard=${BDDRUN_SHARD:-}
unset BDDRUN BDDRUN_SHARD

"$bddrun" run --environment staging ${shard:+--shard "$shard"}
echo "the run ended with $?"
[ -z "$shard" ] || exit 0 # the gate comes when all shards are there

"$bddrun" gate ${PRODUCTION:+--production "$PRODUCTION"} \
    --format text --format junit:bddrun-out/gate.xml --format json:bddrun-out/gate.json
