"""Exports to the archive standards."""
