The vocabulary, whole, by words, for editors and as a page.

  $ bddrun steps | head -n 4
  A. Actors, groups, sessions
    A1   these {group}:
         gives a group its members, with variables for each; takes people (table)
         Given these players:
  $ bddrun steps | grep -c '^  [A-K][0-9]'
  122
  $ bddrun steps header is | head -n 8
  E. Checks of one value
    E2   {whose} header {string} {comparison}
         checks a header of the response
         And alice's header "Location" starts with "/tables/"
  $ bddrun steps "sends" cooky | tail -n 3
    C5   {actor} send(s) cookie {string} back as header {string}
         repeats the value of a cookie as a header of every later request
         Given alice sends cookie "XSRF-TOKEN" back as header "X-XSRF-TOKEN"
  $ bddrun steps xyzzy quux
  bddrun: error: no step is like 'xyzzy quux'
    hint: `bddrun steps` lists them all
  bddrun: exit 3: nothing to judge
  [3]
  $ bddrun steps --json | head -n 4
  {
    "groups": [
      {
        "letter": "A",
  $ bddrun steps --markdown | head -n 3
  # The steps of bddrun
  
  ## 2. Parameter types
  $ bddrun steps --json >/dev/full
  bddrun: error: cannot write to the standard output: No space left on device
  bddrun: exit 4: the environment failed before any effect
  [4]
