"""The theme of the shipped templates: the colours and the font that Word offers first when somebody edits one."""

from __future__ import annotations

from saksbehandling.documents.malstiler import FONT, GREY, INK, RULE
from saksbehandling.documents.wordxml import XML_DECLARATION

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": INK,
    "lt2": "EEF2F6",
    "accent1": INK,
    "accent2": "1F4E9E",
    "accent3": GREY,
    "accent4": "2F6B4F",
    "accent5": "8A5A00",
    "accent6": RULE,
    "hlink": "1F4E9E",
    "folHlink": "5B3A86",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def _font(role: str) -> str:
    return f'<a:{role}Font><a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/></a:{role}Font>'


def _colours() -> str:
    return "".join(f'<a:{role}><a:srgbClr val="{value}"/></a:{role}>' for role, value in _COLOURS.items())


THEME = (
    f'{XML_DECLARATION}<a:theme xmlns:a="{_DRAWING}" name="Saksbehandling"><a:themeElements>'
    f'<a:clrScheme name="Saksbehandling">{_colours()}</a:clrScheme>'
    f'<a:fontScheme name="Saksbehandling">{_font("major")}{_font("minor")}</a:fontScheme>'
    f'<a:fmtScheme name="Saksbehandling"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
    f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
