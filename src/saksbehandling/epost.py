"""Sending e-mail over SMTP, as the settings say."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

TIDSGRENSE = 20  # seconds

Sender = Callable[[EmailMessage], None]
"""Raises `OSError` or `smtplib.SMTPException` when the server does not take it."""


def sender(adresse: str) -> Sender:
    """`adresse`: `smtp://[bruker:passord@]vert[:port]`, or `smtps://` for TLS from the first byte.

    With `smtp` TLS is begun where the server offers it, and always before a password is sent.
    """
    tjener = urlsplit(adresse)

    def send(melding: EmailMessage) -> None:
        with _koble_til(tjener.scheme, tjener.hostname or "", tjener.port or 0) as forbindelse:
            if tjener.scheme == "smtp" and (forbindelse.has_extn("starttls") or tjener.username):
                forbindelse.starttls(context=ssl.create_default_context())
            if tjener.username:
                forbindelse.login(unquote(tjener.username), unquote(tjener.password or ""))
            forbindelse.send_message(melding)

    return send


def _koble_til(protokoll: str, vert: str, port: int) -> smtplib.SMTP:
    if protokoll == "smtps":
        return smtplib.SMTP_SSL(vert, port, timeout=TIDSGRENSE, context=ssl.create_default_context())
    forbindelse = smtplib.SMTP(vert, port, timeout=TIDSGRENSE)
    forbindelse.ehlo()
    return forbindelse
