"""WordprocessingML in the small: names, safe parsing, and the one function that escapes text."""

from __future__ import annotations

from lxml import etree

from saksbehandling.errors import InvalidFile, InvalidInput
from saksbehandling.richtext import IllegalCharacter, check_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
DRAWING_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
START_TEXT = '<w:t xml:space="preserve">'
_FIRST_BYTE_OF_NO_CHARACTERS = "\uffff".encode()[:1]


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def escape(text: str) -> str:
    """`text` as XML character data or attribute value. Raises `InvalidInput` on characters illegal in XML."""
    return escape_text(text).replace('"', "&quot;")


def escape_text(text: str) -> str:
    """`text` as XML character data. Raises as `escape`."""
    return _entities(legal(text))


def escape_json(json: bytes) -> bytes:
    """JSON in UTF-8 as XML character data. Raises as `escape`, on the two that JSON writes as they are."""
    if _FIRST_BYTE_OF_NO_CHARACTERS in json:  # that of hardly any other character
        legal(json.decode())
    return json.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def legal(text: str) -> str:
    """`text`. Raises as `escape`."""
    if not text.isprintable():  # far faster than looking for each; what is printable is legal
        try:
            check_text(text)
        except IllegalCharacter as error:
            raise InvalidInput(str(error)) from error
    return text


def _entities(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:  # far faster than replacing what is not there
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def escape_in_run(text: str) -> str:
    """`text` as the inside of an open ``w:t``: line breaks and tabs become their elements."""
    if text.isprintable():  # holds no line break or tab either
        return _entities(text)
    escaped = escape_text(text)
    if "\n" in escaped or "\r" in escaped:
        escaped = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", f"</w:t><w:br/>{START_TEXT}")
    return escaped.replace("\t", f"</w:t><w:tab/>{START_TEXT}")


def parse(xml: bytes, name: str) -> etree._Element:
    """Parse one part of a package, without entities or network. Raises `InvalidFile` naming the part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise InvalidFile(
            f"Delen «{name}» i dokumentet er ikke gyldig XML ({error}). Åpne det i Word, lagre på nytt og prøv igjen."
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InvalidFile(
            f"Delen «{name}» i dokumentet har en DOCTYPE, som ikke er tillatt. Lagre dokumentet på nytt i Word."
        )
    return root


def serialise(root: etree._Element) -> str:
    """The part as text, with its XML declaration."""
    return XML_DECLARATION + etree.tostring(root, encoding="unicode")
