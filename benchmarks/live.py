"""How long until sixty screens have seen what changed in a meeting: a real server, and sixty members who follow it.

Each client polls as `direkte.js` does, over a connection of its own, logged in. The time runs from before the change is
sent until the client has the new page part in hand.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from maaling import percentile_95, print_machine, print_note, print_ratio
from pyramid.session import JSONSerializer
from webob.cookies import SignedSerializer

from saksbehandling import config
from saksbehandling.assembly import Parts
from saksbehandling.demo.ps_87_19 import Demosak, Steg
from saksbehandling.demo.raad import opprett_raad
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.migrations import run
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Funksjon
from saksbehandling.votering.kodeverk import Voteringsform

CLIENTS, CHANGES = 60, 30
PAUSE, JITTER = 0.45, 0.1  # as in direkte.js
LONGEST = 60  # seconds that a screen may take before something must be wrong


@dataclass
class Meeting:
    """The meeting that is followed. `members`: accounts; `secretary`: the one that makes the changes."""

    id: int
    ballot: int
    members: list[int]
    secretary: int


@dataclass
class Client:
    """A screen. `seen`: change number -> when it had been shown."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    cookie: str
    number: int = 0
    seen: dict[int, float] = field(default_factory=dict)

    async def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """Status and text of an answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: saksbehandling={self.cookie}\r\n"
        kind = "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
        self.writer.write(f"{head}{kind}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        status = int((await self.reader.readline()).split()[1])
        length = 0
        while (line := (await self.reader.readline()).strip().lower()) != b"":
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return status, (await self.reader.readexactly(length)).decode()

    async def follow(self, meeting: Meeting) -> None:
        while True:
            await asyncio.sleep(PAUSE + random.random() * JITTER)
            path = f"/direkte/{meeting.id}/endringer?etter={self.number}"
            _, text = await self.ask("GET", path)
            if text:
                self.number = int(text.split('data-sekvens="', 1)[1].split('"', 1)[0])
                self.seen[self.number] = time.perf_counter()

    async def sees(self, before: int) -> float:
        """When it had shown what came after change number `before`. Raises `TimeoutError` when it never does."""
        async with asyncio.timeout(LONGEST):
            while self.number <= before:
                await asyncio.sleep(0.02)
        return min(at for number, at in self.seen.items() if number > before)


def prepare(data: Path) -> tuple[Meeting, str]:
    """Bystyret of the demo with all present and the guided case up; and the secret that sessions are signed with."""
    parts = Parts(lambda: config.load({"data_dir": data}, {}))
    run.upgrade(parts.raw_engine)
    with parts.session() as session:
        tj = Tjenester(parts.felles, session)
        raad = opprett_raad(session, tj.brukere, "et passord til måling")
        list(Demosak(tj, raad).spill(Steg.PAA_BYSTYRETS_SAKSLISTE))
        meeting = hold(tj)
    secret = parts.settings.secret
    parts.close()
    return meeting, secret


def hold(tj: Tjenester) -> Meeting:
    oppe = sa.select(Moetesak).join(Saksmappe).where(Moetesak.utfall == Moetesaksutfall.AAPEN)
    moetesak = tj.session.scalars(oppe.order_by(Moetesak.id.desc())).first()
    assert moetesak is not None
    moete = moetesak.moete
    faste = [rad for rad in tj.utvalg.medlemmer(moete.utvalg, moete.dato) if rad.funksjon is not Funksjon.VARAMEDLEM]
    tj.sakslister.publiser(moete)
    tj.moeter.registrer_oppmoete(moete, faste)
    tj.moetegang.sett(moete)
    sekretaer = tj.brukere.opprett("maaler", "Måler", None)
    tj.brukere.gi_rolle(sekretaer, Rolle.SEKRETARIAT)
    members = []
    for nr, rad in enumerate(faste[:CLIENTS]):
        bruker = tj.brukere.opprett(f"medlem{nr}", rad.person.navn, None)
        rad.person.bruker_id = bruker.id
        members.append(bruker.id)
    leder = tj.brukere.identitet(sekretaer.id)
    tj.session.flush()
    tj.direkte.ta_opp(moete, moetesak, leder, min(tj.felles.clock.today(), moete.dato))
    segmenter = [f"s{rad.id}" for rad in moetesak.grunntekst.segmenter] if moetesak.grunntekst else []
    ballot = tj.elektronisk.aapne(moete, Voteringsform.FOR_MOT, segmenter)
    tj.session.flush()
    return Meeting(moete.id, ballot.id, members, sekretaer.id)


@contextmanager
def server(data: Path) -> Iterator[str]:
    """The product as its users run it; gives host and port."""
    command = [sys.executable, "-m", "saksbehandling.cli", "--data", str(data), "server", "--port", "0"]
    quiet = {**os.environ, "SAKSBEHANDLING_LOG_LEVEL": "error", "SAKSBEHANDLING_LIBREOFFICE": "av"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=quiet) as process:
        try:
            assert process.stdout is not None
            yield urlsplit(process.stdout.readline().split()[-1]).netloc
        finally:
            process.terminate()


async def connect(address: str, secret: str, account: int) -> Client:
    signer = SignedSerializer(secret, "pyramid.session.", "sha512", serializer=JSONSerializer())
    cookie = signer.dumps((time.time(), time.time(), {"bruker_id": account, "_csrft_": "merke"})).decode()
    host, port = address.rsplit(":", 1)
    return Client(*await asyncio.open_connection(host, int(port)), cookie)


async def change(leader: Client, meeting: Meeting, on: bool) -> float:
    """Draw the line, or take it away; gives when it was sent."""
    sent = time.perf_counter()
    body = urlencode({"csrf_token": "merke", **({"strek-strek": "ja"} if on else {})})
    status, _ = await leader.ask("POST", f"/direkte/{meeting.id}/led/strek", body)
    assert status == 303, status
    return sent


async def vote(client: Client, meeting: Meeting) -> float:
    """Seconds until the vote is in."""
    fields = {"votering": meeting.ballot, "stemme": "for", "innsending": str(id(client))}
    body = urlencode({"csrf_token": "merke", **{f"stem-{name}": value for name, value in fields.items()}})
    sent = time.perf_counter()
    status, _ = await client.ask("POST", f"/direkte/{meeting.id}/delta/stem", body)
    assert status == 303, status
    return time.perf_counter() - sent


async def measure(address: str, secret: str, meeting: Meeting) -> tuple[list[float], list[float]]:
    """Seconds from change to seen, for each client and change; and seconds of a vote when sixty vote at once."""
    clients = [await connect(address, secret, account) for account in meeting.members]
    leader = await connect(address, secret, meeting.secretary)
    following = [asyncio.create_task(client.follow(meeting)) for client in clients]
    await asyncio.sleep(3)
    waits: list[float] = []
    for nr in range(CHANGES):
        before = max(client.number for client in clients)
        sent = await change(leader, meeting, nr % 2 == 0)
        waits += [seen - sent for seen in await asyncio.gather(*(client.sees(before) for client in clients))]
        await asyncio.sleep(random.random() * PAUSE)
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    voters = [await connect(address, secret, account) for account in meeting.members]
    return waits, await asyncio.gather(*(vote(client, meeting) for client in voters))


def follow_a_meeting() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        meeting, secret = prepare(Path(folder))
        with server(Path(folder)) as address:
            waits, votes = asyncio.run(measure(address, secret, meeting))
    print_note(
        f"{CLIENTS} clients, {CHANGES} changes: median {sorted(waits)[len(waits) // 2]:.2f} s, last {max(waits):.2f} s"
    )
    print_note(f"{len(votes)} votes at once: p95 {percentile_95(votes):.2f} s, last {max(votes):.2f} s")
    print_ratio("live_p95_s", percentile_95(waits), "<=1")


if __name__ == "__main__":
    print_machine("waitress", "pyramid")
    follow_a_meeting()
