"""PDF/A from DOCX by LibreOffice: a run for each document, in a profile of our own that lets it reach nothing.

See docs/adr/0018-pdf.md for why each document has a run of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

import structlog

from saksbehandling.errors import SaksbehandlingError

logg = structlog.get_logger(__name__)
MEDIA_TYPE = "application/pdf"
# PDF/A-1a: the archive's form, with the tags that a screen reader needs. The title in the window, not the file's name.
_EXPORT = {
    "SelectPdfVersion": {"type": "long", "value": "1"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
}
# Path in LibreOffice's registry, name, value. Pictures and templates elsewhere are not fetched, nothing runs; what
# would go out all the same is sent to a proxy that is not there (port 9 is «discard»).
_PROFILE = (
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Java/ApplicationSettings", "Enable", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)

_NICENESS = 10
_FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8"}


class PdfFailed(SaksbehandlingError):
    """LibreOffice made no PDF of a document; another try may."""


class LibreOffice:
    """Makes PDF/A, one document at a time. `program`: soffice. `timeout`: the seconds that a document may take."""

    def __init__(self, program: Path, timeout: float) -> None:
        self._program = program
        self._timeout = timeout
        self._one = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._closed = False

    def pdf(self, document: bytes, kind: str = "docx") -> bytes:
        """The document as PDF/A-1a. `kind`: «docx» or «odt».

        Raises `PdfFailed`: too slow, crashed, or not a document that it can read.
        """
        with self._one:
            folder = self._workplace()
            (folder / f"inn.{kind}").write_bytes(document)
            (folder / "inn.pdf").unlink(missing_ok=True)
            try:
                self._convert(folder, kind)
                return _made(folder / "inn.pdf")
            except PdfFailed:
                self._clear()  # what a crash left in the profile must not meet the next document
                raise

    def close(self) -> None:
        """End a conversion under way, which then fails as all later ones do, and take away what lies on the disk."""
        self._closed = True
        if self._running is not None:
            _kill(self._running)
        with self._one:
            self._clear()

    def _convert(self, folder: Path, kind: str) -> None:
        command = [
            str(self._program),
            f"-env:UserInstallation={(folder / 'profil').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nolockcheck"),
            f"--infilter={_FILTERS[kind]}",  # nothing else, whatever the file would look like to it
            *("--convert-to", f"pdf:writer_pdf_Export:{json.dumps(_EXPORT)}", "--outdir", str(folder)),
            str(folder / f"inn.{kind}"),
        ]
        with subprocess.Popen(  # noqa: S603 - the program is the operator's setting, the rest is ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_environment(folder),
            start_new_session=True,  # soffice is a chain of processes, which end together
        ) as self._running:
            if self._closed:  # between two documents, or while this one was begun
                _kill(self._running)
            try:
                os.setpriority(os.PRIO_PGRP, self._running.pid, _NICENESS)  # people's pages come first
                told, _ = self._running.communicate(timeout=self._timeout)
            except subprocess.TimeoutExpired:
                raise PdfFailed(f"LibreOffice ble ikke ferdig på {self._timeout:g} sekunder.") from None
            finally:
                _kill(self._running)
        if self._running.returncode != 0:
            logg.warning("libreoffice_feilet", kode=self._running.returncode, sa=told.decode(errors="replace")[-500:])
            raise PdfFailed(f"LibreOffice stoppet midt i dokumentet (kode {self._running.returncode}).")

    def _workplace(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="saksbehandling-pdf-"))
            profile = self._folder / "profil" / "user"
            profile.mkdir(parents=True)
            (profile / "registrymodifications.xcu").write_text(_registry(), "utf-8")
        return self._folder

    def _clear(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _made(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    if not content.startswith(b"%PDF-"):
        raise PdfFailed("LibreOffice kunne ikke lese dokumentet, og laget ingen PDF.")
    return content


def _environment(folder: Path) -> dict[str, str]:
    """What LibreOffice needs and no more: no settings or secrets of ours, no display."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The whole chain; its number is not another's before it has been waited for."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _registry() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _PROFILE
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
