"""Tables of contents: the one that a secretary put into a template lists the headings of each document made of it.

Which page a heading comes on is known to whoever lays the document out. Each line refers to the page of its heading,
and Word and LibreOffice bring that up to date, the latter also where it makes a PDF; within the field that the table is
in a template, it would not. So the field itself is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from saksbehandling.documents import static_text
from saksbehandling.documents.stylebook import StyleBook
from saksbehandling.documents.wordxml import START_TEXT, escape_text, w
from saksbehandling.errors import SetupError

_MARK = ("innhold", "her")
_LEVELS = re.compile(r'\\o\s+"(\d)-(\d)"')
_PAGE_NUMBERS = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9062"/></w:tabs>'
_STEP = 240  # indentation of each level where the template has no styles for it, in twentieths of a point


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents. `levels`: of the heading styles that it lists, by their ids.

    `styles`: the ids of those of its own lines, "" where the template has none. `first_id`: of its bookmarks.
    """

    levels: Mapping[str, int]
    styles: Sequence[str]
    first_id: int

    def fill(self, xml: str) -> str:
        """A finished main part with its headings listed, and with bookmarks on them."""
        found: list[tuple[int, str]] = []

        def mark(heading: re.Match[str]) -> str:
            text = " ".join(static_text.visible(heading["inside"]).split())
            if not text:
                return heading[0]
            found.append((self.levels[heading["style"]], text))
            return _bookmarked(heading, len(found), self.first_id)

        # A style's name is the first thing in the properties of a paragraph, as the schema has it.
        styles = "|".join(map(re.escape, self.levels))
        heading = rf'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="(?P<style>{styles})"/>.*?</w:pPr>(?P<inside>.*?)</w:p>'
        marked = re.sub(heading, mark, xml, flags=re.DOTALL)
        lines = "".join(self._line(number, *heading) for number, heading in enumerate(found, 1)) or "<w:p/>"
        return marked.replace("<?{} {}?>".format(*_MARK), lines)

    def _line(self, number: int, level: int, text: str) -> str:
        style = self.styles[level - 1]
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        indented = "" if style else f'<w:ind w:left="{_STEP * (level - 1)}"/>'
        return (
            f"<w:p><w:pPr>{named}{_PAGE_NUMBERS}{indented}</w:pPr>"
            f'<w:hyperlink w:anchor="{_name(number)}" w:history="1"><w:r>{START_TEXT}{escape_text(text)}</w:t></w:r>'
            f"<w:r><w:tab/></w:r>{_page_of(_name(number))}</w:hyperlink></w:p>"
        )


@dataclass(slots=True)
class _Field:
    begin: etree._Element
    instruction: list[str] = field(default_factory=list)

    @property
    def is_contents(self) -> bool:
        return "".join(self.instruction).split()[:1] == ["TOC"]


def take_out(root: etree._Element, styles: StyleBook, template: str) -> Contents | None:
    """Put a mark where a main part has its table of contents; None if it has none.

    Raises `SetupError` where it does not stand by itself, or where there are two.
    """
    found = [(one, end) for one, end in _fields(root) if one.is_contents]
    if not found:
        return None
    if len(found) > 1:
        raise SetupError(f"Malen «{template}» har flere innholdsfortegnelser. Behold én av dem.")
    (contents, end), *_ = found
    _replace(contents.begin, end, template)
    levels = _LEVELS.search("".join(contents.instruction))
    low, high = (int(levels[1]), int(levels[2])) if levels else (1, 3)
    listed = {styles.find(f"heading {level}"): level - low + 1 for level in range(low, high + 1)}
    return Contents(
        {style: level for style, level in listed.items() if style},
        [styles.find(f"toc {level}") for level in range(1, 10)],
        1 + max((int(one.get(w("id"), "0")) for one in root.iter(w("bookmarkStart"))), default=-1),
    )


def _fields(root: etree._Element) -> Iterator[tuple[_Field, etree._Element]]:
    """The fields of a part, each with the element that ends it."""
    open_: list[_Field] = []
    for element in root.iter(w("fldChar"), w("instrText")):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            open_.append(_Field(element))
        elif kind == "end" and open_:
            yield open_.pop(), element
        elif kind is None and open_:
            open_[-1].instruction.append(element.text or "")


def _replace(begin: etree._Element, end: etree._Element, template: str) -> None:
    first, last = (next(one.iterancestors(w("p"))) for one in (begin, end))
    holder = first.getparent()
    if holder is None or last.getparent() is not holder or _text_outside(first, last, begin, end):
        raise SetupError(
            f"Innholdsfortegnelsen i malen «{template}» står ikke for seg selv."
            " Sett den inn på nytt på en tom linje, utenfor tabeller."
        )
    start = holder.index(first)
    holder[start : holder.index(last) + 1] = [etree.ProcessingInstruction(*_MARK)]


def _text_outside(first: etree._Element, last: etree._Element, begin: etree._Element, end: etree._Element) -> bool:
    before = [one for one in first.iter(w("t"), begin.tag) if one.tag == w("t") or one is begin]
    after = [one for one in last.iter(w("t"), end.tag) if one.tag == w("t") or one is end]
    return any(one.text for one in before[: before.index(begin)]) or any(
        one.text for one in after[after.index(end) + 1 :]
    )


def _bookmarked(heading: re.Match[str], number: int, first_id: int) -> str:
    at, end = heading.start("inside") - heading.start(), heading.end("inside") - heading.start()
    identity = first_id + number - 1
    return (
        f'{heading[0][:at]}<w:bookmarkStart w:id="{identity}" w:name="{_name(number)}"/>{heading["inside"]}'
        f'<w:bookmarkEnd w:id="{identity}"/>{heading[0][end:]}'
    )


def _name(number: int) -> str:
    return f"_Toc{number:08d}"


def _page_of(bookmark: str) -> str:
    """The number of its page, which is not known yet."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {bookmark} \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
