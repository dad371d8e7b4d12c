"""Workflow definitions (SCXML), one per case type."""
