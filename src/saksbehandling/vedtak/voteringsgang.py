"""The order in which a treatment is voted on: as usual, or as the chair has set it, and the ballot that comes next."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.services import MoeteService
from saksbehandling.vedtak.lesing import Voteringsutkast, avsnittene, flere_alternativer, neste_votering, stilling_etter
from saksbehandling.vedtak.models import Voteringsorden
from saksbehandling.vedtak.rekkefoelge import foreslaa_rekkefoelge, i_orden, kontroller_rekkefoelge
from saksbehandling.votering.oversetting import forslagsverdi
from saksbehandling.votering.rules import Voteringsregler, regler_for
from saksbehandling.votering.services import VoteringService, forslag_i, grunntekstverdier
from saksbehandling.votering.values import Forslag, Segment, Voteringsdata

BEGRUNNELSE_LENGDE = 500
Saalangt = tuple[Sequence[Segment], Sequence[Forslag], Sequence[Voteringsdata], Voteringsregler]
"""Base text, proposals taken in, ballots and rules: what the next ballot is worked out from."""


class Voteringsgang:
    """Everything happens in the caller's transaction."""

    def __init__(self, session: Session, clock: SystemClock, moeter: MoeteService, voteringer: VoteringService) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._voteringer = voteringer

    def orden(self, moetesak: Moetesak) -> tuple[str, ...]:
        """Keys of the open proposals and the innstilling, in the order set, the later ones at their usual place."""
        vanlig = self._vanlig(moetesak)
        satt = self._satt(moetesak)
        return i_orden(vanlig, satt[-1].noekler if satt else ())

    def spor(self, moetesak: Moetesak) -> Sequence[Voteringsorden]:
        """Every order that was set, the oldest first: by whom, when and why."""
        return self._satt(moetesak)

    def sett(self, moetesak: Moetesak, noekler: Sequence[str], begrunnelse: str, av: Identitet) -> None:
        """The chair wants this order. The earlier ones are kept.

        Raises `InvalidInput` when it is not the open things, each once, and `Refusal` when the law puts one before.
        """
        self._voteringer.krev_aapen(moetesak)
        if len(begrunnelse) > BEGRUNNELSE_LENGDE:
            raise InvalidInput(f"Begrunnelsen kan ha høyst {BEGRUNNELSE_LENGDE} tegn.", "begrunnelse")
        if sorted(noekler) != sorted(self._vanlig(moetesak)):
            raise InvalidInput("Rekkefølgen gjelder ikke lenger det som står igjen. Hent siden på nytt.", "plass")
        grunner = kontroller_rekkefoelge(noekler, self._forslag(moetesak))
        if grunner:
            raise Refusal([Reason(grunn, felt="plass") for grunn in grunner])
        if tuple(noekler) == self.orden(moetesak):
            return
        self._session.add(
            Voteringsorden(
                moetesak=moetesak,
                noekler=list(noekler),
                begrunnelse=begrunnelse,
                navn=av.navn,
                bruker_id=av.bruker_id,
                tidspunkt=self._clock.now(),
            )
        )
        self._moeter.merk_endret(moetesak)

    def neste(self, moetesak: Moetesak) -> Voteringsutkast | None:
        """The ballot that comes next; the chair may choose another."""
        return neste_votering(*self._saa_langt(moetesak), orden=self.orden(moetesak))

    def flere_alternativer(self, moetesak: Moetesak) -> Sequence[tuple[str, ...]]:
        """Three or more that shut each other out and could be voted on together."""
        return flere_alternativer(*self._saa_langt(moetesak))

    def avsnitt(self, moetesak: Moetesak) -> Sequence[tuple[str, tuple[str, ...]]]:
        """The paragraphs that are not decided, each with what would change it."""
        return avsnittene(stilling_etter(*self._saa_langt(moetesak)))

    def _saa_langt(self, moetesak: Moetesak) -> Saalangt:
        return (
            grunntekstverdier(moetesak),
            self._forslag(moetesak),
            self._voteringer.tidligere(moetesak),
            regler_for(moetesak.moete.dato),
        )

    def _forslag(self, moetesak: Moetesak) -> list[Forslag]:
        """The proposals that are taken into the treatment."""
        return [forslagsverdi(rad) for rad in forslag_i(self._session, moetesak) if not rad.venter]

    def _vanlig(self, moetesak: Moetesak) -> tuple[str, ...]:
        """What is not decided yet, in the usual order."""
        stilling = stilling_etter(*self._saa_langt(moetesak))
        return foreslaa_rekkefoelge(stilling.aapne_forslag, grunntekstverdier(moetesak) if stilling.resten else ())

    def _satt(self, moetesak: Moetesak) -> Sequence[Voteringsorden]:
        soek = sa.select(Voteringsorden).where(Voteringsorden.moetesak_id == moetesak.id)
        return self._session.scalars(soek.order_by(Voteringsorden.id)).all()
