"""The decision as the page draws it, stored or as computed so far: each paragraph with where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saksbehandling.innsyn.behandlingsbilder import Behandling, stillere
from saksbehandling.innsyn.figurer import TYPEORD, Opphav, Vedtaksavsnitt
from saksbehandling.richtext import Blocks, parse_notation, plain_text, to_notation
from saksbehandling.saksmappe.models import Segment
from saksbehandling.vedtak.models import Avsnittstype, Redigering, Vedtak
from saksbehandling.vedtak.models import Vedtaksavsnitt as Lagret
from saksbehandling.vedtak.rules import Beregning
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.oversetting import forslagsnoekkel, segmentnoekkel


def innledning(behandling: Behandling) -> str:
    """The words that wrap the text, on one line."""
    if behandling.vedtak is not None:
        rader = [rad for rad in behandling.vedtak.avsnitt if rad.avsnittstype is Avsnittstype.INNLEDNING]
        return " ".join(plain_text(rad.blokker) for rad in rader)
    return plain_text(behandling.beregning.innledning).replace("\n", " ") if behandling.beregning else ""


def vedtaksavsnitt(behandling: Behandling) -> list[Vedtaksavsnitt]:
    """The paragraphs in reading order; empty when nothing is adopted yet."""
    if behandling.vedtak is not None:
        return _lagrede(behandling.vedtak)
    return _beregnede(behandling, behandling.beregning) if behandling.beregning else []


def _lagrede(vedtak: Vedtak) -> list[Vedtaksavsnitt]:
    redigert = {rad.redigert: rad for rad in vedtak.redigeringer if rad.redigert}
    rader = [rad for rad in vedtak.avsnitt if rad.avsnittstype is not Avsnittstype.INNLEDNING]
    return [
        Vedtaksavsnitt(rad.blokker, _lagret_opphav(rad, redigert), _ny_overskrift(rader, sted))
        for sted, rad in enumerate(rader)
    ]


def _ny_overskrift(rader: Sequence[Lagret], sted: int) -> str:
    """A heading stands once, over the first paragraph under it."""
    forrige = rader[sted - 1].overskrift if sted else None
    return rader[sted].overskrift or "" if rader[sted].overskrift != forrige else ""


def _lagret_opphav(rad: Lagret, redigert: Mapping[str, Redigering]) -> Opphav | None:
    redigering = _redigering(rad.blokker, redigert)
    setning = rad.votering.setning if rad.votering else ""
    if rad.merknad is not None:
        return Opphav(
            f"Merknad {rad.merknad.nummer} ({rad.merknad.parti.kode})", lenke=f"#merknad-{rad.merknad.nummer}"
        )
    if rad.forslag is not None:
        return fra_forslag(rad.forslag, setning, redigering)
    if rad.segment is not None:
        return fra_segment(rad.segment, setning, redigering)
    return _opphav("Sekretariatet", "Skrevet inn uten et forslag bak.", "", None, redigering) if redigering else None


def _redigering(blokker: Blocks, redigert: Mapping[str, Redigering]) -> Redigering | None:
    hele = redigert.get(to_notation(blokker))
    return hele or next(
        (redigert[noekkel] for blokk in blokker if (noekkel := to_notation((blokk,))) in redigert), None
    )


def _beregnede(behandling: Behandling, beregning: Beregning) -> list[Vedtaksavsnitt]:
    segmenter = {segmentnoekkel(rad): rad for rad in behandling.segmenter}
    forslag = {forslagsnoekkel(rad): rad for rad in behandling.forslag}
    setninger = {rad.nummer: rad.setning for rad in behandling.voteringer}
    tekst = [
        Vedtaksavsnitt(
            avsnitt.blokker,
            _fra(segmenter.get(avsnitt.opphav_id), forslag.get(avsnitt.opphav_id), avsnitt.voteringer, setninger),
        )
        for avsnitt in beregning.avsnitt
    ]
    foelger = beregning.prosedyre.foelger if beregning.prosedyre else ()
    overgang = plain_text(beregning.prosedyre.overgang) if beregning.prosedyre else ""
    tekst += [Vedtaksavsnitt(ett.blokker, overskrift="" if sted else overgang) for sted, ett in enumerate(foelger)]
    merknader = {f"m{rad.id}": rad for rad in behandling.merknader}
    return tekst + [
        Vedtaksavsnitt(
            ett.blokker,
            Opphav(
                f"Merknad {merknader[ett.merknad_id].nummer} ({merknader[ett.merknad_id].parti.kode})",
                lenke=f"#merknad-{merknader[ett.merknad_id].nummer}",
            ),
            ett.overskrift,
        )
        for ett in beregning.flertallsmerknader
    ]


def _fra(
    segment: Segment | None, forslag: Forslag | None, voteringer: Sequence[int], setninger: Mapping[int, str]
) -> Opphav | None:
    setning = setninger.get(voteringer[-1], "") if voteringer else ""
    if forslag is not None:
        return fra_forslag(forslag, setning)
    return fra_segment(segment, setning) if segment is not None else None


def fra_segment(segment: Segment, setning: str, redigering: Redigering | None = None) -> Opphav:
    return _opphav(f"Innstillingen, avsnitt {segment.nummer}", "", setning, f"#avsnitt-{segment.nummer}", redigering)


def fra_forslag(forslag: Forslag, setning: str, redigering: Redigering | None = None) -> Opphav:
    partier = ", ".join(dict.fromkeys(rad.parti.kode for rad in forslag.stillere if rad.parti))
    merke = f"Forslag {forslag.nummer}{f' ({partier})' if partier else ''}"
    forklaring = f"{TYPEORD[forslag.forslagstype]} fra {stillere(forslag)}."
    return _opphav(merke, forklaring, setning, f"#forslag-{forslag.nummer}", redigering)


def _opphav(merke: str, forklaring: str, votering: str, lenke: str | None, redigering: Redigering | None) -> Opphav:
    return Opphav(
        merke,
        forklaring,
        votering,
        lenke,
        redigert=f"{redigering.begrunnelse} ({redigering.redigert_av})" if redigering else "",
        beregnet=parse_notation(redigering.beregnet) if redigering and redigering.beregnet else (),
    )
