"""Takes out of a template part what no finished document may carry: traces of editing, and content controls."""

from __future__ import annotations

from lxml import etree

from saksbehandling.documents.markers import MARKER, Kind, Place, read_marker
from saksbehandling.documents.safe_zip import read_parts
from saksbehandling.documents.wordxml import DRAWING, W14, W, parse, w
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
    _open_content_controls(root, Place(template, part, 0))
    _drop_unused_bookmarks(root)


def refuse_unrepeatable(root: etree._Element, place: Place) -> None:
    """Raise `SetupError` if a part that is repeated or left out holds what must stand exactly once."""
    for element in root.iter(w("bookmarkStart"), w("bookmarkEnd"), f"{{{DRAWING}}}docPr", w("sectPr")):
        what = {w("sectPr"): "et inndelingsskift", f"{{{DRAWING}}}docPr": "et bilde"}.get(element.tag, "et bokmerke")
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


def _open_content_controls(root: etree._Element, place: Place) -> None:
    for control in list(root.iter(w("sdt"))):
        content = control.find(w("sdtContent"))
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        if content is not None and tag is not None:
            _mark(content, tag.get(w("val"), ""), place)
        holder = control.getparent()
        if holder is not None:
            at = holder.index(control)
            holder[at : at + 1] = list(content) if content is not None else []


def _mark(content: etree._Element, tag: str, place: Place) -> None:
    found = MARKER.fullmatch(tag.strip())
    marker = read_marker(found[1] if found else tag, place) if tag.strip() else None
    texts = list(content.iter(w("t")))
    if marker is None or not texts:
        return
    if marker.kind is Kind.ROW:
        texts[0].text = f"{marker}{texts[0].text or ''}"
        return
    texts[0].text = str(marker)
    for text in texts[1:]:
        text.text = ""


def _drop_unused_bookmarks(root: etree._Element) -> None:
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
