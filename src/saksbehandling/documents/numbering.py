"""Real Word numbering for rich text: two definitions of nine levels, and one restarted list for each numbered one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from saksbehandling.documents.wordxml import W, serialise, w

LEVELS = 9
STEP = 360  # indentation per level, in twentieths of a point
_BULLETS = ("•", "–", "▪")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_MARK = "<?lister her?>"

EMPTY = f'<w:numbering xmlns:w="{W}"/>'.encode()


@dataclass(frozen=True, slots=True)
class Numbering:
    """The prepared numbering part: `before` + the document's lists + `after`."""

    before: str
    after: str
    bullet: int
    ordered: int
    first: int

    def xml(self, lists: Sequence[tuple[int, int]]) -> str:
        """The part for a document with these numbered lists (level, first number); their ids count from `first`."""
        numbered = (self._restarted(self.first + at, level, start) for at, (level, start) in enumerate(lists))
        return "".join((self.before, *numbered, self.after))

    def _restarted(self, number: int, level: int, start: int) -> str:
        return (
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self.ordered}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )


def prepare(root: etree._Element) -> Numbering:
    """Add the two definitions to the root of a numbering part."""
    bullets, numbers = (_next(root, "abstractNum", "abstractNumId") + step for step in (0, 1))
    bullet = _next(root, "num", "numId") or 1
    after_definitions = 1 + max((root.index(one) for one in root.findall(w("abstractNum"))), default=-1)
    root.insert(after_definitions, _definition(bullets, ordered=False))
    root.insert(after_definitions + 1, _definition(numbers, ordered=True))
    after_lists = 1 + max((root.index(one) for one in root.findall(w("num"))), default=after_definitions + 1)
    one = etree.Element(w("num"), {w("numId"): str(bullet)})
    etree.SubElement(one, w("abstractNumId"), {w("val"): str(bullets)})
    root.insert(after_lists, one)
    root.insert(after_lists + 1, etree.ProcessingInstruction("lister", "her"))
    before, _, after = serialise(root).partition(_MARK)
    return Numbering(before, after, bullet, numbers, bullet + 1)


def _next(root: etree._Element, name: str, attribute: str) -> int:
    return 1 + max((int(one.get(w(attribute), "0")) for one in root.findall(w(name))), default=-1)


def _definition(number: int, *, ordered: bool) -> etree._Element:
    levels = "".join(_level(level, ordered=ordered) for level in range(LEVELS))
    return etree.fromstring(
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )


def _level(level: int, *, ordered: bool) -> str:
    kind = _FORMATS[level % 3] if ordered else "bullet"
    text = f"%{level + 1}." if ordered else _BULLETS[level % 3]
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
    )
