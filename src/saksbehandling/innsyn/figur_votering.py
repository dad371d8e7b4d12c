"""A ballot as bars: for to the right, against to the left, one cell for each vote, on one scale for all parties.

The figure is a table with the counts in figures; the bars only repeat them. What the minutes do not tell is said to be
unknown: votes for are never inferred from seats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from saksbehandling.innsyn.figur_tekst import number

NONE = Markup("")

_CELL, _HEIGHT = 11, 14  # of one vote, in the units of the drawing
_HAIR = 1.5  # between votes
_AXIS = 3


@dataclass(frozen=True, slots=True)
class Partistemmer:
    """The votes of one party. None: not recorded. `navn_for` and `navn_mot`: persons, where they are known."""

    parti: str
    for_: int | None = None
    mot: int | None = 0
    navn_for: tuple[str, ...] = ()
    navn_mot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voteringsbilde:
    """One ballot. In an alternative ballot `for_navn` and `mot_navn` name the two texts.

    `alternativer`: where there are more than two, the name of each, its votes, and by party («4Ap, 1H»).
    `setning`: the sentence of the protocol. `for_totalt` is None when attendance at the ballot was not recorded.
    """

    tittel: str
    partier: tuple[Partistemmer, ...] = ()
    for_totalt: int | None = None
    mot_totalt: int | None = 0
    for_navn: str = "for"
    mot_navn: str = "mot"
    setning: str = ""
    alternativer: tuple[tuple[str, int, str], ...] = ()


def voteringsstolper(votering: Voteringsbilde) -> Markup:
    """The whole figure. A ballot without party tallies is the total and the sentence of the protocol alone."""
    return Markup('<figure class="votering" aria-label="{}">{}{}{}{}</figure>').format(
        votering.tittel,
        _alternatives(votering) if votering.alternativer else _totals(votering),
        _table(votering) if votering.partier else NONE,
        _unknown_note(votering),
        Markup('<figcaption class="votering-setning">{}</figcaption>').format(votering.setning)
        if votering.setning
        else NONE,
    )


def _alternatives(votering: Voteringsbilde) -> Markup:
    rows = NONE.join(
        Markup('<tr><th scope="row">{}</th><td class="tall">{}</td><td>{}</td></tr>').format(*ett)
        for ett in votering.alternativer
    )
    return Markup(
        '<table class="votering-tabell"><thead><tr><th scope="col">Alternativ</th>'
        '<th scope="col" class="tall">Stemmer</th><th scope="col">Partier</th></tr></thead><tbody>{}</tbody></table>'
    ).format(rows)


def _totals(votering: Voteringsbilde) -> Markup:
    return Markup('<p class="votering-sum">{}{}</p>').format(
        _total(votering.mot_totalt, votering.mot_navn, "mot"), _total(votering.for_totalt, votering.for_navn, "for")
    )


def _total(count: int | None, name: str, side: str) -> Markup:
    if count is None:
        return Markup('<span data-side="{}"><b class="votering-ukjent">?</b> {}, antall ikke ført</span> ').format(
            side, name
        )
    return Markup('<span data-side="{}"><b>{}</b> {}</span> ').format(side, count, name)


def _table(votering: Voteringsbilde) -> Markup:
    left = max((party.mot or 0 for party in votering.partier), default=0)
    right = max((party.for_ or 0 for party in votering.partier), default=0)
    rows = NONE.join(_row(party, left, right) for party in votering.partier)
    return Markup(
        '<table class="votering-tabell"><caption class="ds-sr-only">{}: stemmer etter parti</caption>'
        '<thead><tr><th scope="col">Parti</th><th scope="col" class="tall">{}</th>'
        '<td class="votering-stolpe"></td><th scope="col" class="tall">{}</th></tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(votering.tittel, votering.mot_navn, votering.for_navn, rows)


def _row(party: Partistemmer, left: int, right: int) -> Markup:
    return Markup(
        '<tr><th scope="row">{}</th><td class="tall" data-side="mot">{}</td>'
        '<td class="votering-stolpe">{}</td><td class="tall" data-side="for">{}</td></tr>{}'
    ).format(party.parti, _count(party.mot), _bar(party, left, right), _count(party.for_), _names(party))


def _count(count: int | None) -> Markup:
    if count is None:
        return Markup(
            '<span class="votering-ukjent"><span aria-hidden="true">?</span>'
            '<span class="ds-sr-only">ikke ført</span></span>'
        )
    return Markup("{}").format(count)


def _bar(party: Partistemmer, left: int, right: int) -> Markup:
    """Both bars of a party around the common axis. Where a side is unknown, a dashed frame stands in its place."""
    axis = left * _CELL + _AXIS
    width = axis + _AXIS + max(right * _CELL, 3 * _CELL)
    return Markup(
        '<svg class="stolpe" viewBox="0 0 {} {}" width="{}" preserveAspectRatio="none" aria-hidden="true">'
        '{}{}<path class="stolpe-akse" d="M{} 0v{}"/></svg>'
    ).format(
        number(width),
        _HEIGHT,
        number(width),
        _cells("mot", party.mot, (axis - _AXIS - (at + 1) * _CELL for at in range(party.mot or 0)), axis),
        _cells("for", party.for_, (axis + _AXIS + at * _CELL for at in range(party.for_ or 0)), axis),
        number(axis),
        _HEIGHT,
    )


def _cells(side: str, count: int | None, places: Iterable[float], axis: float) -> Markup:
    if count is None:
        x = axis + _AXIS + 1 if side == "for" else max(1.0, axis - _AXIS - 3 * _CELL)
        return Markup('<rect class="stolpe-ukjent" x="{}" y="1.5" width="{}" height="{}"/>').format(
            number(x), 3 * _CELL - 2, _HEIGHT - 3
        )
    d = "".join(
        f"M{number(x + _HAIR / 2)} 1h{number(_CELL - _HAIR)}v{_HEIGHT - 2}h-{number(_CELL - _HAIR)}z" for x in places
    )
    return Markup('<path class="stolpe-{}" d="{}"/>').format(side, d) if d else NONE


def _names(party: Partistemmer) -> Markup:
    said = [
        f"{side}: {', '.join(names)}" for side, names in (("Mot", party.navn_mot), ("For", party.navn_for)) if names
    ]
    row = Markup('<tr><td></td><td class="votering-navn" colspan="3">{}</td></tr>')
    return row.format(". ".join(said)) if said else NONE


def _unknown_note(votering: Voteringsbilde) -> Markup:
    known: Sequence[int | None] = [count for party in votering.partier for count in (party.for_, party.mot)]
    if None not in known:
        return NONE
    return Markup('<p class="votering-merknad">Stemmer som ikke er ført i protokollen, vises som ukjent.</p>')
