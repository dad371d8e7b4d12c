"""The meeting live: the item that is up, the speaking list, electronic ballots, and the screens that follow them."""
