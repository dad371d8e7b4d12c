"""Demo data in its own words: the invented municipality Nidarvik, its council, bodies, cases and accounts.

`besetning` plans who sits where, `raad` stores it; `tekster` holds the words of the guided case and `generert` makes
hundreds of plausible cases for lists and search. Everything is the same every time.
"""
