"""What the search page shows of a result: facets as links, and what is chosen. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from webob.multidict import MultiDict

from saksbehandling.identity.rules import Identitet, har_tillatelse
from saksbehandling.innsyn.paginering import PER_SIDE, adresse, sidetall
from saksbehandling.search_engine import query_tree as tree
from saksbehandling.search_engine.analysis import parse_date
from saksbehandling.search_engine.model import FACETS, Hit, Options, Piece, Result, Sort
from saksbehandling.search_engine.query import Query, any_word, parse

TYPEORD = {
    "sak": "Sak",
    "behandling": "Behandling",
    "forslag": "Forslag",
    "merknad": "Merknad",
    "votering": "Votering",
    "vedtak": "Vedtak",
    "oppfølging": "Oppfølging",
    "dokument": "Dokument",
    "møte": "Møte",
    "person": "Person",
}
FASETTNAVN = {
    "utvalg": "Utvalg",
    "år": "År",
    "type": "Hva",
    "parti": "Parti",
    "resultat": "Resultat",
    "saksbehandler": "Saksbehandler",
}
PARAMETER = {fasett: "aar" if fasett == "år" else fasett for fasett in FACETS}
STEMMEFELT = ("for", "mot", "delt", "enstemmig")
SORTERING = {Sort.RELEVANS: "Best treff", Sort.NYESTE: "Nyeste", Sort.ELDSTE: "Eldste"}
VIST_I_FASETT = 12
IKKE_FOR_DEG = "Hvem som er saksbehandler, vises bare for dem som behandler saker. Vilkåret er sett bort fra."
LENGSTE = 2000  # characters of a field that are looked at; the query language says so where it uses fewer


@dataclass(frozen=True, slots=True)
class Soek:
    """A search as asked for in the address. `sak`: the id of the only case whose hits are wanted, "" for all.
    `lukket`: the fields that this reader may not search in.
    `noen_av_ordene`: documents need not have all the words.
    """

    tekst: str
    valgt: Mapping[str, tuple[str, ...]]
    sort: Sort
    side: int
    fra_dato: str = ""
    til_dato: str = ""
    sak: str = ""
    stemmer: Mapping[str, str] = field(default_factory=dict)
    lukket: frozenset[str] = frozenset()
    hint: tuple[str, ...] = ()
    noen_av_ordene: bool = False

    @classmethod
    def fra(cls, felter: MultiDict[str, str], leser: Identitet) -> Soek:
        valgt = {fasett: tuple(dict.fromkeys(filter(None, felter.getall(PARAMETER[fasett])))) for fasett in FACETS}
        lukket = frozenset() if har_tillatelse(leser, "se_saksansvarlig") else frozenset({"saksbehandler"})
        sort = felter.get("sort", "")
        return cls(
            felter.get("q", "").strip()[:LENGSTE],
            {fasett: verdier for fasett, verdier in valgt.items() if verdier and fasett not in lukket},
            Sort(sort) if sort in set(Sort) else Sort.RELEVANS,
            sidetall(felter.get("side", "")),
            felter.get("fra", "").strip()[:LENGSTE],
            felter.get("til", "").strip()[:LENGSTE],
            felter.get("sak", "").strip()[:LENGSTE],
            {felt: verdi for felt in STEMMEFELT if (verdi := felter.get(felt, "").strip()[:LENGSTE])},
            lukket,
            (IKKE_FOR_DEG,) if any(valgt[fasett] for fasett in lukket) else (),
        )

    @property
    def tomt(self) -> bool:
        return not (self.tekst or self.valgt or self.fra_dato or self.til_dato or self.sak or self.stemmer)

    @property
    def sporring(self) -> Query:
        """What is typed, and what the form adds to it; a date that is none gives a hint."""
        lest = parse(self.tekst, self.lukket)
        hint = [
            f"«{dag}» er ikke en dato; skriv for eksempel 29.08.2019."
            for dag in (self.fra_dato, self.til_dato)
            if dag and not parse_date(dag)
        ]
        vilkaar: list[tree.Node] = [tree.Words(verdi, felt) for felt, verdi in self.stemmer.items()]
        fra, til = parse_date(self.fra_dato), parse_date(self.til_dato)
        if fra or til:
            vilkaar.append(tree.Days(fra, til))
        ledd = (*([lest.root] if lest.root else []), *vilkaar)
        alt = Query(lest.text, tree.And(ledd) if vilkaar else lest.root, (*lest.hints, *self.hint, *hint))
        return (any_word(alt) or alt) if self.noen_av_ordene else alt

    @property
    def options(self) -> Options:
        return self.de_foerste(PER_SIDE, (self.side - 1) * PER_SIDE)

    @property
    def sider(self) -> Options:
        """As the page shows them: a case is one place, unless it is the only one."""
        return replace(self.options, fold=not self.sak)

    def de_foerste(self, antall: int, etter: int = 0, sort: Sort | None = None) -> Options:
        valgt = {**self.valgt, **({"sak": (self.sak,)} if self.sak else {})}
        return Options(sort or self.sort, etter, antall, valgt)

    def for_leseren(self, resultat: Result) -> Result:
        """The result without the counts of what is not for this reader."""
        aapne = {fasett: () if fasett in self.lukket else rader for fasett, rader in resultat.facets.items()}
        return replace(resultat, facets=aapne)

    @property
    def felter(self) -> dict[str, str | tuple[str, ...]]:
        """For the address of another view of the same search."""
        sort = "" if self.sort is Sort.RELEVANS else self.sort.value
        valgt = {PARAMETER[fasett]: verdier for fasett, verdier in self.valgt.items()}
        dager = {"fra": self.fra_dato, "til": self.til_dato}
        return {"q": self.tekst, **valgt, **dager, "sak": self.sak, **self.stemmer, "sort": sort}


@dataclass(frozen=True, slots=True)
class Fasettverdi:
    """`lenke` chooses it, or takes the choice away when it is `valgt`."""

    ord: str
    antall: int
    valgt: bool
    lenke: str


@dataclass(frozen=True, slots=True)
class Fasett:
    navn: str
    verdier: tuple[Fasettverdi, ...]


def fasetter(soek: Soek, resultat: Result, sti: str) -> list[Fasett]:
    """The facets that divide the result, or that something is chosen in."""
    alle = (_fasett(soek, resultat, fasett, sti) for fasett in FACETS)
    return [fasett for fasett in alle if len(fasett.verdier) > 1 or any(verdi.valgt for verdi in fasett.verdier)]


def _fasett(soek: Soek, resultat: Result, fasett: str, sti: str) -> Fasett:
    valgt = soek.valgt.get(fasett, ())
    telling = {rad.value: rad.count for rad in resultat.facets.get(fasett, ())}
    verdier = [*dict.fromkeys((*valgt, *list(telling)[:VIST_I_FASETT]))]
    return Fasett(
        FASETTNAVN[fasett],
        tuple(
            Fasettverdi(
                TYPEORD.get(verdi, verdi) if fasett == "type" else _stor(verdi),
                telling.get(verdi, 0),
                verdi in valgt,
                _veksle(soek, fasett, verdi, sti),
            )
            for verdi in verdier
        ),
    )


def _veksle(soek: Soek, fasett: str, verdi: str, sti: str) -> str:
    valgt = soek.valgt.get(fasett, ())
    nye = tuple(en for en in valgt if en != verdi) if verdi in valgt else (*valgt, verdi)
    return adresse(sti, soek.felter, **{PARAMETER[fasett]: nye})


def _stor(ord_: str) -> str:
    return ord_[:1].upper() + ord_[1:]


def som_json(soek: Soek, resultat: Result) -> dict[str, Any]:
    """The result for programs: the counts and facets of the page, and each hit by itself."""
    return {
        "sok": soek.tekst,
        "antall": resultat.total,
        "side": soek.side,
        "per_side": PER_SIDE,
        "treff": [_treff_json(hit) for hit in resultat.hits],
        "fasetter": {
            fasett: [{"verdi": rad.value, "antall": rad.count} for rad in rader]
            for fasett, rader in resultat.facets.items()
        },
        "hint": resultat.hint,
        "mente_du": resultat.mente_du,
    }


def _treff_json(hit: Hit) -> dict[str, Any]:
    return {
        "type": hit.type,
        "nummer": list(hit.nummer),
        "tittel": hit.tittel,
        "utvalg": hit.utvalg or None,
        "dato": hit.dato.isoformat() if hit.dato else None,
        "resultat": hit.resultat or None,
        "utdrag": _tekst(hit.utdrag),
        "url": hit.url,
    }


def _tekst(deler: tuple[Piece, ...]) -> str:
    return " ".join("".join(del_.text for del_ in deler).split())
