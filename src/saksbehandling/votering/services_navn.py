"""Asking for the names of a split party, and storing them: an entry by party becomes the record of a roll call."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from saksbehandling.errors import Refusal
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.moete.services import MoeteService
from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.models import Personstemme, Votering
from saksbehandling.votering.navngiving import Delt, delte, kontroller_navn, personer_av
from saksbehandling.votering.oversetting import voteringsverdi
from saksbehandling.votering.personstemmer import navnesetning
from saksbehandling.votering.rules import regler_for
from saksbehandling.votering.services import VoteringService, voteringer_i


class Navngiving:
    """Everything happens in the caller's transaction."""

    def __init__(self, session: Session, moeter: MoeteService, voteringer: VoteringService) -> None:
        self._session = session
        self._moeter = moeter
        self._voteringer = voteringer

    def mangler(self, moetesak: Moetesak) -> list[tuple[Votering, Sequence[Delt]]]:
        """The ballots whose names the law asks for, with the parties that split; the last first."""
        if moetesak.utfall is not Moetesaksutfall.AAPEN:
            return []
        spoersmaal = [(rad, self._delte(rad)) for rad in reversed(voteringer_i(self._session, moetesak))]
        return [(rad, delt) for rad, delt in spoersmaal if delt]

    def navngi(self, votering: Votering, navngitte: Collection[int]) -> None:
        """Store who of the split parties voted with the minority, and everybody else's vote with it.

        Raises `Refusal` where the counts do not fit, or names are not asked for.
        """
        moetesak = votering.moetesak
        self._voteringer.krev_aapen(moetesak)
        delt, regler = self._delte(votering), regler_for(moetesak.moete.dato)
        if not delt:
            raise Refusal([f"Votering {votering.nummer} mangler ingen navn, eller frammøtet er endret etter den."])
        grunner = kontroller_navn(delt, navngitte, regler)
        if grunner:
            raise Refusal(grunner)
        berettigede = self._voteringer.stemmeberettigede(moetesak)
        stemmer = personer_av(voteringsverdi(votering), _mindretall(votering), navngitte, berettigede)
        votering.personstemmer = [Personstemme(person_id=person, stemme=stemme) for person, stemme in stemmer.items()]
        navn = navnesetning(stemmer, berettigede, _mindretall(votering), regler)
        votering.setning = f"{votering.setning} {navn}".strip()
        self._moeter.merk_endret(moetesak)

    def _delte(self, votering: Votering) -> Sequence[Delt]:
        moetesak = votering.moetesak
        berettigede = self._voteringer.stemmeberettigede(moetesak)
        return delte(voteringsverdi(votering), _mindretall(votering), berettigede, regler_for(moetesak.moete.dato))


def _mindretall(votering: Votering) -> Stemme:
    return Stemme.FOR if votering.vinner == 1 else Stemme.MOT
