"""Who may have the floor and in what order, and who sees a closed item. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from saksbehandling.direkte.kodeverk import Innleggstype, Talerstatus
from saksbehandling.errors import Reason
from saksbehandling.identity.rules import Identitet, kan_lese

REGLEMENT = "møtereglementet, jf. kommuneloven § 11-12"
_RANG = {Innleggstype.REPLIKK: 0, Innleggstype.SVARREPLIKK: 1, Innleggstype.INNLEGG: 2}


@dataclass(frozen=True, slots=True)
class Taletider:
    """A body's speaking times in seconds (None: no limit), and how many replikker may follow one speech."""

    innlegg: int | None = None
    replikk: int | None = None
    svarreplikk: int | None = None
    replikker: int | None = None

    def for_type(self, innleggstype: Innleggstype) -> int | None:
        return {
            Innleggstype.INNLEGG: self.innlegg,
            Innleggstype.REPLIKK: self.replikk,
            Innleggstype.SVARREPLIKK: self.svarreplikk,
        }[innleggstype]


@dataclass(frozen=True, slots=True)
class Talerverdi:
    """A request for the floor as the rules see it. `replikk_til`: id of the speech that it answers."""

    id: int
    person_id: int
    innleggstype: Innleggstype
    status: Talerstatus
    bedt_om: dt.datetime
    startet: dt.datetime | None = None
    replikk_til: int | None = None


def i_orden(poster: Iterable[Talerverdi]) -> list[Talerverdi]:
    """Those who wait, the next first: replikker to the speech that was held, its speaker's answer, then the others.

    Within each kind whoever asked first comes first.
    """
    venter = (post for post in poster if post.status is Talerstatus.VENTER)
    return sorted(venter, key=lambda post: (_RANG[post.innleggstype], post.bedt_om, post.id))


def hovedinnlegg(poster: Iterable[Talerverdi]) -> Talerverdi | None:
    """The speech that replikker answer now: the last one that began."""
    begynt = [post for post in poster if post.innleggstype is Innleggstype.INNLEGG and post.startet is not None]
    return max(begynt, key=lambda post: (post.startet, post.id), default=None)


def hvorfor_ikke(
    innleggstype: Innleggstype, person_id: int, poster: Sequence[Talerverdi], tider: Taletider, *, strek: bool
) -> list[Reason]:
    """Every reason why this member cannot ask for the floor now (the body's own reglement); empty when they can."""
    if any(_venter_selv(post, person_id, innleggstype) for post in poster):
        return [Reason("Medlemmet står alt på talerlisten.")]
    if innleggstype is Innleggstype.INNLEGG:
        return [Reason("Det er satt strek. Ingen nye kan tegne seg i saken.", REGLEMENT)] if strek else []
    hoved = hovedinnlegg(poster)
    if hoved is None:
        return [Reason("Ingen har hatt ordet ennå, så det er ikke noe å svare på.", REGLEMENT)]
    eget = hoved.person_id == person_id
    if innleggstype is Innleggstype.SVARREPLIKK:
        return [] if eget else [Reason("Bare den som hadde innlegget, kan få svarreplikk.", REGLEMENT)]
    if eget:
        return [Reason("Det er ditt eget innlegg. Be om svarreplikk.", REGLEMENT)]
    return _for_mange(hoved, poster, tider)


def _venter_selv(post: Talerverdi, person_id: int, innleggstype: Innleggstype) -> bool:
    return (post.status, post.person_id, post.innleggstype) == (Talerstatus.VENTER, person_id, innleggstype)


def _for_mange(hoved: Talerverdi, poster: Iterable[Talerverdi], tider: Taletider) -> list[Reason]:
    gitt = [
        post
        for post in poster
        if post.replikk_til == hoved.id
        and post.innleggstype is Innleggstype.REPLIKK
        and post.status is not Talerstatus.STROEKET
    ]
    if tider.replikker is None or len(gitt) < tider.replikker:
        return []
    return [Reason(f"Det er alt tegnet {len(gitt)} replikker til innlegget, og flere tillates ikke.", REGLEMENT)]


@dataclass(frozen=True, slots=True)
class Innsyn:
    """What decides who may see the item that is up.

    `lukket`: the doors are closed for it. `lesere`: the tokens of those who may read it. `inhabile`, `til_stede`:
    persons. `leder_moetet`: may the asker lead the meeting.
    """

    lukket: bool
    lesere: frozenset[str] = frozenset()
    inhabile: frozenset[int] = frozenset()
    til_stede: frozenset[int] = frozenset()


def ser_saken(innsyn: Innsyn, identitet: Identitet, person_id: int | None, *, leder_moetet: bool) -> bool:
    """Whether this person sees the item that is up (kommuneloven §§ 11-5 and 11-10, forvaltningsloven § 8).

    An open item is everybody's. A closed one is seen by who leads the meeting and by the members in the room who may
    read it; a member who is inhabil sees nothing of it, whatever else they may.
    """
    if not innsyn.lukket:
        return True
    if person_id in innsyn.inhabile or not kan_lese(identitet, innsyn.lesere):
        return False
    return leder_moetet or person_id in innsyn.til_stede
