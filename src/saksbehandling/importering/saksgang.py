"""Replays an imported case through the workflow on the dates of the minutes, as far as the definitions allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from saksbehandling.errors import Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.importering.pakke import Advarsel
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.services import ARBEIDSFLYT
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.service import Actor, WorkflowService

UTFALLSHENDELSE = {Moetesaksutfall.UTSATT: "utsett", Moetesaksutfall.BEHANDLET: "vedta"}


def spill_av(
    flyt: WorkflowService, sak: Saksmappe, behandlinger: Sequence[Moetesak], identitet: Identitet
) -> list[Advarsel]:
    """Start the case's workflow and let every dated event happen. Returns what the definitions refused."""
    avspilling = _Avspilling(flyt, sak, identitet)
    avspilling.start(sak.opprettet_dato)
    uttalelser = [rad for rad in behandlinger if rad.behandlingstype is Behandlingstype.UTTALELSE]
    if uttalelser:
        avspilling.sak("send_til_uttalelse", uttalelser[0].moete.dato)
    for moetesak in uttalelser:
        avspilling.behandling(moetesak)
    avspilling.saksframlegg(uttalelser)
    for moetesak in behandlinger:
        if moetesak not in uttalelser:
            avspilling.paa_saksliste(moetesak)
            avspilling.behandling(moetesak)
    if sak.flyt is not None and sak.flyt.aktive == "vedtatt":
        avspilling.sak("publiser", behandlinger[-1].moete.dato)
    return avspilling.refusert


class _Avspilling:
    def __init__(self, flyt: WorkflowService, sak: Saksmappe, identitet: Identitet) -> None:
        self._flyt = flyt
        self._sak = sak
        self._aktoer = Actor(identitet.navn)
        self._roller = identitet.rollenavn
        self.refusert: list[Advarsel] = []

    def start(self, dato: dt.date) -> None:
        self._sak.flyt = self._flyt.start(ARBEIDSFLYT, self._sak, self._aktoer, dato=dato)

    def sak(self, hendelse: str, dato: dt.date) -> None:
        assert self._sak.flyt is not None  # started above
        self._fire(self._sak.flyt, hendelse, self._sak, dato)

    def saksframlegg(self, uttalelser: Sequence[Moetesak]) -> None:
        framlegg = self._sak.gjeldende_saksframlegg
        if framlegg is not None:
            dato = max([framlegg.dato or self._sak.opprettet_dato, *(rad.moete.dato for rad in uttalelser)])
            self.sak("fullfoer_saksframlegg", dato)
            self.sak("godkjenn", dato)

    def paa_saksliste(self, moetesak: Moetesak) -> None:
        direkte = (
            moetesak.behandlingstype is Behandlingstype.VEDTAK
            and self._sak.flyt is not None
            and self._sak.flyt.aktive == "klar_for_komite"
        )
        self.sak("sett_paa_saksliste_bystyret" if direkte else "sett_paa_saksliste", moetesak.moete.dato)

    def behandling(self, moetesak: Moetesak) -> None:
        """Start the treatment's own workflow under the case's, and bring it to its published protocol."""
        definisjon = "uttalelse" if moetesak.behandlingstype is Behandlingstype.UTTALELSE else "behandling"
        dato = moetesak.moete.dato
        try:
            moetesak.flyt = self._flyt.start(definisjon, moetesak, self._aktoer, dato=dato, forelder=self._sak.flyt)
        except Refusal as avslag:
            self._refuser(moetesak, avslag)
            return
        for hendelse in ("aapne", UTFALLSHENDELSE[moetesak.utfall], "godkjenn_protokoll", "publiser"):
            self._fire(moetesak.flyt, hendelse, moetesak, dato)

    def _fire(self, flyt: Flyt, hendelse: str, subjekt: Saksmappe | Moetesak, dato: dt.date) -> None:
        try:
            self._flyt.fire(flyt, hendelse, subjekt, self._aktoer, self._roller, dato=dato)
        except Refusal as avslag:
            self._refuser(subjekt, avslag)

    def _refuser(self, subjekt: Saksmappe | Moetesak, avslag: Refusal) -> None:
        self.refusert.append(Advarsel(0, f"Saksgang ikke ført videre for {subjekt.saksnummer}: {avslag}", "saksgang"))
