"""Text in SVG: SVG breaks no lines by itself, so widths are estimated here from the look of a common sans serif."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

_NARROW = frozenset("fijlrtI.,:;'’|!()[]-–/ «»·")
_WIDE = frozenset("mwæœMWÆŒ@%—")


def text_width(text: str, size: float) -> float:
    """The estimated width of `text` at font size `size`, in the same unit as `size`; a little generous."""
    return size * sum(_character_width(character) for character in text)


def wrap(text: str, width: float, size: float, lines: int) -> list[str]:
    """Break `text` at spaces into at most `lines` lines of `width`; what does not fit ends in an ellipsis."""
    broken = list(_fill(text.split(), width, size))
    if len(broken) <= lines:
        return broken
    return [*broken[: lines - 1], f"{broken[lines - 1]} …"]


def svg_text(x: float, y: float, lines: list[str], name: str, leading: float) -> Markup:
    """Lines of text with the first baseline at `y`. Each line ends in a space, so that the words do not run together
    when the text is read aloud or copied."""
    spans = Markup("").join(
        Markup('<tspan x="{}" y="{}">{} </tspan>').format(number(x), number(y + at * leading), line)
        for at, line in enumerate(lines)
    )
    return Markup('<text class="{}">{}</text>').format(name, spans) if lines else spans


def number(value: float) -> str:
    """A coordinate, short: at most one decimal and no trailing zero."""
    return f"{value:.1f}".removesuffix(".0")


def _character_width(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.9
    return 0.72 if character.isupper() else 0.6


def _fill(words: list[str], width: float, size: float) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line
