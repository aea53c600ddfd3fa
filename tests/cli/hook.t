The hook: its help and wrong usage.

  $ bddrun help hook
  usage: bddrun hook [OPTION…] install|pre-push [REMOTE URL]
  
  install puts the hook where git looks for it, behind one that is there already.
  pre-push runs the scenarios that the pushed commits concern, within a time budget;
  what it is told by git it reads from the standard input.
  
  options:
    -e, --environment NAME      the environment of bddrun.yaml to run against
        --base-url URL          instead of the environment's `url`
    -D, --define NAME=VALUE     a variable; repeatable; never a secret
        --config FILE           instead of looking for bddrun.yaml
        --uninstall             of install: take the hook out, put back what was there
        --budget TIME           of pre-push: how long the scenarios may take, e.g. '60 s'
    -h, --help                  this text
  $ bddrun help promote
  usage: bddrun promote [OPTION…]
  
  Checks the signed verdict, the window and what is going on, suspends what the change
  touches, switches atomically, waits for the revision to be seen, runs the scenarios of
  `verify` against production, and goes back by itself if they fail. 0 promoted,
  5 taken back, 6 production needs a person, 75 not now.
  
  options:
        --verdict FILE          the signed verdict; verdict.intoto.jsonl below `output:`
        --release NAME          a folder of releases/; by default the one of --commit, or the newest
        --commit COMMIT         what is to go live
        --digest SHA256         of a container image
        --component NAME        suspend this one; by default what the change touches; repeatable
        --dry-run               show each step, take none
        --wait                  until the window opens, then check everything
        --override-window REASON
                                although the window is closed; the journal keeps it
        --repaired REASON       production needed a person, and was put right
        --rollback-unsafe REASON
                                it must not be taken back by itself
        --resend                call a deploy hook again that may have been called
        --json                  the answer as one JSON object
    -e, --environment NAME      the environment of bddrun.yaml to run against
        --base-url URL          instead of the environment's `url`
    -D, --define NAME=VALUE     a variable; repeatable; never a secret
        --config FILE           instead of looking for bddrun.yaml
    -h, --help                  this text
  $ bddrun hook
  bddrun: error: hook takes 'install' or 'pre-push', not ''
    hint: `bddrun hook install`, or `bddrun hook pre-push REMOTE URL` as git calls it
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun hook nonsense
  bddrun: error: hook takes 'install' or 'pre-push', not 'nonsense'
    hint: `bddrun hook install`, or `bddrun hook pre-push REMOTE URL` as git calls it
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun hook pre-push --budget soon
  bddrun: error: option '--budget': not a duration: 'soon'
    hint: write a number and a unit: 250ms, 2s, 15min
  bddrun: exit 2: wrong usage, configuration or input
  [2]
