"""Analysis chain, query language, engines. Knows no feature."""
