"""Hundreds of varied, plausible cases for lists, search and paging: the same ones for the same seed. No session."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from saksbehandling.demo.forhandling import Forhandling
from saksbehandling.demo.framlegg import Innstilling, innstilling, saksframlegg, skjermet_framlegg
from saksbehandling.demo.kalender import moetedatoer, moeter_mellom
from saksbehandling.demo.modell import (
    GenerertForslag,
    GenerertMerknad,
    GenerertOppfoelging,
    GenerertSak,
    Utfall,
)
from saksbehandling.demo.seter import ORGANER, periode_for, seter
from saksbehandling.demo.skjermet import KANARIORD, SKJERMEDE
from saksbehandling.demo.spraak import STEDER, Forteller, Tema
from saksbehandling.demo.spraak_nb import BOKMAAL
from saksbehandling.demo.spraak_nn import NYNORSK
from saksbehandling.demo.stemmer import mindretall
from saksbehandling.utvalg.models import Utvalgstype
from saksbehandling.votering.kodeverk import Forslagsstatus

__all__ = [
    "KANARIORD",
    "LANG_TITTEL",
    "GenerertForslag",
    "GenerertMerknad",
    "GenerertOppfoelging",
    "GenerertSak",
    "Utfall",
    "moetedatoer",
    "saker",
]

LANG_TITTEL = (
    "Samlet behandling av detaljregulering, utbyggingsavtale, rekkefølgekrav og finansiering av gang- og sykkelvei,"
    " holdeplass, bekkeåpning og friområde mellom Kvernbekken, Elvebakken og Nordre Havn, del 2"
)
_LANG_TITTEL_NR = 3
_SKJERMET_HVER, _SKJERMET_FOERST = 40, 7
_ANDEL_NYNORSK = 0.12
_UTFALL = (Utfall.VEDTATT, Utfall.UTSATT, Utfall.TILBAKESENDT)
_UTFALL_VEKTER = (87, 9, 4)
# How much of the year's work a single meeting of the body takes.
_MENGDE = {"bystyret": 5, "formannskapet": 1, "finanskomiteen": 2, "byutviklingskomiteen": 2}


def saker(antall: int, fra: dt.date, til: dt.date, seed: int = 1) -> Iterator[GenerertSak]:
    """`antall` cases, treated in meetings from `fra` to `til` (inclusive), in the order of those meetings.

    Raises `ValueError` when no body meets between the dates, or when a meeting is outside the election periods.
    """
    rng = random.Random(seed)  # noqa: S311 - the same cases each time, nothing secret
    moeter = [(dato, utvalg) for utvalg in _MENGDE for dato in moeter_mellom(utvalg, fra, til)]
    if not moeter:
        raise ValueError(f"Ingen av utvalgene har møte mellom {fra} og {til}.")
    valgte = rng.choices(moeter, [_MENGDE[utvalg] for _, utvalg in moeter], k=antall)
    for nr, (dato, utvalg) in enumerate(sorted(valgte)):
        if nr % _SKJERMET_HVER == _SKJERMET_FOERST:
            yield _skjermet_sak(rng, nr // _SKJERMET_HVER, utvalg, dato)
        else:
            yield _sak(rng, utvalg, dato, LANG_TITTEL if nr == _LANG_TITTEL_NR else None)


def _sak(rng: random.Random, utvalg: str, dato: dt.date, tittel: str | None) -> GenerertSak:
    spraak = NYNORSK if tittel is None and rng.random() < _ANDEL_NYNORSK else BOKMAAL
    tema = rng.choice([tema for tema in spraak.temaer if _hoerer_til(tema, utvalg)])
    sted = rng.choice(STEDER)
    tittel = tittel or rng.choice(tema.titler).format(sted=sted)
    forteller = Forteller(spraak, rng, sted=sted, organ=_organ(utvalg), saken=tittel[0].lower() + tittel[1:])
    frist = dato + dt.timedelta(days=rng.randint(60, 400))
    utfall = rng.choices(_UTFALL, _UTFALL_VEKTER)[0]
    tilraadd = innstilling(rng, forteller, tema, frist)
    partier = seter(utvalg, periode_for(dato))
    forhandling = Forhandling(rng, forteller, spraak, partier, tilraadd.segmenter, _laast(tilraadd))
    forslag = forhandling.forslag(tema, utfall)
    return GenerertSak(
        tittel=tittel,
        maalform=spraak.maalform,
        enhet=tema.enhet,
        opprettet=_opprettet(rng, dato),
        saksframlegg=saksframlegg(rng, forteller, tema),
        innstilling=tilraadd.segmenter,
        utvalg=utvalg,
        moetedato=dato,
        utfall=utfall,
        forslag=forslag,
        innstilling_mot=mindretall(rng, partier) if utfall is Utfall.VEDTATT else {},
        merknader=forhandling.merknader() if utfall is Utfall.VEDTATT else (),
        oppfoelging=_bestillinger(utvalg, utfall, tilraadd, forslag, frist),
        utsatt_til=_neste_moete(utvalg, dato) if utfall is Utfall.UTSATT else None,
    )


def _skjermet_sak(rng: random.Random, nr: int, utvalg: str, dato: dt.date) -> GenerertSak:
    mal = SKJERMEDE[nr % len(SKJERMEDE)]
    kanari = KANARIORD[nr % len(KANARIORD)]
    tittel = mal.tittel.format(kanari=kanari)
    belop = f"{rng.randint(4, 60)} millioner kroner"
    forteller = Forteller(BOKMAAL, rng, sted=kanari, kanari=kanari, organ=_organ(utvalg), belop=belop)
    return GenerertSak(
        tittel=tittel,
        maalform=BOKMAAL.maalform,
        enhet="Kommunedirektørens stab",
        opprettet=_opprettet(rng, dato),
        saksframlegg=skjermet_framlegg(forteller, mal),
        innstilling=(forteller.fyll(mal.vedtak),),
        utvalg=utvalg,
        moetedato=dato,
        utfall=Utfall.VEDTATT,
        forslag=(),
        innstilling_mot={},
        merknader=(),
        oppfoelging=(),
        offentlig_tittel=mal.offentlig_tittel,
        skjermingshjemmel=mal.hjemmel,
    )


def _hoerer_til(tema: Tema, utvalg: str) -> bool:
    return tema.komite == utvalg or ORGANER[utvalg].utvalgstype is not Utvalgstype.KOMITE


def _organ(utvalg: str) -> str:
    """Who speaks in the text: a committee recommends in bystyret's words."""
    return "Formannskapet" if utvalg == "formannskapet" else "Bystyret"


def _laast(tilraadd: Innstilling) -> frozenset[int]:
    """The request for follow-up stands untouched, so that what is asked for is what was decided."""
    return frozenset({len(tilraadd.segmenter)}) if tilraadd.oppfoelging else frozenset()


def _opprettet(rng: random.Random, dato: dt.date) -> dt.date:
    return dato - dt.timedelta(days=rng.randint(25, 140))


def _neste_moete(utvalg: str, dato: dt.date) -> dt.date:
    return moeter_mellom(utvalg, dato + dt.timedelta(days=1), dato + dt.timedelta(days=120))[0]


def _bestillinger(
    utvalg: str,
    utfall: Utfall,
    tilraadd: Innstilling,
    forslag: tuple[GenerertForslag, ...],
    frist: dt.date,
) -> tuple[GenerertOppfoelging, ...]:
    """What the decision asks the kommunedirektør for; a committee decides nothing, so it asks for nothing."""
    if utfall is not Utfall.VEDTATT or ORGANER[utvalg].utvalgstype is Utvalgstype.KOMITE:
        return ()
    vedtatt = [tilraadd.oppfoelging or "", *(ett.tekst for ett in forslag if ett.utfall is Forslagsstatus.VEDTATT)]
    return tuple(
        GenerertOppfoelging(tekst, frist)
        for tekst in vedtatt
        if tekst.startswith((f"{_organ(utvalg)} ber kommunedirektøren", f"{_organ(utvalg)} bed kommunedirektøren"))
    )
