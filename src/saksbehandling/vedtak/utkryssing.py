"""Uncontested items of an agenda adopted by one ballot (utkryssing): which they are, and adopting them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.errors import Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.moete.oppmoete import inhabile_i
from saksbehandling.moete.services import MoeteService
from saksbehandling.vedtak.services import VedtakService
from saksbehandling.votering.kodeverk import Forslagsstatus, Voteringsform
from saksbehandling.votering.models import Forslag, Votering
from saksbehandling.votering.services import VoteringService, Voteringsinndata, voteringsord_for

AAPEN, PAA_SAKSLISTEN = "til_behandling", "paa_saksliste"


def hvorfor_ikke(session: Session, saker: Sequence[Moetesak]) -> dict[int, str]:
    """Id of each item that cannot be adopted together with others -> why, in words that fit in a list."""
    ider = [sak.id for sak in saker]
    forslag = sa.select(Forslag.moetesak_id).where(
        Forslag.moetesak_id.in_(ider), Forslag.utfall != Forslagsstatus.TRUKKET
    )
    voteringer = sa.select(Votering.moetesak_id).where(Votering.moetesak_id.in_(ider))
    med_forslag, votert = set(session.scalars(forslag)), set(session.scalars(voteringer))
    grunner = {sak.id: _grunn(sak, sak.id in med_forslag, sak.id in votert) for sak in saker}
    return {sak_id: grunn for sak_id, grunn in grunner.items() if grunn}


def _grunn(sak: Moetesak, har_forslag: bool, er_votert: bool) -> str:
    steg = sak.flyt.aktive if sak.flyt else ""
    if sak.utfall is not Moetesaksutfall.AAPEN or steg not in (AAPEN, PAA_SAKSLISTEN):
        return "er behandlet"
    if sak.grunntekst is None:
        return "har ingen innstilling å vedta"
    if er_votert:
        return "er votert over"
    if har_forslag:
        return "har forslag som må voteres over for seg"
    return "har inhabile medlemmer, og voteres over for seg" if inhabile_i(sak) else ""


class Utkryssing:
    """Everything happens in the caller's transaction."""

    def __init__(
        self, session: Session, moeter: MoeteService, voteringer: VoteringService, vedtak: VedtakService
    ) -> None:
        self._session = session
        self._moeter = moeter
        self._voteringer = voteringer
        self._vedtak = vedtak

    def vedta(self, saker: Sequence[Moetesak], identitet: Identitet, dato: dt.date) -> None:
        """Adopt the innstilling of each, unanimously and in one ballot, and make the decisions.

        Each item gets the ballot, and its sentence names the others. Raises `Refusal` naming what has become contested,
        and what the rules of ballots refuse (quorum).
        """
        if not saker:
            raise Refusal([Reason("Kryss av for minst én sak.", felt="saker")])
        ikke = hvorfor_ikke(self._session, saker)
        if ikke:
            raise Refusal(
                [Reason(f"{sak.saksnummer} {ikke[sak.id]}.", felt="saker") for sak in saker if sak.id in ikke]
            )
        for sak in saker:
            if sak.flyt is not None and sak.flyt.aktive == PAA_SAKSLISTEN:
                self._moeter.hendelse(sak, "aapne", identitet, dato=dato)
            self._voter(sak, [annen.saksnummer for annen in saker])
            self._vedtak.fatt(sak, identitet, dato=dato)

    def _voter(self, sak: Moetesak, numre: Sequence[str]) -> None:
        assert sak.grunntekst is not None  # asked before
        setning = voteringsord_for(sak).samlet.format(numre=_oppramset(numre))
        self._voteringer.registrer(
            sak,
            Voteringsinndata(
                Voteringsform.FOR_MOT,
                sak.grunntekst.segmenter,
                enstemmig=True,
                setning=setning if len(numre) > 1 else None,
            ),
        )


def _oppramset(numre: Iterable[str]) -> str:
    *foerste, siste = numre
    return f"{', '.join(foerste)} og {siste}" if foerste else siste
