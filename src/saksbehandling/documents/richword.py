"""Rich text as WordprocessingML."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from saksbehandling.documents import pictures
from saksbehandling.documents.numbering import LEVELS, STEP, Numbering
from saksbehandling.documents.operations import Look
from saksbehandling.documents.wordxml import START_TEXT, R, escape, escape_in_run
from saksbehandling.errors import InvalidInput
from saksbehandling.richtext import Block, Blocks, Heading, List, Paragraph, Picture, Run, Table

_SAFE_LINKS = ("http", "https", "mailto")
_TEXT_WIDTH = 9070  # text width of an A4 page with 2.5 cm margins; columns are a share of it until Word lays them out
# Tables have no space after them, Word joins two that touch, and a cell may not end in one.
_AIR = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="140" w:lineRule="exact"/></w:pPr></w:p>'

# List 0 is none. Only where the style has one: some judges of documents miss the definition of list 0.
_NO_NUMBER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'


class RichWriter:
    """Writes the rich text of one document, and remembers its numbered lists and links as their ids are sequential.

    `lists`: the level and first number of each numbered list. `links`: each address and its relationship id.
    `pictures`: the SHA-256 and kind of each picture, and its relationship id.
    """

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.lists: list[tuple[int, int]] = []
        self.links: dict[str, str] = {}
        self.pictures: dict[tuple[str, str], str] = {}

    def xml(self, blocks: Blocks, look: Look) -> str:
        """The paragraphs and tables of `blocks`. Raises `InvalidInput` on an unsafe link or an illegal character."""
        return "".join([self._block(block, look) for block in blocks])

    def _block(self, block: Block, look: Look) -> str:
        match block:
            case Paragraph():
                return self._paragraph(look.paragraph, block.runs, look)
            case Heading():
                return self._paragraph(_style(look.headings[min(block.level, 6) - 1]), block.runs, look)
            case List():
                return self._list(block, look, 0)
            case Table():
                return self._table(block, look)
            case Picture():
                return self._picture(look.paragraph, block, look.left)

    def _picture(self, properties: str, picture: Picture, left: int) -> str:
        key = picture.sha256, picture.kind
        identity = self.pictures.setdefault(key, f"rIdBilde{len(self.pictures) + 1}")
        drawn = pictures.drawing(picture, identity, max(_TEXT_WIDTH - left, STEP))
        return f"<w:p><w:pPr>{properties}</w:pPr>{drawn}</w:p>"

    def _paragraph(self, properties: str, runs: Sequence[Run], look: Look) -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr>{self._runs(runs, look)}</w:p>"

    def _list(self, block: List, look: Look, level: int) -> str:
        level = min(level, LEVELS - 1)
        number = self._numbering.bullet
        if block.ordered:
            number = self._numbering.first + len(self.lists)
            self.lists.append((level, block.start))
        style_id = look.number if block.ordered else look.bullet
        style = _style(style_id)
        left = look.left + STEP * (level + 1)
        first = (
            f'{style}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            f'<w:ind w:left="{left}" w:hanging="{STEP}"/>'
        )
        unnumbered = _NO_NUMBER if style_id in look.numbering else ""
        later = f'{style}{unnumbered}<w:ind w:left="{left}" w:firstLine="0"/>'
        return "".join([self._item(item, first, later, look, level) for item in block.items])

    def _item(self, item: Sequence[Block], first: str, later: str, look: Look, level: int) -> str:
        properties, out = first, ""
        if not item or isinstance(item[0], List | Table):
            properties, out = later, self._paragraph(first, (), look)
        for block in item:
            match block:
                case Paragraph() | Heading():
                    out += self._paragraph(properties, block.runs, look)
                    properties = later
                case List():
                    out += self._list(block, look, level + 1)
                case Table():
                    out += self._table(block, look)
                case Picture():
                    out += self._picture(properties, block, look.left + STEP * (level + 1))
                    properties = later
        return out

    def _table(self, table: Table, look: Look) -> str:
        columns = max((len(row) for row in table.rows), default=0)
        if not columns:
            return ""
        grid = f'<w:gridCol w:w="{_TEXT_WIDTH // columns}"/>' * columns
        head = 1 if table.header else 0
        rows = "".join(self._row(row, columns, number < head, look) for number, row in enumerate(table.rows))
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{look.table}"/><w:tblW w:w="5000" w:type="pct"/>'
            f'<w:tblLook w:firstRow="{head}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{_AIR}"
        )

    def _row(self, row: Sequence[Sequence[Run]], columns: int, head: bool, look: Look) -> str:
        marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
        padded = [*row, *[()] * (columns - len(row))]
        cells = (f"<w:tc><w:tcPr/><w:p>{self._runs(cell, look, bold=head)}</w:p></w:tc>" for cell in padded)
        return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"

    def _runs(self, runs: Sequence[Run], look: Look, *, bold: bool = False) -> str:
        if len(runs) == 1:  # nearly always
            return self._run(runs[0], look, bold)
        return "".join([self._run(run, look, bold) for run in runs])

    def _run(self, run: Run, look: Look, bold: bool) -> str:
        if not (run.link or run.bold or run.italic or bold):  # nearly always
            return f"<w:r>{START_TEXT}{escape_in_run(run.text)}</w:t></w:r>"
        properties = f'<w:rStyle w:val="{look.link}"/>' if run.link else ""
        properties += "<w:b/>" if run.bold or bold else ""
        properties += "<w:i/>" if run.italic else ""
        marked = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        xml = f"<w:r>{marked}{START_TEXT}{escape_in_run(run.text)}</w:t></w:r>"
        return f'<w:hyperlink xmlns:r="{R}" r:id="{self._link(run.link)}">{xml}</w:hyperlink>' if run.link else xml

    def _link(self, address: str) -> str:
        if urlsplit(address).scheme.lower() not in _SAFE_LINKS:
            raise InvalidInput(
                f"Lenken «{address}» kan ikke brukes i et dokument. Bruk en adresse som begynner med https://."
            )
        return self.links.setdefault(address, f"rIdLenke{len(self.links) + 1}")


def link_relationships(links: dict[str, str]) -> str:
    """The relationships that `RichWriter.links` needs."""
    return "".join(
        f'<Relationship Id="{identity}" Type="{R}/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
        for address, identity in links.items()
    )


def picture_relationships(pictures: dict[tuple[str, str], str]) -> str:
    """The relationships that `RichWriter.pictures` needs; `picture_part` says where they lead."""
    return "".join(
        f'<Relationship Id="{identity}" Type="{R}/image" Target="{picture_part(*picture)}"/>'
        for picture, identity in pictures.items()
    )


def picture_part(sha256: str, kind: str) -> str:
    """The name of the part that holds a picture, from the folder of the main part."""
    return f"media/{sha256}.{kind}"


def _style(style_id: str) -> str:
    return f'<w:pStyle w:val="{style_id}"/>'
