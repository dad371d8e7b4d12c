"""What pages show of proposals and ballots: outcomes in words, votes by party where they are known, quorum."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from saksbehandling.moete.models import Habilitetsutfall, Moete, Moetesak, Moetesaksutfall, Oppmoete, Saksliste
from saksbehandling.utvalg.models import Parti
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.votering.kodeverk import Forslagsstatus, Stemme, Voteringsform
from saksbehandling.votering.models import (
    Forslag,
    ForslagPaaVegneAv,
    Forslagsstiller,
    Partistemmer,
    Votering,
    Voteringsobjekt,
)
from saksbehandling.votering.oversetting import voteringsverdi
from saksbehandling.votering.rules import (
    er_enstemmig,
    format_partistemmer,
    minste_antall,
    regler_for,
    stemmer_for,
    stemmer_mot,
)
from saksbehandling.votering.values import Organ


def bortfalt_sist(session: Session, moetesak: Moetesak) -> Sequence[Forslag]:
    """Proposals that lapsed when the body postponed the case or sent it back; whoever stands by one moves it again."""
    forrige = session.scalar(
        sa.select(Moetesak.id)
        .join(Moetesak.saksliste)
        .join(Saksliste.moete)
        .where(
            Moetesak.saksmappe_id == moetesak.saksmappe_id,
            Moete.utvalg_id == moetesak.moete.utvalg_id,
            Moetesak.id < moetesak.id,
            Moetesak.utfall.in_((Moetesaksutfall.UTSATT, Moetesaksutfall.TILBAKESENDT)),
        )
        .order_by(Moetesak.id.desc())
        .limit(1)
    )
    return session.scalars(
        sa.select(Forslag)
        .where(Forslag.moetesak_id == forrige, Forslag.utfall == Forslagsstatus.BORTFALT)
        .options(selectinload(Forslag.stillere))
        .order_by(Forslag.nummer)
    ).all()


def last_inn(session: Session, moetesak: Moetesak) -> None:
    """Read all proposals and ballots of a treatment with what belongs to them, in few queries."""
    session.scalars(
        sa.select(Forslag)
        .where(Forslag.moetesak_id == moetesak.id)
        .options(
            selectinload(Forslag.stillere).options(
                joinedload(Forslagsstiller.parti), joinedload(Forslagsstiller.person)
            ),
            selectinload(Forslag.paa_vegne_av).joinedload(ForslagPaaVegneAv.parti),
            joinedload(Forslag.maal),
        )
    ).all()
    session.scalars(
        sa.select(Votering)
        .where(Votering.moetesak_id == moetesak.id)
        .options(
            selectinload(Votering.objekter).options(
                joinedload(Voteringsobjekt.segment), joinedload(Voteringsobjekt.forslag)
            ),
            selectinload(Votering.partistemmer).joinedload(Partistemmer.parti),
            selectinload(Votering.personstemmer),
        )
    ).all()


def partier_i_utvalget(utvalg: UtvalgService, moetesak: Moetesak) -> list[Parti]:
    """The parties and organisations with a place in the body on the day of the meeting, in the usual order."""
    return list(utvalg.partier_i(moetesak.utvalg, moetesak.moete.dato) or utvalg.partier())


@dataclass(frozen=True, slots=True)
class Stemmetall:
    """The votes of a party in a ballot; None: not recorded."""

    parti: str
    for_: int | None
    mot: int | None


def stemmer_per_parti(votering: Votering, til_stede: Mapping[str, int] | None) -> list[Stemmetall]:
    """The votes by party. `til_stede`: party -> members who voted; None where that is not known.

    Where it is known and one side is told party by party, the other side is the rest. Else only what was counted.
    """
    data = voteringsverdi(votering)
    for_, mot = data.partistemmer.get(Stemme.FOR), data.partistemmer.get(Stemme.MOT)
    if votering.voteringsform.uten_tall or data.stemmer_per_objekt:
        return []
    if til_stede is not None and sum(til_stede.values()) == votering.til_stede:
        return [_resten(parti, antall, for_, mot, votering.enstemmig) for parti, antall in til_stede.items()]
    # Only what the minutes say: a party that they do not name may have voted on either side, unless all are counted.
    nevnt = list(dict.fromkeys([*(mot or {}), *(for_ or {})]))
    unevnt = 0 if _alle_talt(votering, for_, mot) else None
    return [Stemmetall(parti, (for_ or {}).get(parti, unevnt), (mot or {}).get(parti, unevnt)) for parti in nevnt]


def _alle_talt(votering: Votering, for_: Mapping[str, int] | None, mot: Mapping[str, int] | None) -> bool:
    return bool(for_ and mot) and sum((*(for_ or {}).values(), *(mot or {}).values())) == votering.til_stede


def _resten(
    parti: str, antall: int, for_: Mapping[str, int] | None, mot: Mapping[str, int] | None, enstemmig: bool
) -> Stemmetall:
    if for_ is not None and (mot is not None or enstemmig):
        return Stemmetall(parti, for_.get(parti, 0), (mot or {}).get(parti, 0))
    if mot is not None or enstemmig:
        imot = (mot or {}).get(parti, 0)
        return Stemmetall(parti, antall - imot, imot)
    if for_ is not None:
        return Stemmetall(parti, for_.get(parti, 0), antall - for_.get(parti, 0))
    return Stemmetall(parti, None, None)


def stabilt_frammoete(session: Session, moetesak: Moetesak) -> dict[str, int] | None:
    """Party -> members with a vote in the case, if the same people were there from the start of the meeting to now.

    Ballots have no time of day: once somebody has come or gone, nobody can tell who was there at which.
    """
    moete = moetesak.moete
    rader = session.scalars(
        sa.select(Oppmoete).where(
            Oppmoete.moete_id == moete.id, sa.or_(Oppmoete.moetesak_id.is_(None), Oppmoete.moetesak_id == moetesak.id)
        )
    ).all()
    start = moete.starttid or dt.time(0)
    rader = [rad for rad in rader if rad.til is None or rad.til > start]
    if not rader or any(rad.til is not None or (rad.fra is not None and rad.fra > start) for rad in rader):
        return None
    inhabile = {rad.person_id for rad in moetesak.habilitet if rad.utfall is Habilitetsutfall.INHABIL}
    stemmer = [rad.medlemskap for rad in rader if rad.medlemskap.person_id not in inhabile]
    stemmer.sort(key=lambda rad: rad.parti.rekkefoelge)
    return dict(Counter(rad.parti.kode for rad in stemmer))


def utfallstekst(votering: Votering, side: int) -> str:
    """What follows the state of what was voted on at `side`: «mot 5 stemmer (3V, 2KrF)»."""
    data = voteringsverdi(votering)
    if votering.voteringsform is Voteringsform.ENIGHET:
        return "ved enighet"
    if votering.voteringsform is Voteringsform.VALG:
        return "ved valg"
    if votering.vinner is None and not data.stemmer_per_objekt:
        return ""
    if data.stemmer_per_objekt:
        return f"med {_stemmer(data.stemmer_per_objekt[side], data.partier_per_objekt[side])}"
    for_, mot = (stemmer_for(data), stemmer_mot(data)) if side == 0 else (stemmer_mot(data), stemmer_for(data))
    egne, andre = (Stemme.FOR, Stemme.MOT) if side == 0 else (Stemme.MOT, Stemme.FOR)
    if votering.vinner == side:
        if er_enstemmig(data) or mot == 0:
            return "enstemmig"
        return f"mot {_stemmer(mot, data.partistemmer.get(andre))}" if mot is not None else ""
    return f"med {_stemmer(for_, data.partistemmer.get(egne))}" if for_ is not None else ""


def _stemmer(antall: int, partier: Mapping[str, int] | None) -> str:
    parentes = f" ({format_partistemmer(partier)})" if partier else ""
    return f"{antall} {'stemme' if antall == 1 else 'stemmer'}{parentes}"


def siste_votering(voteringer: Sequence[Votering], forslag: Forslag) -> tuple[Votering, int] | None:
    """The last binding ballot over a proposal, with the side on which it stood."""
    for votering in reversed(voteringer):
        if votering.voteringsform is Voteringsform.PROEVE:
            continue
        for objekt in votering.objekter:
            if objekt.forslag_id == forslag.id:
                return votering, objekt.side
    return None


def kreves_til_stede(organ: Organ, moetesak: Moetesak) -> int | None:
    """How many must be present for the body to decide; None where its seats are unknown."""
    return minste_antall(organ, regler_for(moetesak.moete.dato))


def forslag_av(session: Session, person_ider: Collection[int], side: int, lengde: int) -> tuple[Sequence[Forslag], int]:
    """The proposals that these persons moved, the newest first, and how many there are."""
    egne = sa.select(Forslagsstiller.forslag_id).where(Forslagsstiller.person_id.in_(person_ider))
    vilkaar = Forslag.id.in_(egne)
    antall = session.scalar(sa.select(sa.func.count(Forslag.id)).where(vilkaar)) or 0
    soek = sa.select(Forslag).where(vilkaar).order_by(Forslag.framsatt.desc(), Forslag.id.desc())
    soek = soek.options(
        joinedload(Forslag.moetesak).options(
            joinedload(Moetesak.nummer),
            joinedload(Moetesak.saksmappe),
            joinedload(Moetesak.saksliste).joinedload(Saksliste.moete),
        )
    )
    return session.scalars(soek.limit(lengde).offset((side - 1) * lengde)).all(), antall
