# language: fr
@a @b #c
Fonctionnalité: x
  texte

  Règle: y
    Contexte:
      Soit z
    @d
    Plan du scénario: <e>
      Quand <e>
        """ json
        {"a": <e>}
        """
        | <e> | \| \n \\ |
      @f
      Exemples: g
        | e |
        | 1 |
