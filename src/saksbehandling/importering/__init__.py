"""Reads existing protocols into the same data."""
