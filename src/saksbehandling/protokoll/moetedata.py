"""The frozen data of a møteprotokoll: the whole meeting, with the saksprotokoll of each treatment, and its shapes.

What is added to a protocol after it was frozen (signatures, corrections, how it was approved) is not part of the frozen
data; a document is made from both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from saksbehandling.errors import InvalidInput
from saksbehandling.protokoll import data as saksdata
from saksbehandling.protokoll.data import Saksprotokolldata
from saksbehandling.richtext import Blocks

Json = dict[str, Any]
VERSJON = 1
SKJERMET = {
    "nb": "Saken er unntatt offentlighet ({hjemmel}). Behandlingen står ikke i den offentlige protokollen.",
    "nn": "Saka er unnateken offentlegheit ({hjemmel}). Behandlinga står ikkje i den offentlege protokollen.",
}


@dataclass(frozen=True, slots=True)
class Frammoetelinje:
    """Who met. `moeter_for`: the member that a substitute replaced; `merknad`: when they came or went."""

    navn: str
    parti: str
    funksjon: str
    moeter_for: str = ""
    merknad: str = ""


@dataclass(frozen=True, slots=True)
class Forfallslinje:
    """A member who never was there, and who met instead. `merknad`: that nobody had reported it, where nobody had.

    Why a member was away is for the secretary alone: it may tell of health.
    """

    navn: str
    parti: str
    vara: str = ""
    merknad: str = ""


@dataclass(frozen=True, slots=True)
class Protokollsak:
    """An item of the agenda. `hjemmel`: why it is exempt, "" for what is public. `sak`: None where it is left out."""

    moetesak_id: int
    saksnummer: str
    tittel: str
    hjemmel: str
    sak: Saksprotokolldata | None


@dataclass(frozen=True, slots=True)
class Moeteprotokolldata:
    """A meeting. Wall times are written («17.00»), "" where nobody recorded them."""

    kommune: str
    utvalg: str
    moetedato: dt.date
    starttid: str = ""
    sluttid: str = ""
    sted: str = ""
    frammoete: tuple[Frammoetelinje, ...] = ()
    forfall: tuple[Forfallslinje, ...] = ()
    plasser: int = 0
    saker: tuple[Protokollsak, ...] = ()
    malform: str = "nb"


@dataclass(frozen=True, slots=True)
class Tillegg:
    """What stands after the frozen words. `rettelser`: (heading, text, reason); `underskrifter`: (name, line)."""

    godkjenning: str = ""
    underskrifter: tuple[tuple[str, str], ...] = ()
    rettelser: tuple[tuple[str, Blocks, str], ...] = ()
    erklaering: str = ""
    signaturfelt: tuple[str, ...] = field(default=())


INGEN_TILLEGG = Tillegg()


def synlig(data: Moeteprotokolldata, skjermede: Mapping[int, tuple[str, str]]) -> Moeteprotokolldata:
    """The protocol for a reader who may not read some treatments: their words are left out.

    `skjermede`: ids of those, with the title that everybody may see and the hjemmel, as they are today.
    """
    return replace(data, saker=tuple(_uten_ord(ett, skjermede.get(ett.moetesak_id)) for ett in data.saker))


def _uten_ord(ett: Protokollsak, skjermet: tuple[str, str] | None) -> Protokollsak:
    if skjermet is None:
        return ett
    tittel, hjemmel = skjermet
    return replace(ett, tittel=tittel, hjemmel=hjemmel, sak=None)


def offentlig(data: Moeteprotokolldata) -> bool:
    """Whether nothing exempt stands in it."""
    return all(ett.sak is None or not ett.hjemmel for ett in data.saker)


def som_verdier(data: Moeteprotokolldata, tillegg: Tillegg = INGEN_TILLEGG) -> dict[str, Any]:
    """The values that a template can show, as `data.som_verdier` has those of a treatment."""
    return {
        "kommune": data.kommune,
        "utvalg": data.utvalg,
        "dokumenttittel": dokumenttittel(data),
        "moetedato": data.moetedato,
        "tid": "–".join(filter(None, (data.starttid, data.sluttid))),
        "sted": data.sted,
        "frammoete": [asdict(ett) for ett in data.frammoete],
        "forfall": [asdict(ett) for ett in data.forfall],
        "antall_frammoetet": str(len(data.frammoete)),
        "plasser": str(data.plasser) if data.plasser else "",
        "saker": [_sak(ett, data.malform) for ett in data.saker],
        "godkjenning": tillegg.godkjenning,
        "erklaering": tillegg.erklaering if tillegg.underskrifter else "",
        "underskrifter": [{"navn": navn, "om": om} for navn, om in tillegg.underskrifter],
        "signaturfelt": list(tillegg.signaturfelt),
        "rettelser": [
            {"overskrift": om, "tekst": tekst, "begrunnelse": hvorfor} for om, tekst, hvorfor in tillegg.rettelser
        ],
        "malform": data.malform,
    }


def til_json(data: Moeteprotokolldata) -> Json:
    """The data as JSON values, for storage and for the readable copy inside the document."""
    return {
        "versjon": VERSJON,
        **{navn: getattr(data, navn) for navn in _ENKLE},
        "moetedato": data.moetedato.isoformat(),
        "frammoete": [asdict(ett) for ett in data.frammoete],
        "forfall": [asdict(ett) for ett in data.forfall],
        "saker": [
            {navn: getattr(ett, navn) for navn in _SAKENS} | {"sak": saksdata.til_json(ett.sak) if ett.sak else None}
            for ett in data.saker
        ],
    }


def fra_json(value: Mapping[str, Any]) -> Moeteprotokolldata:
    """The data from what `til_json` wrote. Raises `InvalidInput` if it is of another version or damaged."""
    if value.get("versjon") != VERSJON:
        raise InvalidInput(f"Møteprotokollen er av versjon {value.get('versjon')!r}; versjon {VERSJON} ventes her.")
    try:
        return Moeteprotokolldata(
            **{navn: value[navn] for navn in _ENKLE},
            moetedato=dt.date.fromisoformat(value["moetedato"]),
            frammoete=tuple(Frammoetelinje(**ett) for ett in value["frammoete"]),
            forfall=tuple(Forfallslinje(**ett) for ett in value["forfall"]),
            saker=tuple(
                Protokollsak(
                    **{navn: ett[navn] for navn in _SAKENS}, sak=saksdata.fra_json(ett["sak"]) if ett["sak"] else None
                )
                for ett in value["saker"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(f"Møteprotokollen er skadet ({error!r}). Hent den fra en sikkerhetskopi.") from error


_ENKLE = ("kommune", "utvalg", "starttid", "sluttid", "sted", "plasser", "malform")
_SAKENS = ("moetesak_id", "saksnummer", "tittel", "hjemmel")


def dokumenttittel(data: Moeteprotokolldata) -> str:
    """«Møteprotokoll - Bystyret 29.08.2019»"""
    return f"{'Møtebok' if data.malform == 'nn' else 'Møteprotokoll'} - {data.utvalg} {data.moetedato:%d.%m.%Y}"


def _sak(ett: Protokollsak, malform: str) -> dict[str, Any]:
    """The values of a treatment as its saksprotokoll has them, with the number and title that this reader may see."""
    verdier: dict[str, Any] = saksdata.som_verdier(ett.sak) if ett.sak else dict(_TOM)
    skjermet = "" if ett.sak else SKJERMET[malform].format(hjemmel=ett.hjemmel)
    return {
        **verdier,
        "saksnummer": ett.saksnummer,
        "tittel": ett.sak.tittel if ett.sak else ett.tittel,
        "skjermet": skjermet,
    }


_TOM: Mapping[str, Any] = saksdata.som_verdier(Saksprotokolldata("", "", dt.date.min, "", "", "", ""))
