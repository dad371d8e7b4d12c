"""Settings: defaults, then an ini file, then the environment, then what the caller gives; each later one wins.

Every setting is a field of `Settings` and a row of the table in docs/drift.md. A setting that is unknown,
empty or malformed stops the program with a message that names where it stands and what to do.
"""

from __future__ import annotations

import configparser
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from saksbehandling import config_values as values
from saksbehandling.errors import SetupError

PREFIX = "SAKSBEHANDLING_"
INI_VARIABLE = PREFIX + "INI"
SECTION = "saksbehandling"
INI_NAME = "saksbehandling.ini"
SECRET_NAME = "hemmelighet"  # noqa: S105 - the name of the file, not its content
# Variables with our prefix that are not settings: where the ini file is, and what steers the test suite.
_NOT_SETTINGS = frozenset({INI_VARIABLE, PREFIX + "TEST_POSTGRESQL", PREFIX + "KREV_ALT"})


def _setting(default: str, reader: Callable[[str], Any], repr: bool = True) -> Any:
    """A setting with its default, as it would be written; an empty one is worked out in `_settings`."""
    return field(metadata={"default": default, "reader": reader}, repr=repr)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the product is told. Paths are absolute, `base_url` has no final slash, `session_lifetime` is in seconds."""

    data_dir: Path = _setting("var", values.path)  # noqa: RUF009 - _setting returns a field
    database_url: str = _setting("", values.database, repr=False)
    search_engine: str = _setting("whoosh", values.one_of("whoosh", "tantivy", "opensearch", "null"))
    opensearch_servers: str = _setting("http://localhost:9200", values.web_addresses, repr=False)
    opensearch_index: str = _setting("saksbehandling", values.index_name)
    secret: str = _setting("", values.secret, repr=False)
    base_url: str = _setting("", values.web_address)
    kommune: str = _setting("Demo kommune", str)
    session_lifetime: int = _setting("28800", values.number(60, 7 * 86400))
    worker_in_process: bool = _setting("ja", values.yes_or_no)
    host: str = _setting("127.0.0.1", str)
    port: int = _setting("8000", values.number(0, 65535))
    threads: int = _setting("8", values.number(1, 256))
    file_store: str = _setting(values.DISK, values.store)
    s3_endpoint: str = _setting(values.AWS, values.s3_server)
    upload_mb: int = _setting("50", values.number(1, 400))
    karantene_dager: int = _setting("30", values.number(1, 365))
    libreoffice: str = _setting(values.FIND, values.program)
    tesseract: str = _setting(values.FIND, values.program)
    pdf_timeout: int = _setting("300", values.number(5, 3600))
    smtp: str = _setting(values.OFF, values.mail_server, repr=False)
    epost_fra: str = _setting("", values.mail_address)
    metrics_token: str = _setting(values.OFF, values.token, repr=False)
    log_level: str = _setting("info", values.one_of("debug", "info", "warning", "error"))
    log_format: str = _setting("tekst", values.one_of("tekst", "json"))

    @property
    def workflow_dir(self) -> Path:
        """Where the municipality's own versions of the workflow definitions are."""
        return self.data_dir / "arbeidsflyt"

    @property
    def index_dir(self) -> Path:
        """Where the live search index is."""
        return self.data_dir / "indeks"

    @property
    def files_dir(self) -> Path:
        """Where stored documents are."""
        return self.data_dir / "filer"

    @property
    def quarantine_dir(self) -> Path:
        """Where refused uploads are."""
        return self.data_dir / "karantene"

    @property
    def office(self) -> Path | None:
        """LibreOffice's program, if there is one and it is to be used."""
        return _found("soffice", self.libreoffice)

    @property
    def ocr(self) -> Path | None:
        """Tesseract, if there is one and it is to be used."""
        return _found("tesseract", self.tesseract)

    @property
    def sends_mail(self) -> bool:
        """Whether there is a server that takes e-mail from us."""
        return self.smtp != values.OFF

    @property
    def measured(self) -> bool:
        """Whether there is a `/metrics` for whoever has the token."""
        return self.metrics_token != values.OFF

    @property
    def https(self) -> bool:
        """Whether people reach the product over HTTPS, so that cookies may be marked Secure."""
        return self.base_url.startswith("https://")

    @property
    def embedded(self) -> bool:
        """Whether the database is a file of ours, which is migrated when it is opened."""
        return self.database_url.startswith("sqlite")


DEFAULTS: dict[str, str] = {setting.name: setting.metadata["default"] for setting in fields(Settings)}
_READERS: dict[str, Callable[[str], Any]] = {setting.name: setting.metadata["reader"] for setting in fields(Settings)}


def _found(program: str, setting: str) -> Path | None:
    found = shutil.which(program) if setting == values.FIND else setting
    return Path(found) if found and found != values.OFF else None


class _Given(NamedTuple):
    """A value as it was written, and where."""

    value: str
    place: str


def load(
    given: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ, ini: Path | None = None
) -> Settings:
    """Read every source. `given` (from the command line or a WSGI server) wins over all others.

    The ini file is `ini`, or what SAKSBEHANDLING_INI names, or `saksbehandling.ini` in the data directory.
    Makes the data directory, and the secret in it when none is set. Raises `SetupError`.
    """
    above = {**_from_environ(environ), **_from_caller(given or {})}
    named = ini or (Path(environ[INI_VARIABLE]) if environ.get(INI_VARIABLE) else None)
    return _settings({**_from_file(named, above), **above})


def _from_file(named: Path | None, above: Mapping[str, _Given]) -> dict[str, _Given]:
    """The ini file's values. A file that was named must be there; the one in the data directory need not."""
    if named is not None:
        return dict(_ini_values(named))
    found = _value("data_dir", above) / INI_NAME
    return dict(_ini_values(found)) if found.is_file() else {}


def _settings(given: Mapping[str, _Given]) -> Settings:
    read = {name: _value(name, given) for name in _READERS}
    _make_directory(read["data_dir"])
    read["database_url"] = read["database_url"] or f"sqlite:///{read['data_dir'] / 'saksbehandling.db'}"
    read["base_url"] = read["base_url"] or f"http://localhost:{read['port']}"
    read["epost_fra"] = read["epost_fra"] or f"ikke-svar@{urlsplit(read['base_url']).hostname}"
    read["secret"] = read["secret"] or _kept_secret(read["data_dir"] / SECRET_NAME)
    return Settings(**read)


def _value(name: str, given: Mapping[str, _Given]) -> Any:
    value, place = given.get(name, _Given(DEFAULTS[name], ""))
    if place and not value:
        raise SetupError(f"{place}: innstillingen er tom. Skriv en verdi, eller ta den bort for å bruke det vanlige.")
    try:
        return _READERS[name](value)
    except ValueError as error:
        raise SetupError(f"{place}: {error}") from None


def _ini_values(path: Path) -> Iterator[tuple[str, _Given]]:
    for name, value in _parse_ini(path).items(SECTION):
        place = f"{path}, [{SECTION}] {name}"
        _require_known(name, place)
        # A relative data directory in a file is meant from where the file is.
        yield name, _Given(str(path.parent / value) if name == "data_dir" and value else value, place)


def _parse_ini(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text("utf-8"), source=str(path))
    except OSError as error:
        raise SetupError(f"{path} kan ikke leses ({error.strerror}). Rett stien eller rettighetene.") from error
    except (configparser.Error, UnicodeDecodeError) as error:
        raise SetupError(f"{path} er ikke en gyldig ini-fil: {error}") from error
    if not parser.has_section(SECTION):
        raise SetupError(f"{path} mangler delen [{SECTION}]. Sett den over innstillingene.")
    return parser


def _from_environ(environ: Mapping[str, str]) -> dict[str, _Given]:
    found = {}
    for variable, value in environ.items():
        if variable.startswith(PREFIX) and variable not in _NOT_SETTINGS:
            name, place = variable.removeprefix(PREFIX).lower(), f"Miljøvariabelen {variable}"
            _require_known(name, place)
            found[name] = _Given(value.strip(), place)
    return found


def _from_caller(given: Mapping[str, Any]) -> dict[str, _Given]:
    for name in given:
        _require_known(name, f"Innstillingen {name}")
    return {name: _Given(str(value), f"Innstillingen {name}") for name, value in given.items()}


def _require_known(name: str, place: str) -> None:
    if name not in _READERS:
        raise SetupError(f"{place}: det finnes ingen slik innstilling. De som finnes er {', '.join(_READERS)}.")


def _make_directory(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(f"Datamappen {path} kan ikke lages ({error.strerror}). Velg en annen med --data.") from error


def _kept_secret(path: Path) -> str:
    """The secret that the data directory keeps, made the first time, readable by its owner alone."""
    if not path.exists():
        _make_secret(path)
    kept = path.read_text("utf-8").strip()
    if len(kept) < values.SECRET_LENGTH:
        raise SetupError(f"{path} er for kort til å være en hemmelighet. Slett filen, så lages en ny (alle logges ut).")
    return kept


def _make_secret(path: Path) -> None:
    """Written whole before it gets its name, so that two processes that start at once agree on one secret."""
    with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as file:  # mode 0600 by its nature
        file.write(secrets.token_urlsafe(48))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
