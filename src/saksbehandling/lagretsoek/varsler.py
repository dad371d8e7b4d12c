"""The worker that tells owners of saved searches about new hits by e-mail."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable, Sequence
from email.message import EmailMessage

import structlog
from sqlalchemy.orm import Session, sessionmaker

from saksbehandling.clock import SystemClock
from saksbehandling.epost import Sender
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.jobs.loekke import Loekke
from saksbehandling.lagretsoek.models import LagretSoek, Varsling
from saksbehandling.lagretsoek.varsling import aa_melde, med_varsling, merk_meldt, noter_nye, offentlige, treffene
from saksbehandling.search_engine.model import Hit

logg = structlog.get_logger(__name__)
SE_ETTER = dt.timedelta(minutes=1)  # at the latest, for what is due by the clock
ETTER_FEIL = dt.timedelta(minutes=5)  # before a server that did not answer is tried again

Brev = Callable[[LagretSoek, Sequence[Hit], set[str]], EmailMessage]


class Varsler(Loekke):
    """`sessions` write, `lesere` only read. `brev`: makes the e-mail about hits, of which those ids are public."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        lesere: sessionmaker[Session],
        clock: SystemClock,
        motor: ISearchEngine,
        brev: Brev,
        send: Sender,
    ) -> None:
        super().__init__("varsler")
        self._sessions = sessions
        self._lesere = lesere
        self._clock = clock
        self._motor = motor
        self._brev = brev
        self._send = send
        self._vannmerke = -1
        self._neste = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._ikke_foer = self._neste

    def _arbeid(self) -> Sequence[Callable[[], int]]:
        return [self._se_etter]

    def _se_etter(self) -> int:
        """Look where the index has changed, or a minute is gone; returns how many e-mails were sent."""
        naa, vannmerke = self._clock.now(), self._motor.watermark()
        if naa < self._ikke_foer or (vannmerke == self._vannmerke and naa < self._neste):
            return 0
        with self._lesere() as session:
            funnet = [
                (lagret.id, treffene(self._motor, lagret, self._clock.today())) for lagret in med_varsling(session)
            ]
        sendt = sum(self._meld(soek_id, hits, naa) for soek_id, hits in funnet if not self._stopp.is_set())
        self._vannmerke, self._neste = vannmerke, naa + SE_ETTER
        return sendt

    def _meld(self, soek_id: int, hits: Sequence[Hit], naa: dt.datetime) -> int:
        with self._sessions.begin() as session:
            lagret = session.get(LagretSoek, soek_id)
            if lagret is None or lagret.varsling is Varsling.INGEN:
                return 0
            noter_nye(session, lagret, hits, naa)
            nye = aa_melde(session, lagret, hits, naa)
            melding = self._brev(lagret, nye, offentlige(self._motor, lagret)) if nye else None
        return self._send_en(soek_id, nye, melding, naa) if melding else 0

    def _send_en(self, soek_id: int, nye: Sequence[Hit], melding: EmailMessage, naa: dt.datetime) -> int:
        try:
            self._send(melding)
        except (OSError, smtplib.SMTPException) as feil:
            logg.warning("epost_ikke_sendt", lagret_soek=soek_id, feil=str(feil))
            self._ikke_foer = naa + ETTER_FEIL
            return 0
        with self._sessions.begin() as session:
            lagret = session.get(LagretSoek, soek_id)
            if lagret is not None and lagret.varsling is not Varsling.INGEN:
                merk_meldt(session, lagret, nye)
        return 1
