"""Text in a drawing: SVG breaks no lines by itself, so widths are estimated from the look of a common sans serif."""

from __future__ import annotations

from collections.abc import Iterator

_NARROW = frozenset("fijlrtI.,:;'’|!()[]-–/ «»·")
_WIDE = frozenset("mwæœMWÆŒ@%—")


def text_width(text: str, size: float) -> float:
    """The estimated width of `text` at font size `size`, in the same unit as `size`; a little generous."""
    return size * sum(_width(character) for character in text)


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """`text` in lines of at most `width`, broken at spaces; a word that is wider alone is broken within."""
    return tuple(_fill(_pieces(text, width, size), width, size))


def _width(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.88
    return 0.7 if character.isupper() else 0.58


def _pieces(text: str, width: float, size: float) -> Iterator[str]:
    for word in text.split():
        rest = word
        while text_width(rest, size) > width:
            cut = next(at for at in range(len(rest), 0, -1) if at == 1 or text_width(rest[:at], size) <= width)
            yield rest[:cut]
            rest = rest[cut:]
        if rest:
            yield rest


def _fill(words: Iterator[str], width: float, size: float) -> Iterator[str]:
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
