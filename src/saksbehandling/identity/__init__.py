"""Login, roles and the one permission check."""
