"""Moves the cases of one version of a definition to another, by a map of states: all of it or nothing, after a plan.

The map is from every state that a case rests in, or that a history state remembers, to the state or states of the new
version; history states themselves are mapped likewise. Cases that are over stay in the version that they ended in.

A deadline goes on with the time that it had when the new state has one of the same name; the others are taken back, and
those that are new begin today. One that has already fired in this stay is not set again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from saksbehandling import db
from saksbehandling.clock import OSLO
from saksbehandling.errors import Reason, Refusal
from saksbehandling.interfaces import IClock
from saksbehandling.workflow_engine import in_force
from saksbehandling.workflow_engine.chart import SYSTEM, Chart, Deadline
from saksbehandling.workflow_engine.migration_map import (
    StateMap,
    deadlines_of,
    faults_of_map,
    faults_of_memory,
    faults_of_standing,
    mapped,
)
from saksbehandling.workflow_engine.models import Flyt, Flythistorikk, Frist, Friststatus
from saksbehandling.workflow_engine.registry import Registry

MIGRATION = "migrering"  # what a history calls the event


@dataclass(frozen=True, slots=True)
class Move:
    """What happens to one case. `fra`, `til`: atomic states. `avbrutt`, `satt`: names of deadlines, with the last day
    of those that are set. `beholdt`: names of those that go on."""

    flyt_id: int
    fra: tuple[str, ...]
    til: tuple[str, ...]
    historikk: Mapping[str, tuple[str, ...]]
    beholdt: tuple[str, ...]
    avbrutt: tuple[str, ...]
    satt: tuple[tuple[str, dt.date], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`grunner`: why it cannot be done; then nothing is. `avsluttede`: how many cases are over, and stay."""

    fra: Chart
    til: Chart
    moves: tuple[Move, ...]
    avsluttede: int
    grunner: tuple[Reason, ...]


class MigrationService:
    """Works in the caller's transaction, and never commits."""

    def __init__(self, session: Session, registry: Registry, clock: IClock) -> None:
        self._session = session
        self._registry = registry
        self._clock = clock

    def plan(self, definisjon: str, fra: int, til: int, states: StateMap) -> Plan:
        """What would happen to every case of version `fra`, and every reason against it. Changes nothing.

        Raises `SetupError` when one of the versions does not exist.
        """
        old, new = self._registry.chart(definisjon, fra), self._registry.chart(definisjon, til)
        cases = list(self._session.scalars(self._cases(old)))
        open_cases = [case for case in cases if not any(old.is_end(state) for state in case.aktive.split())]
        reasons = dict.fromkeys([*faults_of_map(old, new, states), *_faults_of_cases(old, new, open_cases, states)])
        if fra == til:
            reasons[Reason(f"Sakene står allerede i versjon {fra}. Oppgi to ulike versjoner.")] = None
        moves = () if reasons else tuple(self._move(old, new, case, states) for case in open_cases)
        return Plan(old, new, moves, len(cases) - len(open_cases), tuple(reasons))

    def migrate(
        self, definisjon: str, fra: int, til: int, states: StateMap, aktoer: str, aktoer_id: int | None = None
    ) -> Plan:
        """Do it. Raises `Refusal` with every reason, and `Conflict` when a case is moved by somebody meanwhile."""
        self._session.execute(self._cases(self._registry.chart(definisjon, fra)).with_for_update())
        plan = self.plan(definisjon, fra, til, states)
        if plan.grunner:
            raise Refusal(plan.grunner)
        if plan.moves:
            in_force.note_use(self._session, self._registry, plan.til, self._clock.now())
        for move in plan.moves:
            self._do(plan, move, aktoer, aktoer_id)
        return plan

    def _cases(self, chart: Chart) -> sa.Select[Flyt]:
        # Read again: what the session remembers of a case may be older than the lock.
        of_version = sa.select(Flyt).where(Flyt.definisjon == chart.id, Flyt.versjon == chart.versjon)
        return of_version.order_by(Flyt.id).execution_options(populate_existing=True)

    def _move(self, old: Chart, new: Chart, case: Flyt, states: StateMap) -> Move:
        target = mapped(case.aktive.split(), states)
        running = self._deadlines(case)
        entered = deadlines_of(new, target)
        kept = {frist.navn for frist in running if _goes_on(new, frist, entered)}
        fired = self._fired(old, case)
        new_ones = [each for each in entered.values() if each.navn not in kept | fired]
        memory = {
            name: mapped(remembered, states)
            for history, remembered in (case.historikkverdier or {}).items()
            for name in states.get(history, ())
        }
        return Move(
            flyt_id=case.id,
            fra=tuple(case.aktive.split()),
            til=target,
            historikk=memory,
            beholdt=tuple(sorted(kept)),
            avbrutt=tuple(sorted({frist.navn for frist in running} - kept)),
            satt=tuple((each.navn, self._clock.today() + dt.timedelta(days=each.dager)) for each in new_ones),
        )

    def _deadlines(self, case: Flyt, *which: sa.ColumnElement[bool]) -> list[Frist]:
        waiting = (Frist.flyt_id == case.id, Frist.status == Friststatus.VENTER)
        return list(self._session.scalars(sa.select(Frist).where(*waiting, *which).order_by(Frist.id)))

    def _fired(self, old: Chart, case: Flyt) -> set[str]:
        """Names of the deadlines that have fired since the case entered the state that set them."""
        active = old.expand(case.aktive.split())
        query = sa.select(Frist).where(Frist.flyt_id == case.id, Frist.tilstand.in_(active)).order_by(Frist.id)
        latest = {(frist.tilstand, frist.navn): frist.status for frist in self._session.scalars(query)}
        return {name for (_, name), status in latest.items() if status in (Friststatus.FYRT, Friststatus.AVVIST)}

    def _do(self, plan: Plan, move: Move, aktoer: str, aktoer_id: int | None) -> None:
        case = self._session.get_one(Flyt, move.flyt_id)
        case.versjon, case.aktive = plan.til.versjon, " ".join(move.til)
        case.historikkverdier = {name: list(kept) for name, kept in move.historikk.items()} or None
        flag_modified(case, "aktive")
        with db.conflicts():
            self._session.flush()
        self._change_deadlines(plan.til, case, move)
        versions = {"fra_versjon": plan.fra.versjon, "til_versjon": plan.til.versjon}
        self._session.add(
            Flythistorikk(
                flyt_id=case.id,
                sekvens=case.radversjon,
                tidspunkt=self._clock.now(),
                dato=self._clock.today(),
                hendelse=MIGRATION,
                fra=" ".join(move.fra),
                til=case.aktive,
                aktoer=aktoer,
                aktoer_id=aktoer_id,
                data=versions,
            )
        )

    def _change_deadlines(self, new: Chart, case: Flyt, move: Move) -> None:
        entered = deadlines_of(new, move.til)
        for frist in self._deadlines(case):
            if frist.navn in move.avbrutt:
                frist.status = Friststatus.KANSELLERT
            elif frist.tilstand:
                state, declared = next((s, each) for (s, name), each in entered.items() if name == frist.navn)
                frist.tilstand, frist.hendelse = state, declared.hendelse
        for name, day in move.satt:
            state, declared = next((s, each) for (s, known), each in entered.items() if known == name)
            due = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), OSLO)
            self._session.add(
                Frist(flyt_id=case.id, tilstand=state, navn=name, hendelse=declared.hendelse, forfaller=due)
            )


def _goes_on(chart: Chart, frist: Frist, entered: Mapping[tuple[str, str], Deadline]) -> bool:
    """A deadline of a state goes on under its name; a delayed event, when the new version still listens for it."""
    if frist.tilstand:
        return any(name == frist.navn for _, name in entered)
    ways = (way for way in chart.transitions if SYSTEM in way.roller)
    return any(way.matches(frist.hendelse) for way in ways)


def _faults_of_cases(old: Chart, new: Chart, cases: list[Flyt], states: StateMap) -> Iterator[Reason]:
    for standing in dict.fromkeys(case.aktive for case in cases):
        yield from faults_of_standing(old, new, standing.split(), states)
    for case in cases:
        for history, remembered in (case.historikkverdier or {}).items():
            yield from faults_of_memory(new, history, remembered, states)


Namer = Callable[[int], str]


def report(plan: Plan, name: Namer) -> list[str]:
    """A line for each case, and a summary. `name`: what a case is called, by the id of its workflow."""
    lines = [_line(move, name) for move in plan.moves]
    title = plan.fra.titler.nb if plan.fra.titler else plan.fra.id
    lines.append(
        f"{title}: {len(plan.moves)} saker fra versjon {plan.fra.versjon} til {plan.til.versjon}. "
        f"{plan.avsluttede} avsluttede saker blir stående i versjon {plan.fra.versjon}."
    )
    return lines


def _line(move: Move, name: Namer) -> str:
    parts = [f"{name(move.flyt_id)}: {' og '.join(move.fra)} -> {' og '.join(move.til)}"]
    if move.beholdt:
        parts.append(f"frister som går videre: {', '.join(move.beholdt)}")
    if move.avbrutt:
        parts.append(f"frister som avbrytes: {', '.join(move.avbrutt)}")
    if move.satt:
        parts.append(f"frister som settes: {', '.join(f'{navn} til {day:%d.%m.%Y}' for navn, day in move.satt)}")
    return "; ".join(parts)
