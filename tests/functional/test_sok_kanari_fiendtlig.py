"""What no reader would type: every form of a search answers it, and those that can, say what could not be read."""

from __future__ import annotations

import pytest

from .conftest import Demo

FORMER = ("/sok", "/sok.json", "/sok.csv", "/sok.atom", "/sok/fullfoer.json")
# What stands in the address, and a word of the hint; "" where there is nothing to remark.
FIENDTLIGE = {
    "ti-kilobyte": ("vei%20" * 2500, "lengre enn"),
    "fem-hundre-jokertegn": ("%20".join(f"v{nr}*" for nr in range(500)), "flere enn 40 ledd"),
    "bare-jokertegn": ("*" * 500, "minst"),
    "dype-parenteser": ("(" * 300 + "vei" + ")" * 300, "parenteser"),
    "skjeve-parenteser": (")))((vei", "parentes"),
    "styretegn": ("%01%02%1b%7f%08", "minst ett ord"),
    "nul": ("ve%00i", ""),
    "skjevt-anfoerselstegn": ("%22vei", "anførselstegn"),
    "ukjent-felt": ("finnesikke:vei", "er ikke et felt"),
    "felt-uten-verdi": ("utvalg:", "utvalg"),
    "bare-operatorer": ("OG%20ELLER%20IKKE", ""),
    "hoeyre-til-venstre": ("%E2%80%AEvei%E2%80%AC%E2%81%A6", ""),
    "halve-tegn": ("%F0%9F%98%80%F0%9F%98%80", ""),
}


@pytest.mark.parametrize(("q", "hint"), FIENDTLIGE.values(), ids=FIENDTLIGE)
def test_every_form_answers(demo: Demo, q: str, hint: str) -> None:
    for form in FORMER:
        demo.app.get(f"{form}?q={q}", status=200)
    assert hint in (demo.app.get(f"/sok.json?q={q}").json["hint"] or "")
    if hint:
        assert hint in demo.app.get(f"/sok?q={q}").html.select_one(".ds-alert").get_text()


@pytest.mark.parametrize("form", FORMER)
def test_bytes_that_are_no_text_are_refused_with_a_page(demo: Demo, form: str) -> None:
    svar = demo.app.get(f"{form}?q=%ff%fe", expect_errors=True)
    assert svar.status_int == 400
    assert "Adressen kan ikke leses" in svar.text
