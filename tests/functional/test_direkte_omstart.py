"""A real server is killed in the middle of a ballot and started again: no vote is lost, and none counts twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from pyramid.session import JSONSerializer
from sqlalchemy.orm import Session
from webob.cookies import SignedSerializer

from factories.direkte import Salen, salen
from saksbehandling.clock import FixedClock
from saksbehandling.direkte.votering import stemmer_i
from saksbehandling.votering.kodeverk import Stemme, Voteringsform

SECRET = "hemmelig-" * 5


def test_killed_in_mid_ballot(session: Session, klokke: FixedClock, tmp_path: Path, database_url: str) -> None:
    sal = salen(session, klokke)
    kontoer = [_konto(sal, nr) for nr in range(3)]
    votering = sal.tj.elektronisk.aapne(sal.moete, Voteringsform.FOR_MOT, sal.avsnitt)
    session.commit()
    with server(tmp_path, database_url) as rot:
        stem(rot, sal, kontoer[0], votering.id, "mot", "første")
        stem(rot, sal, kontoer[1], votering.id, "for", "andre")
    with server(tmp_path, database_url) as rot:
        stem(rot, sal, kontoer[0], votering.id, "mot", "første")  # the telephone never got its answer, and sends again
        stem(rot, sal, kontoer[2], votering.id, "for", "tredje")
        with urllib.request.urlopen(f"{rot}/direkte/{sal.moete.id}/endringer?etter=1") as svar:
            assert "3 av 9 har stemt" in svar.read().decode()
    session.rollback()
    stemmer = {rad.person_id: rad.stemme for rad in stemmer_i(session, votering)}
    assert stemmer == {sal.medlemmer[nr].person_id: Stemme.FOR if nr else Stemme.MOT for nr in range(3)}


def _konto(sal: Salen, nr: int) -> int:
    bruker = sal.tj.brukere.opprett(f"medlem{nr}", f"Medlem {nr}", None)
    sal.medlemmer[nr].person.bruker_id = bruker.id
    return bruker.id


@contextmanager
def server(data: Path, database_url: str) -> Iterator[str]:
    """The product as a process of its own, which is killed at the end as by a power cut."""
    miljoe = {
        **os.environ,
        "SAKSBEHANDLING_SECRET": SECRET,
        "SAKSBEHANDLING_DATABASE_URL": database_url,
        "SAKSBEHANDLING_LIBREOFFICE": "av",
    }
    kommando = [sys.executable, "-m", "saksbehandling.cli", "--data", str(data), "server", "--port", "0"]
    with subprocess.Popen(
        kommando, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=miljoe
    ) as prosess:
        try:
            yield prosess.stdout.readline().split()[-1].rstrip("/")  # type: ignore[union-attr]
        finally:
            prosess.kill()


def stem(rot: str, sal: Salen, bruker_id: int, votering_id: int, stemme: str, innsending: str) -> None:
    signer = SignedSerializer(SECRET, "pyramid.session.", "sha512", serializer=JSONSerializer())
    oekt = signer.dumps((time.time(), time.time(), {"bruker_id": bruker_id, "_csrft_": "merke"})).decode()
    felter = {"votering": votering_id, "stemme": stemme, "innsending": innsending}
    kropp = urlencode({"csrf_token": "merke", **{f"stem-{navn}": verdi for navn, verdi in felter.items()}})
    sti = f"{rot}/direkte/{sal.moete.id}/delta/stem"
    spoersmaal = urllib.request.Request(sti, kropp.encode(), {"Cookie": f"saksbehandling={oekt}"})
    with urllib.request.urlopen(spoersmaal) as svar:  # follows the redirect to the page
        assert svar.status == 200
