A report is read whatever tool wrote it. Totals are counted anew; its own sums are never believed.

  $ bddrun coverage coverage/good.info
                                                                   lines              branches             functions
  C:/work/src/b.c                                          1/1   100.0 %                     -         1/2    50.0 %
  src/a.c                                                  7/8    87.5 %         3/6    50.0 %         1/2    50.0 %
  total                                                    8/9    88.8 %         3/6    50.0 %         2/4    50.0 %
  $ bddrun coverage --json coverage/good.info
  {
    "lines": {
      "covered": 8,
      "total": 9
    },
    "branches": {
      "covered": 3,
      "total": 6
    },
    "functions": {
      "covered": 2,
      "total": 4
    },
    "files": [
      {
        "path": "C:/work/src/b.c",
        "lines": {
          "covered": 1,
          "total": 1
        },
        "branches": {
          "covered": 0,
          "total": 0
        },
        "functions": {
          "covered": 1,
          "total": 2
        }
      },
      {
        "path": "src/a.c",
        "lines": {
          "covered": 7,
          "total": 8
        },
        "branches": {
          "covered": 3,
          "total": 6
        },
        "functions": {
          "covered": 1,
          "total": 2
        }
      }
    ],
    "reports": [
      {
        "path": "coverage/good.info",
        "format": "lcov",
        "files": 3,
        "counts": "lines"
      }
    ]
  }
  $ bddrun coverage -o - coverage/good.info
  TN:
  SF:C:/work/src/b.c
  FN:1,bar
  FN:9,baz
  FNDA:3,bar
  FNDA:0,baz
  FNF:2
  FNH:1
  BRF:0
  BRH:0
  DA:1,1
  LF:1
  LH:1
  end_of_record
  TN:
  SF:src/a.c
  VER:#1
  FN:1,first
  FN:5,second(int, char)
  FNDA:5,first
  FNDA:0,second(int, char)
  FNF:2
  FNH:1
  BRDA:2,0,0,1
  BRDA:2,0,1,-
  BRDA:2,1,0,0
  BRDA:3,0,0,0
  BRDA:3,0,1,2
  BRDA:4,0,1,1
  BRF:6
  BRH:3
  DA:1,18446744073709551615
  DA:2,3
  DA:3,10000000000000000000
  DA:5,18446744073709551611
  DA:6,0
  DA:7,18446744073709551615
  DA:8,1
  DA:9,1
  LF:8
  LH:7
  end_of_record
  $ bddrun coverage --uncovered coverage/good.info coverage/before.info
  src/gone.c: 2
  $ bddrun coverage -o - coverage/crlf.info coverage/latin1.info
  TN:
  SF:src/a.c
  FNF:0
  FNH:0
  BRDA:1,0,0,-
  BRF:1
  BRH:0
  DA:1,1
  DA:2,0
  LF:2
  LH:1
  end_of_record
  TN:
  SF:src/café.c
  FNF:0
  FNH:0
  BRF:0
  BRH:0
  DA:1,1
  LF:1
  LH:1
  end_of_record
  $ bddrun coverage -o - coverage/gcov.json
  TN:
  SF:/usr/include/x.h
  FNF:0
  FNH:0
  BRF:0
  BRH:0
  DA:1,1
  LF:1
  LH:1
  end_of_record
  TN:
  SF:/w/src/a.c
  FN:1,f
  FN:6,g
  FNDA:2,f
  FNDA:0,g
  FNF:2
  FNH:1
  BRDA:2,0,0,1
  BRDA:2,0,1,1
  BRDA:6,0,0,-
  BRF:3
  BRH:2
  DA:2,5
  DA:6,0
  DA:8,0
  LF:3
  LH:1
  end_of_record
  coverage/gcov.json:60:15: warning: 1 count is below zero, taken as 0
         "count": -2
                  ^^
    hint: compile with -fprofile-update=atomic where threads run
  $ bddrun coverage -o - coverage/gcovr.json
  TN:
  SF:a.c
  FN:1,f
  FNDA:1,f
  FNF:1
  FNH:1
  BRDA:1,0,0,1
  BRF:1
  BRH:1
  DA:1,1
  LF:1
  LH:1
  end_of_record
  $ bddrun coverage -o - coverage/istanbul.json
  TN:
  SF:/w/a.js
  VER:h1
  FN:1,f
  FN:4,(anonymous)
  FN:1,(anonymous)#2
  FNDA:1,f
  FNDA:0,(anonymous)
  FNDA:0,(anonymous)#2
  FNF:3
  FNH:1
  BRDA:1,0,0,1
  BRDA:1,0,1,0
  BRDA:1,1,1,2
  BRDA:4,0,0,0
  BRF:4
  BRH:2
  DA:1,3
  DA:4,0
  LF:2
  LH:1
  end_of_record
  TN:
  SF:wrapped.js
  FNF:0
  FNH:0
  BRF:0
  BRH:0
  DA:1,1
  LF:1
  LH:1
  end_of_record
  $ bddrun coverage -o - coverage/coveragepy.json
  TN:
  SF:m.py
  FN:2,f
  FN:3,g
  FNDA:1,f
  FNDA:0,g
  FNF:2
  FNH:1
  BRDA:1,0,0,1
  BRDA:2,0,0,1
  BRDA:2,0,1,0
  BRF:3
  BRH:2
  DA:1,1
  DA:2,1
  DA:3,0
  LF:3
  LH:2
  end_of_record
  $ bddrun coverage coverage/coveragepy.json
                                                                   lines              branches             functions
  m.py                                                     2/3    66.6 %         3/5    60.0 %         1/2    50.0 %
  total                                                    2/3    66.6 %         3/5    60.0 %         1/2    50.0 %
  $ bddrun coverage -o - coverage/llvm.json
  TN:
  SF:/w/a.c
  FN:1,a
  FN:9,c
  FNDA:2,a
  FNDA:0,c
  FNF:2
  FNH:1
  BRDA:2,0,0,1
  BRDA:2,0,1,0
  BRDA:2,1,0,0
  BRDA:2,1,1,0
  BRF:4
  BRH:1
  DA:1,2
  DA:2,2
  DA:3,2
  DA:4,2
  DA:7,2
  DA:8,2
  LF:6
  LH:6
  end_of_record
  TN:
  SF:/w/sum.c
  FNF:0
  FNH:0
  BRF:0
  BRH:0
  LF:0
  LH:0
  end_of_record
  $ bddrun coverage coverage/llvm-summary.json
                                                                   lines              branches             functions
  /w/sum.c                                                4/10    40.0 %         1/2    50.0 %         2/3    66.6 %
  total                                                   4/10    40.0 %         1/2    50.0 %         2/3    66.6 %
  $ bddrun coverage -o - coverage/resultset.json
  TN:
  SF:/w/a.rb
  FN:1,["A", :add, 1, 2, 4, 7]
  FNDA:3,["A", :add, 1, 2, 4, 7]
  FNF:1
  FNH:1
  BRDA:1,0,1,2
  BRDA:1,0,2,0
  BRF:2
  BRH:1
  DA:1,1
  DA:3,4
  LF:2
  LH:2
  end_of_record
  $ bddrun coverage -o - coverage/good.out
  TN:
  SF:example.com/mod/a.go
  FNF:0
  FNH:0
  BRF:0
  BRH:0
  DA:3,4
  DA:4,4
  DA:5,4
  DA:7,0
  LF:4
  LH:3
  end_of_record
  TN:
  SF:example.com/mod/b.go
  FNF:0
  FNH:0
  BRF:0
  BRH:0
  DA:9,0
  LF:1
  LH:0
  end_of_record
  $ bddrun coverage --json coverage/good.out
  {
    "lines": {
      "covered": 2,
      "total": 4
    },
    "branches": {
      "covered": 0,
      "total": 0
    },
    "functions": {
      "covered": 0,
      "total": 0
    },
    "files": [
      {
        "path": "example.com/mod/a.go",
        "lines": {
          "covered": 2,
          "total": 3
        },
        "branches": {
          "covered": 0,
          "total": 0
        },
        "functions": {
          "covered": 0,
          "total": 0
        }
      },
      {
        "path": "example.com/mod/b.go",
        "lines": {
          "covered": 0,
          "total": 1
        },
        "branches": {
          "covered": 0,
          "total": 0
        },
        "functions": {
          "covered": 0,
          "total": 0
        }
      }
    ],
    "reports": [
      {
        "path": "coverage/good.out",
        "format": "go",
        "files": 2,
        "counts": "statements"
      }
    ]
  }
  $ bddrun coverage -o - coverage/cobertura.xml
  TN:
  SF:a.py
  FN:2,f(I)V
  FNDA:1,f(I)V
  FNF:1
  FNH:1
  BRDA:3,0,0,2
  BRDA:3,0,1,1
  BRDA:3,0,2,0
  BRF:3
  BRH:2
  DA:2,0
  DA:3,5
  DA:4,0
  DA:9,1
  LF:4
  LH:2
  end_of_record
  $ bddrun coverage -o - coverage/phpunit.xml
  TN:
  SF:/app/src/Bank.php
  FN:10,one
  FN:20,two
  FN:30,three
  FNDA:2,one
  FNDA:0,two
  FNDA:0,three
  FNF:3
  FNH:1
  BRF:0
  BRH:0
  DA:11,2
  DA:21,1
  DA:22,0
  LF:3
  LH:2
  end_of_record
  $ bddrun coverage coverage/phpunit.xml
                                                                   lines              branches             functions
  /app/src/Bank.php                                        3/5    60.0 %         2/4    50.0 %         1/3    33.3 %
  total                                                    3/5    60.0 %         2/4    50.0 %         1/3    33.3 %
  $ bddrun coverage -o - coverage/istanbul-clover.xml
  TN:
  SF:/w/src/a.js
  FNF:0
  FNH:0
  BRDA:2,0,0,1
  BRDA:2,0,1,0
  BRF:2
  BRH:1
  DA:1,1
  DA:2,4
  DA:3,0
  LF:3
  LH:2
  end_of_record
  $ bddrun coverage -o - coverage/openclover.xml
  TN:
  SF:src/A.java
  FN:3,A() : void
  FNDA:1,A() : void
  FNF:1
  FNH:1
  BRDA:5,0,0,1
  BRDA:5,0,1,0
  BRF:2
  BRH:1
  DA:4,1
  LF:1
  LH:1
  end_of_record
  $ bddrun coverage -o - coverage/jacoco.xml
  TN:
  SF:Top.java
  FNF:0
  FNH:0
  BRF:0
  BRH:0
  DA:1,1
  LF:1
  LH:1
  end_of_record
  TN:
  SF:com/x/A.java
  FN:3,f()V
  FN:6,g(I)V
  FNDA:1,f()V
  FNDA:0,g(I)V
  FNF:2
  FNH:1
  BRDA:3,0,0,1
  BRDA:3,0,1,0
  BRF:2
  BRH:1
  DA:3,2
  DA:4,0
  LF:2
  LH:1
  end_of_record
  $ bddrun coverage -o - coverage/sonar.xml
  TN:
  SF:src/a.ts
  FNF:0
  FNH:0
  BRDA:1,0,0,1
  BRDA:1,0,1,1
  BRDA:1,0,2,1
  BRDA:1,0,3,0
  BRF:4
  BRH:3
  DA:1,1
  DA:2,0
  LF:2
  LH:1
  end_of_record
  $ gzip -nc coverage/good.info | bddrun coverage - | tail -n 1
  total                                                    8/9    88.8 %         3/6    50.0 %         2/4    50.0 %
  $ bddrun coverage coverage/good.info coverage/sonar.xml coverage/jacoco.xml | tail -n 1
  total                                                  11/14    78.5 %        7/12    58.3 %         3/6    50.0 %

Several reports add up, in any order; written together they count the same.

  $ bddrun coverage coverage/good.info coverage/before.info -o a.info; bddrun coverage coverage/before.info coverage/good.info -o b.info; cmp a.info b.info && bddrun coverage a.info | tail -n 1
  total                                                  10/11    90.9 %         3/6    50.0 %         2/4    50.0 %

Two reports side by side.

  $ bddrun coverage --explain coverage/before.info coverage/after.info
  lines  5/7    71.4 %  ->  3/7    42.8 %
    newly measured files         +1 of +2
    files no longer measured     -1 of -2
    new lines                    +0 of +1
    deleted lines                -1 of -1
    lost lines                   -2
    newly covered lines          +1
  lost: src/a.c: 2-3
  newly measured: src/new.c  1/2    50.0 %
  no longer measured: src/gone.c  1/2    50.0 %
  $ bddrun coverage --explain --json coverage/before.info coverage/after.info
  {
    "before": {
      "covered": 5,
      "total": 7
    },
    "after": {
      "covered": 3,
      "total": 7
    },
    "new_files": {
      "covered": 1,
      "total": 2
    },
    "gone_files": {
      "covered": 1,
      "total": 2
    },
    "new_lines": {
      "covered": 0,
      "total": 1
    },
    "deleted_lines": {
      "covered": 1,
      "total": 1
    },
    "lost": 2,
    "won": 1,
    "lost_lines": {
      "src/a.c": [
        2,
        3
      ]
    },
    "newly_measured": [
      "src/new.c"
    ],
    "no_longer_measured": [
      "src/gone.c"
    ]
  }
  $ bddrun coverage --explain coverage/before.info coverage/before.info
  lines  5/7    71.4 %  ->  5/7    71.4 %
  $ bddrun coverage --flip coverage/before.info coverage/after.info
  only in the first: src/a.c: 2-3, 6
  only in the second: src/a.c: 5
  only in the first: src/gone.c: 1
  only in the second: src/new.c: 3
  6 lines flip
  bddrun: exit 1: no, something failed or differs
  [1]
  $ bddrun coverage --flip coverage/before.info coverage/before.info
  0 lines flip
  $ bddrun coverage --flip coverage/before.info
  bddrun: error: '--explain' and '--flip' compare two reports
    hint: bddrun coverage --explain old.info new.info
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage --explain coverage/before.info coverage/bad.out
  coverage/bad.out:2:1: error: this is no line of a Go cover profile
    a.go:3.14,5.2 2
    ^^^^^^^^^^^^^^^
    hint: write the profile again
  coverage/bad.out:3:1: error: this is no line of a Go cover profile
    a.go:0.14,5.2 2 1
    ^^^^^^^^^^^^^^^^^
    hint: write the profile again
  coverage/bad.out:4:1: error: this is no line of a Go cover profile
    a.go
    ^^^^
    hint: write the profile again
  coverage/bad.out:5:1: error: a source file has no name
    :1.1,2.2 1 1
    ^^^^^^^^^^^^
    hint: name the source file, relative to the repository
  coverage/bad.out:6:1: error: this is no line of a Go cover profile
    a.go:3.14,5.2 2 many
    ^^^^^^^^^^^^^^^^^^^^
    hint: write the profile again
  coverage/bad.out:7:1: error: this range holds too many lines
    a.go:1.1,900000.2 1 1
    ^^^^^^^^^^^^^^^^^^^^^
    hint: write the profile again
  coverage/bad.out:1:1: error: the range a.go:3.1,5.2 has two numbers of statements
    mode: set
    ^
    hint: measure all of it from one commit
  bddrun: exit 2: wrong usage, configuration or input
  [2]

What cannot be read is said where it stands, all of it at once.

  $ bddrun coverage coverage/bad.info
                                                                   lines              branches             functions
  src/a.c                                                              -                     -                     -
  src/b.c                                                  1/1   100.0 %                     -                     -
  total                                                    1/1   100.0 %                     -                     -
  coverage/bad.info:2:1: error: a record stands before any SF:
    DA:1,1
    ^^^^^^
    hint: write the file again
  coverage/bad.info:3:1: error: a source file has no name
    SF:
    ^^^
    hint: name the source file, relative to the repository
  coverage/bad.info:7:4: error: this is no line number
    DA:0,1
       ^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:8:4: error: the record ends too early
    DA:1
       ^
    hint: write it again; was the copy cut short?
  coverage/bad.info:9:4: error: this is no line number
    DA:2147483648,1
       ^^^^^^^^^^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:10:6: error: this is no count
    DA:3,NaN
         ^^^
    hint: a count is a whole number; write the file again
  coverage/bad.info:11:6: error: this is no count
    DA:4,
         ^
    hint: a count is a whole number; write the file again
  coverage/bad.info:12:6: error: this is no count
    DA:5,1.5eb+20
         ^^^^^^^^
    hint: a count is a whole number; write the file again
  coverage/bad.info:13:4: error: this is no line number
    DA:x,1
       ^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:14:4: error: the record ends too early
    FN:7
       ^
    hint: write it again; was the copy cut short?
  coverage/bad.info:15:4: error: this is no line number
    FN:0,zero
       ^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:16:6: error: this is no line number
    FN:3,0,no_end
         ^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:17:6: error: this is no count
    FNDA:x,first
         ^
    hint: a count is a whole number; write the file again
  coverage/bad.info:18:6: error: the record ends too early
    FNDA:1
         ^
    hint: write it again; was the copy cut short?
  coverage/bad.info:19:5: error: this is no index of a function
    FNL:1048576,1
        ^^^^^^^
    hint: write the file again
  coverage/bad.info:20:5: error: the record ends too early
    FNL:1
        ^
    hint: write it again; was the copy cut short?
  coverage/bad.info:21:7: error: this is no line number
    FNL:1,0
          ^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:22:9: error: this is no line number
    FNL:1,2,0
            ^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:23:5: error: no FNL: declares this function
    FNA:2,1,undeclared
        ^
    hint: write the file again
  coverage/bad.info:24:5: error: this is no index of a function
    FNA:x,1,a
        ^
    hint: write the file again
  coverage/bad.info:25:5: error: the record ends too early
    FNA:0
        ^
    hint: write it again; was the copy cut short?
  coverage/bad.info:26:7: error: this is no count
    FNA:0,x,a
          ^
    hint: a count is a whole number; write the file again
  coverage/bad.info:27:6: error: the record ends too early
    BRDA:1,0
         ^^^
    hint: write it again; was the copy cut short?
  coverage/bad.info:28:6: error: the record ends too early
    BRDA:1,0,0
         ^^^^^
    hint: write it again; was the copy cut short?
  coverage/bad.info:29:8: error: this is no block of branches
    BRDA:1,x,0,1
           ^
    hint: write the file again
  coverage/bad.info:30:12: error: this is no count
    BRDA:1,0,0,many
               ^^^^
    hint: a count is a whole number; write the file again
  coverage/bad.info:31:6: error: this is no line number
    BRDA:0,0,0,1
         ^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:32:6: error: this is no line number
    BRDA:0,0,0,-
         ^
    hint: lines are numbered from 1; write the file again
  coverage/bad.info:34:5: error: this file was measured in two versions
    VER:2
        ^
    hint: measure all of it from one commit
  coverage/bad.info:35:1: error: this is no record of an lcov tracefile
    what is this
    ^^^^^^^^^^^^
    hint: write the file again
  coverage/bad.info:36:1: error: no end_of_record stands before this SF:
    SF:src/b.c
    ^^^^^^^^^^
    hint: write the file again
  coverage/bad.info:38:1: error: the tracefile ends before end_of_record
    
    ^
    hint: write it again; was the copy cut short?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/negative.info
                                                                   lines              branches             functions
  a.c                                                      1/2    50.0 %         0/1     0.0 %                     -
  total                                                    1/2    50.0 %         0/1     0.0 %                     -
  coverage/negative.info:2:6: warning: 2 counts are below zero, taken as 0
    DA:1,-3
         ^^
    hint: compile with -fprofile-update=atomic where threads run
  $ bddrun coverage coverage/bad.out
                                                              statements              branches             functions
  a.go                                                     3/3   100.0 %                     -                     -
  total                                                    3/3   100.0 %                     -                     -
  coverage/bad.out:2:1: error: this is no line of a Go cover profile
    a.go:3.14,5.2 2
    ^^^^^^^^^^^^^^^
    hint: write the profile again
  coverage/bad.out:3:1: error: this is no line of a Go cover profile
    a.go:0.14,5.2 2 1
    ^^^^^^^^^^^^^^^^^
    hint: write the profile again
  coverage/bad.out:4:1: error: this is no line of a Go cover profile
    a.go
    ^^^^
    hint: write the profile again
  coverage/bad.out:5:1: error: a source file has no name
    :1.1,2.2 1 1
    ^^^^^^^^^^^^
    hint: name the source file, relative to the repository
  coverage/bad.out:6:1: error: this is no line of a Go cover profile
    a.go:3.14,5.2 2 many
    ^^^^^^^^^^^^^^^^^^^^
    hint: write the profile again
  coverage/bad.out:7:1: error: this range holds too many lines
    a.go:1.1,900000.2 1 1
    ^^^^^^^^^^^^^^^^^^^^^
    hint: write the profile again
  coverage/bad.out:1:1: error: the range a.go:3.1,5.2 has two numbers of statements
    mode: set
    ^
    hint: measure all of it from one commit
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/gcov-bad.json
                                                                   lines              branches             functions
  b.c                                                      1/1   100.0 %                     -                     -
  total                                                    1/1   100.0 %                     -                     -
  coverage/gcov-bad.json:5:3: error: an array is missing here
      {
      ^
    hint: write the file again
  coverage/gcov-bad.json:8:3: error: a source file has no name
      {
      ^
    hint: name the source file, relative to the repository
  coverage/gcov-bad.json:23:5: error: this is no line number
        {
        ^
    hint: lines are numbered from 1; write the file again
  coverage/gcov-bad.json:27:21: error: this is no line number
         "line_number": 0,
                        ^
    hint: lines are numbered from 1; write the file again
  coverage/gcov-bad.json:32:15: error: this is no count
         "count": "1"
                  ^^^
    hint: a count is a whole number; write the file again
  coverage/gcov-bad.json:38:7: error: this is no count
          {
          ^
    hint: a count is a whole number; write the file again
  coverage/gcov-bad.json:14:5: error: this is no line number
        {
        ^
    hint: lines are numbered from 1; write the file again
  coverage/gcov-bad.json:17:5: error: this is no count
        {
        ^
    hint: a count is a whole number; write the file again
  coverage/gcov-bad.json:45:3: error: the path of a source file holds a NUL byte or a line end
      {
      ^
    hint: name the source file, relative to the repository
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/istanbul-bad.json
                                                                   lines              branches             functions
  a.js                                                                 -                     -                     -
  b.js                                                                 -                     -                     -
  c.js                                                                 -                     -                     -
  total                                                                -                     -                     -
  coverage/istanbul-bad.json:7:14: error: this is no line number
         "line": 0,
                 ^
    hint: lines are numbered from 1; write the file again
  coverage/istanbul-bad.json:38:9: error: this is no count
       "1": "x"
            ^^^
    hint: a count is a whole number; write the file again
  coverage/istanbul-bad.json:25:9: error: this is no count
       "2": {
            ^
    hint: a count is a whole number; write the file again
  coverage/istanbul-bad.json:41:9: error: this branch has no line
       "0": {
            ^
    hint: write the file again
  coverage/istanbul-bad.json:52:9: error: an array is missing here
       "1": 5,
            ^
    hint: write the file again
  coverage/istanbul-bad.json:54:5: error: this is no count
        null
        ^^^^
    hint: a count is a whole number; write the file again
  coverage/istanbul-bad.json:58:9: error: this is no count
       "0": {
            ^
    hint: a count is a whole number; write the file again
  coverage/istanbul-bad.json:65:10: error: an object is missing here
     "b.js": {
             ^
    hint: write the file again
  coverage/istanbul-bad.json:68:10: error: an object is missing here
     "c.js": {
             ^
    hint: write the file again
  coverage/istanbul-bad.json:71:6: error: a source file has no name
     "": {
         ^
    hint: name the source file, relative to the repository
  coverage/istanbul-bad.json:75:10: error: an object is missing here
     "d.js": 5
             ^
    hint: write the file again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/coveragepy-bad.json
                                                                   lines              branches             functions
  m.py                                                                 -                     -                     -
  o.py                                                     1/1   100.0 %                     -                     -
  total                                                    1/1   100.0 %                     -                     -
  coverage/coveragepy-bad.json:8:5: error: this is no line number
        0,
        ^
    hint: lines are numbered from 1; write the file again
  coverage/coveragepy-bad.json:9:5: error: this is no line number
        "1"
        ^^^
    hint: lines are numbered from 1; write the file again
  coverage/coveragepy-bad.json:6:11: error: an array is missing here
      "m.py": {
              ^
    hint: write the file again
  coverage/coveragepy-bad.json:12:5: error: this is no line number
        null
        ^^^^
    hint: lines are numbered from 1; write the file again
  coverage/coveragepy-bad.json:15:11: error: an object is missing here
      "n.py": 5,
              ^
    hint: write the file again
  coverage/coveragepy-bad.json:23:6: error: this is no line number
         0,
         ^
    hint: lines are numbered from 1; write the file again
  coverage/coveragepy-bad.json:26:5: error: a number is missing here
        [
        ^
    hint: write the file again
  coverage/coveragepy-bad.json:29:5: error: this is no line number
        7
        ^
    hint: lines are numbered from 1; write the file again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/llvm-bad.json
                                                                   lines              branches             functions
  a.c                                                                  -                     -         0/1     0.0 %
  b.c                                                                  -                     -                     -
  c.c                                                      1/1   100.0 %         0/1     0.0 %                     -
  d.c                                                                  -                     -                     -
  total                                                    1/1   100.0 %         0/1     0.0 %         0/1     0.0 %
  coverage/llvm-bad.json:5:5: error: a source file has no name
        {
        ^
    hint: name the source file, relative to the repository
  coverage/llvm-bad.json:12:8: error: this is no line number
           0,
           ^
    hint: lines are numbered from 1; write the file again
  coverage/llvm-bad.json:24:7: error: an array is missing here
          7
          ^
    hint: write the file again
  coverage/llvm-bad.json:38:7: error: the segments of this file are in no order
          [
          ^
    hint: write the file again
  coverage/llvm-bad.json:49:8: error: this is no line number
           0
           ^
    hint: lines are numbered from 1; write the file again
  coverage/llvm-bad.json:56:8: error: this is no count
           "x",
           ^^^
    hint: a count is a whole number; write the file again
  coverage/llvm-bad.json:67:8: error: this is no count
           "x",
           ^^^
    hint: a count is a whole number; write the file again
  coverage/llvm-bad.json:97:8: error: this is no line number
           0,
           ^
    hint: lines are numbered from 1; write the file again
  coverage/llvm-bad.json:78:15: error: this is no count
         "count": "x",
                  ^^^
    hint: a count is a whole number; write the file again
  coverage/llvm-bad.json:104:3: error: an array is missing here
      {}
      ^
    hint: write the file again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/llvm-none.json
                                                                   lines              branches             functions
  total                                                                -                     -                     -
  coverage/llvm-none.json:1:1: error: an array is missing here
    {
    ^
    hint: write the file again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/resultset-bad.json
                                                                   lines              branches             functions
  a.rb                                                                 -                     -                     -
  total                                                                -                     -                     -
  coverage/resultset-bad.json:7:6: error: this is no count
         true,
         ^^^^
    hint: a count is a whole number; write the file again
  coverage/resultset-bad.json:8:6: error: this is no count
         {}
         ^^
    hint: a count is a whole number; write the file again
  coverage/resultset-bad.json:11:6: error: this is no place of a branch
         "[:if]": {},
         ^^^^^^^
    hint: write the file again
  coverage/resultset-bad.json:12:6: error: this is no place of a branch
         "[:if, 0, 0]": {},
         ^^^^^^^^^^^^^
    hint: write the file again
  coverage/resultset-bad.json:14:21: error: this is no count
          "[:then, 1]": "x"
                        ^^^
    hint: a count is a whole number; write the file again
  coverage/resultset-bad.json:18:20: error: this is no count
         "[A, :b, 3]": "x"
                       ^^^
    hint: a count is a whole number; write the file again
  coverage/resultset-bad.json:21:12: error: an array is missing here
       "b.rb": 7,
               ^
    hint: write the file again
  coverage/resultset-bad.json:22:8: error: a source file has no name
       "": [
           ^
    hint: name the source file, relative to the repository
  coverage/resultset-bad.json:27:11: error: an object is missing here
     "Other": {}
              ^
    hint: write the file again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/cobertura-bad.xml
                                                                   lines              branches             functions
  b.py                                                     2/3    66.6 %                     -                     -
  total                                                    2/3    66.6 %                     -                     -
  coverage/cobertura-bad.xml:3:5: error: a source file has no name
        <class name="A"><lines><line number="1" hits="1"/></lines></class>
        ^^^^^^^^^^^^^^^^
    hint: name the source file, relative to the repository
  coverage/cobertura-bad.xml:5:7: error: no line number is in 'number'
          <line number="-1" hits="1"/>
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: lines are numbered from 1; write the file again
  coverage/cobertura-bad.xml:6:7: error: no count is in 'hits'
          <line number="2" hits="often"/>
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: a count is a whole number; write the file again
  coverage/cobertura-bad.xml:7:7: error: no such number of branches can be on 'line'
          <line number="3" hits="1" branch="true" condition-coverage="100% (3/2)"/>
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: write the file again
  coverage/cobertura-bad.xml:8:7: error: no such number of branches can be on 'line'
          <line number="4" hits="1" branch="true" condition-coverage="100% (1/9000000000000)"/>
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: write the file again
  coverage/cobertura-bad.xml:9:7: warning: 1 count is below zero, taken as 0
          <line number="5" hits="-2"/>
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: compile with -fprofile-update=atomic where threads run
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/clover-bad.xml
                                                                   lines              branches             functions
  a.php                                                                -                     -                     -
  total                                                                -                     -                     -
  coverage/clover-bad.xml:2:3: error: a source file has no name
      <file><line num="1" type="stmt" count="1"/></file>
      ^^^^^^
    hint: name the source file, relative to the repository
  coverage/clover-bad.xml:4:5: error: no line number is in 'num'
        <line num="one" type="stmt" count="1"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: lines are numbered from 1; write the file again
  coverage/clover-bad.xml:5:5: error: no count is in 'count'
        <line num="2" type="stmt" count="x"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: a count is a whole number; write the file again
  coverage/clover-bad.xml:6:5: error: no count is in 'truecount'
        <line num="3" type="cond" truecount="x" falsecount="0"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: a count is a whole number; write the file again
  coverage/clover-bad.xml:7:5: error: no count is in 'statements'
        <metrics statements="x"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: a count is a whole number; write the file again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/jacoco-bad.xml
                                                                   lines              branches             functions
  p/A.java                                                 1/1   100.0 %                     -                     -
  total                                                    1/1   100.0 %                     -                     -
  coverage/jacoco-bad.xml:1:36: error: a source file has no name
    <report name="x"><package name="p"><sourcefile>
                                       ^^^^^^^^^^^^
    hint: name the source file, relative to the repository
  coverage/jacoco-bad.xml:3:69: error: no count is in 'covered'
      <class name="A" sourcefilename="A.java"><method name="f" line="1"><counter type="METHOD" covered="x"/></method></class
                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: a count is a whole number; write the file again
  coverage/jacoco-bad.xml:5:5: error: no line number is in 'nr'
        <line nr="x" ci="1"/>
        ^^^^^^^^^^^^^^^^^^^^^
    hint: lines are numbered from 1; write the file again
  coverage/jacoco-bad.xml:6:5: error: no count is in 'ci'
        <line nr="2" ci="many"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^
    hint: a count is a whole number; write the file again
  coverage/jacoco-bad.xml:7:5: error: no such number of branches can be on 'line'
        <line nr="3" ci="1" mb="99999999999" cb="1"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: write the file again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/sonar-bad.xml
                                                                   lines              branches             functions
  a.ts                                                     1/1   100.0 %                     -                     -
  total                                                    1/1   100.0 %                     -                     -
  coverage/sonar-bad.xml:2:3: error: a source file has no name
      <file><lineToCover lineNumber="1" covered="true"/></file>
      ^^^^^^
    hint: name the source file, relative to the repository
  coverage/sonar-bad.xml:4:5: error: neither true nor false is in 'covered'
        <lineToCover lineNumber="1" covered="maybe"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: write true or false
  coverage/sonar-bad.xml:5:5: error: no such number of branches can be on 'line'
        <lineToCover lineNumber="2" covered="true" branchesToCover="1" coveredBranches="2"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: write the file again
  coverage/sonar-bad.xml:6:5: error: no count is in 'branchesToCover'
        <lineToCover lineNumber="3" covered="true" branchesToCover="x"/>
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: a count is a whole number; write the file again
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/sonar-2.xml
  coverage/sonar-2.xml:1:1: error: this is no coverage report that bddrun knows
    <coverage version="2"><file path="a"><lineToCover lineNumber="1" covered="true"/></file></coverage>
    ^
    hint: give a report of lcov, gcov --json-format, Cobertura, Clover, JaCoCo, Istanbul (coverage-final.json), coverage.py, Go, LLVM, SimpleCov (.resultset.json) or Sonar
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/cut.xml
                                                                   lines              branches             functions
  a.py                                                                 -                     -                     -
  total                                                                -                     -                     -
  coverage/cut.xml:3:28: error: this is not well-formed XML: Extra content at the end of the document
        <class filename="a.py">
                               ^
    hint: write it again; was the copy cut short?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/bomb.xml
                                                                   lines              branches             functions
  total                                                                -                     -                     -
  coverage/bomb.xml:3:3: error: this is not well-formed XML: it declares entities, which are never expanded
      <!ENTITY a "ha">
      ^
    hint: write it again; was the copy cut short?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/deep.xml
                                                                   lines              branches             functions
  total                                                                -                     -                     -
  coverage/deep.xml:1:790: error: this is not well-formed XML: elements are nested too deeply
    <a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>
                                                                ^
    hint: write it again; was the copy cut short?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/cut.json
  coverage/cut.json:1:47: error: the JSON ends too early: expected ',' or '}'
    {"gcc_version": "12", "files": [{"file": "a.c"
                                                  ^
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/unknown.json
  coverage/unknown.json:1:1: error: this is no coverage report that bddrun knows
    {"hello": [1, 2]}
    ^
    hint: give a report of lcov, gcov --json-format, Cobertura, Clover, JaCoCo, Istanbul (coverage-final.json), coverage.py, Go, LLVM, SimpleCov (.resultset.json) or Sonar
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/empty.xml
  bddrun: error: the coverage report is empty: 'coverage/empty.xml'
    hint: did the tests run? the tool that writes it tells where it writes
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/bom.txt
  coverage/bom.txt:1:1: error: this is no coverage report that bddrun knows
    
    ^
    hint: give a report of lcov, gcov --json-format, Cobertura, Clover, JaCoCo, Istanbul (coverage-final.json), coverage.py, Go, LLVM, SimpleCov (.resultset.json) or Sonar
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/nothing.info
                                                                   lines              branches             functions
  src/a.c                                                              -                     -                     -
  total                                                                -                     -                     -
  coverage/nothing.info:1:1: error: this report of lcov measures nothing: no line in 1 files
    SF:src/a.c
    ^
    hint: did the tests run, and were the files instrumented?
  bddrun: exit 3: nothing to judge
  [3]
  $ bddrun coverage coverage/gcov-empty.json
                                                                   lines              branches             functions
  total                                                                -                     -                     -
  coverage/gcov-empty.json:1:1: error: this report of gcov measures nothing: no line in 0 files
    {
    ^
    hint: did the tests run, and were the files instrumented?
  bddrun: exit 3: nothing to judge
  [3]
  $ bddrun coverage coverage/absent.info
  bddrun: error: cannot read 'coverage/absent.info': No such file or directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage
  bddrun: error: cannot read 'coverage': Is a directory
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ gzip -nc coverage/good.info | head -c 60 >cut.gz; bddrun coverage cut.gz
  bddrun: error: the gzip data is cut short: 'cut.gz'
    hint: write it again; was the copy cut short?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ gzip -nc coverage/good.info >long.gz; echo more >>long.gz; bddrun coverage long.gz
  bddrun: error: bytes follow the gzip data: 'long.gz'
    hint: write it again; was the copy cut short?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ printf '\037\213damaged' >damaged.gz; bddrun coverage damaged.gz
  bddrun: error: the gzip data is damaged: 'damaged.gz'
    hint: write it again; was the copy cut short?
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ truncate -s 10G huge.info; bddrun coverage huge.info
  huge.info:1:1: error: this is no coverage report that bddrun knows
    \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00
    ^
    hint: give a report of lcov, gcov --json-format, Cobertura, Clover, JaCoCo, Istanbul (coverage-final.json), coverage.py, Go, LLVM, SimpleCov (.resultset.json) or Sonar
  bddrun: exit 2: wrong usage, configuration or input
  [2]

Two versions of one source are never added up.

  $ bddrun coverage coverage/old.info coverage/new.info
                                                                   lines              branches             functions
  src/a.c                                                  1/1   100.0 %                     -                     -
  total                                                    1/1   100.0 %                     -                     -
  coverage/new.info:2:5: error: this file was measured in two versions
    VER:2
        ^
    hint: measure all of it from one commit
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage coverage/istanbul.json coverage/istanbul-other.json | tail -n 1
  coverage/istanbul-other.json:4:11: error: this file was measured in two versions
      "hash": "h2",
              ^^^^
    hint: measure all of it from one commit
  bddrun: exit 2: wrong usage, configuration or input
  total                                                    2/3    66.6 %         2/4    50.0 %         1/3    33.3 %
  $ bddrun coverage coverage/good.out coverage/other.out | tail -n 1
  bddrun: error: the blocks of 'example.com/mod/a.go' differ between two Go profiles
    hint: measure both from the same commit, then merge them
  bddrun: exit 2: wrong usage, configuration or input
  total                                                    2/4    50.0 %                     -                     -

How the command is used.

  $ bddrun coverage
  bddrun: error: no coverage report is named
    hint: name the reports that the tests wrote: bddrun coverage coverage.info
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage --format lcof coverage/good.info
  bddrun: error: no coverage format is named 'lcof'
    hint: the formats are: lcov, go, gcov, gcovr, istanbul, coverage.py, llvm, simplecov, jacoco, sonar, clover, cobertura
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage --format clover coverage/good.info
  coverage/good.info:1:1: error: this is not a report of the format 'clover'
    TN:first
    ^
    hint: give a report of lcov, gcov --json-format, Cobertura, Clover, JaCoCo, Istanbul (coverage-final.json), coverage.py, Go, LLVM, SimpleCov (.resultset.json) or Sonar
  bddrun: exit 2: wrong usage, configuration or input
  [2]
  $ bddrun coverage --format lcov coverage/good.info | tail -n 1
  total                                                    8/9    88.8 %         3/6    50.0 %         2/4    50.0 %
  $ bddrun coverage coverage/good.info -o /dev/full
  bddrun: error: cannot write '/dev/full': No space left on device
    hint: make room on the disk and run again
  bddrun: exit 4: the environment failed before any effect
  [4]
  $ bddrun coverage coverage/good.info >/dev/full
  bddrun: error: cannot write to the standard output: No space left on device
  bddrun: exit 4: the environment failed before any effect
  [4]
