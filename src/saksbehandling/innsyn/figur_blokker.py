"""Rich text as HTML: every word is escaped, and nothing but the tags written here comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from saksbehandling.richtext import Block, Blocks, Heading, List, Paragraph, Picture, Run, Table

EMPTY = Markup("")

# A link may lead to the web, to a mailbox or to a page of our own; never to a script or a data URL.
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|/(?!/)|#)", re.IGNORECASE)


def blokker_html(blocks: Iterable[Block], overskriftsnivaa: int = 3) -> Markup:
    """The blocks as HTML. `overskriftsnivaa`: the level that a heading of level 1 gets on the page (at most 6)."""
    return EMPTY.join(_block(block, overskriftsnivaa) for block in blocks)


def runs_html(runs: Iterable[Run]) -> Markup:
    """One line of runs, with bold, italic and safe links."""
    return EMPTY.join(_run(run) for run in runs)


def _block(block: Block, level: int) -> Markup:
    match block:
        case Paragraph(runs):
            return Markup("<p>{}</p>").format(runs_html(runs))
        case Heading(depth, runs):
            at = min(level + depth - 1, 6)
            return Markup("<h{}>{}</h{}>").format(at, runs_html(runs), at)
        case List(ordered, items, start):
            body = EMPTY.join(_item(item, level) for item in items)
            if not ordered:
                return Markup("<ul>{}</ul>").format(body)
            return Markup("<ol{}>{}</ol>").format(Markup(' start="{}"').format(start) if start != 1 else "", body)
        case Table(rows, header):
            return _table(rows, header)
        case Picture():
            return Markup(
                '<figure class="bilde"><img src="/bilder/{0}" data-bilde="{0}" alt="{1}" width="{2}" height="{3}"'
                ' loading="lazy"></figure>'
            ).format(block.sha256, block.alt, block.width, block.height)


def _item(blocks: Blocks, level: int) -> Markup:
    match blocks:
        case (Paragraph(runs), *rest):
            return Markup("<li>{}{}</li>").format(runs_html(runs), blokker_html(rest, level))
        case _:
            return Markup("<li>{}</li>").format(blokker_html(blocks, level))


def _table(rows: tuple[tuple[tuple[Run, ...], ...], ...], header: bool) -> Markup:
    head = _row(rows[0], Markup('<th scope="col">{}</th>')) if header and rows else EMPTY
    body = EMPTY.join(_row(row, Markup("<td>{}</td>")) for row in rows[1 if head else 0 :])
    # The wrapper scrolls sideways alone, so it must be reachable by keyboard.
    return Markup(
        '<div class="rulle" tabindex="0" role="group" aria-label="Tabell">'
        '<table class="ds-table" data-color="neutral">{}<tbody>{}</tbody></table></div>'
    ).format(Markup("<thead>{}</thead>").format(head) if head else EMPTY, body)


def _row(cells: tuple[tuple[Run, ...], ...], cell: Markup) -> Markup:
    return Markup("<tr>{}</tr>").format(EMPTY.join(cell.format(runs_html(runs)) for runs in cells))


def _run(run: Run) -> Markup:
    html = escape(run.text)
    if run.italic:
        html = Markup("<em>{}</em>").format(html)
    if run.bold:
        html = Markup("<strong>{}</strong>").format(html)
    if run.link and _SAFE_LINK.match(run.link):
        html = Markup('<a class="ds-link" href="{}">{}</a>').format(run.link, html)
    return html
