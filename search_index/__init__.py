"""The definition of the index: field weights, synonyms, stop words, compound parts. Never the live index."""
