"""What a person does with searches of one's own. In the caller's transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, NotFound, Refusal
from saksbehandling.identity.models import Bruker
from saksbehandling.innsyn.soek import Soek
from saksbehandling.lagretsoek.models import LagretSoek, LagretSoekTreff, Varsling
from saksbehandling.lagretsoek.varsling import er_bredt, noter_nye
from saksbehandling.search_engine.model import Hit

FLEST = 50
LENGSTE_NAVN = 200
LENGSTE_EPOST = 254
_EPOST = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"()]+")


class LagretSoekService:
    """`bruker_id`: whose searches; nobody sees those of others. `treffene`: what the owner of a search finds now."""

    def __init__(
        self, session: Session, clock: SystemClock, bruker_id: int, treffene: Callable[[LagretSoek], Sequence[Hit]]
    ) -> None:
        self._session = session
        self._clock = clock
        self._bruker_id = bruker_id
        self._treffene = treffene

    def alle(self) -> Sequence[LagretSoek]:
        """One's own, the newest first."""
        mine = sa.select(LagretSoek).where(LagretSoek.bruker_id == self._bruker_id)
        return self._session.scalars(mine.order_by(LagretSoek.id.desc())).all()

    def ett(self, soek_id: int) -> LagretSoek:
        """One of one's own. Raises `NotFound`, also for those of others."""
        lagret = self._session.get(LagretSoek, soek_id)
        if lagret is None or lagret.bruker_id != self._bruker_id:
            raise NotFound("Dette lagrede søket finnes ikke. Kanskje er det slettet.")
        return lagret

    def lagre(self, soek: Soek, navn: str, varsling: Varsling) -> LagretSoek:
        """Save a search. Raises `InvalidInput`, and `Refusal` when there are too many."""
        if soek.tomt:
            raise InvalidInput("Søk etter noe først, og lagre så søket.", "navn")
        if len(self.alle()) >= FLEST:
            raise Refusal([f"Du har {FLEST} lagrede søk, som er det meste. Slett et du ikke bruker."])
        lagret = LagretSoek(
            bruker=self._bruker,
            navn=_navn(navn),
            sporring=urlencode([(felt, ett) for felt, verdi in soek.felter.items() for ett in _alle(verdi)]),
            varsling=Varsling.INGEN,
            noekkel=secrets.token_urlsafe(32),
            opprettet=self._clock.now(),
        )
        self._session.add(lagret)
        self._session.flush()
        self._sett_varsling(lagret, varsling)
        return lagret

    def endre(self, lagret: LagretSoek, navn: str, varsling: Varsling) -> None:
        """Call it something else, or be told otherwise. Raises `InvalidInput`."""
        lagret.navn = _navn(navn)
        self._sett_varsling(lagret, varsling)

    def varsler_om_alt(self, lagret: LagretSoek) -> bool:
        """Every new hit is told of, if any: there are not so many hits that only the newest are looked through."""
        return lagret.varsling is Varsling.INGEN or not er_bredt(self._treffene(lagret))

    def slett(self, lagret: LagretSoek) -> None:
        stans(self._session, lagret)
        self._session.delete(lagret)

    def sett_epost(self, epost: str) -> None:
        """Where this person's e-mail goes; "" for nowhere. Raises `InvalidInput`, also while some is still wanted."""
        if epost and not (_EPOST.fullmatch(epost) and len(epost) <= LENGSTE_EPOST):
            raise InvalidInput(f"«{epost}» er ikke en e-postadresse. Skriv den som kari@kommune.example.", "epost")
        if not epost and any(lagret.varsling is not Varsling.INGEN for lagret in self.alle()):
            raise InvalidInput("Du får varsler på e-post. Slå dem av før du tar bort adressen.", "epost")
        self._bruker.epost = epost or None

    @property
    def _bruker(self) -> Bruker:
        return self._session.get_one(Bruker, self._bruker_id)

    def _sett_varsling(self, lagret: LagretSoek, varsling: Varsling) -> None:
        """What is found when e-mail is turned on counts as known."""
        if varsling is Varsling.INGEN:
            return stans(self._session, lagret)
        if not self._bruker.epost:
            raise InvalidInput("Skriv inn e-postadressen din på siden «Lagrede søk» først.", "varsling")
        if lagret.varsling is Varsling.INGEN:
            noter_nye(self._session, lagret, self._treffene(lagret), self._clock.now(), kjent=True)
        lagret.varsling = varsling
        return None


def stans(session: Session, lagret: LagretSoek) -> None:
    """Send no more e-mail about its hits, and forget which were known."""
    lagret.varsling = Varsling.INGEN
    session.execute(sa.delete(LagretSoekTreff).where(LagretSoekTreff.soek_id == lagret.id))


def med_noekkel(session: Session, noekkel: str) -> LagretSoek:
    """The search that a secret address is of. Raises `NotFound`."""
    lagret = session.scalar(sa.select(LagretSoek).where(LagretSoek.noekkel == noekkel))
    if lagret is None:
        raise NotFound("Søket er slettet, så du får ikke mer e-post om det.")
    return lagret


def _navn(navn: str) -> str:
    navn = " ".join(navn.split())
    if not navn:
        raise InvalidInput("Gi søket et navn.", "navn")
    if len(navn) > LENGSTE_NAVN:
        raise InvalidInput(f"Navnet er lengre enn {LENGSTE_NAVN} tegn. Kort det ned.", "navn")
    return navn


def _alle(verdi: str | tuple[str, ...]) -> Sequence[str]:
    return tuple(ett for ett in ((verdi,) if isinstance(verdi, str) else verdi) if ett)
