"""The agenda of a meeting: cases come on it with their numbers, and it is sent to the members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.events import MoeteEndret
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksnummer, Moetesaksutfall, Saksliste
from saksbehandling.moete.nummer import ledig_nummer
from saksbehandling.moete.rules import oppfoering
from saksbehandling.saksmappe.events import SakEndret
from saksbehandling.saksmappe.models import Grunntekst, Journalposttype, Mappetype, Saksmappe
from saksbehandling.saksmappe.vedlegg import aapen_post
from saksbehandling.utvalg.models import Utvalg, Utvalgstype
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.workflow_engine.service import Actor, WorkflowService

BEHANDLINGSTYPE: Mapping[Utvalgstype, Behandlingstype] = {
    Utvalgstype.RAAD: Behandlingstype.UTTALELSE,
    Utvalgstype.KOMITE: Behandlingstype.INNSTILLING,
    Utvalgstype.FORMANNSKAP: Behandlingstype.INNSTILLING,
    Utvalgstype.KOMMUNESTYRE: Behandlingstype.VEDTAK,
}
# Where the case stands when it is the council's turn, so that no committee can take it.
HOS_KOMMUNESTYRET = ("klar_for_bystyret", "utsatt_i_bystyret")


class SakslisteService:
    """Everything happens in the caller's transaction; `meld` is called with a domain event for each change."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        flyt: WorkflowService,
        utvalg: UtvalgService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._flyt = flyt
        self._utvalg = utvalg
        self._meld = meld

    def sett_paa(
        self,
        moete: Moete,
        sak: Saksmappe,
        identitet: Identitet,
        *,
        nummer: int | None = None,
        prefiks: str | None = None,
        tittel: str | None = None,
        behandlingstype: Behandlingstype | None = None,
        dato: dt.date | None = None,
    ) -> Moetesak:
        """Put a case last on the agenda, with the body's next number or, after a postponement, the same if it keeps.

        `behandlingstype`: what the treatment is to result in, where it is not what the body usually makes.
        `prefiks`: one of the body's number series, the usual one where it is not told. `nummer`: a number of the
        series to use instead of the next. Raises `InvalidInput` on a number already used or a case that is already
        there, `Refusal` when the workflow does not allow it or the meeting is over.
        """
        saksliste = moete.saksliste or Saksliste(moete=moete)
        krev_aapen_saksliste(moete)
        krev_egen_sak(sak)
        staar = [ett for ett in saksliste.saker if ett.utfall is not Moetesaksutfall.TRUKKET]
        if any(moetesak.saksmappe_id == sak.id for moetesak in staar):
            raise InvalidInput(f"Sak {sak.saksnummer} står allerede på sakslisten.", "sak")
        behandlingstype = behandlingstype or BEHANDLINGSTYPE[moete.utvalg.utvalgstype]
        forrige = self._utsatt_behandling(moete.utvalg, sak)
        moetesak = Moetesak(
            rekkefoelge=max((annen.rekkefoelge for annen in saksliste.saker), default=0) + 1,
            saksmappe=sak,
            nummer=self._nummer(moete, forrige, nummer, prefiks),
            behandlingstype=behandlingstype,
            oppfoering=oppfoering(moete.status),
            tittel=tittel or _tittel(sak, behandlingstype),
            grunntekst=self._grunntekst(sak, behandlingstype, forrige),
            forrige=forrige,
            skjermingshjemmel=sak.skjermingshjemmel,
            endret=self._clock.now(),
        )
        saksliste.saker.append(moetesak)
        sak.paa_saksliste_i = sorted({*(sak.paa_saksliste_i or ()), moete.utvalg_id})
        self._session.flush()
        self._start_flyt(moetesak, identitet, dato)
        self._meld(SakEndret(sak.id))
        return moetesak

    def publiser(self, moete: Moete) -> None:
        """Send the agenda to the members; it and its non-exempt papers are public from the same moment (§ 11-3)."""
        naa = self._clock.now()
        saksliste = moete.saksliste
        if saksliste is None or not saksliste.saker:
            raise Refusal(["Sakslisten er tom. Sett minst én sak på den før den sendes."])
        saksliste.publisert = saksliste.publisert or naa
        if moete.status is Moetestatus.PLANLAGT:
            moete.status = Moetestatus.INNKALT
        self._meld(MoeteEndret(moete.id))
        for moetesak in saksliste.saker:
            self._publiser_sakspapirer(moetesak, naa)
            self._meld(SakEndret(moetesak.saksmappe_id))
        self._session.flush()

    def _utsatt_behandling(self, utvalg: Utvalg, sak: Saksmappe) -> Moetesak | None:
        siste = self._session.scalar(
            sa.select(Moetesak)
            .join(Saksliste)
            .join(Moete)
            .where(Moete.utvalg_id == utvalg.id, Moetesak.saksmappe_id == sak.id)
            .order_by(Moete.dato.desc())
            .limit(1)
        )
        return siste if siste is not None and siste.utfall is Moetesaksutfall.UTSATT else None

    def _nummer(
        self, moete: Moete, forrige: Moetesak | None, oensket: int | None, prefiks: str | None
    ) -> Moetesaksnummer:
        regler = self._utvalg.regler(moete.utvalg, moete.dato)
        if oensket is None and forrige is not None and regler.behold_nummer_ved_utsettelse:
            return forrige.nummer
        return ledig_nummer(self._session, moete, regler, prefiks, oensket)

    def _grunntekst(
        self, sak: Saksmappe, behandlingstype: Behandlingstype, forrige: Moetesak | None
    ) -> Grunntekst | None:
        """The newest of what the body could vote on: a case that was sent back returns with another text."""
        if behandlingstype is Behandlingstype.UTTALELSE:
            return None
        framlegg = sak.gjeldende_saksframlegg
        mulige = [
            framlegg.grunntekst if framlegg else None,
            self._siste_innstilling(sak) if behandlingstype is Behandlingstype.VEDTAK else None,
            (forrige.avgitt_tekst or forrige.grunntekst) if forrige else None,
        ]
        return max(filter(None, mulige), key=lambda grunntekst: grunntekst.id, default=None)

    def _siste_innstilling(self, sak: Saksmappe) -> Grunntekst | None:
        return self._session.scalar(
            sa.select(Grunntekst)
            .join(Moetesak, Moetesak.avgitt_tekst_id == Grunntekst.id)
            .join(Saksliste)
            .join(Moete)
            .where(Moetesak.saksmappe_id == sak.id, Moetesak.behandlingstype == Behandlingstype.INNSTILLING)
            .order_by(Moete.dato.desc())
            .limit(1)
        )

    def _start_flyt(self, moetesak: Moetesak, identitet: Identitet, dato: dt.date | None) -> None:
        sak = moetesak.saksmappe
        aktoer = Actor(identitet.navn, identitet.bruker_id)
        er_uttalelse = moetesak.behandlingstype is Behandlingstype.UTTALELSE
        if not er_uttalelse and sak.flyt is not None:
            self._krev_rett_organ(moetesak, sak.flyt.aktive.split())
            er_kommunestyret = moetesak.utvalg.utvalgstype is Utvalgstype.KOMMUNESTYRE
            direkte = er_kommunestyret and "klar_for_komite" in sak.flyt.aktive.split()
            hendelse = "sett_paa_saksliste_bystyret" if direkte else "sett_paa_saksliste"
            self._flyt.fire(sak.flyt, hendelse, sak, aktoer, identitet.rollenavn, dato=dato)
        definisjon = "uttalelse" if er_uttalelse else "behandling"
        moetesak.flyt = self._flyt.start(definisjon, moetesak, aktoer, dato=dato, forelder=sak.flyt)
        self._session.flush()

    def _krev_rett_organ(self, moetesak: Moetesak, aktive: Sequence[str]) -> None:
        if moetesak.behandlingstype is Behandlingstype.INNSTILLING and set(aktive) & set(HOS_KOMMUNESTYRET):
            sak, utvalg = moetesak.saksmappe, moetesak.utvalg
            raise Refusal([f"Sak {sak.saksnummer} har fått sin innstilling og kan ikke behandles i {utvalg.navn} nå."])

    def _publiser_sakspapirer(self, moetesak: Moetesak, naa: dt.datetime) -> None:
        sak = moetesak.saksmappe
        sak.publisert = sak.publisert or naa
        sak.utsendt_til = sorted({*sak.utsendt_til, moetesak.utvalg.id})
        venter = aapen_post(sak)  # with a saksframlegg that is still being written
        for post in sak.journalposter:
            # What is written for use inside stays inside (offentleglova § 14); a protocol has its own publication.
            internt = post.journalposttype is Journalposttype.INTERNT
            if post is not venter and not internt and post.skjermingshjemmel is None and sak.skjermingshjemmel is None:
                post.publisert = post.publisert or naa


def _tittel(sak: Saksmappe, behandlingstype: Behandlingstype) -> str:
    return f"Til uttalelse: {sak.tittel}" if behandlingstype is Behandlingstype.UTTALELSE else sak.tittel


def krev_aapen_saksliste(moete: Moete) -> None:
    """Raise `Refusal` when the meeting is over, so that nothing can come on its agenda."""
    if moete.status in (Moetestatus.HEVET, Moetestatus.AVHOLDT, Moetestatus.AVLYST):
        raise Refusal([f"Møtet er {moete.status.value}. Sett saken på sakslisten for et senere møte."])


def krev_egen_sak(sak: Saksmappe) -> None:
    """Raise `InvalidInput` where the case is what the protocols of meetings are kept in, and nothing to treat."""
    if sak.mappetype is not Mappetype.SAK:
        tekst = f"{sak.saksnummer} er møtemappen «{sak.offentlig_tittel}». Velg saken som skal behandles."
        raise InvalidInput(tekst, "sak")
