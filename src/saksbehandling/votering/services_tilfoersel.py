"""Protokolltilførsler: asking for one, and what the body decides of it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import AccessDenied, InvalidInput, Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.services import MoeteService, neste_rekkefoelge
from saksbehandling.richtext import Blocks, plain_text
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.votering.kodeverk import Tilfoerselsstatus
from saksbehandling.votering.models_tilfoersel import Protokolltilfoersel
from saksbehandling.votering.rules import regler_for
from saksbehandling.votering.services_forslag import Stillerdata

# The steps of a treatment between the opening of the item and the approval of its protocol.
MENS_PROTOKOLLEN_SKRIVES = ("til_behandling", "behandlet", "utsatt", "tilbakesendt")
LENGSTE = 2000


def tilfoersler_i(session: Session, moetesak: Moetesak) -> Sequence[Protokolltilfoersel]:
    """Those of the treatment, in the order in which they were asked for."""
    soek = sa.select(Protokolltilfoersel).where(Protokolltilfoersel.moetesak_id == moetesak.id)
    return session.scalars(soek.order_by(Protokolltilfoersel.rekkefoelge)).all()


class TilfoerselService:
    """Everything happens in the caller's transaction. What a body's reglement says is a setting of the body."""

    def __init__(self, session: Session, clock: SystemClock, moeter: MoeteService, utvalg: UtvalgService) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._utvalg = utvalg

    def moetet_avgjoer(self, moetesak: Moetesak) -> bool:
        """Whether the body decides if one is taken in; otherwise the member has a right to it."""
        return self._utvalg.regler(moetesak.utvalg, moetesak.moete.dato).tilfoersel_avgjoeres

    def aapent(self, moetesak: Moetesak) -> bool:
        """Whether one can be asked for: from when the item is opened until its protocol is approved."""
        return moetesak.flyt is not None and moetesak.flyt.aktive in MENS_PROTOKOLLEN_SKRIVES

    def krev(
        self, moetesak: Moetesak, blokker: Blocks, fra: Stillerdata, av: Identitet, *, innsendt: bool = False
    ) -> Protokolltilfoersel:
        """Ask for one. `innsendt`: by the member's own page. Where the body does not decide, it is taken in at once.

        Raises `InvalidInput` without a text, and on a long one; `Refusal` when the minutes are closed.
        """
        self._krev_aapent(moetesak)
        if not blokker:
            raise InvalidInput("Skriv hva som skal føres til protokollen.", "tekst")
        if len(plain_text(blokker)) > LENGSTE:
            raise InvalidInput(f"En protokolltilførsel skal være kort, og kan ha høyst {LENGSTE} tegn.", "tekst")
        rad = Protokolltilfoersel(
            moetesak=moetesak,
            rekkefoelge=neste_rekkefoelge(self._session, moetesak),
            person=fra.person,
            parti=fra.parti,
            navn=fra.navn,
            blokker=blokker,
            status=Tilfoerselsstatus.FRAMSATT,
            framsatt=self._clock.now(),
            innsendt_av_id=av.bruker_id if innsendt else None,
        )
        self._session.add(rad)
        if not self.moetet_avgjoer(moetesak):
            self._sett(rad, Tilfoerselsstatus.TATT_INN, av)
        self._moeter.merk_endret(moetesak)
        return rad

    def avgjoer(self, rad: Protokolltilfoersel, status: Tilfoerselsstatus, av: Identitet) -> None:
        """What the body decided, or a withdrawal. Raises `Refusal` when that is done, or the minutes are closed."""
        self._krev_aapent(rad.moetesak)
        if rad.status is not Tilfoerselsstatus.FRAMSATT:
            raise Refusal([f"Protokolltilførselen fra {rad.fra} er alt {rad.status.value}."])
        self._sett(rad, status, av)
        self._moeter.merk_endret(rad.moetesak)

    def trekk(self, rad: Protokolltilfoersel, av: Identitet) -> None:
        """The member withdraws it. Raises `AccessDenied` on somebody else's, else as `avgjoer`."""
        if rad.innsendt_av_id is None or rad.innsendt_av_id != av.bruker_id:
            raise AccessDenied("Bare den som sendte inn protokolltilførselen, kan trekke den.")
        self.avgjoer(rad, Tilfoerselsstatus.TRUKKET, av)

    def _sett(self, rad: Protokolltilfoersel, status: Tilfoerselsstatus, av: Identitet) -> None:
        rad.status, rad.avgjort, rad.avgjort_av = status, self._clock.now(), av.navn

    def _krev_aapent(self, moetesak: Moetesak) -> None:
        if not self.aapent(moetesak):
            hjemmel = regler_for(moetesak.moete.dato).hjemmel.protokoll
            tekst = f"Protokollen for {moetesak.saksnummer} er ikke åpen. Tilførsler føres fra saken er tatt opp, til"
            raise Refusal([Reason(f"{tekst} protokollen er godkjent.", hjemmel)])
