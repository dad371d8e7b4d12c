"""Forslag, merknader and voteringer: data and counting rules."""
