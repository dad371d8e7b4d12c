"""A whole evening: 60 cases, 67 members, 300 ballots through the HTTP interface, beside the bare writing of as much.

The council's agenda is voted through by the pages' own forms, sent to a server in a process of its own: everything from
the socket to the disk and back is in the time. The floor is what no program can do without on
the same disk: one transaction that inserts as many rows as a ballot has, and commits. Afterwards every total is
counted anew from the persons' votes, or from the parties, and must be the one that was stored.
"""

from __future__ import annotations

import datetime as dt
import http.client
import io
import statistics
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import live
import sqlalchemy as sa
from maaling import WALL, percentile_95, print_machine, print_note, print_ratio, timed
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from saksbehandling import config, db
from saksbehandling.assembly import Parts
from saksbehandling.clock import FixedClock
from saksbehandling.demo.last import PASSORD
from saksbehandling.demo.raad import Raad, opprett_raad
from saksbehandling.identity.services import identitet_for
from saksbehandling.migrations import run
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Utvalgsperiode, Valgperiode
from saksbehandling.votering.kodeverk import Forslagstype, Stemme
from saksbehandling.votering.models import Personstemme, Votering
from saksbehandling.votering.services_forslag import Stillerdata
from saksbehandling.workflow_engine.service import Actor

CASES, PROPOSALS = 60, 4  # with one ballot on the text itself: 300 ballots
DAY = dt.date(2019, 8, 29)
NOW = dt.datetime(2019, 8, 29, 16, 0, tzinfo=dt.UTC)
BODY, GOAL_MS = "bystyret", "<=100"
MINORITIES = ("1Ap, 5MDG, 4SV, 2R", "3V, 2KrF", "4FrP", "2R", "14H, 4FrP")
BY_PERSON_EACH = 10  # every tenth ballot is a roll call


def main() -> None:
    print_machine("waitress", "pyramid", "sqlalchemy")
    with tempfile.TemporaryDirectory() as folder:
        settings = config.load(
            {"data_dir": folder, "worker_in_process": False, "secret": "maaling " * 5},
            {},
        )
        items = agenda(settings)
        with live.server(Path(folder)) as address:
            app = logged_in(TestApp(Remote(address)))
            times, pages = evening(app, items)
            protocol(app)
        parts = Parts(lambda: settings)
        report(times, pages, floor(Path(folder)), parts.engine)
        parts.close()
    live.follow_a_meeting()


def evening(app: TestApp, items: list[int]) -> tuple[dict[str, list[float]], list[float]]:
    """Seconds of each ballot, by the way it was entered; and of the page of each item afterwards."""
    times: dict[str, list[float]] = {"party": [], "person": []}
    for number, (item, ballot) in enumerate((item, ballot) for item in items for ballot in range(PROPOSALS + 1)):
        page = app.get(f"/moetesaker/{item}/registrer")
        kind = "person" if number % BY_PERSON_EACH == BY_PERSON_EACH - 1 else "party"
        times[kind].append(vote(app, page, item, ballot, kind))
    return times, [timed(lambda item=item: app.get(f"/moetesaker/{item}/registrer"), WALL) for item in items]


class Remote:
    """Hands what WebTest asks for to a server over one connection that is kept."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(address)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers = {"Content-Type": environ.get("CONTENT_TYPE", ""), "Cookie": environ.get("HTTP_COOKIE", "")}
        self._connection.request(environ["REQUEST_METHOD"], environ["PATH_INFO"], body, headers)
        answer = self._connection.getresponse()
        start_response(f"{answer.status} {answer.reason}", answer.getheaders())
        return [answer.read()]


def agenda(settings: config.Settings) -> list[int]:
    """Ids of the treatments: opened, everybody present, each with its text and its proposals."""
    parts = Parts(lambda: settings)
    run.upgrade(parts.raw_engine)
    parts.clock = FixedClock(NOW)  # type: ignore[assignment]
    with parts.session() as session:
        tjenester = Tjenester(parts.felles, session)
        raad = opprett_raad(session, tjenester.brukere, PASSORD)
        items = [item.id for item in treatments(tjenester, raad)]
    parts.close()
    return items


def treatments(tjenester: Tjenester, raad: Raad) -> Iterator[Moetesak]:
    utvalg = raad.utvalg[BODY]
    members = [rad for rad in tjenester.utvalg.medlemmer(utvalg, DAY) if rad.funksjon is not Funksjon.VARAMEDLEM]
    moete = tjenester.moeter.opprett(utvalg, DAY, starttid=dt.time(17))
    tjenester.moeter.registrer_oppmoete(moete, members)
    sekretaer = identitet_for(raad.brukere["sekretaer"], DAY)
    for number in range(1, CASES + 1):
        sak = ready(tjenester, raad, number)
        item = tjenester.sakslister.sett_paa(moete, sak, sekretaer, dato=DAY)
        tjenester.moeter.hendelse(item, "aapne", sekretaer, dato=DAY)
        for at in range(PROPOSALS):
            tekst = parse_notation(f"Bystyret ber om en sak om punkt {at + 1}.")
            mover = Stillerdata.fra(members[(number + at) % len(members)])
            tjenester.forslag.fremsett(item, Forslagstype.TILLEGG, tekst, [mover])
        yield item


def ready(tjenester: Tjenester, raad: Raad, number: int):
    """A case whose saksframlegg is approved."""
    saker, bruker = tjenester.saker, raad.brukere["saksbehandler"]
    sak = saker.opprett(f"Sak nummer {number} denne kvelden", Actor(bruker.navn, bruker.id), dato=DAY, ansvarlig=bruker)
    innstilling = [parse_notation(f"Kommunen gjør punkt {at} i sak {number}.") for at in (1, 2, 3)]
    innhold = parse_notation("Saken gjelder dette.")
    saker.lagre_saksframlegg(sak, tittel=sak.tittel, innhold=innhold, innstilling=innstilling, dato=DAY)
    for hendelse, hvem in (("fullfoer_saksframlegg", "saksbehandler"), ("godkjenn", "kommunedirektoer")):
        saker.hendelse(sak, hendelse, identitet_for(raad.brukere[hvem], DAY), dato=DAY)
    return sak


def logged_in(app: TestApp) -> TestApp:
    form = next(form for form in app.get("/logg-inn").forms.values() if "brukernavn" in form.fields)
    form["brukernavn"], form["passord"] = "sekretaer", PASSORD
    form.submit(status=303)
    return app


def vote(app: TestApp, page: TestResponse, item: int, ballot: int, kind: str) -> float:
    """Seconds of sending the proposed ballot; its page was fetched before."""
    if kind == "person":
        page = app.get(f"/moetesaker/{item}/opprop")
        form = form_to(page, "/opprop")
        for at, name in enumerate(dict.fromkeys(field for field in form.fields if field and "-stemme-" in field)):
            form[name] = "mot" if at % 9 == 0 else "for"
    else:
        form = form_to(page, "/voteringer")
        form["votering-resultat"] = "mot" if ballot else "enstemmig"
        form["votering-mindretall"] = MINORITIES[ballot] if ballot else ""
    return timed(lambda: form.submit(status=303), WALL)


def protocol(app: TestApp) -> None:
    """Fetch the protocol of the evening as a document, and see that every item stands in it."""
    answers: list[TestResponse] = []
    taken = timed(lambda: answers.append(app.get("/moeter/1/protokoll.docx")), WALL)
    with zipfile.ZipFile(io.BytesIO(answers[0].body)) as document:
        text = document.read("word/document.xml").decode()
    missing = [number for number in range(1, CASES + 1) if f"PS {number}/19" not in text]
    print_note(f"protocol of {CASES} cases: {taken:.2f} s, {len(answers[0].body) // 1024} KB")
    if missing:
        sys.exit(f"The protocol lacks items: {missing}")


def form_to(page: TestResponse, address: str):
    return next(form for form in page.forms.values() if form.action.endswith(address))


def floor(folder: Path, ballots: int = 300, rows: int = 16) -> list[float]:
    """Seconds of one transaction with as many rows as a ballot has, by bare SQL with the product's own settings."""
    engine = db.create_engine(f"sqlite:///{folder / 'floor.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE rad (id INTEGER PRIMARY KEY, tekst TEXT, tall INTEGER)"))

    def write() -> None:
        with engine.begin() as connection:
            insert = sa.text("INSERT INTO rad (tekst, tall) VALUES (:tekst, :tall)")
            connection.execute(insert, [{"tekst": "vedtatt mot 5 stemmer", "tall": at} for at in range(rows)])

    taken = [timed(write, WALL) for _ in range(ballots)]
    engine.dispose()
    return taken


def report(times: dict[str, list[float]], pages: list[float], bare: list[float], engine: sa.Engine) -> None:
    everything = times["party"] + times["person"]
    for name, taken in (*times.items(), ("page", pages), ("floor", bare)):
        print_note(
            f"{name}: {len(taken)}, median ms {statistics.median(taken) * 1000:.1f}, "
            f"p95 {percentile_95(taken) * 1000:.1f}, most {max(taken) * 1000:.1f}"
        )
    with Session(engine) as session:
        wrong = recounted(session)
        stored = session.scalar(sa.select(sa.func.count(Votering.id))) or 0
        persons = session.scalar(sa.select(sa.func.count(sa.distinct(Personstemme.votering_id)))) or 0
    print_note(f"{stored} ballots stored, {persons} of them by person")
    print_ratio("meeting_ballot_p95_ms", percentile_95(everything) * 1000, GOAL_MS)
    print_ratio("meeting_ballot_p95_over_floor", percentile_95(everything) / percentile_95(bare))
    print_ratio("meeting_totals_wrong", wrong, "<=0")
    if wrong or stored != CASES * (PROPOSALS + 1):
        sys.exit("Totals differ, or ballots are missing.")


def recounted(session: Session) -> int:
    """How many ballots have a total that the parties', or the persons', votes do not add up to."""
    return sum(_differs(session, votering) for votering in session.scalars(sa.select(Votering)))


def _differs(session: Session, votering: Votering) -> bool:
    parties = Counter({(rad.parti_id, rad.stemme): rad.antall for rad in votering.partistemmer})
    by_party = Counter[Stemme]()
    for (_, stemme), antall in parties.items():
        by_party[stemme] += antall
    stated = {Stemme.FOR: votering.stemmer_for or 0, Stemme.MOT: votering.stemmer_mot or 0}
    if any(by_party[stemme] != antall for stemme, antall in stated.items()):
        return True
    if sum(by_party.values()) != votering.til_stede:
        return True
    return bool(votering.personstemmer) and by_person(session, votering) != parties


def by_person(session: Session, votering: Votering) -> Counter[tuple[int, Stemme]]:
    """(party, vote) -> how many, counted from the persons and the party that each sat for."""
    periode = (
        sa.select(Utvalgsperiode.id)
        .join(Valgperiode)
        .where(
            Utvalgsperiode.utvalg_id == votering.moetesak.utvalg.id,
            Valgperiode.fra <= votering.moetesak.moete.dato,
            Valgperiode.til >= votering.moetesak.moete.dato,
        )
    )
    query = (
        sa.select(Medlemskap.parti_id, Personstemme.stemme, sa.func.count())
        .join(Personstemme, Personstemme.person_id == Medlemskap.person_id)
        .where(
            Personstemme.votering_id == votering.id,
            Medlemskap.utvalgsperiode_id.in_(periode),
            Medlemskap.funksjon != Funksjon.VARAMEDLEM,
        )
        .group_by(Medlemskap.parti_id, Personstemme.stemme)
    )
    return Counter({(parti, stemme): antall for parti, stemme, antall in session.execute(query)})


if __name__ == "__main__":
    main()
