"""Asking for the names of a split party, and storing them: an entry by party becomes the record of a roll call."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from saksbehandling.errors import Reason, Refusal
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.moete.services import MoeteService
from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.models import Votering, personstemme
from saksbehandling.votering.navngiving import Delt, delte, kontroller_navn, personer_av
from saksbehandling.votering.navngiving_flere import DeltFlere, delte_flere, kontroller_svar, svar_av
from saksbehandling.votering.oversetting import voteringsverdi
from saksbehandling.votering.personstemmer import Svar
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

    def mangler_flere(self, moetesak: Moetesak) -> list[tuple[Votering, Sequence[DeltFlere]]]:
        """Like `mangler`, the ballots between more than two alternatives."""
        if moetesak.utfall is not Moetesaksutfall.AAPEN:
            return []
        spoersmaal = [(rad, self._delte_flere(rad)) for rad in reversed(voteringer_i(self._session, moetesak))]
        return [(rad, delt) for rad, delt in spoersmaal if delt]

    def navngi(self, votering: Votering, navngitte: Collection[int]) -> None:
        """Store who of the split parties voted with the minority, and everybody else's vote with it.

        Raises `Refusal` where the counts do not fit, or names are not asked for.
        """
        moetesak, delt = votering.moetesak, self._delte(votering)
        _krev(votering, delt, kontroller_navn(delt, navngitte, regler_for(moetesak.moete.dato)))
        berettigede = self._voteringer.stemmeberettigede(moetesak)
        self._lagre(votering, personer_av(voteringsverdi(votering), _mindretall(votering), navngitte, berettigede))

    def navngi_flere(self, votering: Votering, svar: Mapping[int, Svar]) -> None:
        """Like `navngi`, between more than two alternatives. `svar`: person id -> vote, of the split parties."""
        moetesak, delt = votering.moetesak, self._delte_flere(votering)
        _krev(votering, delt, kontroller_svar(delt, svar, regler_for(moetesak.moete.dato)))
        self._lagre(votering, svar_av(voteringsverdi(votering), svar, self._voteringer.stemmeberettigede(moetesak)))

    def _lagre(self, votering: Votering, stemmer: Mapping[int, Svar]) -> None:
        self._voteringer.krev_aapen(votering.moetesak)
        data = voteringsverdi(votering)
        votering.personstemmer = [personstemme(person, svar) for person, svar in stemmer.items()]
        navn = self._voteringer.navn_ved_deling(votering.moetesak, data, stemmer)
        votering.setning = f"{votering.setning} {navn}".strip()
        self._moeter.merk_endret(votering.moetesak)

    def _delte_flere(self, votering: Votering) -> Sequence[DeltFlere]:
        moetesak = votering.moetesak
        berettigede = self._voteringer.stemmeberettigede(moetesak)
        return delte_flere(voteringsverdi(votering), berettigede, regler_for(moetesak.moete.dato))

    def _delte(self, votering: Votering) -> Sequence[Delt]:
        moetesak = votering.moetesak
        berettigede = self._voteringer.stemmeberettigede(moetesak)
        return delte(voteringsverdi(votering), _mindretall(votering), berettigede, regler_for(moetesak.moete.dato))


def _krev(votering: Votering, delt: Sequence[object], grunner: Sequence[Reason]) -> None:
    if not delt:
        raise Refusal([f"Votering {votering.nummer} mangler ingen navn, eller frammøtet er endret etter den."])
    if grunner:
        raise Refusal(grunner)


def _mindretall(votering: Votering) -> Stemme:
    return Stemme.FOR if votering.vinner == 1 else Stemme.MOT
