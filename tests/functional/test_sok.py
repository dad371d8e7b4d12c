"""The search page, its JSON twin, and what they do without the index."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from saksbehandling.demo import tekster
from saksbehandling.search_engine.errors import IndexUnavailable

from .conftest import Demo, meldinger


def test_a_number_finds_its_case_with_the_number_first(demo: Demo) -> None:
    foerste = demo.app.get("/sok", {"q": "PS 87/19"}).html.select_one(".treffliste h2")
    assert foerste.get_text(" ").split()[:2] == ["PS", "87/19"]
    assert foerste.a["href"].startswith("/innsyn/bystyret/2019/87")


def test_words_are_marked_and_hits_of_one_case_are_folded(demo: Demo) -> None:
    side = demo.app.get("/sok", {"q": "strategi"}).html
    assert side.select("mark")
    saker = [lenke["href"].split("#")[0] for lenke in side.select(".treffliste > li > article > h2 > a")]
    assert len(saker) == len(set(saker))
    assert side.select(".treff-flere")


def test_a_facet_narrows_and_can_be_taken_away(demo: Demo) -> None:
    alle = demo.app.get("/sok", {"q": "strategi"})
    valgt = alle.click("^\\s*Bystyret\\s*$")
    assert _antall(valgt) < _antall(alle)
    assert "utvalg=Bystyret" in valgt.request.url
    aktiv = valgt.html.select_one(".fasetter a[aria-current]")
    assert _antall(demo.app.get(aktiv["href"])) == _antall(alle)


def test_hits_are_sorted_by_date_when_asked(demo: Demo) -> None:
    side = demo.app.get("/sok", {"q": "strategi"}).click("^Eldste$")
    datoer = [tid["datetime"] for tid in side.html.select(".treffliste > li > article > .treff-om time")]
    assert datoer == sorted(datoer)


def test_a_case_is_one_place_and_all_its_hits_are_a_click_and_pages_away(demo: Demo) -> None:
    alle = demo.app.get("/sok", {"q": "strategi"})
    lenke = next(lenke for lenke in alle.html.select(".treff-flere a") if lenke.text.startswith("Vis alle"))
    side = demo.app.get(lenke["href"])
    assert _antall(side) == int(lenke.text.split()[2]) > 50
    assert _antall(side.click("Søk i alle saker")) == _antall(alle) >= _antall(side)
    vist = [hoder(side)]
    while side.html.select_one('.paginering [rel="next"]'):
        side = side.click("^Neste$")
        vist.append(hoder(side))
    assert f"side={len(vist)}" in side.request.url
    assert [len(en) for en in vist[:-1]] == [25] * (len(vist) - 1)
    assert sum(map(len, vist)) == _antall(side)
    assert demo.app.get("/sok.json", dict(parse_qsl(urlsplit(lenke["href"]).query))).json["antall"] == _antall(side)


def hoder(side: Any) -> list[str]:
    return [lenke["href"] for lenke in side.html.select(".treffliste > li > article > h2 > a")]


@pytest.mark.parametrize("q", ['"uten slutt', "utvalg:", "((", "*", "IKKE", "år:tolv", "a" * 5000, "\x00", "<script>"])
def test_a_query_that_cannot_be_read_is_no_error(demo: Demo, q: str) -> None:
    side = demo.app.get("/sok", {"q": q}, status=200)
    assert "<script>" not in side


def test_a_misspelt_word_gives_a_suggestion(demo: Demo) -> None:
    side = demo.app.get("/sok", {"q": "internasjonel"})
    assert "Mente du" in meldinger(side)
    assert _antall(side.click("internasjonal")) > 0


def test_more_words_than_any_document_has_show_what_has_some_of_them(demo: Demo) -> None:
    side = demo.app.get("/sok", {"q": "strategi zebrafink utvalg:bystyret"})
    assert "Ingenting har alle ordene." in meldinger(side)
    assert side.html.select(".treffliste > li")
    assert _antall(side) == _antall(demo.app.get("/sok", {"q": "strategi utvalg:bystyret"}))
    assert demo.app.get("/sok.json", {"q": "strategi zebrafink"}).json["antall"] == 0
    assert "Ingenting har alle ordene." not in demo.app.get("/sok", {"q": "gnufink zebrafink"})


def test_nothing_found_says_what_to_do(demo: Demo) -> None:
    tekst = meldinger(demo.app.get("/sok", {"q": "xyzzyplugh"}))
    assert "Ingen treff" in tekst
    assert "Slik kan du søke" in tekst


@pytest.mark.parametrize(
    "felt", ["side=-1", "side=x", "side=99999999999999", "sort=feil", "utvalg=Finnes+ikke", "parti="]
)
def test_an_address_that_somebody_made_up_is_no_error(demo: Demo, felt: str) -> None:
    demo.app.get(f"/sok?q=strategi&{felt}", status=200)
    demo.app.get(f"/sok.json?q=strategi&{felt}", status=200)


def test_json_has_the_same_hits_and_counts(demo: Demo) -> None:
    svar = demo.app.get("/sok.json", {"q": "19/8286"}).json
    assert svar["antall"] == _antall(demo.app.get("/sok", {"q": "19/8286"}))
    assert {"type", "nummer", "tittel", "utvalg", "dato", "utdrag", "url"} <= set(svar["treff"][0])


def test_without_the_index_cases_are_found_by_number_and_title(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def borte(*_args: Any, **_kw: Any) -> Callable[..., Any]:
        raise IndexUnavailable("borte")

    monkeypatch.setattr(demo.wsgi.registry["search_engine"], "search", borte)
    for q in ("19/8286", "internasjonal strategi"):
        tekst = meldinger(demo.app.get("/sok", {"q": q}, status=200))
        assert "Søket er ikke tilgjengelig" in tekst
        assert tekster.TITTEL in tekst
    assert demo.app.get("/sok.json", {"q": "strategi"}, status=503).json["feil"]


def test_an_index_that_somebody_deletes_comes_back_by_itself(demo: Demo) -> None:
    foer = demo.app.get("/sok.json", {"q": "strategi"}).json["antall"]
    shutil.rmtree(demo.parts.settings.index_dir)
    assert "Søket er ikke tilgjengelig" in meldinger(demo.app.get("/sok", {"q": "strategi"}, status=200))
    demo.parts.worker().en_runde()
    assert demo.app.get("/sok.json", {"q": "strategi"}).json["antall"] == foer


def _antall(side: Any) -> int:
    return int(side.html.select_one(".sidehode-om").get_text().split()[0].replace("\N{NO-BREAK SPACE}", ""))


def test_a_meeting_is_found_by_its_body_and_day_and_leads_there(demo: Demo) -> None:
    side = demo.app.get("/sok", {"q": "bystyret 29.08.2019", "type": "møte"})
    assert side.html.select_one(".treffliste h2").get_text(" ", strip=True) == "Bystyret 29. august 2019"
    moetet = demo.app.get(side.html.select_one(".treffliste h2 a")["href"], status=200)
    assert "29. august 2019" in moetet.html.h1.get_text()


FIENDTLIGE = (
    ("vei " * 2500, "lengre enn 1000 tegn"),
    (" ".join(f"v{nr}*" for nr in range(500)), "flere enn 40 ledd"),
    ("(" * 300 + "vei" + ")" * 300, "parenteser"),
    ("\x00\x1b\x7f", "minst ett ord"),
    ("år:" * 300, "år:2019"),
    ("vei " + "IKKE " * 2000, "IKKE må stå foran et ord"),
    ('"' * 501, "anførselstegn"),
)


def test_a_hostile_query_is_cut_down_and_told_of(demo: Demo) -> None:
    for q, hint in FIENDTLIGE:
        assert hint in demo.app.get("/sok", {"q": q}, status=200).html.select_one(".ds-alert").get_text()
        assert hint in demo.app.get("/sok.json", {"q": q}, status=200).json["hint"]


def test_an_address_of_sixty_thousand_characters_is_no_error(demo: Demo) -> None:
    for sti in ("/sok?q=", "/sok.atom?q=", "/sok/fullfoer.json?q=", "/saker?ord=", "/oppfoelging?ord="):
        for ord_ in ("a", "%25", "v%20", "a*%20"):
            demo.app.get(sti + ord_ * 60_000, status=200)
