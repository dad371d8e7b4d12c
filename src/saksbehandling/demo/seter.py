"""The bodies of Nidarvik, their election periods and how the seats fell. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from saksbehandling.utvalg.models import Utvalgstype

PERIODER: Mapping[str, tuple[dt.date, dt.date]] = {
    "2015–2019": (dt.date(2015, 10, 1), dt.date(2019, 9, 30)),
    "2019–2023": (dt.date(2019, 10, 1), dt.date(2023, 9, 30)),
    "2023–2027": (dt.date(2023, 10, 1), dt.date(2027, 9, 30)),
}

# In the order in which minutes conventionally list them.
PARTIER: Mapping[str, str] = {
    "Ap": "Arbeiderpartiet",
    "H": "Høyre",
    "MDG": "Miljøpartiet De Grønne",
    "SV": "Sosialistisk Venstreparti",
    "FrP": "Fremskrittspartiet",
    "V": "Venstre",
    "PP": "Pensjonistpartiet",
    "KrF": "Kristelig Folkeparti",
    "Sp": "Senterpartiet",
    "R": "Rødt",
}

ORGANISASJONER = (
    "Velferdstinget",
    "Studentparlamentet",
    "Elevrådene",
    "Pensjonistlaget",
    "Seniorforum",
    "Innvandrerforum",
    "Trossamfunnene",
    "Handikaplaget",
    "Syns- og hørselslaget",
)

BYSTYRETS_SETER: Mapping[str, tuple[int, ...]] = {
    "2015–2019": (28, 14, 5, 4, 4, 4, 2, 2, 2, 2),
    "2019–2023": (18, 14, 8, 8, 3, 3, 2, 2, 6, 3),
    "2023–2027": (15, 21, 5, 9, 5, 4, 2, 1, 2, 3),
}


@dataclass(frozen=True, slots=True)
class Organ:
    """A body. `faste_seter`: seats that organisations and parties hold by agreement; empty for elected bodies."""

    kode: str
    navn: str
    utvalgstype: Utvalgstype
    plasser: int
    faste_seter: Mapping[str, int]
    navnevarianter: tuple[str, ...] = ()


def _raad(kode: str, navn: str, seter: Mapping[str, int], *navnevarianter: str) -> Organ:
    return Organ(kode, navn, Utvalgstype.RAAD, sum(seter.values()), seter, navnevarianter)


_ORGANER = (
    Organ("bystyret", "Bystyret", Utvalgstype.KOMMUNESTYRE, 67, {}, ("Nidarvik bystyre",)),
    Organ("formannskapet", "Formannskapet", Utvalgstype.FORMANNSKAP, 13, {}),
    Organ("finanskomiteen", "Finans- og næringskomiteen", Utvalgstype.KOMITE, 13, {}, ("Finanskomiteen",)),
    Organ("byutviklingskomiteen", "Byutviklingskomiteen", Utvalgstype.KOMITE, 13, {}),
    _raad("mangfoldsraadet", "Mangfoldsrådet", {"Ap": 2, "H": 2, "SV": 1, "Innvandrerforum": 4, "Trossamfunnene": 2}),
    _raad(
        "funksjonsevneraadet",
        "Kommunalt råd for mennesker med nedsatt funksjonsevne",
        {"Ap": 2, "H": 1, "KrF": 1, "Handikaplaget": 3, "Syns- og hørselslaget": 2},
        "Rådet for mennesker med nedsatt funksjonsevne",
        "KFU",
    ),
    _raad("studentraadet", "Studentrådet", {"Velferdstinget": 4, "Studentparlamentet": 5}, "Nidarvik studentråd"),
    _raad("ungdommens_bystyre", "Ungdommens bystyre", {"Elevrådene": 17}, "Ungdomsrådet"),
    _raad("eldreraadet", "Eldrerådet", {"Ap": 1, "H": 1, "PP": 1, "Pensjonistlaget": 4, "Seniorforum": 2}),
)
ORGANER: Mapping[str, Organ] = {organ.kode: organ for organ in _ORGANER}


def periode_for(dato: dt.date) -> str:
    """The name of the period that holds `dato`. Raises `ValueError` outside 2015–2027."""
    for navn, (fra, til) in PERIODER.items():
        if fra <= dato <= til:
            return navn
    raise ValueError(f"{dato} er utenfor valgperiodene i demodataene.")


def seter(utvalg: str, periode: str) -> dict[str, int]:
    """Seats by party in a body; parties without a seat are left out."""
    organ = ORGANER[utvalg]
    if organ.faste_seter:
        return dict(organ.faste_seter)
    bystyret = dict(zip(PARTIER, BYSTYRETS_SETER[periode], strict=True))
    return bystyret if utvalg == "bystyret" else fordel(bystyret, organ.plasser)


def fordel(styrke: Mapping[str, int], plasser: int) -> dict[str, int]:
    """Share out `plasser` by d'Hondt's method, as in a forholdsvalg; on a tie the list with fewer seats goes first."""
    faatt = dict.fromkeys(styrke, 0)
    for _ in range(plasser):
        neste = max(styrke, key=lambda parti: (styrke[parti] / (faatt[parti] + 1), -faatt[parti]))
        faatt[neste] += 1
    return {parti: antall for parti, antall in faatt.items() if antall}
