"""Who may do what in which state, in whole sentences, made from the definition alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.workflow_engine.chart import ROOT, SYSTEM, Chart, Kind, State, Titler, Transition
from saksbehandling.workflow_engine.diagram_words import capital, deadline_text, event_name, role_names, say
from saksbehandling.workflow_engine.sentences_conditions import (
    Vocabulary,
    bans,
    clause,
    listed,
    place_name,
    quoted,
    without_bans,
)

_PHRASES: Mapping[str, Titler] = {
    "kan": Titler("{} kan {} {}{}.", "{} kan {} {}{}.", "{} can {} {}{}."),
    "i": Titler("i {}", "i {}", "in {}"),
    "overalt": Titler("i alle tilstander", "i alle tilstandar", "in every state"),
    "velge": Titler("velge «{}»", "velje «{}»", "choose «{}»"),
    "samtidig": Titler(
        ", så langt det som går samtidig også tillater det",
        ", så langt det som går samtidig òg tillèt det",
        ", as far as what goes on at the same time allows it too",
    ),
    "gjoeres": Titler("«{}» kan gjøres av {}{}.", "«{}» kan gjerast av {}{}.", "«{}» can be done by {}{}."),
    "hvis": Titler(", hvis {}", ", dersom {}", ", if {}"),
    "gaar": Titler("Saken går da til {}.", "Saka går då til {}.", "The case then goes to {}."),
    "blir": Titler("Saken blir stående.", "Saka blir ståande.", "The case stays where it is."),
    "noed": Titler("Dette er en nødutgang.", "Dette er ein naudutgang.", "This is an emergency exit."),
    "skjer": Titler(
        "«{}» skjer av seg selv{}.",
        "«{}» skjer av seg sjølv{}.",
        "«{}» happens by itself{}.",
    ),
    "skjer_ogsaa": Titler(
        "Det kan også skje av seg selv.", "Det kan òg skje av seg sjølv.", "It can also happen by itself."
    ),
    "videre": Titler(
        "Saken går videre av seg selv{}.", "Saka går vidare av seg sjølv{}.", "The case goes on by itself{}."
    ),
    "frist": Titler(
        "{}. Når den går ut, skjer «{}».",
        "{}. Når han går ut, skjer «{}».",
        "{}. When it passes, «{}» happens.",
    ),
    "delsak": Titler(
        "Her kan det startes delsaker av slaget {}.",
        "Her kan det startast delsaker av slaget {}.",
        "Sub-cases of the kind {} can be started here.",
    ),
    "slutt": Titler("Her er saken slutt.", "Her er saka slutt.", "The case ends here."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one state or one role. `id`: of it. `kan`: by permission; `skjer`: by what can happen."""

    id: str
    title: str
    kan: tuple[str, ...]
    skjer: tuple[str, ...]


def by_state(chart: Chart, words: Vocabulary, spraak: str = "nb") -> list[Said]:
    """For each state that a case can rest in, in the order of the definition."""
    speaker = _Speaker(chart, words, spraak)
    return [
        Said(state.id, place_name(chart, state.id, spraak), tuple(speaker.allowed(state)), tuple(speaker.events(state)))
        for state in _resting(chart)
    ]


def by_role(chart: Chart, words: Vocabulary, spraak: str = "nb", utvalg: str = "") -> list[Said]:
    """For each role that people have here, in the order of the definition. `utvalg`: the body that they have it in."""
    speaker = _Speaker(chart, words, spraak, utvalg)
    return [
        Said(role, capital(speaker.role(role)), tuple(speaker.allowed_to(role)), tuple(speaker.choices_of(role)))
        for role in chart.roller
    ]


def _resting(chart: Chart) -> list[State]:
    found = (state for state in chart.states.values() if not state.children and state.kind is not Kind.HISTORY)
    return sorted((state for state in found if state.id != ROOT), key=lambda state: state.order)


class _Speaker:
    def __init__(self, chart: Chart, words: Vocabulary, spraak: str, utvalg: str = "") -> None:
        self._chart = chart
        self._words = words
        self._spraak = spraak
        self._utvalg = utvalg

    def role(self, role: str) -> str:
        """What the role is called, with the body that it is held in."""
        title = say(self._chart.roller[role], self._spraak)
        return f"{title} {self._say('i', self._utvalg)}" if self._utvalg else title

    def allowed(self, state: State) -> Iterator[str]:
        """Sentences of permissions in the state, one for all who have it."""
        for name, roles in self._chart.permissions(self._chart.expand([state.id])).items():
            who = role_names(self._chart, roles, self._spraak)
            if who:
                yield self._may(listed(who, "og", self._spraak), self._verb(name), [state], self._shared(state, name))

    def allowed_to(self, role: str) -> Iterator[str]:
        """Sentences of permissions of the role, one for all states that give it."""
        for name in self._chart.forvaltede:
            states = [s for s in _resting(self._chart) if role in self._holders(s, name)]
            if states:
                shared = any(self._shared(state, name) for state in states)
                yield self._may(self.role(role), self._verb(name), states, shared)

    def events(self, state: State) -> Iterator[str]:
        """Sentences of what can happen in the state, of its own and of those around it."""
        for deadline in state.frister:
            event = self._chart.hendelser.get(deadline.hendelse)
            name = say(event, self._spraak) if event else deadline.hendelse
            yield self._say("frist", deadline_text(deadline, self._spraak), name)
        if state.delsaker:
            names = [self._quoted_name(name) for name in state.delsaker]
            yield self._say("delsak", listed(names, "og", self._spraak))
        for way in self._possible(state):
            yield self._way(way, [state])
        if state.kind is Kind.FINAL:
            yield self._say("slutt")

    def choices_of(self, role: str) -> Iterator[str]:
        """Sentences of what the role can choose, one for all states in which it is the same choice."""
        same: dict[tuple[object, ...], list[Transition]] = {}
        for way in self._chart.transitions:
            if role in way.roller:
                same.setdefault((way.events, str(way.cond), way.noedutgang, way.hjemmel), []).append(way)
        for way, *others in same.values():
            states = [s for s in _resting(self._chart) if not {way, *others}.isdisjoint(self._possible(s))]
            what = self._say("velge", event_name(self._chart, way, self._spraak))
            sentence = self._may(self.role(role), what, states, False).removesuffix(".")
            yield f"{sentence}{self._if(way, states)}.{self._remarks(way)}"

    def _possible(self, state: State) -> Iterator[Transition]:
        """The transitions of the state and of those around it, without what is only noted on the way."""
        for name in (state.id, *state.ancestors):
            for way in self._chart.states[name].transitions:
                noted = not way.targets and not role_names(self._chart, way.roller, self._spraak)
                if bans(way.cond).isdisjoint((state.id, *state.ancestors)) and not (noted and name != state.id):
                    yield way

    def _way(self, way: Transition, states: Sequence[State]) -> str:
        name = event_name(self._chart, way, self._spraak)
        people = role_names(self._chart, way.roller, self._spraak)
        if not way.events:
            parts = [self._say("videre", self._if(way, states))]
        elif people:
            parts = [self._say("gjoeres", name, listed(people, "eller", self._spraak), self._if(way, states))]
        else:
            parts = [self._say("skjer", name, self._if(way, states))]
        if people and SYSTEM in way.roller:
            parts.append(self._say("skjer_ogsaa"))
        targets = quoted(self._chart, way.targets, "og", self._spraak) if way.targets else ""
        parts.append(self._say("gaar", targets) if targets else self._say("blir"))
        return " ".join(parts) + self._remarks(way)

    def _remarks(self, way: Transition) -> str:
        """What follows the sentence: emergency exit, and the law in brackets."""
        exit_ = f" {self._say('noed')}" if way.noedutgang else ""
        return exit_ + (f" ({way.hjemmel})" if way.hjemmel else "")

    def _if(self, way: Transition, states: Sequence[State]) -> str:
        """The condition, as far as it is not settled by where the case is."""
        settled = not any(self._chart.states[name].kind is Kind.PARALLEL for s in states for name in s.ancestors)
        left = without_bans(way.cond) if settled else way.cond
        return self._say("hvis", clause(self._chart, left, self._words, self._spraak)) if left else ""

    def _may(self, who: str, what: str, states: Sequence[State], shared: bool) -> str:
        everywhere = len(states) == len(_resting(self._chart)) > 1
        where = quoted(self._chart, [state.id for state in states], "og", self._spraak)
        place = self._say("overalt") if everywhere else self._say("i", where)
        return self._say("kan", capital(who), what, place, self._say("samtidig") if shared else "")

    def _shared(self, state: State, permission: str) -> bool:
        """Whether a branch beside the state's own has a say too."""
        around = [self._chart.states[name] for name in state.ancestors]
        beside = (
            child
            for parallel in around
            if parallel.kind is Kind.PARALLEL
            for child in parallel.children
            if child != state.id and child not in state.ancestors
        )
        return any(self._sets(child, permission) for child in beside)

    def _sets(self, name: str, permission: str) -> bool:
        inside = (name, *self._chart.states[name].descendants)
        return any(permission in self._chart.states[each].tillatelser for each in inside)

    def _holders(self, state: State, permission: str) -> frozenset[str]:
        return self._chart.permissions(self._chart.expand([state.id]))[permission]

    def _verb(self, permission: str) -> str:
        title = self._words.tillatelser.get(permission)
        return say(title, self._spraak) if title else f"«{permission}»"

    def _quoted_name(self, definition: str) -> str:
        title = self._words.names.get(definition)
        return f"«{say(title, self._spraak) if title else definition}»"

    def _say(self, phrase: str, *parts: object) -> str:
        return say(_PHRASES[phrase], self._spraak).format(*parts)
