"""What the public pages list: meetings to come, decisions that are published, bodies. The same for everybody."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from saksbehandling.innsyn.adresser import behandlingsadresse
from saksbehandling.innsyn.paginering import Utsnitt, utsnitt
from saksbehandling.innsyn.tilgang import OFFENTLIG_BEHANDLING, Vilkaar
from saksbehandling.innsyn.vedtakssetning import Setning, vedtakssetning
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall, Saksliste
from saksbehandling.richtext import plain_text
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.utvalg.models import Utvalg
from saksbehandling.vedtak.models import Avsnittstype, Vedtak
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.votering.models import Partistemmer, Votering

UTDRAG = 280  # characters

Rad = TypeVar("Rad", bound=Any)


@dataclass(frozen=True, slots=True)
class Avgjoerelse:
    """A published decision: its sentence, and the first words of what was decided."""

    moetesak: Moetesak
    setning: Setning
    utdrag: str
    lenke: str


@dataclass(frozen=True, slots=True)
class Moeterad:
    """A meeting. `saker`: how many cases its agenda has, None while that is not published."""

    moete: Moete
    saker: int | None


class Innsynslesing:
    def __init__(self, session: Session) -> None:
        self._session = session

    def utvalg(self) -> Sequence[Utvalg]:
        """Every body, by name."""
        return self._session.scalars(sa.select(Utvalg).order_by(Utvalg.navn)).all()

    def finn_utvalg(self, kode: str) -> Utvalg | None:
        return self._session.scalar(sa.select(Utvalg).where(Utvalg.kode == kode))

    def neste_moeter(self, idag: dt.date, antall: int = 6, utvalg: Utvalg | None = None) -> list[Moeterad]:
        """The meetings from today on whose agenda is published, the nearest first."""
        vilkaar = [Moete.dato >= idag, Saksliste.publisert.is_not(None), *_i(utvalg)]
        return self._moeter(vilkaar, Moete.dato.asc(), antall)

    def tidligere_moeter(self, idag: dt.date, utvalg: Utvalg, antall: int = 10) -> list[Moeterad]:
        """The body's meetings before today, the latest first."""
        return self._moeter(
            [Moete.dato < idag, Saksliste.publisert.is_not(None), *_i(utvalg)], Moete.dato.desc(), antall
        )

    def siste_vedtak(self, antall: int) -> list[Avgjoerelse]:
        """The latest that is published of what bodies decided, recommended or postponed; statements are left out."""
        return self._avgjoerelser([Moetesak.behandlingstype != Behandlingstype.UTTALELSE], 0, antall)

    def vedtak_i(self, utvalg: Utvalg, side: str) -> tuple[list[Avgjoerelse], Utsnitt]:
        """One page of what a body has decided, the latest first."""
        vilkaar = _i(utvalg)
        antall = self._session.scalar(_avgjorte(sa.select(sa.func.count(Moetesak.id)), vilkaar)) or 0
        del_ = utsnitt(side, antall)
        return self._avgjoerelser(vilkaar, del_.foerste, del_.per_side), del_

    def _moeter(self, vilkaar: list[Vilkaar], orden: sa.UnaryExpression[dt.date], antall: int) -> list[Moeterad]:
        saker = (
            sa.select(sa.func.count(Moetesak.id)).where(Moetesak.saksliste_id == Saksliste.id).correlate(Saksliste)
        ).scalar_subquery()
        soek = sa.select(Moete, saker).join(Saksliste).where(*vilkaar).order_by(orden, Moete.id).limit(antall)
        rader = self._session.execute(soek.options(joinedload(Moete.utvalg))).all()
        return [Moeterad(moete, antall_saker) for moete, antall_saker in rader]

    def _avgjoerelser(self, vilkaar: list[Vilkaar], foerste: int, antall: int) -> list[Avgjoerelse]:
        soek = _avgjorte(sa.select(Moetesak), vilkaar).order_by(Moete.dato.desc(), Moetesak.id.desc())
        moetesaker = self._session.scalars(soek.offset(foerste).limit(antall).options(*_MED_MOETET)).all()
        ider = [moetesak.id for moetesak in moetesaker]
        voteringer, vedtak = self._voteringer(ider), self._vedtak(ider)
        return [
            Avgjoerelse(
                moetesak,
                vedtakssetning(moetesak, voteringer[moetesak.id]),
                _utdrag(vedtak.get(moetesak.id)),
                behandlingsadresse(moetesak),
            )
            for moetesak in moetesaker
        ]

    def _voteringer(self, moetesaker: list[int]) -> dict[int, list[Votering]]:
        funnet: dict[int, list[Votering]] = defaultdict(list)
        soek = sa.select(Votering).where(Votering.moetesak_id.in_(moetesaker)).order_by(Votering.nummer)
        for votering in self._session.scalars(soek.options(*_MED_PARTIER)):
            funnet[votering.moetesak_id].append(votering)
        return funnet

    def _vedtak(self, moetesaker: list[int]) -> dict[int, Vedtak]:
        soek = sa.select(Vedtak).where(Vedtak.moetesak_id.in_(moetesaker)).order_by(Vedtak.versjonsnummer)
        return {rad.moetesak_id: rad for rad in self._session.scalars(soek.options(selectinload(Vedtak.avsnitt)))}


_MED_MOETET = (
    joinedload(Moetesak.saksliste).joinedload(Saksliste.moete).joinedload(Moete.utvalg),
    joinedload(Moetesak.nummer),
    joinedload(Moetesak.saksmappe),
)
_MED_PARTIER = (selectinload(Votering.partistemmer).joinedload(Partistemmer.parti),)


def _i(utvalg: Utvalg | None) -> list[Vilkaar]:
    return [] if utvalg is None else [Moete.utvalg_id == utvalg.id]


def _avgjorte(valg: sa.Select[Rad], vilkaar: list[Vilkaar]) -> sa.Select[Rad]:
    """`valg` of published treatments that are over."""
    fra = valg.join_from(Moetesak, Saksliste).join(Moete).join(Saksmappe, Moetesak.saksmappe_id == Saksmappe.id)
    return fra.where(OFFENTLIG_BEHANDLING, Moetesak.utfall != Moetesaksutfall.AAPEN, *vilkaar)


def _utdrag(vedtak: Vedtak | None) -> str:
    """The first words of the decision, cut between two of them."""
    if vedtak is None:
        return ""
    linjer = (plain_text(rad.blokker) for rad in vedtak.avsnitt if rad.avsnittstype is Avsnittstype.TEKST)
    tekst = " ".join(" ".join(linjer).split())
    return tekst if len(tekst) <= UTDRAG else f"{tekst[:UTDRAG].rsplit(' ', 1)[0]} …"
