"""What one may not know of is answered as what there is none of: by the same page, after the same questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from webtest import TestApp

from .conftest import Demo
from .test_sok_kanari import FORSLAGET, Plantet, aapent_for
from .test_sok_kanari import plantet as plantet

Svar = tuple[int, str, list[str]]
FRI = 7000  # added to a number: one that nothing has


@pytest.fixture
def spurt() -> Iterator[list[str]]:
    """Every statement that the database is sent from now on."""
    setninger: list[str] = []

    def noter(_forbindelse: object, _peker: object, setning: str, *_mer: object) -> None:
        setninger.append(setning)

    sa.event.listen(sa.Engine, "before_cursor_execute", noter)
    yield setninger
    sa.event.remove(sa.Engine, "before_cursor_execute", noter)


def svaret(app: TestApp, adresse: str, spurt: list[str]) -> Svar:
    """Status, what the page says apart from the numbers of its address, and what the database was asked."""
    spurt.clear()
    svar = app.get(adresse, expect_errors=True)
    sagt = svar.html.select_one("main").get_text(" ", strip=True) if svar.status_int == 404 else ""
    return svar.status_int, re.sub(r"\d+", "N", sagt), list(spurt)


@pytest.mark.parametrize("hvem", [None, "representant", "vara"])
def test_a_page_that_is_hidden_answers_as_one_that_is_not_there(
    demo: Demo, plantet: Plantet, spurt: list[str], hvem: str | None
) -> None:
    app = demo.som(hvem) if hvem else demo.app
    app.get("/")
    skjulte = 0
    for adresse in plantet.adresser:
        ingen = re.sub(r"\d+", lambda treff: str(int(treff[0]) + FRI), adresse)
        svar = svaret(app, adresse, spurt)
        if svar[0] == 404:
            skjulte += 1
            assert svar == svaret(app, ingen, spurt), adresse
    assert skjulte >= 2


def test_a_search_for_a_hidden_word_answers_as_one_for_a_word_that_stands_nowhere(
    demo: Demo, plantet: Plantet, spurt: list[str]
) -> None:
    assert FORSLAGET not in aapent_for(demo, plantet, None)
    ukjent = FORSLAGET[::-1]
    for form in ("/sok.json?q={}", "/sok.json?q={}~", "/sok.json?q={}*", "/sok/fullfoer.json?q={}", "/sok?q={}"):
        svarene = []
        for ord_ in (FORSLAGET, ukjent):
            spurt.clear()
            svar = demo.app.get(form.format(ord_), expect_errors=True)
            svarene.append((svar.status_int, svar.text.replace(ord_, "ORDET"), list(spurt)))
        assert svarene[0] == svarene[1], form
