"""The frame and the macros, rendered alone: escaping, names, errors and what the content policy forbids."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from saksbehandling.innsyn import datoer, figurer

WEB = Path(__file__).parents[3] / "templates/web"
FILES = sorted([WEB / "layout.jinja2", *WEB.glob("macros/*.jinja2")])


@pytest.fixture(scope="module")
def env() -> Environment:
    made = Environment(loader=FileSystemLoader(WEB), autoescape=True, undefined=StrictUndefined)
    made.filters.update(datoer.FILTRE)
    made.globals.update(figurer.GLOBALER)
    return made


def render(env: Environment, source: str, **values: object) -> html.HtmlElement:
    return html.fragment_fromstring(env.from_string(source).render(**values), create_parent="div")


def page(env: Environment, **values: object) -> html.HtmlElement:
    request = SimpleNamespace(static_path=lambda spec: f"/static/{spec}")
    return html.document_fromstring(env.get_template("layout.jinja2").render(kommune="Åvik", request=request, **values))


class TestLayout:
    def test_nothing_but_the_municipality_is_needed(self, env):
        shown = page(env)
        assert shown.get("lang") == "nb"
        assert "Åvik" in shown.findtext(".//title")
        assert shown.xpath('//a[@class="ds-skip-link"]/@href') == ["#innhold"]
        assert "Logg inn" in shown.text_content()

    def test_the_person_can_log_out_with_a_token(self, env):
        shown = page(env, bruker=SimpleNamespace(navn="Åse", roller=["sekretær"]), csrf_token="hemmelig")
        form = shown.xpath('//form[@method="post"]')[0]
        assert form.xpath('.//input[@name="csrf_token"]/@value') == ["hemmelig"]

    def test_the_desk_and_the_page_where_one_is_are_marked(self, env):
        shown = page(
            env, desks=[("Møter", "/m", False), ("Innsyn", "/i", True)], broedsmuler=[("Innsyn", "/i"), ("Sak", None)]
        )
        assert [one.text_content() for one in shown.xpath('//*[@aria-current="page"]')] == ["Innsyn", "Sak"]

    def test_messages_are_escaped_and_read_aloud(self, env):
        shown = page(env, meldinger=[("feil", "<b>Nei</b>")])
        assert shown.xpath('//*[@role="status"]//*[@data-color="danger"]')[0].text_content().strip() == "<b>Nei</b>"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_inline_style_or_script(file):
    text = file.read_text()
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
    assert all("src=" in part.split(">")[0] for part in text.split("<script")[1:])


class TestSak:
    def test_a_case_is_named_number_title_archive_number(self, env):
        shown = render(
            env,
            '{% from "macros/sak.jinja2" import saksnavn %}{{ saksnavn("PS 9/24", "Nye <benker>", "24/77", "/s") }}',
        )
        assert shown.text_content() == "PS 9/24 Nye <benker> arkivsak 24/77"
        assert shown.find(".//a").get("href") == "/s"

    def test_an_overdue_deadline_says_so_in_words(self, env):
        source = '{% from "macros/sak.jinja2" import frist %}{{ frist(dag, idag) }}'
        late = render(env, source, dag=date(2024, 2, 1), idag=date(2024, 2, 2))
        assert "Over fristen, i går" in late.text_content()
        soon = render(env, source, dag=date(2024, 2, 3), idag=date(2024, 2, 2))
        assert "Over fristen" not in soon.text_content()


class TestInnhold:
    def test_a_table_carries_its_headings_into_the_narrow_list(self, env):
        shown = render(
            env,
            '{% from "macros/innhold.jinja2" import tabell, celle %}'
            '{% call(x) tabell("Tall", [{"tittel": "N", "sort": "?s=n", "retning": "ascending"}], [1, 2]) %}'
            '{% call celle("N", hoved=true) %}{{ x }}{% endcall %}{% endcall %}',
        )
        assert [cell.get("data-ledetekst") for cell in shown.findall(".//tbody//th")] == ["N", "N"]
        assert shown.find(".//thead//th").get("aria-sort") == "ascending"

    @pytest.mark.parametrize(
        ("side", "expected"),
        [
            (1, ["1", "2", "3", "…", "9", "Neste"]),
            (5, ["Forrige", "1", "…", "3", "4", "5", "6", "7", "…", "9", "Neste"]),
            (9, ["Forrige", "1", "…", "7", "8", "9"]),
        ],
    )
    def test_paging_shows_the_ends_and_the_neighbours(self, env, side, expected):
        source = (
            '{% from "macros/innhold.jinja2" import paginering %}{% macro url(n) %}?side={{ n }}{% endmacro %}'
            "{{ paginering(side, 9, url) }}"
        )
        shown = render(env, source, side=side)
        assert [item.text_content().strip() for item in shown.findall(".//li")] == expected
        assert shown.xpath('.//*[@aria-current="page"]')[0].text == str(side)


class TestSkjema:
    SOURCE = '{% from "macros/skjema.jinja2" import tekstfelt, feilsammendrag %}'

    def test_a_field_is_described_by_its_help_and_its_error(self, env):
        shown = render(env, self.SOURCE + '{{ tekstfelt("mot", "Mot", "3V", hjelp="Slik", feil="Feil") }}')
        field = shown.find(".//input")
        assert field.get("aria-invalid") == "true"
        ids = field.get("aria-describedby").split()
        assert [shown.get_element_by_id(one).text for one in ids] == ["Slik", "Feil"]
        assert shown.find(".//label").get("for") == field.get("id")

    def test_a_value_is_escaped(self, env):
        shown = render(env, self.SOURCE + '{{ tekstfelt("a", "A", verdi) }}', verdi='"><script>')
        assert shown.find(".//input").get("value") == '"><script>'

    def test_the_summary_names_every_reason_and_links_to_its_field(self, env):
        errors = [("For mange.", "mot", "§ 1"), ("Mangler frammøte.", "/moete/1", None), ("Nei.", None, None)]
        shown = render(env, self.SOURCE + "{{ feilsammendrag(feil) }}", feil=errors)
        assert [a.get("href") for a in shown.findall(".//a")] == ["#felt-mot", "/moete/1"]
        assert len(shown.findall(".//li")) == 3

    def test_without_errors_there_is_no_summary(self, env):
        assert len(render(env, self.SOURCE + "{{ feilsammendrag([]) }}")) == 0
