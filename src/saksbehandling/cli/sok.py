"""`saksbehandling sok`: search, as the public or as somebody."""

from __future__ import annotations

import argparse
import json
from typing import Any

from saksbehandling.assembly import Parts
from saksbehandling.errors import NotFound
from saksbehandling.identity.rules import PUBLIKUM, Identitet
from saksbehandling.identity.services import identitet_for
from saksbehandling.search_engine.model import Hit, Options, Piece
from saksbehandling.search_engine.query import parse
from saksbehandling.tjenester import Tjenester


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "sok", help="søk", description="Søk i saker, behandlinger, forslag, voteringer, vedtak og dokumenter."
    )
    parser.add_argument("tekst", metavar="TEKST", nargs="+", help="det det søkes etter, som «PS 87/19»")
    parser.add_argument("--json", action="store_true", help="skriv treffene som JSON")
    parser.add_argument("--som", metavar="BRUKER", help="søk som denne brukeren (ellers som publikum)")
    parser.add_argument("--antall", type=_antall, default=20, metavar="N", help="så mange treff (ellers 20)")
    parser.set_defaults(run=sok)


def sok(parts: Parts, arguments: argparse.Namespace) -> None:
    hvem = _identitet(parts, arguments.som) if arguments.som else PUBLIKUM
    resultat = parts.search_engine.search(
        parse(" ".join(arguments.tekst)), hvem.legitimasjon, Options(limit=arguments.antall)
    )
    if arguments.json:
        treff = [_som_json(hit) for hit in resultat.hits]
        print(json.dumps({"antall": resultat.total, "treff": treff}, ensure_ascii=False, indent=2))
        return
    print(f"{resultat.total} treff")
    for hit in resultat.hits:
        print(_linje(hit))
    for tillegg in filter(None, (resultat.hint, resultat.mente_du and f"Mente du: {resultat.mente_du}?")):
        print(tillegg)


def _antall(tekst: str) -> int:
    if int(tekst) < 1:
        raise ValueError(tekst)
    return int(tekst)


def _identitet(parts: Parts, brukernavn: str) -> Identitet:
    with parts.reading() as session:
        bruker = Tjenester(parts.felles, session).brukere.finn(brukernavn)
        if bruker is None:
            raise NotFound(f"Det finnes ingen bruker som heter «{brukernavn}».")
        return identitet_for(bruker, parts.clock.today())


def _som_json(hit: Hit) -> dict[str, Any]:
    return {
        "type": hit.type,
        "nummer": hit.nummer[0] if hit.nummer else None,
        "alle_nummer": list(hit.nummer),
        "tittel": hit.tittel,
        "utvalg": hit.utvalg or None,
        "dato": hit.dato.isoformat() if hit.dato else None,
        "utdrag": _tekst(hit.utdrag),
        "url": hit.url,
    }


def _linje(hit: Hit) -> str:
    sted = ", ".join(filter(None, (hit.utvalg, f"{hit.dato:%d.%m.%Y}" if hit.dato else "")))
    return f"{hit.type:12} {hit.nummer[0] if hit.nummer else '':12} {hit.tittel} ({sted})\n    {_tekst(hit.utdrag)}"


def _tekst(deler: tuple[Piece, ...]) -> str:
    return " ".join("".join(del_.text for del_ in deler).split())
