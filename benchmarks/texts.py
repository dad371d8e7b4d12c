"""How fast the text of files is read, and how much of it: PDF against pypdf, DOCX against what was put in.

The PDF is a protocol that LibreOffice laid out, with long words that may be divided and often are.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pypdf
from maaling import print_medians, print_note, print_ratio, ratio, take_turns, timed

from saksbehandling.documents.tekstuttrekk import hele_teksten_fra_docx
from saksbehandling.documents.tekstuttrekk_pdf import read

ROUNDS = 5
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LONG = re.compile(r"[^\W\d_]{8,}")
DIVIDED = re.compile(r"([aeiouyæøå][^\Waeiouyæøå\d_])(?=[^\Waeiouyæøå\d_]?[aeiouyæøå])", re.IGNORECASE)
TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)")

Parts = Mapping[str, bytes]


def race(parts: Parts) -> None:
    """`parts`: of a protocol as a Word document."""
    office = shutil.which("soffice")
    wanted = words(hele_teksten_fra_docx(zipped(parts)))
    inside = Counter(word for part, content in parts.items() if part.startswith("word/") for word in shown(content))
    print_ratio("docx_text_recall_percent", 100 * recall(wanted, inside), ">=100")
    if office is None:
        print_note("no LibreOffice here, so no PDF to read")
        return
    pdf = printed(zipped(divided(parts)), office)
    print_note(f"PDF: {len(pypdf.PdfReader(io.BytesIO(pdf)).pages)} pages, {sum(wanted.values())} words")
    body = Counter(shown(parts["word/document.xml"]))
    for name, text in {"ours": read(io.BytesIO(pdf)).decode(), "pypdf": peer(pdf)}.items():
        print_ratio(
            f"pdf_text_recall_percent_{name}", 100 * recall(words(text), body), ">=99.7" if name == "ours" else "-"
        )
    turns = {"ours": lambda: timed(lambda: read(io.BytesIO(pdf))), "pypdf": lambda: timed(lambda: peer(pdf))}
    times = take_turns(turns, ROUNDS)
    print_medians("the text of that PDF", times)
    print_ratio("pdf_text.pypdf/ours", ratio(times, "pypdf", "ours"), ">=15")


def peer(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def divided(parts: Parts) -> Parts:
    """The same document with soft hyphens in its long words."""
    xml = parts["word/document.xml"].decode()
    soft = TEXT.sub(
        lambda text: text[1] + LONG.sub(lambda word: DIVIDED.sub(rf"\1{SOFT_HYPHEN}", word[0]), text[2]), xml
    )
    return {**parts, "word/document.xml": soft.encode()}


def printed(docx: bytes, office: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        inn = Path(folder) / "protokoll.docx"
        inn.write_bytes(docx)
        profile = f"-env:UserInstallation={(Path(folder) / 'profil').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, inn]
        subprocess.run(command, check=True, capture_output=True)
        return inn.with_suffix(".pdf").read_bytes()


def shown(part: bytes) -> list[str]:
    """The words of a part, by a way that has nothing to do with ours: paragraph by paragraph of its XML."""
    paragraphs = re.split(r"</w:p>|<w:tab/>|<w:br/>", part.decode(errors="replace"))
    texts = ("".join(text[2] for text in TEXT.finditer(one)) for one in paragraphs)
    return [word for text in texts for word in words(text).elements()]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w{2,}", text))


def recall(found: Counter[str], wanted: Counter[str]) -> float:
    """The share of the wanted words that were found, as often as they are wanted."""
    return sum((found & wanted).values()) / sum(wanted.values())


def zipped(parts: Parts) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()
