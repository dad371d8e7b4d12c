"""The stable, readable addresses of cases and treatments; the same for everybody who may see them."""

from __future__ import annotations

from saksbehandling.moete.models import Moetesak
from saksbehandling.saksmappe.models import Saksmappe


def saksadresse(sak: Saksmappe) -> str:
    """`/saker/2019/8286`"""
    return f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"


def behandlingsadresse(moetesak: Moetesak) -> str:
    """`/innsyn/bystyret/2019/87/2019-08-29`: body, year and number of the treatment, and the day of its meeting."""
    nummer = moetesak.nummer
    return f"/innsyn/{moetesak.utvalg.kode}/{nummer.aar}/{nummer.sekvens}/{moetesak.moete.dato:%Y-%m-%d}"


def moeteadresse(moete_id: int) -> str:
    """`/moeter/12`"""
    return f"/moeter/{moete_id}"


def oppfoelgingsadresse(moetesak_id: int) -> str:
    """`/moetesaker/40/oppfoelging`: what the decision of a treatment asks for."""
    return f"/moetesaker/{moetesak_id}/oppfoelging"


GLOBALER = {"behandlingsadresse": behandlingsadresse, "saksadresse": saksadresse}
"""What templates call, by name: for `jinja2.globals`."""
