"""How each kind of setting is read from text. Every reader raises `ValueError` with a sentence about the value."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

SECRET_LENGTH = 32
OFF = "av"
FIND = "finn"
DISK = "disk"
AWS = "aws"


def path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def database(value: str) -> str:
    """A URL that SQLAlchemy understands; PostgreSQL always through psycopg. May hold a password, so is never shown."""
    if not value:
        return ""
    try:
        url = sa.make_url(value)
    except sa.exc.ArgumentError:
        raise ValueError("databasen må skrives som postgresql://bruker:passord@vert/navn.") from None
    if url.get_backend_name() not in ("postgresql", "sqlite"):
        raise ValueError(f"databasen {url.get_backend_name()} støttes ikke. Bruk postgresql eller sqlite.")
    driver = "postgresql+psycopg" if url.get_backend_name() == "postgresql" else "sqlite"
    return url.set(drivername=driver).render_as_string(hide_password=False)


def web_address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError(f"«{value}» er ikke en nettadresse. Skriv den som https://saker.kommune.example.")
    return value.rstrip("/")


def web_addresses(value: str) -> str:
    """Some, with commas between; each may hold a password, so they are never shown."""
    addresses = [each.strip() for each in value.split(",")]
    try:
        return ",".join(web_address(each or "mangler") for each in addresses)
    except ValueError:
        raise ValueError("adressene må skrives som https://bruker:passord@tjener:9200, med komma mellom.") from None


def index_name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", value):
        raise ValueError(f"«{value}» må være små bokstaver fra a til z, sifre og bindestrek, med en bokstav først.")
    return value


def store(value: str) -> str:
    parts = urlsplit(value)
    if value != DISK and (parts.scheme != "s3" or not parts.netloc):
        raise ValueError(f"lageret «{value}» må være «{DISK}» eller s3://boette/mappe.")
    return value


def s3_server(value: str) -> str:
    return value if value == AWS else web_address(value)


def secret(value: str) -> str:
    if value and len(value) < SECRET_LENGTH:
        raise ValueError(f"hemmeligheten må ha minst {SECRET_LENGTH} tegn. Ta den bort, så lages en.")
    return value


def mail_server(value: str) -> str:
    """May hold a password, so is never shown."""
    try:
        parts = urlsplit(value)
        known = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if value != OFF and not known:
        raise ValueError(f"e-posttjeneren må skrives som smtp://bruker:passord@vert:587, smtps://vert eller «{OFF}».")
    return value


def mail_address(value: str) -> str:
    if value and not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", value):
        raise ValueError(f"«{value}» er ikke en e-postadresse.")
    return value


def token(value: str) -> str:
    if value != OFF and len(value) < SECRET_LENGTH:
        raise ValueError(f"nøkkelen til målingene må ha minst {SECRET_LENGTH} tegn. Skriv «{OFF}» for å slå dem av.")
    return value


def program(value: str) -> str:
    """The whole path of a program, or `FIND` or `OFF`."""
    if value not in (FIND, OFF) and not (Path(value).is_file() and os.access(value, os.X_OK)):
        raise ValueError(f"«{value}» er ikke et program som kan kjøres. Skriv hele stien, «{FIND}» eller «{OFF}».")
    return value


def yes_or_no(value: str) -> bool:
    known = {"ja": True, "true": True, "1": True, "nei": False, "false": False, "0": False}
    if value.lower() not in known:
        raise ValueError(f"«{value}» må være ja eller nei.")
    return known[value.lower()]


def number(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"«{value}» må være et helt tall fra {low} til {high}.")
        return int(value)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.lower() not in words:
            raise ValueError(f"«{value}» er ikke et av valgene {', '.join(words)}.")
        return value.lower()

    return read
