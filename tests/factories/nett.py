"""Working the pages in tests: logging in, finding a form by its address, and seeing that the database is as it was."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from webtest import TestApp, TestResponse
from webtest.forms import Form

from saksbehandling import db
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.tjenester import Tjenester

PASSORD = "et langt passord"


def bruker(tj: Tjenester, brukernavn: str, *roller: Rolle, utvalg_id: int | None = None, navn: str = "") -> int:
    """An account with those roles, in one body or all. The caller commits."""
    ny = tj.brukere.opprett(brukernavn, navn or brukernavn.title(), PASSORD)
    for rolle in roller:
        tj.brukere.gi_rolle(ny, rolle, utvalg_id)
    tj.session.flush()
    return ny.id


def logg_inn(app: TestApp, brukernavn: str) -> None:
    app.reset()
    skjema = next(ett for ett in app.get("/logg-inn").forms.values() if "brukernavn" in ett.fields)
    skjema["brukernavn"], skjema["passord"] = brukernavn, PASSORD
    assert skjema.submit().status_int == 303


def skjema(side: TestResponse, adresse: str, nr: int = 0) -> Form:
    """The form that posts to an address ending so."""
    funnet = [ett for ett in side.forms.values() if ett.action.endswith(adresse) and ett.method.lower() == "post"]
    assert funnet, f"Ingen skjemaer til {adresse}: {[ett.action for ett in side.forms.values()]}"
    return funnet[nr]


def send(side: TestResponse, adresse: str, *, status: int = 303, nr: int = 0, **felter: Any) -> TestResponse:
    """Fill in the form to `adresse` and send it. Field names without the prefix of the form; lists tick boxes."""
    ett = skjema(side, adresse, nr)
    sendt = [(navn, verdi) for navn, verdi in ett.submit_fields() if _slutt(navn) not in felter]
    for navn, verdi in felter.items():
        fullt = next((felt for felt in ett.fields if felt and _slutt(felt) == navn), navn)
        sendt += [(fullt, str(en)) for en in (verdi if isinstance(verdi, list) else [verdi])]
    svar = side.test_app.post(ett.action, sendt, expect_errors=True)
    assert svar.status_int == status, f"{svar.status}: {meldinger(svar) or svar.location}"
    return svar


def meldinger(svar: TestResponse) -> str:
    """What the page says is wrong, in one line."""
    return " ".join(
        " ".join(ett.stripped_strings) for ett in svar.html.select(".feilsammendrag, #registrering > .ds-alert")
    )


def innhold(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with db.reader(engine).connect() as forbindelse:
        return {
            tabell.name: sorted(map(tuple, forbindelse.execute(sa.select(tabell))), key=repr)
            for tabell in db.Base.metadata.sorted_tables
        }


def _slutt(navn: str) -> str:
    return navn.split("-", 1)[-1]
