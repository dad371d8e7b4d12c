"""The errors of the product, in domain words; each knows its HTTP status. Messages are for users, in Norwegian.

    SaksbehandlingError
    ├── InvalidInput     400  something typed or uploaded cannot be understood (place and reason)
    ├── AccessDenied     403  this person may not do this
    ├── NotFound         404  no such thing
    ├── Conflict         409  somebody else changed it first
    ├── InvalidFile      415  a file that is not what it says, or is unsafe
    ├── Refusal          422  a rule says no; carries every reason, not only the first
    └── SetupError       500  configuration, a definition or a template is wrong: the server does not start

The one place where errors become pages is `saksbehandling.innsyn.feilsider`; the command line prints them on stderr.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a refusal.

    `text`: a whole sentence. `hjemmel`: the law or reglement behind it. `felt`: the form field it belongs to.
    """

    text: str
    hjemmel: str | None = None
    felt: str | None = None

    def __str__(self) -> str:
        return f"{self.text} ({self.hjemmel})" if self.hjemmel else self.text


class SaksbehandlingError(Exception):
    """The root: an error that a user can be told about."""

    status = 500


class InvalidInput(SaksbehandlingError):
    """Input that cannot be understood. `felt` names the form field, if there is one."""

    status = 400

    def __init__(self, message: str, felt: str | None = None) -> None:
        super().__init__(message)
        self.felt = felt


class AccessDenied(SaksbehandlingError):
    status = 403


class NotFound(SaksbehandlingError):
    status = 404


class Conflict(SaksbehandlingError):
    """Somebody else changed the same thing after it was read. Nothing was saved."""

    status = 409


class InvalidFile(SaksbehandlingError):
    status = 415


class RefusedFile(InvalidFile):
    """A stranger's file that may do harm, or is not what it says that it is."""


class Refusal(SaksbehandlingError):
    """A rule refuses. `reasons` holds all of them, in the order they were found."""

    status = 422

    def __init__(self, reasons: Iterable[Reason | str]) -> None:
        self.reasons = tuple(reason if isinstance(reason, Reason) else Reason(reason) for reason in reasons)
        super().__init__(" ".join(str(reason) for reason in self.reasons))


class SetupError(SaksbehandlingError):
    """The product is set up wrongly; the message names the file, the place and what to do."""
