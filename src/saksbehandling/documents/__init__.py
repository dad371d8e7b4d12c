"""DOCX renderer, upload checks, document store. Knows no feature."""
