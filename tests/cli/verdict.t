Keys, and verdicts that are wrong before anything is read.

  $ bddrun keygen
  bddrun: error: keygen takes one name, but got 0
    hint: e.g. keys/gate-2026 for keys/gate-2026.key and keys/gate-2026.pub
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun keygen --algorithm rsa x
  bddrun: error: option '--algorithm': unknown value 'rsa'
    hint: it can be ed25519, ecdsa-p256
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun keygen /nowhere/gate
  bddrun: error: cannot make '/nowhere/gate.key': No such file or directory
  bddrun: exit 4: the environment failed before any effect
  [4]
  $ bddrun keygen gate >/dev/null && bddrun keygen gate
  bddrun: error: cannot make 'gate.key': File exists
    hint: keys are never replaced: choose another name
  bddrun: exit 4: the environment failed before any effect
  [4]
  $ rm gate.key gate.pub
  $ bddrun keygen --never-expires gate >/dev/null; grep -c expires gate.pub
  0
  [1]
  $ bddrun keygen -h
  usage: bddrun keygen [OPTION…] NAME
  
  Writes NAME.key, the private key, readable by its owner alone, and NAME.pub, the
  public one with its id and the date it expires. No file is ever replaced.
  
  options:
        --algorithm NAME        ed25519 (default), or ecdsa-p256 for users of cosign
        --valid TIME            how long signatures by it count: '365 days' by default
        --never-expires         without a date in the public key's file
        --json                  the id and the files as one JSON object
    -h, --help                  this text
  $ bddrun verify -h
  usage: bddrun verify [OPTION…] FILE
  
  Says whether the verdict in FILE allows a promotion of exactly what --digest names,
  now. 0 yes, 1 no (refused, altered, another key), 2 unreadable, 3 nothing to judge
  (absent, unsigned, of another build, by another policy, too old).
  
  options:
        --digest DIGEST         what it must be about: a commit, or sha256:… of an image or file; repeatable: all
        --policy SHA256         the policy it must be made by
        --key FILE              a public key whose verdicts are believed; repeatable: any
        --override-key FILE     a public key whose overrides are believed; repeatable: any
        --max-age TIME          how long ago the scenarios may have run, e.g. '6 h'
        --json                  the answer as one JSON object
    -h, --help                  this text
  $ bddrun verify
  bddrun: error: verify takes one file
    hint: the file that `bddrun gate` wrote
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun verify x.jsonl
  bddrun: error: nothing says what the verdict must be about
    hint: --digest COMMIT, or --digest sha256:… of an image
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun verify --digest 11 x.jsonl
  bddrun: error: nothing says whose verdicts are believed
    hint: --key FILE, the public key of the gate
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun verify --digest 11 --key gate.pub --policy abc x.jsonl
  bddrun: error: --policy is no SHA-256
    hint: 64 hex digits: `bddrun verify` without --policy shows them
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun verify --digest 11 --key gate.pub x.jsonl
  blocked: there is no verdict: no file 'x.jsonl'
  bddrun: exit 3: nothing to judge
  [3]
  $ echo '{}' >x.jsonl; bddrun verify --digest 11 --key gate.pub x.jsonl
  x.jsonl:1:1: error: not a DSSE envelope: 'payloadType' is missing
    {}
    ^^
    hint: the file is not what `bddrun gate` wrote: take it from the pipeline again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun verify --digest 11 --key nowhere.pub x.jsonl
  bddrun: error: cannot read 'nowhere.pub': No such file or directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun verify --digest 11 --key gate.key x.jsonl
  bddrun: error: a private key where the public one is needed in file 'gate.key'
    hint: trust needs the public key; a private key that was copied about is to be replaced
  bddrun: exit 2: wrong usage, configuration or input
  [2]
