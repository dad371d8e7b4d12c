"""Takes out of a template part what no finished document may carry: traces of editing, and content controls."""

from __future__ import annotations

from lxml import etree

from saksbehandling.documents.content_controls import open_content_controls
from saksbehandling.documents.markers import Place
from saksbehandling.documents.safe_zip import read_parts
from saksbehandling.documents.wordxml import W14, W, parse, w
from saksbehandling.errors import SetupError

_TRACES = ("proofErr", "lastRenderedPageBreak", "permStart", "permEnd")
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "commentReference")
_SESSION_IDS = {w(name) for name in ("rsidR", "rsidRDefault", "rsidRPr", "rsidP", "rsidTr", "rsidSect", "rsidDel")} | {
    f"{{{W14}}}paraId",
    f"{{{W14}}}textId",
}


def clean(root: etree._Element, template: str, part: str) -> None:
    """Clean a part in place. Raises `SetupError` if it holds tracked changes or comments."""
    if root.nsmap.get("w") != W or root.find(f".//{w('p')}") is None:
        raise SetupError(
            f"Malen «{template}», {part}, er ikke lagret som vanlig Word-dokument."
            " Velg «Word-dokument (.docx)», ikke «Strict Open XML», og lagre den på nytt."
        )
    _refuse_tracked(root, template, part)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    etree.strip_tags(root, w("smartTag"))
    _remove(root, *_TRACES)
    for language in list(root.iter(w("lang"))):
        language.getparent().remove(language)  # type: ignore[union-attr]  # never the root
    for element in root.iter(etree.Element):
        for attribute in _SESSION_IDS & set(element.attrib):
            del element.attrib[attribute]
    open_content_controls(root, Place(template, part, 0))
    drop_unused_bookmarks(root)


def refuse_unrepeatable(root: etree._Element, place: Place) -> None:
    """Raise `SetupError` if a part that is repeated or left out holds what must stand exactly once."""
    for element in root.iter(w("bookmarkStart"), w("bookmarkEnd"), w("sectPr")):
        what = "et inndelingsskift" if element.tag == w("sectPr") else "et bokmerke"
        raise SetupError(f"En del som gjentas eller kan utelates, har {what} ({place}). Flytt det ut av delen.")


def is_being_edited(docx: bytes) -> bool:
    """Whether some part of a document holds tracked changes or comments. Raises `InvalidFile` if it is none."""
    parts = read_parts(docx)
    return any(
        _tracked(parse(parts[name], name)) for name in parts if name.startswith("word/") and name.endswith(".xml")
    )


def _tracked(root: etree._Element) -> bool:
    return next(root.iter(*(w(name) for name in _TRACKED)), None) is not None


def _refuse_tracked(root: etree._Element, template: str, part: str) -> None:
    if _tracked(root):
        raise SetupError(
            f"Malen «{template}», {part}, har sporede endringer eller merknader i margen."
            " Godta eller avvis endringene, slett merknadene, og lagre malen på nytt."
        )


def _remove(root: etree._Element, *names: str) -> None:
    for element in list(root.iter(*(w(name) for name in names))):
        element.getparent().remove(element)  # type: ignore[union-attr]  # never the root


def drop_unused_bookmarks(root: etree._Element) -> None:
    """Take out the bookmarks that nothing in the part leads to."""
    mentions = " ".join(
        [element.text or "" for element in root.iter(w("instrText"))]
        + [element.get(w("instr"), "") for element in root.iter(w("fldSimple"))]
        + [element.get(w("anchor"), "") for element in root.iter(w("hyperlink"))]
    )
    names = set(mentions.split())
    used = {start.get(w("id")) for start in root.iter(w("bookmarkStart")) if start.get(w("name")) in names}
    for element in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        if element.get(w("id")) not in used:
            element.getparent().remove(element)  # type: ignore[union-attr]  # never the root
