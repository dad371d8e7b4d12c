"""The Norwegian analysis chain: from text to terms with their places, for every engine.

`analyse` and `analyse_query` for text, `name_tokens` for persons, `numbers_in`, `parse_date`
and `party_code` for exact fields. The word lists are in `search_index/`.
"""

from __future__ import annotations

from saksbehandling.search_engine.analysis.chain import (
    Analysis,
    Slot,
    Token,
    analyse,
    analyse_query,
    numbers_in,
    written,
)
from saksbehandling.search_engine.analysis.indexing import Vocabulary
from saksbehandling.search_engine.analysis.names import NameToken, name_tokens
from saksbehandling.search_engine.analysis.numbers import date_term, parse_date
from saksbehandling.search_engine.analysis.phrases import Synonym, first_words, party_code, party_term
from saksbehandling.search_engine.analysis.tokenizer import Kind
from saksbehandling.search_engine.analysis.wordlists import Weights, fingerprint, weights
from saksbehandling.search_engine.analysis.words import WordTerms, beginnings, stem, word_terms

__all__ = [
    "Analysis",
    "Kind",
    "NameToken",
    "Slot",
    "Synonym",
    "Token",
    "Vocabulary",
    "Weights",
    "WordTerms",
    "analyse",
    "analyse_query",
    "beginnings",
    "date_term",
    "fingerprint",
    "first_words",
    "name_tokens",
    "numbers_in",
    "parse_date",
    "party_code",
    "party_term",
    "stem",
    "weights",
    "word_terms",
    "written",
]
