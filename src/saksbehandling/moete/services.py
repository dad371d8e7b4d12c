"""Meetings: calendar, attendance, what happens to a treatment, and the free text of the minutes.

The agenda is in `saksliste`, habilitet in `habilitet`, the course of a meeting in `moetegang`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import Conflict, InvalidInput, NotFound, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.events import BehandlingStanset, FrammoeteEndret, MoeteEndret
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import (
    Behandlingsnotat,
    Moete,
    Moetesak,
    Moetesaksutfall,
    Oppmoete,
    Saksliste,
)
from saksbehandling.moete.oppmoete import inne as inne_i_moetet
from saksbehandling.moete.oppmoete import inne_i
from saksbehandling.moete.resultatord import RESULTATORD
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.events import SakEndret
from saksbehandling.utvalg.models import Medlemskap, Utvalg
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.workflow_engine.service import Actor, WorkflowService

UTFALL: Mapping[str, Moetesaksutfall] = {
    "vedta": Moetesaksutfall.BEHANDLET,
    "utsett": Moetesaksutfall.UTSATT,
    "send_tilbake": Moetesaksutfall.TILBAKESENDT,
    "trekk": Moetesaksutfall.TRUKKET,
}


@dataclass(frozen=True, slots=True)
class Frammoete:
    """Who has a vote in a case now. `per_parti`: party code to members present and not inhabile."""

    til_stede: int
    per_parti: Mapping[str, int]


class MoeteService:
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

    def opprett(
        self, utvalg: Utvalg, dato: dt.date, *, starttid: dt.time | None = None, sted: str | None = None
    ) -> Moete:
        """A meeting with an empty agenda. Raises `InvalidInput` when the body already meets that day."""
        if self.finn_moete(utvalg, dato) is not None:
            raise InvalidInput(f"{utvalg.navn} har allerede et møte {dato:%d.%m.%Y}.", "dato")
        moete = Moete(utvalg=utvalg, dato=dato, starttid=starttid, sted=sted, saksliste=Saksliste())
        self._session.add(moete)
        self._session.flush()
        self._meld(MoeteEndret(moete.id))
        return moete

    def finn_moete(self, utvalg: Utvalg, dato: dt.date) -> Moete | None:
        return self._session.scalar(sa.select(Moete).where(Moete.utvalg_id == utvalg.id, Moete.dato == dato))

    def finn_moetesak(self, utvalgsnavn: str, nummer: str, dato: dt.date) -> Moetesak:
        """A treatment by body, number («87/19», «PS 87/19») and meeting date. Raises `NotFound`."""
        moete = self.finn_moete(self._utvalg.finn(utvalgsnavn), dato)
        soekt = nummer.split()[-1] if nummer.split() else nummer
        for moetesak in moete.saksliste.saker if moete and moete.saksliste else []:
            if str(moetesak.nummer) == soekt:
                return moetesak
        raise NotFound(f"{utvalgsnavn} behandlet ingen sak {nummer} i møtet {dato:%d.%m.%Y}.")

    def registrer_oppmoete(
        self,
        moete: Moete,
        medlemskap: Iterable[Medlemskap],
        *,
        vara_for: Mapping[int, Medlemskap] | None = None,
        kl: dt.time | None = None,
        fjern: Collection[int] = (),
    ) -> None:
        """Record who is present from now on: those listed enter, those present but not listed leave at `kl`.

        `vara_for`: membership id of a substitute to the member that is replaced. `fjern`: membership ids of those who
        enter from elsewhere.
        Raises `InvalidInput` on someone who is no member of the body then, or when there are more than the seats;
        `Refusal` when the meeting is over for good.
        """
        krev_aapent_frammoete(moete)
        inne = {tilstede.id: tilstede for tilstede in medlemskap}
        self._krev_medlemmer(moete, inne.values())
        for rad in inne_i_moetet(moete):
            if rad.medlemskap_id not in inne:
                rad.til = kl or moete.starttid or dt.time(0)
        allerede = {rad.medlemskap_id for rad in inne_i_moetet(moete)}
        for ny in inne.values():
            if ny.id not in allerede:
                erstattet = (vara_for or {}).get(ny.id)
                moete.oppmoete.append(Oppmoete(medlemskap=ny, vara_for=erstattet, fra=kl, fjern=ny.id in fjern))
        self._session.flush()
        self._meld(FrammoeteEndret(moete.id))

    def til_stede(self, moete: Moete) -> list[Oppmoete]:
        return inne_i_moetet(moete)

    def frammoete(self, moetesak: Moetesak) -> Frammoete | None:
        """Who may vote in this case now; None where no attendance was recorded."""
        if not moetesak.moete.oppmoete:
            return None
        stemmeberettigede = [rad.medlemskap for rad in inne_i(moetesak)]
        return Frammoete(len(stemmeberettigede), Counter(rad.parti.kode for rad in stemmeberettigede))

    def kan_ha_stemt(self, moete: Moete) -> Mapping[str, int] | None:
        """How many of each party were in the meeting at some time, or have seats; None without attendance.

        A substitute may come from another party than the member, so that a party votes with more than its seats.
        """
        if not moete.oppmoete:
            return None
        _, plasser = self._utvalg.plasser(moete.utvalg, moete.dato)
        innom = Counter(rad.parti.kode for rad in {rad.medlemskap for rad in moete.oppmoete})
        return Counter(plasser) | innom

    def noter(self, moetesak: Moetesak, blokker: Blocks) -> Behandlingsnotat:
        """Add a free paragraph to the minutes of the treatment. Raises `InvalidInput` when it is empty."""
        if not blokker:
            raise InvalidInput("Skriv teksten som skal stå i protokollen.", "tekst")
        notat = Behandlingsnotat(rekkefoelge=neste_rekkefoelge(self._session, moetesak), blokker=blokker)
        moetesak.notater.append(notat)
        self.merk_endret(moetesak)
        return notat

    def hendelse(
        self,
        moetesak: Moetesak,
        hendelse: str,
        identitet: Identitet,
        *,
        dato: dt.date | None = None,
        merknad: str | None = None,
    ) -> None:
        """Let a workflow event happen to the treatment. Raises `Refusal` with every reason."""
        if moetesak.flyt_id is None:
            raise Refusal([f"{moetesak.saksnummer} har ingen arbeidsflyt."])
        self._flyt.fire(
            self._flyt.case(moetesak.flyt_id),
            hendelse,
            moetesak,
            Actor(identitet.navn, identitet.bruker_id),
            identitet.roller_i(moetesak.utvalg.id),
            dato=dato or self._clock.today(),
            merknad=merknad,
        )
        moetesak.utfall = UTFALL.get(hendelse, moetesak.utfall)
        if hendelse == "publiser":
            moetesak.publisert = self._clock.now()
        self.merk_endret(moetesak)
        if UTFALL.get(hendelse, Moetesaksutfall.BEHANDLET) is not Moetesaksutfall.BEHANDLET:
            self._meld(BehandlingStanset(moetesak.id))

    def utsett(
        self, moetesak: Moetesak, identitet: Identitet, til: dt.date | None, *, dato: dt.date | None = None
    ) -> None:
        """Postpone without a ballot, to a date where it is known. Raises `InvalidInput`, `Refusal`."""
        self.sett_utsatt_til(moetesak, til)
        moetesak.resultat = RESULTATORD[moetesak.utvalg.malform].utsatt
        self.hendelse(moetesak, "utsett", identitet, dato=dato)

    def sett_utsatt_til(self, moetesak: Moetesak, til: dt.date | None) -> None:
        """Note the day that the case is postponed to. Raises `InvalidInput` when it is not after the meeting."""
        if til is not None and til <= moetesak.moete.dato:
            raise InvalidInput(
                f"Saken kan ikke utsettes til {til:%d.%m.%Y}: møtet er {moetesak.moete.dato:%d.%m.%Y}.", "utsatt_til"
            )
        moetesak.utsatt_til = til

    def sett_saksordfoerer(self, moetesak: Moetesak, medlemskap: Medlemskap | None) -> None:
        """Note who presents the case to the body, with the party that the person stands for; None takes it away."""
        moetesak.saksordfoerer = medlemskap.person if medlemskap else None
        moetesak.saksordfoerer_parti = medlemskap.parti if medlemskap else None
        self.merk_endret(moetesak)

    def merk_endret(self, moetesak: Moetesak, fjernet: tuple[str, ...] = ()) -> None:
        """Note that something was recorded, so that whoever read an older version meets a conflict.

        `fjernet`: what was taken away for good, by kind and id («votering:5»).
        """
        moetesak.endret = max(self._clock.now(), moetesak.endret + dt.timedelta(microseconds=1))
        self._session.flush()
        self._meld(SakEndret(moetesak.saksmappe_id, fjernet))

    def krev_uendret(self, moetesak: Moetesak, radversjon: int | None) -> None:
        """Raise `Conflict` when the treatment has moved on since `radversjon` was read."""
        if radversjon is not None and moetesak.radversjon != radversjon:
            raise Conflict(
                f"Noen andre har registrert noe i {moetesak.saksnummer} etter at du åpnet siden. "
                "Ingenting av ditt er lagret: se hva som er nytt, og send inn igjen."
            )

    def _krev_medlemmer(self, moete: Moete, medlemskap: Iterable[Medlemskap]) -> None:
        periode = self._utvalg.periode(moete.utvalg, moete.dato)
        inne = list(medlemskap)
        medlemmer = {rad.id for rad in self._utvalg.medlemmer(moete.utvalg, moete.dato)}
        fremmede = [rad.person.navn for rad in inne if rad.id not in medlemmer]
        if fremmede:
            raise InvalidInput(f"Ikke medlem av {moete.utvalg.navn}: {', '.join(fremmede)}.", "til_stede")
        if periode and periode.plasser is not None and len(inne) > periode.plasser:
            raise InvalidInput(
                f"{len(inne)} til stede er flere enn de {periode.plasser} plassene i {moete.utvalg.navn}.", "til_stede"
            )


def krev_aapent_frammoete(moete: Moete) -> None:
    """Raise `Refusal` when what was recorded of the attendance stands for good."""
    if moete.status in (Moetestatus.AVHOLDT, Moetestatus.AVLYST):
        tekst = f"Møtet er {moete.status.value}, og frammøtet ligger fast."
        raise Refusal([f"{tekst} Er det feil, legges en rettelse til i møteprotokollen."])


def neste_rekkefoelge(session: Session, moetesak: Moetesak) -> int:
    """The next place in the minutes of a treatment, counted over notes, habilitet, proposals and remarks alike."""
    moetesak.siste_rekkefoelge += 1
    session.flush()
    return moetesak.siste_rekkefoelge
