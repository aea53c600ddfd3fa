The answers printed from the tables.

  $ bddrun --version
  bddrun 0.1.0
  $ bddrun version
  bddrun 0.1.0
  $ bddrun help help
  usage: bddrun help [OPTION…] [COMMAND]
  
  Prints what the tables of commands and options say.
  
  options:
        --man                   the manual page, for man(1)
        --exit-codes            only the exit codes
        --completion SHELL      the completion of bash or zsh
    -h, --help                  this text
  $ bddrun help -h
  usage: bddrun help [OPTION…] [COMMAND]
  
  Prints what the tables of commands and options say.
  
  options:
        --man                   the manual page, for man(1)
        --exit-codes            only the exit codes
        --completion SHELL      the completion of bash or zsh
    -h, --help                  this text
  $ bddrun version --help
  usage: bddrun version [OPTION…]
  
  Prints the name and the version of the program.
  
  options:
    -h, --help                  this text
  $ bddrun --help | head -n 3
  bddrun 0.1.0: scenarios in Gherkin, run over HTTP and WebSocket
  
  usage: bddrun [run] [OPTION…] [PATH…]
  $ bddrun help run | head -n 12
  usage: bddrun run [OPTION…] [PATH…]
  
  Runs the scenarios of PATH: a folder, file.feature, file.feature:12:40 (the scenarios
  at these lines), @rerun.txt (a file of such paths), or - for the standard input.
  Without PATH those that bddrun.yaml names. Results go to the standard output,
  progress and problems to the standard error.
  
  options:
    -t, --tags EXPRESSION       only scenarios with these tags: '@smoke and not @slow'; repeatable: and
    -n, --name REGEX            only scenarios whose name matches; repeatable: or
    -j, --jobs COUNT            scenarios at the same time, at most; 8 by default
        --order ORDER           defined, random or random:SEED
  $ bddrun run -h --no-such-option | head -n 1
  usage: bddrun run [OPTION…] [PATH…]
  $ bddrun help --exit-codes
    0   yes, all well
    1   no, something failed or differs
    2   wrong usage, configuration or input
    3   nothing to judge
    4   the environment failed before any effect
    5   switched and taken back, production serves what it did
    6   production needs a person
    70  a bug in bddrun
    75  not now, nothing was touched
    128+n  ended by signal n

The manual page and the completions are well-formed.

  $ bddrun help --man | head -n 8
  .TH BDDRUN 1 "" "bddrun 0.1.0"
  .SH NAME
  bddrun \- run scenarios in Gherkin over HTTP and WebSocket
  .SH SYNOPSIS
  .B bddrun
  [run] [\fIOPTION…\fR] [\fIPATH…\fR]
  .br
  .B bddrun
  $ bddrun help --man | grep -c '^\.TP$' | awk '{ print ($1 > 20) }'
  1
  $ bddrun help --completion bash | bash -n && echo fine
  fine
  $ bddrun help --completion=bash | grep -c -- --max-failures
  1
  $ bddrun help --completion zsh | head -n 1
  #compdef bddrun
  $ bddrun help --completion none | head -n 1
  bddrun 0.1.0: scenarios in Gherkin, run over HTTP and WebSocket
