The plan of a release: its help.

  $ bddrun help plan
  usage: bddrun plan [OPTION…] [BASE..CANDIDATE]
  
  Commits, components and schema changes from production's commit to the candidate
  (HEAD), what has to be suspended and nothing else, and the decision: 0 now, 75 in
  the next window, 1 refused, 3 nothing to release. Without BASE production is asked.
  
  options:
    -e, --environment NAME      the environment of bddrun.yaml to run against
        --base-url URL          instead of the environment's `url`
    -D, --define NAME=VALUE     a variable; repeatable; never a secret
        --config FILE           instead of looking for bddrun.yaml
        --from REVISION         the commit in production, instead of asking production
        --at TIME               plan for this time, e.g. 2026-11-24T10:00:00+11:00, instead of now
        --verdict FILE          a verdict of `bddrun gate`: will it still hold when the window opens?
        --json                  the plan as one JSON object
        --markdown              the plan for a merge request
        --schedule FORM         what promotes when the window opens: systemd, cron, gitlab or github
    -h, --help                  this text
