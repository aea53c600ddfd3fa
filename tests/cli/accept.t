What bddrun accept is told.

  $ bddrun accept --help
  usage: bddrun accept [OPTION…] [PATH…]
  
  Runs the scenarios of PATH (as for run), and shows entry by entry how what was
  answered differs from their recordings, masks and ids weighed. With --write it
  becomes the recording, redacted; --path and --entry choose, the rest stays.
  
  options:
        --write                 replace the recordings; without it they are only shown
        --path PATTERN          only entries of these paths: '/api/**'; repeatable
        --entry NUMBER          only the entries of these numbers, as they are shown; repeatable
    -t, --tags EXPRESSION       only scenarios with these tags; repeatable: and
    -n, --name REGEX            only scenarios whose name matches; repeatable: or
    -j, --jobs COUNT            scenarios at the same time, at most
    -e, --environment NAME      the environment of bddrun.yaml to run against
        --base-url URL          instead of the environment's `url`
    -D, --define NAME=VALUE     a variable; repeatable; never a secret
        --config FILE           instead of looking for bddrun.yaml
    -h, --help                  this text
  $ bddrun accept --entry x
  bddrun: error: not a number of an entry: 'x'
    hint: write the number that is shown before the entry
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun accept --path '{'
  bddrun: error: bad pattern of paths '{'
    hint: a '{' without its '}'
  bddrun: exit 2: wrong usage, configuration or input
  [2]
