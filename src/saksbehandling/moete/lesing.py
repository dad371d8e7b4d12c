"""What the pages about meetings show: lists of meetings and items, and what waits for an agenda or a secretary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Deputasjon, Moete, Moetesak, Moetesaksutfall, Saksliste
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.utvalg.models import Medlemskap, Person, Utvalg, Utvalgsperiode, Utvalgstype
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.workflow_engine.models import Flyt

SIDE = 25

TILSTANDER: Mapping[str, tuple[str, str]] = {
    "paa_saksliste": ("På sakslisten", "neste"),
    "til_behandling": ("Til behandling", "paagaar"),
    "behandlet": ("Behandlet", "ferdig"),
    "utsatt": ("Utsatt", "venter"),
    "tilbakesendt": ("Sendt tilbake", "venter"),
    "protokoll_godkjent": ("Protokoll godkjent", "ferdig"),
    "publisert": ("Publisert", "ferdig"),
    "trukket": ("Trukket", "borte"),
}
MOETETILSTANDER: Mapping[Moetestatus, tuple[str, str]] = {
    Moetestatus.SATT: ("Møtet er satt", "paagaar"),
    Moetestatus.HEVET: ("Hevet", "ferdig"),
    Moetestatus.AVHOLDT: ("Avholdt", "ferdig"),
    Moetestatus.AVLYST: ("Avlyst", "borte"),
}
UTFALL: Mapping[Moetesaksutfall, tuple[str, str]] = {
    Moetesaksutfall.UTSATT: ("Utsatt", "venter"),
    Moetesaksutfall.TILBAKESENDT: ("Sendt tilbake", "venter"),
    Moetesaksutfall.TRUKKET: ("Trukket", "borte"),
    Moetesaksutfall.BEHANDLET: ("Behandlet", "ferdig"),
}
# In which states of the case a body of this kind can take it, besides råd, which are asked side by side.
_VENTER: Mapping[Utvalgstype, tuple[str, str]] = {
    Utvalgstype.KOMITE: ("klar_for_komite", "utsatt_i_komite"),
    Utvalgstype.FORMANNSKAP: ("klar_for_komite", "utsatt_i_komite"),
    Utvalgstype.KOMMUNESTYRE: ("klar_for_bystyret", "utsatt_i_bystyret"),
}


def tilstand(moetesak: Moetesak) -> tuple[str, str]:
    """Where a treatment stands: a word, and the shape that `tilstand` in the templates draws."""
    steg = moetesak.flyt.aktive if moetesak.flyt else ""
    if steg in ("", "publisert", "protokoll_godkjent") and moetesak.utfall in UTFALL:
        ord_, slag = UTFALL[moetesak.utfall]
        return (f"{ord_}, ikke publisert" if steg == "protokoll_godkjent" else ord_), slag
    return TILSTANDER.get(steg, ("På sakslisten", "neste"))


def moetetilstand(moete: Moete, idag: dt.date) -> tuple[str, str]:
    """Where a meeting stands."""
    if moete.status in MOETETILSTANDER:
        return MOETETILSTANDER[moete.status]
    if moete.dato < idag:
        return "Avholdt", "ferdig"
    if moete.saksliste is not None and moete.saksliste.publisert:
        return ("I dag", "paagaar") if moete.dato == idag else ("Innkalt", "paagaar")
    return "Planlagt", "neste"


@dataclass(frozen=True, slots=True)
class Moeterad:
    """A meeting in a list. `antall`: its items."""

    moete: Moete
    antall: int


@dataclass(frozen=True, slots=True)
class Side:
    """One page of a list. `sider`: how many there are, at least one."""

    rader: Sequence[Moeterad]
    side: int
    sider: int
    antall: int


def moeteliste(
    session: Session, idag: dt.date, *, tidligere: bool, utvalg_id: int | None, side: int = 1, lengde: int = SIDE
) -> Side:
    """Meetings from today on, the nearest first; or those before, the latest first."""
    vilkaar: list[sa.ColumnElement[bool]] = [Moete.dato < idag if tidligere else Moete.dato >= idag]
    if utvalg_id is not None:
        vilkaar.append(Moete.utvalg_id == utvalg_id)
    antall = session.scalar(sa.select(sa.func.count(Moete.id)).where(*vilkaar)) or 0
    sider = max(1, -(-antall // lengde))
    side = min(max(side, 1), sider)
    orden = Moete.dato.desc() if tidligere else Moete.dato
    soek = sa.select(Moete, _antall_saker()).where(*vilkaar).order_by(orden, Moete.id)
    soek = soek.options(joinedload(Moete.utvalg), joinedload(Moete.saksliste)).limit(lengde).offset((side - 1) * lengde)
    return Side([Moeterad(moete, saker) for moete, saker in session.execute(soek)], side, sider, antall)


def moeter_fra(session: Session, fra: dt.date, utvalg_id: int | None) -> Sequence[Moete]:
    """Every meeting from this day on, of one body or of all."""
    soek = sa.select(Moete).where(Moete.dato >= fra).options(joinedload(Moete.utvalg)).order_by(Moete.dato, Moete.id)
    return session.scalars(soek if utvalg_id is None else soek.where(Moete.utvalg_id == utvalg_id)).all()


def _antall_saker() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(Moetesak.id))
        .join(Saksliste, Moetesak.saksliste_id == Saksliste.id)
        .where(Saksliste.moete_id == Moete.id)
        .correlate(Moete)
        .scalar_subquery()
    )


def neste_moeter(
    session: Session, idag: dt.date, utvalg: Collection[int] | None, antall: int = 6
) -> Sequence[Moeterad]:
    """The next meetings, today's first, of these bodies (None: all)."""
    soek = sa.select(Moete, _antall_saker()).where(Moete.dato >= idag).order_by(Moete.dato, Moete.id).limit(antall)
    if utvalg is not None:
        soek = soek.where(Moete.utvalg_id.in_(utvalg))
    soek = soek.options(joinedload(Moete.utvalg), joinedload(Moete.saksliste))
    return [Moeterad(moete, saker) for moete, saker in session.execute(soek)]


def saksliste(session: Session, moete: Moete) -> Sequence[Moetesak]:
    """The items of a meeting in order, with what a list shows of them."""
    return session.scalars(
        sa.select(Moetesak)
        .join(Saksliste)
        .where(Saksliste.moete_id == moete.id)
        .options(joinedload(Moetesak.nummer), joinedload(Moetesak.saksmappe), joinedload(Moetesak.flyt))
        .order_by(Moetesak.rekkefoelge)
    ).all()


def synlig_saksliste(session: Session, moete: Moete, identitet: Identitet) -> Sequence[Moetesak]:
    """The items that this person may know of: a published agenda is everybody's, a draft theirs who work on it."""
    saker = saksliste(session, moete)
    if moete.saksliste is not None and moete.saksliste.publisert:
        return saker
    return [moetesak for moetesak in saker if kan_lese(identitet, moetesak.lesere)]


def venter_paa_saksliste(session: Session, utvalg: Utvalg) -> Sequence[Saksmappe]:
    """The cases that this body can take up next, the oldest first."""
    soek = sa.select(Saksmappe).join(Flyt, Saksmappe.flyt_id == Flyt.id)
    if utvalg.utvalgstype is Utvalgstype.RAAD:
        soek = soek.where(Flyt.aktive == "til_uttalelse", ~_har_uttalt_seg(utvalg))
    else:
        klar, utsatt = _VENTER[utvalg.utvalgstype]
        soek = soek.where(sa.or_(Flyt.aktive == klar, sa.and_(Flyt.aktive == utsatt, _utsatt_av(utvalg))))
    return session.scalars(soek.order_by(Saksmappe.opprettet_dato, Saksmappe.id)).all()


def _har_uttalt_seg(utvalg: Utvalg) -> sa.ColumnElement[bool]:
    """Whether the råd has the case on an agenda, or has treated it without postponing it."""
    return sa.exists().where(
        Moetesak.saksmappe_id == Saksmappe.id,
        Moetesak.saksliste_id == Saksliste.id,
        Saksliste.moete_id == Moete.id,
        Moete.utvalg_id == utvalg.id,
        Moetesak.behandlingstype == Behandlingstype.UTTALELSE,
        Moetesak.utfall.in_((Moetesaksutfall.AAPEN, Moetesaksutfall.BEHANDLET)),
    )


def _utsatt_av(utvalg: Utvalg) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Moetesak.saksmappe_id == Saksmappe.id,
        Moetesak.saksliste_id == Saksliste.id,
        Saksliste.moete_id == Moete.id,
        Moete.utvalg_id == utvalg.id,
        Moetesak.utfall == Moetesaksutfall.UTSATT,
    )


@dataclass(frozen=True, slots=True)
class Arbeidsliste:
    """Treatments that wait for the same thing. `antall`: all of them; `rader`: those on this page."""

    rader: Sequence[Moetesak]
    antall: int
    side: int = 1
    sider: int = 1


def behandlinger_i(
    session: Session,
    tilstander: Collection[str],
    utvalg: Collection[int] | None,
    *,
    til: dt.date | None = None,
    side: int = 1,
    lengde: int = SIDE,
) -> Arbeidsliste:
    """Treatments whose workflow stands in one of `tilstander`, in meetings until `til`, the oldest meeting first."""
    vilkaar: list[sa.ColumnElement[bool]] = [Flyt.aktive.in_(tilstander)]
    if utvalg is not None:
        vilkaar.append(Moete.utvalg_id.in_(utvalg))
    if til is not None:
        vilkaar.append(Moete.dato <= til)
    fra = sa.select(Moetesak).join(Flyt, Moetesak.flyt_id == Flyt.id).join(Saksliste).join(Moete).where(*vilkaar)
    antall = session.scalar(fra.with_only_columns(sa.func.count(Moetesak.id))) or 0
    sider = max(1, -(-antall // lengde))
    side = min(max(side, 1), sider)
    soek = fra.order_by(Moete.dato, Moetesak.rekkefoelge).limit(lengde).offset((side - 1) * lengde)
    soek = soek.options(
        joinedload(Moetesak.nummer),
        joinedload(Moetesak.saksmappe),
        joinedload(Moetesak.flyt),
        joinedload(Moetesak.saksliste).joinedload(Saksliste.moete).joinedload(Moete.utvalg),
    )
    return Arbeidsliste(session.scalars(soek).all(), antall, side, sider)


def behandlinger_av_saken(session: Session, moetesak: Moetesak, identitet: Identitet) -> Sequence[Moetesak]:
    """The treatments of the same case that this person may see, in the order of their meetings."""
    alle = session.scalars(
        sa.select(Moetesak)
        .join(Saksliste)
        .join(Moete)
        .where(Moetesak.saksmappe_id == moetesak.saksmappe_id)
        .options(
            joinedload(Moetesak.nummer),
            joinedload(Moetesak.saksliste).joinedload(Saksliste.moete),
            joinedload(Moetesak.flyt),
        )
        .order_by(Moete.dato, Moetesak.id)
    ).all()
    return [ett for ett in alle if kan_lese(identitet, ett.lesere)]


def mine_medlemskap(session: Session, identitet: Identitet, dato: dt.date) -> Sequence[Medlemskap]:
    """The places that the logged-in person has on `dato`."""
    if identitet.bruker_id is None:
        return []
    rader = session.scalars(
        sa.select(Medlemskap)
        .join(Person)
        .where(Person.bruker_id == identitet.bruker_id)
        .options(
            joinedload(Medlemskap.utvalgsperiode).joinedload(Utvalgsperiode.utvalg),
            joinedload(Medlemskap.utvalgsperiode).joinedload(Utvalgsperiode.valgperiode),
        )
    ).all()
    return [
        rad
        for rad in rader
        if rad.utvalgsperiode.valgperiode.fra <= dato <= rad.utvalgsperiode.valgperiode.til
        and (rad.fra is None or rad.fra <= dato)
        and (rad.til is None or rad.til >= dato)
    ]


def deputasjoner(session: Session, moete: Moete) -> Sequence[Deputasjon]:
    """Who is heard at a meeting, by the time of day."""
    soek = sa.select(Deputasjon).where(Deputasjon.moete_id == moete.id).options(joinedload(Deputasjon.moetesak))
    return session.scalars(soek.order_by(Deputasjon.kl.is_(None), Deputasjon.kl, Deputasjon.id)).all()
