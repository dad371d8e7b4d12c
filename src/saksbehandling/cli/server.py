"""`saksbehandling server`: the product on waitress, stopped gracefully."""

from __future__ import annotations

import argparse
import gc
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

import waitress

import saksbehandling
from saksbehandling.assembly import Parts
from saksbehandling.config import Settings
from saksbehandling.documents.safe_zip import Limits
from saksbehandling.errors import SetupError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "server",
        help="start nettstedet",
        description="Start nettstedet, til det stoppes med Ctrl-C eller SIGTERM.",
    )
    parser.add_argument("--port", type=int, metavar="PORT", help="porten (ellers 8000; 0 velger en ledig)")
    parser.set_defaults(run=serve)


# A browser keeps a handful of them open; beyond the limit nobody is let in until somebody has left, for two minutes.
CONNECTIONS = 1000


def serve(parts: Parts, _arguments: argparse.Namespace) -> None:
    """Serve until told to stop; requests under way are answered first."""
    settings = parts.settings
    with _listen(settings) as listener:
        app = saksbehandling.main(**asdict(settings))
        _collect_seldom()
        server = waitress.create_server(
            app,
            sockets=[listener],
            threads=settings.threads,
            connection_limit=CONNECTIONS,
            max_request_body_size=largest_request(settings),
            asyncore_use_poll=True,  # select() knows no more than 1,024 files
            url_scheme=urlsplit(settings.base_url).scheme,
            ident="saksbehandling",
        )
        signal.signal(signal.SIGTERM, _stop)
        port = listener.getsockname()[1]
        print(f"Saksbehandling er klar på http://{settings.host}:{port}/", flush=True)
        with _working(app.registry["parts"]):
            server.run()
            server.close()


def largest_request(settings: Settings) -> int:
    """Bytes: twice what a file may have, so that the page it was sent from refuses one that is somewhat too large."""
    return 2 * max(settings.upload_mb * 1_000_000, Limits().size)


def _collect_seldom() -> None:
    """Keep the collector of cycles out of the way of requests.

    What was made by now stays: no collection looks through it, which took a fifth of a second. A page of the meeting
    makes about 70,000 objects, and nearly all of them go without a collection; with Python's own thresholds every
    other ballot waited 60 ms for one of everything.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@contextmanager
def _working(parts: Parts) -> Iterator[None]:
    """The app's workers in threads, if they are to be in this process; at the end they finish what they are doing."""
    workers = parts.workers() if parts.settings.worker_in_process else []
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stopp()
        parts.close()


def _listen(settings: Settings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise SetupError(
            f"Kan ikke lytte på {settings.host}:{settings.port} ({error.strerror}). Velg en annen port med --port."
        ) from error


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
