"""What is no page begins no session."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("adresse", ["/helse", "/sok.json?q=plan"])
def test_no_cookie_is_set_by_what_is_no_page(app, adresse) -> None:
    assert "Set-Cookie" not in app.get(adresse).headers


def test_a_page_with_a_form_sets_one(app) -> None:
    assert "Set-Cookie" in app.get("/logg-inn").headers
