"""Uploaded e-mail (.eml): its text, its attachments by name, and what those may not be."""

from __future__ import annotations

import email
import email.policy
import html
import re
from collections.abc import Iterator
from email.message import EmailMessage

from saksbehandling.documents.content import Content
from saksbehandling.errors import InvalidFile

_HEADER = re.compile(rb"(?im)^(from|to|date|subject|received|mime-version|message-id|return-path|delivered-to):")
_SHOWN = (("Emne", "subject"), ("Fra", "from"), ("Til", "to"), ("Kopi", "cc"), ("Sendt", "date"))
_RUNNABLE = re.compile(r"(?i)\.(exe|dll|com|scr|msi|jar|jse?|vbs|vbe|wsf|hta|bat|cmd|ps1|lnk|iso|docm|dotm|xlsm|pptm)$")
_NOT_TEXT = re.compile(r"(?is)<(script|style|head)\b.*?</\1\s*>|<!--.*?-->")
_LINE_ENDS = re.compile(r"(?i)<(br|/p|/div|/tr|/li|/h\d)\b[^>]*>")
_TAG = re.compile(r"(?s)<[^>]*>")


def is_email(content: Content) -> bool:
    """Whether it begins with the headers of an e-mail."""
    head = content[:65536].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    return len(_HEADER.findall(head)) >= 2


def attachments(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The name and content of each attachment. Raises `InvalidFile` for one that could be run, or has no sound form."""
    for part in _parts(content):
        name = part.get_filename()
        if not name:
            continue
        if _RUNNABLE.search(name):
            raise InvalidFile(f"E-posten har et vedlegg som kan kjøres («{name}»). Lagre den uten det vedlegget.")
        yield name, _content(part)


def tekst_fra_eml(content: bytes) -> str:
    """The headers that a reader sees, the text, and the names of the attachments, a line each."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    lines = [f"{title}: {message[name]}" for title, name in _SHOWN if message[name]]
    body = message.get_body(("plain", "html"))
    if isinstance(body, EmailMessage):
        text = _text(body)
        lines += ["", _without_markup(text) if body.get_content_subtype() == "html" else text]
    lines += [f"Vedlegg: {name}" for part in _parts(content) if (name := part.get_filename())]
    return "\n".join(lines) + "\n"


def _parts(content: bytes) -> Iterator[EmailMessage]:
    for part in email.message_from_bytes(content, policy=email.policy.default).walk():
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _content(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):  # a character set that nobody knows
        return _content(part).decode("latin-1")


def _without_markup(text: str) -> str:
    return html.unescape(_TAG.sub("", _LINE_ENDS.sub("\n", _NOT_TEXT.sub("", text))))
