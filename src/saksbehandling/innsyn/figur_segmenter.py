"""A base text in numbered segments with the proposals beside the segment that they touch.

The base text keeps its own words. What a proposal would change is marked in the proposal, beside; only what the body
has adopted is marked in the base text too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from saksbehandling.innsyn.figur_blokker import blokker_html
from saksbehandling.richtext import Blocks, plain_text
from saksbehandling.tekstforskjell import orddiff
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype

NONE = Markup("")

STATUSORD = {
    Forslagsstatus.FRAMSATT: ("Ikke avgjort", "venter"),
    Forslagsstatus.TRUKKET: ("Trukket", "borte"),
    Forslagsstatus.VEDTATT: ("Vedtatt", "ferdig"),
    Forslagsstatus.FALT: ("Falt", "stopp"),
    Forslagsstatus.BORTFALT: ("Bortfalt", "borte"),
}
TYPEORD = {
    Forslagstype.UTSETTELSE: "Utsettelsesforslag",
    Forslagstype.TILBAKESENDELSE: "Forslag om tilbakesending",
    Forslagstype.AVVISNING: "Avvisningsforslag",
    Forslagstype.OVERSENDELSE: "Oversendelsesforslag",
    Forslagstype.ALTERNATIVT: "Alternativt forslag",
    Forslagstype.ENDRING: "Endringsforslag",
    Forslagstype.STRYKNING: "Strykningsforslag",
    Forslagstype.TILLEGG: "Tilleggsforslag",
}


@dataclass(frozen=True, slots=True)
class Segmentbilde:
    """One segment of the base text. `nr` stands in the margin; `ident` is what proposals point at."""

    ident: str
    nr: int
    blokker: Blocks


@dataclass(frozen=True, slots=True)
class Forslagsbilde:
    """One proposal. `segment`: the ident that it touches, None for an addition or a proposal about the whole.

    `av`: name and party as minuted. `sitat`: the quoted words that a strykning takes out; None for the whole segment.
    `votering`: what follows the state in words, «mot 5 stemmer (3V, 2KrF)». `lenke`: where the proposal can be opened.
    """

    ident: str
    nr: int
    type: Forslagstype
    status: Forslagsstatus
    av: str
    paa_vegne_av: tuple[str, ...] = ()
    felles: bool = False
    segment: str | None = None
    blokker: Blocks = ()
    sitat: str | None = None
    votering: str = ""
    lenke: str | None = None
    venter: bool = False


def segmentvisning(segmenter: Sequence[Segmentbilde], forslag: Sequence[Forslagsbilde], skjema: str = "") -> Markup:
    """The whole figure: a row for each segment, then the proposals that touch no segment.

    `skjema`: the address of the form for a proposal, to which each segment then leads; what it is to do comes after.
    """
    known = {segment.ident for segment in segmenter}
    rows = NONE.join(
        _row(segment, [one for one in forslag if one.segment == segment.ident], skjema) for segment in segmenter
    )
    loose = NONE.join(_loose(one) for one in forslag if one.segment not in known)
    return Markup('<div class="segmenter">{}{}</div>').format(rows, loose)


def forslagstekst(forslag: Forslagsbilde, segment: Segmentbilde | None) -> Markup:
    """The words of a proposal with its change marked against the segment that it touches."""
    match forslag.type:
        case Forslagstype.STRYKNING if segment:
            return _strike(segment.blokker, forslag.sitat)
        case Forslagstype.ENDRING if segment:
            return _lines(orddiff(plain_text(segment.blokker), plain_text(forslag.blokker)))
        case Forslagstype.TILLEGG | Forslagstype.ALTERNATIVT:
            return Markup('<ins class="blokk">{}</ins>').format(blokker_html(forslag.blokker, 5))
        case _:
            return blokker_html(forslag.blokker, 5)


def _row(segment: Segmentbilde, forslag: Sequence[Forslagsbilde], skjema: str) -> Markup:
    beside = NONE.join(_proposal(one, segment) for one in forslag)
    return Markup(
        '<section class="segment" id="avsnitt-{nr}" aria-label="Avsnitt {nr}">'
        '<span class="segment-nr" aria-hidden="true">{nr}</span><div class="segment-tekst">{text}{links}</div>'
        '<div class="segment-forslag">{beside}</div></section>'
    ).format(nr=segment.nr, text=_settled(segment, forslag), links=_links(segment, skjema), beside=beside)


_DOINGS = (("endring", "maal", "Endre"), ("strykning", "maal", "Stryk"), ("tillegg", "anker", "Legg til etter"))


def _links(segment: Segmentbilde, skjema: str) -> Markup:
    """What a proposal can do with the segment. A script adds the words that are selected in it."""
    if not skjema:
        return NONE
    link = Markup(
        '<a class="ds-link" data-pek="{kind}" href="{form}type={kind}&{field}={ident}">{word}'
        '<span class="ds-sr-only"> avsnitt {nr}</span></a>'
    )
    links = [
        link.format(kind=kind, form=skjema, field=field, ident=segment.ident, word=word, nr=segment.nr)
        for kind, field, word in _DOINGS
    ]
    return Markup('<p class="segment-valg">{}</p>').format(Markup(" ").join(links))


def _settled(segment: Segmentbilde, forslag: Iterable[Forslagsbilde]) -> Markup:
    """The base text, with the change in it when the body has adopted one."""
    for one in forslag:
        if one.status is Forslagsstatus.VEDTATT and one.type in (Forslagstype.STRYKNING, Forslagstype.ENDRING):
            return forslagstekst(one, segment)
    return blokker_html(segment.blokker, 4)


def _loose(forslag: Forslagsbilde) -> Markup:
    sign = "+" if forslag.type is Forslagstype.TILLEGG else ""
    return Markup(
        '<div class="segment segment--nytt"><span class="segment-nr" aria-hidden="true">{}</span>'
        '<div class="segment-forslag">{}</div></div>'
    ).format(sign, _proposal(forslag, None))


def _proposal(forslag: Forslagsbilde, segment: Segmentbilde | None) -> Markup:
    return Markup(
        '<article class="forslag" id="forslag-{nr}" data-status="{status}" aria-label="Forslag {nr}">'
        '<p class="forslag-hode"><b>{title}</b> {who}</p><div class="forslag-tekst">{text}</div>{fate}</article>'
    ).format(
        nr=forslag.nr,
        status=forslag.status,
        title=_title(forslag),
        who=_who(forslag),
        text=forslagstekst(forslag, segment),
        fate=_fate(forslag),
    )


def _title(forslag: Forslagsbilde) -> Markup:
    word = TYPEORD[forslag.type]
    title = f"{forslag.nr}. {f'Felles {word.lower()}' if forslag.felles else word}"
    if not forslag.lenke:
        return Markup("{}").format(title)
    return Markup('<a class="ds-link" href="{}">{}</a>').format(forslag.lenke, title)


def _who(forslag: Forslagsbilde) -> Markup:
    behalf = f" på vegne av {_and(forslag.paa_vegne_av)}" if forslag.paa_vegne_av else ""
    return Markup('<span class="forslag-av">{}{}</span>').format(forslag.av, behalf)


def _fate(forslag: Forslagsbilde) -> Markup:
    word, kind = ("Innsendt", "venter") if forslag.venter else STATUSORD[forslag.status]
    sentence = Markup(" <span>{}</span>").format(forslag.votering) if forslag.votering else NONE
    return Markup('<p class="forslag-utfall">{}{}</p>').format(tilstandsord(word, kind), sentence)


def tilstandsord(ord: str, slag: str) -> Markup:
    """A state as a word with a shape. `slag`: ferdig, paagaar, venter, neste, stopp, borte or noytral."""
    return Markup(
        '<span class="tilstand" data-slag="{}"><span class="tilstand-form" aria-hidden="true"></span>{}</span>'
    ).format(slag, ord)


def _strike(base: Blocks, quoted: str | None) -> Markup:
    """The whole struck, or the quoted words; a quotation that is not found literally is shown as it was put."""
    if quoted is None:
        return Markup('<del class="blokk">{}</del>').format(blokker_html(base, 5))
    before, found, after = plain_text(base).partition(quoted)
    struck = Markup("<del>{}</del>").format(quoted)
    return _lines(Markup("{}{}{}").format(before, struck, after) if found else struck)


def _lines(marked: Markup) -> Markup:
    return Markup('<p class="linjer">{}</p>').format(marked)


def _and(words: Sequence[str]) -> str:
    return " og ".join(filter(None, (", ".join(words[:-1]), words[-1])))
