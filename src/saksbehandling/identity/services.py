"""Local accounts: passwords, login with a limit on guessing, and who a person is when asked."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.models import Bruker, Innloggingsforsoek, Rolletildeling
from saksbehandling.identity.rules import PUBLIKUM, Identitet

FORSOEK = 5
SPERRETID = dt.timedelta(minutes=15)
KORTESTE_PASSORD = 10

_hasher = PasswordHasher()
_hash_for_ingen = _hasher.hash("et passord som ingen har")


class BrukerService:
    """Accounts and logins. `clock`: an `IClock`."""

    def __init__(self, session: Session, clock: SystemClock) -> None:
        self._session = session
        self._clock = clock

    def opprett(self, brukernavn: str, navn: str, passord: str | None) -> Bruker:
        """A new account. Raises `InvalidInput` on a taken name or a password that is too short."""
        if self.finn(brukernavn):
            raise InvalidInput(f"Brukernavnet «{brukernavn}» er tatt.", "brukernavn")
        if passord is not None and len(passord) < KORTESTE_PASSORD:
            raise InvalidInput(f"Passordet må ha minst {KORTESTE_PASSORD} tegn.", "passord")
        bruker = Bruker(brukernavn=brukernavn, navn=navn, passordhash=_hasher.hash(passord) if passord else None)
        self._session.add(bruker)
        self._session.flush()
        return bruker

    def gi_rolle(
        self,
        bruker: Bruker,
        rolle: Rolle,
        utvalg_id: int | None = None,
        *,
        fra: dt.date | None = None,
        til: dt.date | None = None,
    ) -> Rolletildeling:
        tildeling = Rolletildeling(rolle=rolle, utvalg_id=utvalg_id, fra=fra, til=til)
        bruker.roller.append(tildeling)
        return tildeling

    def finn(self, brukernavn: str) -> Bruker | None:
        return self._session.scalar(sa.select(Bruker).where(Bruker.brukernavn == brukernavn))

    def logg_inn(self, brukernavn: str, passord: str) -> Bruker | None:
        """The account, or None when name and password do not match; the failure is counted.

        Raises `Refusal` after too many failures within a quarter of an hour.
        """
        naa = self._clock.now()
        self._krev_faa_forsoek(brukernavn, naa)
        bruker = self.finn(brukernavn)
        if _passord_stemmer(bruker, passord) and bruker is not None and bruker.aktiv:
            return bruker
        self._session.add(Innloggingsforsoek(brukernavn=brukernavn[:80], tidspunkt=naa))
        return None

    def identitet(self, bruker_id: int | None) -> Identitet:
        """The person behind a session with the roles that hold today; the public when there is none."""
        bruker = self._session.get(Bruker, bruker_id) if bruker_id is not None else None
        if bruker is None or not bruker.aktiv:
            return PUBLIKUM
        return identitet_for(bruker, self._clock.today())

    def _krev_faa_forsoek(self, brukernavn: str, naa: dt.datetime) -> None:
        feilet = self._session.scalar(
            sa.select(sa.func.count(Innloggingsforsoek.id)).where(
                Innloggingsforsoek.brukernavn == brukernavn, Innloggingsforsoek.tidspunkt > naa - SPERRETID
            )
        )
        if feilet is not None and feilet >= FORSOEK:
            raise Refusal(["For mange forsøk på å logge inn med dette brukernavnet. Vent et kvarter og prøv igjen."])


def identitet_for(bruker: Bruker, dato: dt.date) -> Identitet:
    """Who `bruker` is on `dato`."""
    roller = frozenset((rad.rolle, rad.utvalg_id) for rad in bruker.roller if rad.gjelder(dato))
    return Identitet(bruker.navn, bruker.id, roller)


def _passord_stemmer(bruker: Bruker | None, passord: str) -> bool:
    fasit = bruker.passordhash if bruker is not None and bruker.passordhash else _hash_for_ingen
    try:
        return _hasher.verify(fasit, passord)
    except VerificationError:
        return False
