"""A case as JSON, in the shape that `vis --json` has, without what the reader may not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.importering import pakke as lest
from saksbehandling.importering.gjenlesing import pakke_av
from saksbehandling.importering.golden_form import som_golden
from saksbehandling.innsyn.saksside import Sakslesing
from saksbehandling.saksmappe.models import Dokument, Saksmappe, Tilknytning
from saksbehandling.saksmappe.ressurser import SkjermetSak


def som_json(session: Session, identitet: Identitet, lesing: Sakslesing, sak: Saksmappe) -> dict[str, Any]:
    """The case for this reader. Treatments, a draft and attachments that they may not see are left out."""
    pakke = pakke_av(session, sak)
    synlige = {moetesak.id for moetesak in lesing.behandlinger(sak)}
    par = zip(lesing.alle_behandlinger(sak), pakke.behandlinger, strict=True)
    return som_golden(
        replace(
            pakke,
            behandlinger=tuple(behandling for moetesak, behandling in par if moetesak.id in synlige),
            saksframlegg=_saksframlegg(identitet, lesing, sak, pakke.saksframlegg),
        )
    )


def skjermet_som_json(sak: SkjermetSak) -> dict[str, Any]:
    """What everybody may know of a screened case."""
    return {
        "arkivsak": sak.saksnummer,
        "tittel": sak.offentlig_tittel,
        "unntatt": sak.hjemmel,
        "saksframlegg": None,
        "behandlinger": [],
    }


def _saksframlegg(
    identitet: Identitet, lesing: Sakslesing, sak: Saksmappe, framlegg: lest.Saksframlegg | None
) -> lest.Saksframlegg | None:
    if framlegg is None or lesing.framlegg(sak) is not sak.gjeldende_saksframlegg:
        return None
    par = zip(_vedlegg(sak), framlegg.vedlegg, strict=True)
    return replace(
        framlegg, vedlegg=tuple(vedlegg for dokument, vedlegg in par if kan_lese(identitet, dokument.lesere))
    )


def _vedlegg(sak: Saksmappe) -> Iterator[Dokument]:
    for post in sak.journalposter:
        yield from (dokument for dokument in post.dokumenter if dokument.tilknytning is Tilknytning.VEDLEGG)
