"""The words of a diagram beside the definition's own, in the three languages of the product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from saksbehandling.workflow_engine.chart import SYSTEM, Chart, Deadline, State, Titler, Transition, matches

Names = Mapping[str, Titler]
"""Titles of definitions by their ids, for sub-cases."""

WORDS: Mapping[str, Titler] = {
    "her": Titler("Her er saken nå", "Her er saka no", "The case is here"),
    "samtidig": Titler("Samtidig", "Samtidig", "At the same time"),
    "alle": Titler("Gjelder i hele rammen", "Gjeld i heile ramma", "Anywhere in this frame"),
    "historie": Titler("Tilbake dit saken var", "Tilbake dit saka var", "Back to where the case was"),
    "foerste": Titler("Har den ikke vært her", "Har ho ikkje vore her", "If it has not been here"),
    "system": Titler("skjer av seg selv", "skjer av seg sjølv", "happens by itself"),
    "av_seg_selv": Titler("eller av seg selv", "eller av seg sjølv", "or by itself"),
    "straks": Titler("Går videre med en gang", "Går vidare med ein gong", "Goes on at once"),
    "naar": Titler("Går videre når vilkårene er oppfylt", "Går vidare når vilkåra er oppfylte", "Goes on when it can"),
    "vilkaar": Titler("på vilkår", "på vilkår", "on conditions"),
    "noedutgang": Titler("nødutgang", "naudutgang", "emergency exit"),
    "ferdig": Titler("Alle delene er ferdige", "Alle delane er ferdige", "All parts are done"),
    "frist": Titler("Frist", "Frist", "Deadline"),
    "dag": Titler("dag", "dag", "day"),
    "dager": Titler("dager", "dagar", "days"),
    "delsak": Titler("Delsak", "Delsak", "Sub-case"),
    "blir": Titler("blir stående", "blir ståande", "stays"),
    "alt": Titler("Alt annet", "Alt anna", "Anything else"),
    "start": Titler("Start", "Start", "Start"),
}


def say(title: Titler, spraak: str) -> str:
    """`title` in that language: nb, nn or en."""
    return str(getattr(title, spraak))


def word(key: str, spraak: str) -> str:
    return say(WORDS[key], spraak)


def capital(text: str) -> str:
    """With a capital first letter, and the rest as it is."""
    return text[:1].upper() + text[1:]


def state_name(chart: Chart, state: str, spraak: str) -> str:
    """What the state is called: by its own title, else the nearest around it, else those within it, else its id."""
    around = [name for name in (state, *chart.states[state].ancestors[:-1]) if chart.states[name].titler]
    within = [name for name in chart.in_order(chart.states[state].descendants) if _outermost(chart, name)]
    titles = [chart.states[name].titler for name in around[:1] or within]
    return ", ".join(say(title, spraak) for title in titles if title) or state


def _outermost(chart: Chart, state: str) -> bool:
    """Whether the state has a title and none around it does."""
    return chart.states[state].titler is not None and not any(
        chart.states[name].titler for name in chart.states[state].ancestors[:-1]
    )


def event_name(chart: Chart, way: Transition, spraak: str) -> str:
    """What makes the transition happen."""
    names = [_event(chart, event, spraak) for event in way.events]
    return " / ".join(names) or word("straks" if way.cond is None else "naar", spraak)


def who(chart: Chart, way: Transition, spraak: str) -> str:
    """The roles that may, in the order of the definition; that it happens by itself where no person does it."""
    names = ", ".join(role_names(chart, way.roller, spraak))
    if not names:
        return word("system", spraak)
    return f"{names} {word('av_seg_selv', spraak)}" if SYSTEM in way.roller else names


def role_names(chart: Chart, roles: Iterable[str], spraak: str) -> list[str]:
    """The titles of roles that people have, in the order of the definition."""
    wanted = set(roles) - {SYSTEM}
    return [say(title, spraak) for name, title in chart.roller.items() if name in wanted]


def remarks(way: Transition, spraak: str) -> Sequence[str]:
    """What else a reader should know: that it has conditions, or is an emergency exit."""
    found = (("vilkaar", way.cond is not None and bool(way.events)), ("noedutgang", way.noedutgang))
    return [word(key, spraak) for key, holds in found if holds]


def deadline_text(deadline: Deadline, spraak: str) -> str:
    unit = word("dag" if deadline.dager == 1 else "dager", spraak)
    return f"{word('frist', spraak)}: {deadline.dager} {unit}"


def subcase_text(state: State, names: Names, spraak: str) -> list[str]:
    titles = [say(names[name], spraak) if name in names else name for name in state.delsaker]
    return [f"{word('delsak', spraak)}: {title}" for title in titles]


def _event(chart: Chart, event: str, spraak: str) -> str:
    if event == "*":
        return word("alt", spraak)
    if event in chart.hendelser:
        return say(chart.hendelser[event], spraak)
    if event.startswith("done.state."):
        return word("ferdig", spraak)
    kinds = [say(title, spraak) for name, title in chart.hendelser.items() if matches(event, name)]
    return " / ".join(kinds) or event
