"""The search engine's own errors."""

from __future__ import annotations

from saksbehandling.errors import SaksbehandlingError


class IndexUnavailable(SaksbehandlingError):
    """The index is missing, damaged or built with other word lists.

    `rebuild` repairs it; nothing is lost, since it is derived.
    """

    status = 503


class ServerUnavailable(IndexUnavailable):
    """The search server does not answer. To build the index anew would not help."""


class DiskFull(SaksbehandlingError):
    """There was no room to write the index. It is as it was, and what is missing in it waits in the outbox."""

    status = 503
