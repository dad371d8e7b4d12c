"""Frozen data of each document kind."""
