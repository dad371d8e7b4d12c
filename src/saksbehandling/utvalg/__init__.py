"""Bodies, election periods, persons, groups and parties, memberships and substitutes."""
