"""The desk of whoever works with cases: what waits for them, deadlines, statements that came in, what is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.innsyn.adresser import behandlingsadresse, saksadresse
from saksbehandling.innsyn.frister import fristord
from saksbehandling.innsyn.saksliste import Sakslisting, Saksrad
from saksbehandling.innsyn.tilgang import lesbar
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall, Saksliste
from saksbehandling.saksmappe.models import Saksmappe, Saksstatus
from saksbehandling.saksmappe.services import ARBEIDSFLYT
from saksbehandling.vedtak.models import IKKE_FERDIG, Oppfoelging, Vedtak
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.models import Flyt, Frist, Friststatus
from saksbehandling.workflow_engine.registry import Registry

FLEST = 200


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Cases that stand in the same state. `venter_paa_deg`: this person can take them on."""

    tilstand: str
    slag: str
    saker: list[Saksrad]
    venter_paa_deg: bool


@dataclass(frozen=True, slots=True)
class Fristrad:
    """Something that is due. `dato`: its last day, None where nobody set one."""

    dato: dt.date | None
    hva: str
    saksnummer: str
    tittel: str
    lenke: str


@dataclass(frozen=True, slots=True)
class Uttalelsesrad:
    moetesak: Moetesak
    lenke: str
    inne: bool


@dataclass(frozen=True, slots=True)
class Arbeidsflate:
    grupper: list[Gruppe]
    frister: list[Fristrad]
    uttalelser: list[Uttalelsesrad]
    oppfoelging: list[Fristrad]

    @property
    def datoer(self) -> list[dt.date]:
        """The day of everything that is due."""
        return [rad.dato for rad in (*self.frister, *self.oppfoelging) if rad.dato is not None]

    @property
    def tom(self) -> bool:
        return not (self.grupper or self.frister or self.uttalelser or self.oppfoelging)


class Arbeidsflatelesing:
    """Reads the desk of `identitet`. `registry`: the workflow definitions."""

    def __init__(self, session: Session, identitet: Identitet, registry: Registry) -> None:
        self._session = session
        self._identitet = identitet
        self._registry = registry
        self._chart = registry.chart(ARBEIDSFLYT)

    def flate(self) -> Arbeidsflate:
        mine = self._saker(Saksmappe.saksansvarlig_id == (self._identitet.bruker_id or 0))
        til_meg = self._saker(Flyt.aktive.in_(sorted(_venter_paa(self._chart, self._identitet.rollenavn))))
        ider = [sak.id for sak in mine]
        return Arbeidsflate(
            grupper=self._grupper({sak.id: sak for sak in (*til_meg, *mine)}.values()),
            frister=self._frister(ider),
            uttalelser=self._uttalelser([sak.id for sak in mine if _er_til_uttalelse(sak)]),
            oppfoelging=self._oppfoelging(),
        )

    def _saker(self, *vilkaar: sa.ColumnElement[bool]) -> Sequence[Saksmappe]:
        soek = (
            sa.select(Saksmappe)
            .join(Saksmappe.flyt)
            .where(Saksmappe.saksstatus == Saksstatus.UNDER_BEHANDLING, lesbar(self._identitet), *vilkaar)
            .order_by(Saksmappe.opprettet_dato, Saksmappe.id)
            .limit(FLEST)
            .options(joinedload(Saksmappe.flyt), joinedload(Saksmappe.saksansvarlig))
        )
        return self._session.scalars(soek).all()

    def _grupper(self, saker: Iterable[Saksmappe]) -> list[Gruppe]:
        """By state: first what waits for this person, then in the order of the definition."""
        rader = Sakslisting(self._session, self._identitet, self._registry).rader(list(saker))
        kan = _kan_ta(self._chart, self._identitet.rollenavn)
        grupper: dict[str, list[Saksrad]] = {}
        for rad in rader:
            grupper.setdefault(rad.sak.flyt.aktive if rad.sak.flyt else "", []).append(rad)
        rekkefoelge = [navn for navn in self._chart.states if navn in grupper]
        ferdige = [
            Gruppe(grupper[navn][0].tilstand.ord, grupper[navn][0].tilstand.slag, grupper[navn], navn in kan)
            for navn in rekkefoelge
        ]
        return sorted(ferdige, key=lambda gruppe: not gruppe.venter_paa_deg)

    def _frister(self, saker: list[int]) -> list[Fristrad]:
        soek = (
            sa.select(Frist, Saksmappe)
            .join(Saksmappe, Saksmappe.flyt_id == Frist.flyt_id)
            .where(Saksmappe.id.in_(saker), Frist.status == Friststatus.VENTER)
            .order_by(Frist.forfaller)
        )
        return [
            Fristrad(fristord(frist).dato, fristord(frist).ord, sak.saksnummer, sak.tittel, saksadresse(sak))
            for frist, sak in self._session.execute(soek)
        ]

    def _uttalelser(self, saker: list[int]) -> list[Uttalelsesrad]:
        """The statements on cases that are still being prepared: those given, the latest first, and those awaited."""
        soek = (
            sa.select(Moetesak)
            .join(Saksliste)
            .join(Moete)
            .where(Moetesak.saksmappe_id.in_(saker), Moetesak.behandlingstype == Behandlingstype.UTTALELSE)
            .order_by(Moete.dato.desc(), Moetesak.id)
            .limit(FLEST)
            .options(
                joinedload(Moetesak.saksliste).joinedload(Saksliste.moete).joinedload(Moete.utvalg),
                joinedload(Moetesak.nummer),
                joinedload(Moetesak.saksmappe),
            )
        )
        lesbare = (ett for ett in self._session.scalars(soek) if kan_lese(self._identitet, ett.lesere))
        return [Uttalelsesrad(ett, behandlingsadresse(ett), ett.utfall is not Moetesaksutfall.AAPEN) for ett in lesbare]

    def _oppfoelging(self) -> list[Fristrad]:
        """What bodies have asked for in this person's cases; leaders and the archive see all that they may read."""
        vilkaar = [Oppfoelging.status.in_(IKKE_FERDIG), lesbar(self._identitet)]
        if self._identitet.rollenavn <= {Rolle.SAKSBEHANDLER}:
            vilkaar.append(Saksmappe.saksansvarlig_id == self._identitet.bruker_id)
        soek = (
            sa.select(Oppfoelging, Saksmappe)
            .join(Oppfoelging.vedtak)
            .join(Vedtak.moetesak)
            .join(Moetesak.saksmappe)
            .where(*vilkaar)
            .order_by(Oppfoelging.frist.is_(None), Oppfoelging.frist, Oppfoelging.id)
            .limit(25)
        )
        return [
            Fristrad(punkt.frist, punkt.tekst, sak.saksnummer, sak.tittel, saksadresse(sak))
            for punkt, sak in self._session.execute(soek)
        ]


def _kan_ta(chart: Chart, roller: frozenset[str]) -> set[str]:
    """The states from which one of these roles can take a case on, other than by an emergency exit; where the case
    waits for sub-cases, it waits for them."""
    return {
        navn
        for navn, tilstand in chart.states.items()
        if not tilstand.delsaker and any(roller & vei.roller for vei in tilstand.transitions if not vei.noedutgang)
    }


def _venter_paa(chart: Chart, roller: frozenset[str]) -> set[str]:
    """The states that wait for these roles and not for the case officer, who has the cases of their own."""
    return {
        navn
        for navn, tilstand in chart.states.items()
        if any(
            roller & vei.roller and Rolle.SAKSBEHANDLER not in vei.roller
            for vei in tilstand.transitions
            if not vei.noedutgang
        )
    }


def _er_til_uttalelse(sak: Saksmappe) -> bool:
    return sak.flyt is not None and sak.flyt.aktive in ("utredning", "til_uttalelse")
