"""Protocols of treatments and of whole meetings, approved, signed, corrected and published; and all other documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    from saksbehandling.moete import TALL
    from saksbehandling.moete.views_felles import moete_for, moetesak_for
    from saksbehandling.protokoll.views_dokumenter import dokumentlenker
    from saksbehandling.protokoll.views_moete import arkivert_protokoll, kan_lese_protokollen
    from saksbehandling.saksmappe.ressurser import sak_fra

    for navn, sti in {
        "protokoll_docx": "protokoll.docx",
        "protokoll_pdf": "protokoll.pdf",
        "protokoll_godkjenn": "protokoll/godkjenn",
        "protokoll_publiser": "protokoll/publiser",
        "saerutskrift": "saerutskrift",
        "protokoll_redigering": "protokoll/redigering",
        "protokoll_redigert_fil": r"protokoll/redigering/{nummer:\d{1,6}}.docx",
    }.items():
        config.add_route(navn, f"/moetesaker/{{id:{TALL}}}/{sti}", factory=moetesak_for)
    for navn, sti in {
        "": "",
        "_docx": ".docx",
        "_pdf": ".pdf",
        "_fram": "/legg-fram",
        "_tilbake": "/ta-tilbake",
        "_godkjenn": "/godkjenn",
        "_underskriv": "/underskriv",
        "_rett": "/rettelser",
        "_publiser": "/publiser",
        "_redigering": "/redigering",
        "_redigert_fil": r"/redigering/{nummer:\d{1,6}}.docx",
    }.items():
        config.add_route(f"moeteprotokoll{navn}", f"/moeter/{{id:{TALL}}}/protokoll{sti}", factory=moete_for)
    sak = r"/saker/{aar:\d{4}}/{sekvens:\d{1,9}}"
    for navn, form in (("", "docx"), ("_pdf", "pdf")):
        slag = f"dokumenter/{{slag:[a-z_]+}}.{form}"
        config.add_route(f"behandlingsdokument{navn}", f"/moetesaker/{{id:{TALL}}}/{slag}", factory=moetesak_for)
        config.add_route(f"moetedokument{navn}", f"/moeter/{{id:{TALL}}}/{slag}", factory=moete_for)
        config.add_route(f"saksdokument{navn}", f"{sak}/{slag}", factory=sak_fra)
    config.add_request_method(dokumentlenker)
    # The pages of meetings and treatments, which know no protocols, link to one by these.
    config.add_request_method(kan_lese_protokollen)
    config.add_request_method(arkivert_protokoll)
    for modul in (".views", ".views_dokumenter", ".views_haandredigering", ".views_moete", ".views_saerutskrift"):
        config.scan(modul)
    config.include(".views_pdf")
