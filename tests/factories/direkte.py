"""A meeting that is held live: Kommunestyret in Sundvik, all present, with an item up."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.direkte.models import Direktemoete
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Funksjon, Medlemskap


@dataclass
class Salen:
    """The room. `medlemmer`: Ap1–Ap4, H1–H3, SV1–SV2 in that order; Ap1 leads."""

    tj: Tjenester
    moete: Moete
    moetesak: Moetesak
    medlemmer: list[Medlemskap]

    @property
    def direkte(self) -> Direktemoete:
        return self.tj.session.get_one(Direktemoete, self.moete.id)

    @property
    def avsnitt(self) -> list[str]:
        """The keys of the paragraphs of the text."""
        return [f"s{rad.id}" for rad in raad.segmenter(self.moetesak)]


def salen(session: Session, klokke: FixedClock, *, saker: int = 1) -> Salen:
    tj = raad.tjenester(session, klokke)
    organ = raad.utvalg(session, vara={"Ap": 2})
    alle = [raad.behandling(tj, organ, raad.sak(tj, f"Sak nummer {nr}"), aapnet=False) for nr in range(1, saker + 1)]
    moete = alle[0].moete
    medlemmer = sorted(raad.medlemmer(tj, organ), key=lambda rad: rad.id)
    medlemmer[0].funksjon = Funksjon.LEDER
    tj.sakslister.publiser(moete)
    tj.moetegang.sett(moete)
    tj.direkte.ta_opp(moete, alle[0], raad.SEKRETAER, raad.MOETE)
    session.flush()
    return Salen(tj, moete, alle[0], medlemmer)
