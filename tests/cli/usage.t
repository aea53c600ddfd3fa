Options and commands that do not exist.

  $ bddrun chekc
  bddrun: error: 'chekc' is neither a command nor a path
    hint: did you mean 'check'?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun steps-of-mine
  bddrun: error: 'steps-of-mine' is neither a command nor a path
    hint: `bddrun help` lists the commands
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --tgas @smoke
  bddrun: error: unknown option '--tgas'
    hint: did you mean '--tags'?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run -z
  bddrun: error: unknown option '-z'
    hint: -h lists the options
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun --frobnicate features
  bddrun: error: unknown option '--frobnicate'
    hint: -h lists the options
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --list=yes
  bddrun: error: option '--list' takes no value
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --tags
  bddrun: error: option '--tags' needs a value
    hint: write --tags EXPRESSION
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --tags=
  bddrun: error: option '--tags' needs a value that is not empty
    hint: write --tags EXPRESSION
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run -j
  bddrun: error: option '-j' needs a value
    hint: write -j COUNT
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run -j many
  bddrun: error: option '-j': not a count: 'many'
    hint: write a whole number above 0
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --jobs=0
  bddrun: error: option '--jobs': not a count: '0'
    hint: write a whole number above 0
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run -j 5000 --base-url http://127.0.0.1:9 features/lobby.feature
  bddrun: error: 5000 jobs are too many
    hint: write a number from 1 to 1024
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --order sideways
  bddrun: error: option '--order': unknown order 'sideways'
    hint: write defined, random or random:SEED
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --order random:
  bddrun: error: option '--order': unknown order 'random:'
    hint: write defined, random or random:SEED
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --order defined:5
  bddrun: error: option '--order': unknown order 'defined:5'
    hint: write defined, random or random:SEED
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --shard 4/3
  bddrun: error: option '--shard': not a shard: '4/3'
    hint: write 1/3 for the first of three
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --shard 1
  bddrun: error: option '--shard': not a shard: '1'
    hint: write 1/3 for the first of three
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --step-timeout 5
  bddrun: error: option '--step-timeout': not a duration: '5'
    hint: write a number and a unit: 250ms, 2s, 15min
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --color sometimes
  bddrun: error: option '--color': unknown value 'sometimes'
    hint: it can be auto, always, never
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --retry often
  bddrun: error: option '--retry': not a number: 'often'
    hint: write a whole number
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun version now
  bddrun: error: 'bddrun version' takes no argument, but got 'now'
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun help nothing
  bddrun: error: unknown command 'nothing'
    hint: `bddrun help` lists the commands
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun help --completion fish
  bddrun: error: option '--completion': unknown value 'fish'
    hint: it can be none, bash, zsh
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --print=ast
  bddrun: error: --print takes one file, but got 0
    hint: name one feature file
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun check --print=asd features/lobby.feature
  bddrun: error: option '--print': unknown value 'asd'
    hint: it can be nothing, source, tokens, ast, pickles
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run -D currency --base-url http://127.0.0.1:9 features/lobby.feature
  bddrun: error: option '-D' needs a '=' in 'currency'
    hint: write -D name=value
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun run --base-url arena.test features/lobby.feature
  bddrun: error: 'arena.test' is not an absolute URL
    hint: write it as http://127.0.0.1:8080
  bddrun: exit 2: wrong usage, configuration or input
  [2]

Variables of the process environment are a closed list.

  $ BDDRUN_JOB=3 bddrun run features/lobby.feature
  bddrun: error: unknown environment variable 'BDDRUN_JOB'
    hint: did you mean 'BDDRUN_JOBS' or 'BDDRUN_NOW'?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ BDDRUN_JOBS=none bddrun check features/lobby.feature
  bddrun: error: BDDRUN_JOBS is 'none', which is no number of jobs
    hint: write a number from 1 to 1024
  bddrun: exit 2: wrong usage, configuration or input
  [2]

An answer that nobody can take is an error of the environment.

  $ bddrun version >/dev/full
  bddrun: error: cannot write to the standard output: No space left on device
  bddrun: exit 4: the environment failed before any effect
  [4]
  $ bddrun help >/dev/full
  bddrun: error: cannot write to the standard output: No space left on device
  bddrun: exit 4: the environment failed before any effect
  [4]
