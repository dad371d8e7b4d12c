"""The frozen data of a saksprotokoll: everything that one holds, and its two other shapes.

`som_verdier` gives the plain values that a template's paths reach; `til_json` and `fra_json` are the stored
form, from which the document can be made again, byte for byte, when everything else has changed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, repeat
from typing import Any

from saksbehandling import richtext
from saksbehandling.errors import InvalidInput
from saksbehandling.richtext import Blocks

Json = dict[str, Any]

VERSJON = 1

ELEKTRONISK_GODKJENT = {
    "nb": "Protokollen er godkjent elektronisk og har derfor ingen underskrift.",
    "nn": "Protokollen er godkjend elektronisk og har difor inga underskrift.",
}


class Punktart(StrEnum):
    """What an item under «Behandling» is."""

    NOTAT = "notat"
    FORSLAG = "forslag"
    MERKNAD = "merknad"
    PROTOKOLLTILFOERSEL = "protokolltilførsel"


@dataclass(frozen=True, slots=True)
class Behandlingspunkt:
    """One minuted item. `overskrift`: the line above the text, as «Kari Lie (Sp), endringsforslag:»; "" for a note."""

    art: Punktart
    tekst: Blocks
    overskrift: str = ""


@dataclass(frozen=True, slots=True)
class Flertallsmerknad:
    """A remark that a majority joined, printed after the decision under `overskrift`."""

    overskrift: str
    tekst: Blocks


@dataclass(frozen=True, slots=True)
class Godkjenning:
    """How the protocol was approved (`maate`, a sentence), by whom («Kari Lie, møtesekretær») and when."""

    maate: str
    av: tuple[str, ...] = ()
    dato: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Stemmelinje:
    """One side of a ballot: «For», and the parties with their votes, by name where a party split."""

    side: str
    hvem: str


@dataclass(frozen=True, slots=True)
class Rettelse:
    """A correction appended after approval. `overskrift`: its number, when, and who wrote it."""

    overskrift: str
    tekst: Blocks
    begrunnelse: str


@dataclass(frozen=True, slots=True)
class Saksprotokolldata:
    """A saksprotokoll. The texts are final: nothing here is computed when the document is made.

    `sak`: «87/19»; `sakstype`: the prefix, «PS»; `arkivsak`: «19/8286»; `resultat`: "" where none was recorded.
    `innledning`: paragraphs before the decision, such as «Saken sendes bystyret med slik», «INNSTILLING:».
    `vedtak`: the decision's avsnitt in order; `foelger_saken`: a text that goes with a case that is not decided, under
    `foelger_saken_innledning`. `behandling`: notes, proposals and remarks as minuted. `voteringer` and
    `tilslutninger`: whole sentences. `malform`: «nb» or «nn». `vedtaksoverskrift`: what stands over the
    decision, without its colon. `rettelser`: what was corrected later; the rest stands as it was approved.
    `stemmer`: the sides of each of `voteringer`, in their order; none where the minutes count by party only.
    """

    kommune: str
    utvalg: str
    moetedato: dt.date
    sak: str
    tittel: str
    dokumenttittel: str
    arkivsak: str
    sakstype: str = "PS"
    resultat: str = ""
    innledning: tuple[str, ...] = ()
    vedtak: tuple[Blocks, ...] = ()
    foelger_saken_innledning: str = ""
    foelger_saken: tuple[Blocks, ...] = ()
    flertallsmerknader: tuple[Flertallsmerknad, ...] = ()
    saksordfoerer: str = ""
    behandling: tuple[Behandlingspunkt, ...] = ()
    voteringer: tuple[str, ...] = ()
    tilslutninger: tuple[str, ...] = ()
    godkjenning: Godkjenning | None = None
    malform: str = "nb"
    vedtaksoverskrift: str = "Vedtak"
    rettelser: tuple[Rettelse, ...] = ()
    stemmer: tuple[tuple[Stemmelinje, ...], ...] = ()


def som_verdier(data: Saksprotokolldata) -> dict[str, Any]:
    """The values that a template can show: texts, lists of them, and rich text as Blocks, dates.

    `har_vedtak` and `har_votering` tell whether those parts have anything in them; `er_notat`, whether an item has no
    heading line.
    """
    return {
        "kommune": data.kommune,
        "utvalg": data.utvalg,
        "moetedato": data.moetedato,
        "sak": data.sak,
        "sakstype": data.sakstype,
        "saksnummer": f"{data.sakstype} {data.sak}".strip(),
        "tittel": data.tittel,
        "dokumenttittel": data.dokumenttittel,
        "resultat": data.resultat,
        "arkivsak": data.arkivsak,
        "innledning": list(data.innledning),
        "vedtak": _samlet(data.vedtak),
        "vedtaksavsnitt": [{"nummer": nummer, "tekst": tekst} for nummer, tekst in enumerate(data.vedtak, 1)],
        "har_vedtak": bool(data.innledning or data.vedtak or data.foelger_saken or data.flertallsmerknader),
        "foelger_saken_innledning": data.foelger_saken_innledning,
        "foelger_saken": _samlet(data.foelger_saken),
        "flertallsmerknader": [{"overskrift": m.overskrift, "tekst": m.tekst} for m in data.flertallsmerknader],
        "saksordfoerer": data.saksordfoerer,
        "behandling": [
            {"art": p.art.value, "overskrift": p.overskrift, "er_notat": not p.overskrift, "tekst": p.tekst}
            for p in data.behandling
        ],
        "voteringer": list(data.voteringer),
        "voteringsliste": _voteringsliste(data),
        "tilslutninger": list(data.tilslutninger),
        "har_votering": bool(data.voteringer or data.tilslutninger),
        "godkjenning": _godkjenning_som_verdier(data.godkjenning),
        "malform": data.malform,
        "vedtaksoverskrift": data.vedtaksoverskrift,
        "rettelser": [
            {"overskrift": r.overskrift, "tekst": r.tekst, "begrunnelse": r.begrunnelse} for r in data.rettelser
        ],
    }


def _voteringsliste(data: Saksprotokolldata) -> list[dict[str, Any]]:
    return [
        {
            "setning": setning,
            "stemmer": [{"side": linje.side, "hvem": linje.hvem} for linje in linjer if _sier_mer(linje, setning)],
        }
        for setning, linjer in zip(data.voteringer, chain(data.stemmer, repeat(())), strict=False)
    ]


def _sier_mer(linje: Stemmelinje, setning: str) -> bool:
    """Whether a line of a ballot tells anything that its sentence does not: «Mot: H 3» after «mot 3 stemmer (3H)»."""
    if "(" in linje.hvem:
        return True
    tall = {"".join(reversed(del_.split(" "))) for del_ in linje.hvem.split(", ")}
    return not tall <= set(re.findall(r"[(,] ?(\d+\w+)", setning))


def til_json(data: Saksprotokolldata) -> Json:
    """The data as JSON values, for storage and for the readable copy inside the document."""
    return {
        "versjon": VERSJON,
        "kommune": data.kommune,
        "utvalg": data.utvalg,
        "moetedato": data.moetedato.isoformat(),
        "sak": data.sak,
        "sakstype": data.sakstype,
        "tittel": data.tittel,
        "dokumenttittel": data.dokumenttittel,
        "resultat": data.resultat,
        "arkivsak": data.arkivsak,
        "innledning": list(data.innledning),
        "vedtak": [richtext.to_json(avsnitt) for avsnitt in data.vedtak],
        "foelger_saken_innledning": data.foelger_saken_innledning,
        "foelger_saken": [richtext.to_json(avsnitt) for avsnitt in data.foelger_saken],
        "flertallsmerknader": [
            {"overskrift": m.overskrift, "tekst": richtext.to_json(m.tekst)} for m in data.flertallsmerknader
        ],
        "saksordfoerer": data.saksordfoerer,
        "behandling": [
            {"art": p.art.value, "overskrift": p.overskrift, "tekst": richtext.to_json(p.tekst)}
            for p in data.behandling
        ],
        "voteringer": list(data.voteringer),
        "stemmer": [[[linje.side, linje.hvem] for linje in linjer] for linjer in data.stemmer],
        "tilslutninger": list(data.tilslutninger),
        "godkjenning": _godkjenning_til_json(data.godkjenning),
        "malform": data.malform,
        "vedtaksoverskrift": data.vedtaksoverskrift,
        "rettelser": [
            {"overskrift": r.overskrift, "tekst": richtext.to_json(r.tekst), "begrunnelse": r.begrunnelse}
            for r in data.rettelser
        ],
    }


def fra_json(value: Mapping[str, Any]) -> Saksprotokolldata:
    """The data from what `til_json` wrote. Raises `InvalidInput` if it is of another version or damaged."""
    if value.get("versjon") != VERSJON:
        raise InvalidInput(
            f"Protokolldata av versjon {value.get('versjon')!r} kan ikke leses her (versjon {VERSJON} ventes)."
            " Oppgrader programmet, eller hent dataene fra en kopi."
        )
    try:
        return _les(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(f"Protokolldataene er skadet ({error!r}). Hent dem fra en sikkerhetskopi.") from error


def _les(value: Mapping[str, Any]) -> Saksprotokolldata:
    return Saksprotokolldata(
        kommune=value["kommune"],
        utvalg=value["utvalg"],
        moetedato=dt.date.fromisoformat(value["moetedato"]),
        sak=value["sak"],
        sakstype=value["sakstype"],
        tittel=value["tittel"],
        dokumenttittel=value["dokumenttittel"],
        resultat=value["resultat"],
        arkivsak=value["arkivsak"],
        innledning=tuple(value["innledning"]),
        vedtak=tuple(richtext.from_json(avsnitt) for avsnitt in value["vedtak"]),
        foelger_saken_innledning=value["foelger_saken_innledning"],
        foelger_saken=tuple(richtext.from_json(avsnitt) for avsnitt in value["foelger_saken"]),
        flertallsmerknader=tuple(
            Flertallsmerknad(m["overskrift"], richtext.from_json(m["tekst"])) for m in value["flertallsmerknader"]
        ),
        saksordfoerer=value["saksordfoerer"],
        behandling=tuple(
            Behandlingspunkt(Punktart(p["art"]), richtext.from_json(p["tekst"]), p["overskrift"])
            for p in value["behandling"]
        ),
        voteringer=tuple(value["voteringer"]),
        tilslutninger=tuple(value["tilslutninger"]),
        godkjenning=_godkjenning_fra_json(value["godkjenning"]),
        malform=value["malform"],
        vedtaksoverskrift=value["vedtaksoverskrift"],
        # Those frozen before corrections could be appended, or sides recorded, have none.
        rettelser=tuple(
            Rettelse(r["overskrift"], richtext.from_json(r["tekst"]), r["begrunnelse"])
            for r in value.get("rettelser", ())
        ),
        stemmer=tuple(tuple(Stemmelinje(*linje) for linje in linjer) for linjer in value.get("stemmer", ())),
    )


def _samlet(avsnitt: Sequence[Blocks]) -> Blocks:
    return tuple(chain.from_iterable(avsnitt))


def _godkjenning_som_verdier(godkjenning: Godkjenning | None) -> dict[str, str | dt.date | None] | None:
    if godkjenning is None:
        return None
    return {
        "maate": godkjenning.maate,
        "av": ", ".join(godkjenning.av),
        "dato": godkjenning.dato,
    }


def _godkjenning_til_json(godkjenning: Godkjenning | None) -> Json | None:
    if godkjenning is None:
        return None
    dato = godkjenning.dato.isoformat() if godkjenning.dato else None
    return {"maate": godkjenning.maate, "av": list(godkjenning.av), "dato": dato}


def _godkjenning_fra_json(value: Json | None) -> Godkjenning | None:
    if value is None:
        return None
    dato = dt.date.fromisoformat(value["dato"]) if value["dato"] else None
    return Godkjenning(value["maate"], tuple(value["av"]), dato)
