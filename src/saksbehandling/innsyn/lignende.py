"""Cases that are like one: those that share words of its title, among what the reader may see."""

from __future__ import annotations

from itertools import combinations, islice

import structlog

from saksbehandling.identity.rules import Identitet
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.search_engine import query_tree as tree
from saksbehandling.search_engine.analysis import analyse_query
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.model import Hit, Options
from saksbehandling.search_engine.query import Query

logg = structlog.get_logger(__name__)
ANTALL = 5
FLEST_ORD = 8


def lignende_saker(motor: ISearchEngine, identitet: Identitet, sak: Saksmappe) -> list[Hit]:
    """The cases most like `sak`, the best first; none without the index. The reader must be let into `sak`."""
    sporring = likhet(sak.tittel)
    if sporring is None:
        return []
    try:
        hits = motor.search(sporring, identitet.legitimasjon, Options(limit=ANTALL + 1, fold=True)).hits
    except IndexUnavailable:
        logg.warning("indeksen_mangler", exc_info=True)
        return []
    return [hit for hit in hits if hit.sak_id != str(sak.id)][:ANTALL]


def likhet(tittel: str) -> Query | None:
    """Cases with two words of the title in theirs, or the only one that it has; None where it says nothing."""
    slots = (slot.surface for slot in analyse_query(tittel).slots if slot.terms.whole and slot.surface.isalpha())
    ordene = [tree.Words(ord_, "tittel") for ord_ in islice(dict.fromkeys(map(str.lower, slots)), FLEST_ORD)]
    if not ordene:
        return None
    like: tree.Node = tree.Or(tuple(tree.And(par) for par in combinations(ordene, 2))) if ordene[1:] else ordene[0]
    return Query(tittel, tree.And((like, tree.Words("sak", "type"))), ())
