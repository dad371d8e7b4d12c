"""Habilitet (fvl §§ 6-8): it is raised, the body decides it, a substitute steps in, papers are closed."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import OSLO, SystemClock
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.moete.models import (
    Habilitetsspoersmaal,
    Habilitetsutfall,
    Habilitetsvurdering,
    Moetesak,
    Moetesaksutfall,
    Oppmoete,
)
from saksbehandling.moete.oppmoete import inhabile_i, inne_i
from saksbehandling.moete.services import MoeteService, neste_rekkefoelge
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Person


class HabilitetService:
    """Everything happens in the caller's transaction."""

    def __init__(self, session: Session, clock: SystemClock, moeter: MoeteService) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter

    def vurder(
        self,
        moetesak: Moetesak,
        person: Person,
        utfall: Habilitetsutfall,
        blokker: Blocks,
        vara: Medlemskap | None = None,
    ) -> Habilitetsvurdering:
        """Record the body's decision on a member's habilitet (fvl §§ 6-8), which the member takes no part in.

        An inhabil member has no vote in the case and sees nothing of it that is not public, until the body finds
        otherwise. `vara`: a substitute for this item. Raises `InvalidInput` when that one cannot step in.
        """
        vurdering = Habilitetsvurdering(
            rekkefoelge=neste_rekkefoelge(self._session, moetesak), person=person, utfall=utfall, blokker=blokker
        )
        moetesak.habilitet.append(vurdering)
        self._session.flush()
        self._slutt_som_vara_i_saken(moetesak, person)
        if vara is not None:
            self._sett_inn_vara(moetesak, person, utfall, vara)
        self._steng_papirer(moetesak.saksmappe, person, utfall)
        for reist in self.spoersmaal(moetesak):
            if reist.person_id == person.id:
                reist.vurdering_id = vurdering.id
        self._moeter.merk_endret(moetesak)
        return vurdering

    def reis(self, moetesak: Moetesak, person: Person, grunn: str, reist_av: str) -> Habilitetsspoersmaal:
        """Raise a member's habilitet, for the body to decide. Raises `InvalidInput`, `Refusal` when it is over."""
        if not grunn:
            raise InvalidInput("Skriv hva det gjelder, så utvalget kan ta stilling til det.", "grunn")
        if moetesak.utfall is not Moetesaksutfall.AAPEN:
            raise Refusal([f"Behandlingen av {moetesak.saksnummer} er avsluttet."])
        spoersmaal = Habilitetsspoersmaal(
            moetesak=moetesak, person=person, grunn=grunn, reist=self._clock.now(), reist_av=reist_av
        )
        self._session.add(spoersmaal)
        self._session.flush()
        return spoersmaal

    def spoersmaal(self, moetesak: Moetesak) -> Sequence[Habilitetsspoersmaal]:
        """The questions of habilitet that the body has not decided."""
        soek = sa.select(Habilitetsspoersmaal).where(
            Habilitetsspoersmaal.moetesak_id == moetesak.id, Habilitetsspoersmaal.vurdering_id.is_(None)
        )
        return self._session.scalars(soek.order_by(Habilitetsspoersmaal.id)).all()

    def _slutt_som_vara_i_saken(self, moetesak: Moetesak, person: Person) -> None:
        """Whoever stood in for the member in this item stands in no more."""
        for rad in moetesak.moete.oppmoete:
            if rad.moetesak_id == moetesak.id and rad.vara_for and rad.vara_for.person_id == person.id:
                rad.til = rad.til or self._clock.now().astimezone(OSLO).time().replace(microsecond=0)

    def _sett_inn_vara(self, moetesak: Moetesak, person: Person, utfall: Habilitetsutfall, vara: Medlemskap) -> None:
        if utfall is not Habilitetsutfall.INHABIL:
            raise InvalidInput("Bare for et inhabilt medlem kan en vara tre inn i saken.", "vara")
        if vara.id in {rad.medlemskap_id for rad in inne_i(moetesak)}:
            raise InvalidInput(f"{vara.person.navn} er alt med i saken.", "vara")
        if vara.funksjon is not Funksjon.VARAMEDLEM or vara.person_id in inhabile_i(moetesak):
            raise InvalidInput(f"{vara.person.navn} kan ikke tre inn: velg en vara som er habil.", "vara")
        medlem = next(
            (rad.medlemskap for rad in moetesak.moete.oppmoete if rad.medlemskap.person_id == person.id), None
        )
        moetesak.moete.oppmoete.append(Oppmoete(medlemskap=vara, vara_for=medlem, moetesak_id=moetesak.id))

    def _steng_papirer(self, sak: Saksmappe, person: Person, utfall: Habilitetsutfall) -> None:
        """Close or open what is not public of the case to the person's account."""
        if person.bruker_id is None:
            return
        andre = set(sak.inhabile or ()) - {person.bruker_id}
        sak.inhabile = sorted(andre | ({person.bruker_id} if utfall is Habilitetsutfall.INHABIL else set()))
