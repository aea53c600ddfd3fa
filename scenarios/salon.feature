# language: fr
Fonctionnalité: Le salon
  Les mots-clés sont français ; les étapes restent celles du vocabulaire.

  Contexte:
    Soit alice is logged in

  Scénario: Une joueuse voit son nom
    Quand alice sends GET "/lobby"
    Alors the status is 200
    Et the HTML at "//p[@class='welcome']" contains "Welcome"

  Plan du scénario: La table <numéro> existe
    Quand alice sends GET "/tables/<numéro>"
    Alors the HTML at "//h1" is "Table <numéro>"

    Exemples:
      | numéro |
      | 901    |
      | 902    |
