"""Consolidation of the decision text, its provenance, and follow-up."""
