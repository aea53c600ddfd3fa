Paths become those of the repository: by the longest end that fits one tracked file.

  $ git init -q repo && cd repo && mkdir -p a/src b/src && printf '1\n2\n3\n' >a/src/one.c && cp a/src/one.c a/src/util.c && cp a/src/one.c b/src/util.c && cp a/src/one.c top.c && git add . && git -c user.name=T -c user.email=t@example.test -c commit.gpgsign=false commit -qm one
  $ cd repo && printf 'SF:/ci/build/a/src/one.c\nDA:1,1\nend_of_record\nSF:src/one.c\nDA:2,1\nend_of_record\nSF:%s/top.c\nDA:1,1\nend_of_record\nSF:%s/generated.c\nDA:1,1\nend_of_record\nSF:/usr/include/stdio.h\nDA:1,1\nend_of_record\n' "$PWD" "$PWD" >../map.info; bddrun coverage --repository ../map.info
                                                                   lines              branches             functions
  /usr/include/stdio.h                                     1/1   100.0 %                     -                     -
  a/src/one.c                                              2/2   100.0 %                     -                     -
  generated.c                                              1/1   100.0 %                     -                     -
  top.c                                                    1/1   100.0 %                     -                     -
  total                                                    5/5   100.0 %                     -                     -
  $ cd repo && printf 'SF:src/util.c\nDA:1,1\nend_of_record\n' | bddrun coverage --repository -
  bddrun: error: 'src/util.c' of the coverage may be any of 2 tracked files
    hint: let the tool write longer paths; it may be a/src/util.c, b/src/util.c
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd repo && printf '<coverage line-rate="1"><sources><source>\n/ci/b/src\n</source></sources><packages><class filename="util.c"><lines><line number="1" hits="1"/></lines></class></packages></coverage>' | bddrun coverage --repository -
                                                                   lines              branches             functions
  b/src/util.c                                             1/1   100.0 %                     -                     -
  total                                                    1/1   100.0 %                     -                     -
  $ cd repo && printf '<coverage line-rate="1"><sources><source>/ci</source></sources><packages><class filename="util.c"><lines><line number="1" hits="1"/></lines></class></packages></coverage>' | bddrun coverage --repository -
  bddrun: error: 'util.c' of the coverage may be any of 2 tracked files
    hint: let the tool write longer paths; it may be a/src/util.c, b/src/util.c
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd repo && printf 'SF:../../etc/passwd\nDA:1,1\nend_of_record\nSF:a/../../x.c\nDA:1,1\nend_of_record\n' | bddrun coverage --repository -
  bddrun: error: '../../etc/passwd' of the coverage leaves the repository
    hint: run the tool in the repository, so that its paths are below it
  bddrun: error: '../x.c' of the coverage leaves the repository
    hint: run the tool in the repository, so that its paths are below it
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ cd repo && printf 'mode: set\n/x/top.c:1.1,2.2 1 1\n/y/top.c:1.1,3.2 1 1\n' | bddrun coverage --repository -
  bddrun: error: the blocks of 'top.c' differ between two Go profiles
    hint: measure both from the same commit, then merge them
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage --repository map.info
  bddrun: error: '.' is in no git repository
    hint: run it inside the repository's work tree
  bddrun: exit 4: the environment failed before any effect
  [4]
  $ cd repo && printf 'SF:top.c\nDA:3,1\nend_of_record\nSF:a/src/one.c\nDA:4,1\nend_of_record\n' | bddrun coverage --repository -
  bddrun: error: line 4 of 'a/src/one.c' is covered, but the file has 3 lines
    hint: the report is of another version: measure this one
  bddrun: exit 2: wrong usage, configuration or input
  [2]

Of changed lines, those that nothing covers; a file that no report knows is named.

  $ cd repo && printf '1\nnew\n2\nnew\nnew\nnew\n3\n' >a/src/one.c && echo more >>b/src/util.c && git rm -q top.c && git -c user.name=T -c user.email=t@example.test -c commit.gpgsign=false commit -qam two
  $ cd repo && printf 'SF:a/src/one.c\nDA:1,0\nDA:2,1\nDA:4,0\nDA:6,0\nDA:7,0\nend_of_record\n' >../changed.info; bddrun coverage --changed HEAD~1 ../changed.info
  uncovered: a/src/one.c: 4-6
  in no report: b/src/util.c
  changed lines covered: 1/3    33.3 %
  $ cd repo && bddrun coverage --changed HEAD~1..HEAD --json ../changed.info
  {
    "changed": [
      {
        "path": "a/src/one.c",
        "covered": 1,
        "total": 3,
        "uncovered": [
          4,
          6
        ]
      }
    ],
    "in_no_report": [
      "b/src/util.c"
    ]
  }
  $ cd repo && bddrun coverage --changed HEAD~1...HEAD ../changed.info | tail -n 1
  changed lines covered: 1/3    33.3 %
  $ cd repo && bddrun coverage --changed ..HEAD ../changed.info
  changed lines covered: -
  $ cd repo && bddrun coverage --changed nowhere ../changed.info
  bddrun: error: 'nowhere' is no commit of the repository '.'
    hint: git fetch brings what the remote has
  bddrun: exit 2: wrong usage, configuration or input
  [2]
