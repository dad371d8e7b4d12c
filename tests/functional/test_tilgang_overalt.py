"""Every address that the product has, asked for by those who may not: nothing leaks, is written or breaks."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator

import pytest
import sqlalchemy as sa
from webtest import TestResponse

from saksbehandling.demo.skjermet import KANARIORD
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.saksmappe.models import Dokument, Saksmappe
from saksbehandling.utvalg.models import Utvalg

from ..factories.nett import innhold
from .conftest import UTKAST, Demo

INNLOGGING = {"logg_inn", "logg_ut"}
EGET = {"lagrede_sok_epost"}  # what everybody who is logged in has of one's own
AVVIST_UKJENT = (303, 403, 404)
AVVIST = (*AVVIST_UKJENT, 400, 409, 422)  # where the workflow decides who may, the form is read first
FELT = re.compile(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}")


def ruter(demo: Demo, metode: str) -> list[tuple[str, str]]:
    """Name and pattern of each route that a view answers to that method."""
    introspector = demo.wsgi.registry.introspector
    med_side = {
        rad["introspectable"]["route_name"]
        for rad in introspector.get_category("views")
        if metode in (rad["introspectable"]["request_methods"] or ("GET",))
    }
    moenstre = {
        rad["introspectable"]["name"]: rad["introspectable"]["pattern"] for rad in introspector.get_category("routes")
    }
    return sorted((navn, moenster) for navn, moenster in moenstre.items() if navn in med_side and "*" not in moenster)


class Adresser:
    """Addresses of everything that there is, published or not."""

    def __init__(self, demo: Demo) -> None:
        with demo.session() as session:
            self.moeter = session.scalars(sa.select(Moete.id)).all()
            self.moetesaker = session.scalars(sa.select(Moetesak.id)).all()
            self.dokumenter = session.scalars(sa.select(Dokument.id)).all()
            self.utvalg = session.scalars(sa.select(Utvalg.kode)).all()
            self.saker = [(sak.saksaar, sak.sakssekvensnummer) for sak in session.scalars(sa.select(Saksmappe))]

    def av(self, moenster: str) -> Iterator[str]:
        """The pattern filled in, once for each thing that it can name; with `1` where it names something else."""
        felter = FELT.findall(moenster)
        for verdier in self._verdier(moenster, felter):
            kjente = dict(zip(felter, verdier, strict=False))
            yield FELT.sub(lambda felt, kjente=kjente: str(kjente[felt[1]]), moenster)

    def _verdier(self, moenster: str, felter: list[str]) -> Iterable[tuple[object, ...]]:
        rest = ["1"] * len(felter)
        if moenster.startswith("/saker/{"):
            return [(*sak, *rest) for sak in self.saker]
        for start, ider in (("moetesaker", self.moetesaker), ("dokumenter", self.dokumenter), ("utvalg", self.utvalg)):
            if moenster.startswith(f"/{start}/"):
                return [(en, *rest) for en in ider]
        if felter and felter[0] == "utvalg":
            return [(en, *rest) for en in self.utvalg]
        return [(en, *rest) for en in self.moeter] if "{id" in moenster else [tuple(rest)]


def hemmelige(demo: Demo) -> list[bytes]:
    """Words of the screened case and of one that is not published."""
    _, tittel, _ = demo.skjermet()
    return [ord_.lower().encode() for ord_ in (UTKAST, *KANARIORD) if ord_ in (UTKAST, *tittel.split())]


def lest(svar: TestResponse) -> bytes:
    """All that an answer carries, also inside a document."""
    if not zipfile.is_zipfile(io.BytesIO(svar.body)):
        return bytes(svar.body).lower()
    with zipfile.ZipFile(io.BytesIO(svar.body)) as pakke:
        return b"".join(pakke.read(navn) for navn in pakke.namelist()).lower()


@pytest.mark.parametrize("hvem", [None, "vara", "administrator"])
def test_no_page_names_what_the_reader_may_not_know(demo: Demo, hvem: str | None) -> None:
    app = demo.som(hvem) if hvem else demo.app
    adresser, skjult = Adresser(demo), hemmelige(demo)
    assert len(skjult) == 2
    sett = 0
    for navn, moenster in ruter(demo, "GET"):
        for adresse in adresser.av(moenster):
            svar = app.get(adresse, expect_errors=True)
            assert svar.status_int < 500, (navn, adresse)
            assert not [ord_ for ord_ in skjult if ord_ in lest(svar)], (navn, adresse)
            sett += svar.status_int == 200
    assert sett > 50


@pytest.mark.parametrize("hvem", [None, "arkivar"])
def test_who_may_change_nothing_changes_nothing(demo: Demo, hvem: str | None) -> None:
    """Also an archivist, who reads everything; every form is sent, empty, with the token that forms carry."""
    app = demo.som(hvem) if hvem else demo.app
    token = app.get("/logg-inn").forms[1]["csrf_token"].value
    adresser, foer = Adresser(demo), innhold(demo.parts.engine)
    for navn, moenster in ruter(demo, "POST"):
        if navn in INNLOGGING or (hvem and navn in EGET):
            continue
        for adresse in itertools.islice(adresser.av(moenster), 12):
            svar = app.post(adresse, {"csrf_token": token}, expect_errors=True)
            assert svar.status_int in (AVVIST if hvem else AVVIST_UKJENT), (navn, adresse, svar.status)
            assert svar.status_int != 303 or "/logg-inn" in svar.location, (navn, adresse, svar.location)
    assert innhold(demo.parts.engine) == foer
