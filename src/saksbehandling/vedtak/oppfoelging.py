"""Follow-up: what decisions ask for, from the sentence that asks to the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.services import MoeteService
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.vedtak.models import IKKE_FERDIG, Avsnittstype, Oppfoelging, Oppfoelgingsstatus, Vedtak
from saksbehandling.vedtak.rules import Oppdrag, finn_oppdrag
from saksbehandling.vedtak.services import vedtak_i

PUNKT_UTEN_TEKST = "Et oppfølgingspunkt må ha en tekst og en ansvarlig."


def oppfoelging_av(session: Session, moetesak: Moetesak) -> Sequence[Oppfoelging]:
    """What the decisions of a treatment ask for, in the order recorded; not what was turned down."""
    return session.scalars(
        sa.select(Oppfoelging)
        .join(Oppfoelging.vedtak)
        .where(Vedtak.moetesak_id == moetesak.id, Oppfoelging.status != Oppfoelgingsstatus.AVVIST)
        .order_by(Oppfoelging.id)
    ).all()


class OppfoelgingService:
    """Everything happens in the caller's transaction."""

    def __init__(self, session: Session, clock: SystemClock, moeter: MoeteService) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter

    def forslag(self, moetesak: Moetesak) -> Sequence[Oppdrag]:
        """Sentences of the decision that ask for something, and that nobody has accepted or turned down."""
        vedtak = vedtak_i(self._session, moetesak)
        if vedtak is None:
            return ()
        punkter = self._session.scalars(
            sa.select(Oppfoelging).join(Oppfoelging.vedtak).where(Vedtak.moetesak_id == moetesak.id)
        )
        kjente = {kjent for punkt in punkter for kjent in (punkt.kilde, punkt.tekst)}
        tekst = [rad.blokker for rad in vedtak.avsnitt if rad.avsnittstype is Avsnittstype.TEKST]
        return [oppdrag for oppdrag in finn_oppdrag(tekst) if oppdrag.tekst not in kjente]

    def foelg_opp(
        self, vedtak: Vedtak, tekst: str, ansvarlig: str, frist: dt.date | None, *, kilde: str | None = None
    ) -> Oppfoelging:
        """Record something that the decision asks for. Raises `InvalidInput`."""
        if not tekst.strip():
            raise InvalidInput(PUNKT_UTEN_TEKST, "tekst")
        if not ansvarlig.strip():
            raise InvalidInput(PUNKT_UTEN_TEKST, "ansvarlig")
        self._krev_etter(frist, vedtak)
        punkt = Oppfoelging(vedtak=vedtak, tekst=tekst, ansvarlig=ansvarlig.strip(), frist=frist, kilde=kilde)
        self._session.add(punkt)
        self._moeter.merk_endret(vedtak.moetesak)
        return punkt

    def avvis(self, vedtak: Vedtak, kilde: str) -> None:
        """Note that a sentence asks for nothing, so that it is not proposed again."""
        avvist = Oppfoelgingsstatus.AVVIST
        punkt = Oppfoelging(vedtak=vedtak, tekst=kilde, ansvarlig="", status=avvist, kilde=kilde)
        punkt.avsluttet = self._clock.now()
        self._session.add(punkt)
        self._moeter.merk_endret(vedtak.moetesak)

    def endre(
        self,
        punkt: Oppfoelging,
        *,
        ansvarlig: str,
        frist: dt.date | None,
        status: Oppfoelgingsstatus,
        svar: str,
        besvart_av: Saksmappe | None,
    ) -> None:
        """Tell where it stands. Raises `InvalidInput`: what is over needs an answer, in words or in a case."""
        if not ansvarlig.strip():
            raise InvalidInput(PUNKT_UTEN_TEKST, "ansvarlig")
        if status not in IKKE_FERDIG and not (svar or besvart_av):
            raise InvalidInput("Skriv hva som er gjort, eller hvilken sak som svarer på punktet.", "svar")
        self._krev_etter(frist, punkt.vedtak)
        punkt.ansvarlig, punkt.frist, punkt.svar, punkt.besvart_av = ansvarlig.strip(), frist, svar or None, besvart_av
        if status is not punkt.status:
            punkt.status = status
            punkt.avsluttet = None if status in IKKE_FERDIG else self._clock.now()
        self._moeter.merk_endret(punkt.vedtak.moetesak)

    def _krev_etter(self, frist: dt.date | None, vedtak: Vedtak) -> None:
        if frist is not None and frist < vedtak.vedtaksdato:
            raise InvalidInput(
                f"Fristen {frist:%d.%m.%Y} er før vedtaket, som ble fattet {vedtak.vedtaksdato:%d.%m.%Y}.", "frist"
            )
