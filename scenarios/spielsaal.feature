# language: de
Funktionalität: Der Spielsaal

  Regel: Gäste dürfen zusehen

    Szenario: Ein Gast sieht die Tische
      Wenn I send GET "/lobby"
      Dann the status is 200
      Und the HTML at "//h1" is "Lobby"
      Aber the body does not contain "Log out"
