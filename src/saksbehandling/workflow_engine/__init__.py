"""Statecharts: compiler, interpreter, verifier, persistence. Knows no feature."""
