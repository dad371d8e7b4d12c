"""The figures say what the data say, escape every word, and never infer a vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from markupsafe import Markup

from saksbehandling.innsyn.figur_tekst import text_width, wrap
from saksbehandling.innsyn.figurer import (
    STATUSORD,
    TYPEORD,
    Forslagsbilde,
    Opphav,
    Partistemmer,
    Segmentbilde,
    Sloeyfe,
    Stasjon,
    Stasjonstilstand,
    Vedtaksavsnitt,
    Voteringsbilde,
    blokker_html,
    orddiff,
    rute_svg,
    segmentvisning,
    vedtaksvisning,
    voteringsstolper,
)
from saksbehandling.richtext import Heading, List, Paragraph, Run, Table, parse_notation
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=40)
EVIL = "<script>alert(\"x\")</script> & 'æøå'"


def parse(markup: Markup) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{markup}</div>")  # its own parent drops what is blank


def svg(markup: Markup) -> etree._Element:
    """The drawing alone, read by a strict XML parser: ill-formed SVG fails here."""
    text = str(markup)
    return etree.fromstring(text[text.index("<svg") : text.index("</svg>") + len("</svg>")])


def texts(element: etree._Element, name: str) -> list[str]:
    found = element.xpath(f'.//*[contains(concat(" ", @class, " "), " {name} ")]')
    return [" ".join("".join(one.itertext()).split()) for one in found]


class TestBlokker:
    @pytest.mark.parametrize(
        ("notation", "expected"),
        [
            ("Et avsnitt.", "<p>Et avsnitt.</p>"),
            ("Med *kursiv* og **fet**.", "<p>Med <em>kursiv</em> og <strong>fet</strong>.</p>"),
            ("- en\n- to", "<ul><li>en</li><li>to</li></ul>"),
            ("1. en\n2. to", "<ol><li>en</li><li>to</li></ol>"),
            ("# Overskrift", "<h3>Overskrift</h3>"),
            ("###### Dypt", "<h6>Dypt</h6>"),
        ],
    )
    def test_notation(self, notation, expected):
        assert blokker_html(parse_notation(notation)) == expected

    def test_a_list_in_a_list(self):
        inner = List(True, ((Paragraph((Run("b"),)),),))
        assert blokker_html([List(False, ((Paragraph((Run("a"),)), inner),))]) == (
            "<ul><li>a<ol><li>b</li></ol></li></ul>"
        )

    def test_a_table_has_a_heading_row_only_when_it_says_so(self):
        rows = (((Run("Parti"),), (Run("Plasser"),)), ((Run("Ap"),), (Run("28"),)))
        with_head = parse(blokker_html([Table(rows)]))
        assert [cell.text for cell in with_head.findall(".//thead//th")] == ["Parti", "Plasser"]
        assert len(with_head.findall(".//tbody/tr")) == 1
        assert len(parse(blokker_html([Table(rows, header=False)])).findall(".//tbody/tr")) == 2
        assert parse(blokker_html([Table((), header=True)])).find(".//thead") is None

    @pytest.mark.parametrize(
        "link", ["https://kommune.example/sak", "mailto:post@kommune.example", "/sak/1", "#vedlegg"]
    )
    def test_a_safe_link_is_a_link(self, link):
        assert parse(blokker_html([Paragraph((Run("her", link=link),))])).find(".//a").get("href") == link

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//fremmed.example", " javascript:x"])
    def test_any_other_link_is_only_text(self, link):
        assert blokker_html([Paragraph((Run("her", link=link),))]) == "<p>her</p>"

    @given(WORDS)
    def test_words_come_out_as_they_went_in(self, text):
        shown = parse(blokker_html([Paragraph((Run("|"), Run(text, bold=True), Run("|")))]))
        assert shown.text_content() == f"|{text}|"

    def test_heading_levels_never_pass_six(self):
        assert blokker_html([Heading(5, (Run("x"),))], overskriftsnivaa=4) == "<h6>x</h6>"


def raad(navn: str, tilstand: Stasjonstilstand = Stasjonstilstand.PASSERT) -> Stasjon:
    return Stasjon(navn, "4/24", (date(2024, 2, 6),), "Uttalelse", tilstand, f"/{navn}")


ROUTE = (
    Stasjon("Saksframlegg", tilstand=Stasjonstilstand.PASSERT, lenke="/framlegg"),
    Stasjon(
        "Uttalelser",
        tilstand=Stasjonstilstand.PASSERT,
        grener=(raad("Eldrerådet"), raad("Ungdomsrådet", Stasjonstilstand.NESTE)),
    ),
    Stasjon(
        "Komiteen",
        "7/24",
        (date(2024, 3, 5),),
        "Innstilling",
        Stasjonstilstand.PASSERT,
        "/komiteen",
        sloeyfer=(Sloeyfe(date(2024, 2, 13), "til neste møte"),),
    ),
    Stasjon("Kommunestyret", "PS 9/24", tilstand=Stasjonstilstand.NAA, lenke="/kommunestyret"),
    Stasjon("Oppfølging"),
)


class TestRute:
    def test_without_stations_there_is_nothing(self):
        assert rute_svg([]) == ""

    def test_drawing_and_list_name_the_same_stations_in_the_same_order(self):
        names = ["Saksframlegg", "Eldrerådet", "Ungdomsrådet", "Komiteen", "Kommunestyret", "Oppfølging"]
        figure = rute_svg(ROUTE)
        drawn = sorted(texts(svg(figure), "rute-tittel"), key=names.index)
        assert drawn == names
        assert texts(parse(figure).find(".//ol"), "rute-tittel") == names

    def test_each_station_with_a_page_links_to_it_in_both(self):
        links = ["/framlegg", "/Eldrerådet", "/Ungdomsrådet", "/komiteen", "/kommunestyret"]
        figure = rute_svg(ROUTE)
        assert [a.get("href") for a in svg(figure).iter("a")] == links
        assert parse(figure).xpath('.//ol[@class="rute-liste"]//a/@href') == links

    def test_where_the_case_is_now_is_said_once_in_each(self):
        figure = rute_svg(ROUTE)
        assert texts(svg(figure), "rute-her") == ["Her er saken nå"]
        assert texts(parse(figure).find(".//ol"), "rute-her") == ["Her er saken nå"]

    def test_marks_say_the_state_in_words(self):
        said = svg(rute_svg(ROUTE)).xpath('.//*[@role="img"]/@aria-label')
        assert sorted(said) == ["Her nå", "Kommer", "Kommer", "Passert", "Passert", "Passert"]

    def test_a_postponement_is_a_loop_with_its_date(self):
        drawing = svg(rute_svg(ROUTE))
        assert len(drawing.xpath('.//*[@class="rute-sloeyfe"]')) == 2  # the loop and its arrow
        assert texts(drawing, "rute-utsatt") == ["Utsatt 13.02.2024"]
        assert texts(parse(rute_svg(ROUTE)).find(".//ol"), "rute-omvei") == ["Utsatt 13.02.2024 til neste møte"]

    def test_more_loops_are_drawn_outside_each_other_and_read_in_order(self):
        twice = replace(ROUTE[2], sloeyfer=(*ROUTE[2].sloeyfer, Sloeyfe(date(2024, 2, 20), "igjen")))
        drawing = svg(rute_svg([twice]))
        assert len(set(drawing.xpath('.//*[@class="rute-sloeyfe"]/@d'))) == 4
        height = {
            text: float(y)
            for text, y in zip(
                texts(drawing, "rute-utsatt"), drawing.xpath('.//*[@class="rute-utsatt"]/*/@y'), strict=True
            )
        }
        assert height["Utsatt 13.02.2024"] < height["Utsatt 20.02.2024"]

    def test_the_line_is_whole_as_far_as_the_case_has_come(self):
        reached = svg(rute_svg(ROUTE)).xpath('.//*[@class="rute-linje"]/@data-naadd')
        # Four stretches between five stations; then away and home of each branch.
        assert reached == ["ja", "ja", "ja", "nei", "ja", "ja", "nei", "nei"]

    @pytest.mark.parametrize(("count", "length"), [(1, "kort"), (6, "kort"), (7, "middels"), (9, "lang")])
    def test_a_long_route_says_that_it_is_long(self, count, length):
        assert parse(rute_svg([ROUTE[0]] * count)).find("div").get("data-lengde") == length

    @pytest.mark.parametrize("field", ["tittel", "undertittel", "utfall"])
    def test_words_are_escaped(self, field):
        figure = rute_svg([replace(ROUTE[0], **{field: EVIL}), replace(ROUTE[1], tittel=EVIL)])
        assert "<script" not in figure
        svg(figure)

    @given(
        st.lists(
            st.builds(
                Stasjon,
                tittel=WORDS.filter(str.strip),
                undertittel=WORDS,
                datoer=st.tuples(st.dates()),
                tilstand=st.sampled_from(Stasjonstilstand),
                grener=st.lists(st.builds(Stasjon, tittel=WORDS), max_size=5).map(tuple),
                sloeyfer=st.lists(st.builds(Sloeyfe, st.dates(), WORDS), max_size=3).map(tuple),
            ),
            min_size=1,
            max_size=8,
        )
    )
    def test_all_text_is_inside_the_drawing(self, stations):
        drawing = svg(rute_svg(stations))
        width, height = float(drawing.get("width")), float(drawing.get("height"))
        for line in drawing.iter("tspan"):
            assert 0 <= float(line.get("x")) <= width
            assert 8 <= float(line.get("y")) <= height


class TestTekst:
    @given(st.lists(st.text("abcæøå", min_size=1, max_size=12), max_size=12), st.integers(60, 300))
    def test_no_word_is_lost_and_lines_are_short_enough(self, words, width):
        lines = wrap(" ".join(words), width, 14, lines=99)
        assert " ".join(lines).split() == words
        assert all(text_width(line, 14) <= width or " " not in line for line in lines)

    def test_words_share_a_line_as_long_as_they_fit(self):
        assert wrap("en to tre fire", text_width("en to tre", 14), 14, lines=9) == ["en to tre", "fire"]

    def test_what_does_not_fit_ends_in_an_ellipsis(self):
        assert wrap("en to tre fire fem", 40, 14, lines=2)[1].endswith("…")


VOTE = Voteringsbilde(
    "Votering 1",
    (Partistemmer("Ap", 3, 1, navn_mot=("Åse Øy",)), Partistemmer("V", 0, 2)),
    for_totalt=3,
    mot_totalt=3,
    setning="Forslaget falt mot 3 stemmer.",
)


def cells(row: html.HtmlElement, side: str) -> int:
    return sum(path.get("d").count("M") for path in row.xpath(f'.//path[@class="stolpe-{side}"]'))


class TestVotering:
    def test_each_party_has_a_cell_for_each_vote_and_the_count_in_figures(self):
        rows = parse(voteringsstolper(VOTE)).xpath(".//tbody/tr[th]")
        assert [(row.find("th").text, cells(row, "mot"), cells(row, "for")) for row in rows] == [
            ("Ap", 1, 3),
            ("V", 2, 0),
        ]
        assert [[td.text for td in row.xpath('./td[@class="tall"]')] for row in rows] == [["1", "3"], ["2", "0"]]

    def test_the_axis_is_at_the_same_place_for_all_parties(self):
        axes = parse(voteringsstolper(VOTE)).xpath('.//path[@class="stolpe-akse"]/@d')
        assert len(axes) == 2
        assert len(set(axes)) == 1

    def test_total_sentence_and_known_names(self):
        shown = " ".join(parse(voteringsstolper(VOTE)).text_content().split())
        for said in ("3 mot", "3 for", "Mot: Åse Øy", VOTE.setning):
            assert said in shown

    def test_votes_for_that_were_not_recorded_are_unknown_and_have_no_cells(self):
        figure = parse(voteringsstolper(replace(VOTE, partier=(Partistemmer("V", None, 2),), for_totalt=None)))
        assert cells(figure, "for") == 0
        assert len(figure.xpath('.//rect[@class="stolpe-ukjent"]')) == 1
        assert "antall ikke ført" in figure.text_content()
        assert "vises som ukjent" in figure.text_content()

    def test_zero_is_not_unknown(self):
        assert "ukjent" not in voteringsstolper(VOTE)

    def test_without_tallies_there_is_no_table(self):
        figure = parse(voteringsstolper(replace(VOTE, partier=(), setning="Enstemmig vedtatt.")))
        assert figure.find(".//table") is None
        assert figure.find(".//figcaption").text == "Enstemmig vedtatt."

    def test_alternatives_carry_the_names_of_the_texts(self):
        figure = parse(voteringsstolper(replace(VOTE, for_navn="innstillingen", mot_navn="forslag 3")))
        assert [th.text for th in figure.findall(".//thead//th")] == ["Parti", "forslag 3", "innstillingen"]


SEGMENTS = (
    Segmentbilde("a", 1, parse_notation("Byen skal ha flere benker.")),
    Segmentbilde("b", 2, parse_notation("Benkene skal være:\n- røde\n- lave")),
)


def forslag(type: Forslagstype, segment: str | None = None, tekst: str = "", **more: object) -> Forslagsbilde:
    values = {"status": Forslagsstatus.FRAMSATT, "av": "Nils Holm (V)"} | more
    return Forslagsbilde("f1", 1, type, segment=segment, blokker=parse_notation(tekst), **values)


def row(markup: Markup, nr: int) -> html.HtmlElement:
    return parse(markup).get_element_by_id(f"avsnitt-{nr}")


class TestSegmenter:
    def test_a_proposal_stands_beside_the_segment_that_it_touches(self):
        shown = segmentvisning(SEGMENTS, [forslag(Forslagstype.STRYKNING, "b")])
        assert row(shown, 1).find(".//article") is None
        assert row(shown, 2).find(".//article") is not None

    def test_a_change_is_marked_in_the_proposal_and_not_in_the_base(self):
        one = forslag(Forslagstype.ENDRING, "a", "Byen skal ha færre benker.")
        segment = row(segmentvisning(SEGMENTS, [one]), 1)
        assert segment.xpath('.//*[@class="forslag-tekst"]//del/text()') == ["flere"]
        assert segment.xpath('.//*[@class="forslag-tekst"]//ins/text()') == ["færre"]
        assert segment.xpath('string(./*[@class="segment-tekst"])') == "Byen skal ha flere benker."

    def test_an_adopted_change_is_marked_in_the_base_too(self):
        one = forslag(Forslagstype.ENDRING, "a", "Byen skal ha færre benker.", status=Forslagsstatus.VEDTATT)
        assert row(segmentvisning(SEGMENTS, [one]), 1).xpath('./*[@class="segment-tekst"]//ins/text()') == ["færre"]

    def test_a_struck_segment_is_struck_whole_with_its_list(self):
        segment = row(segmentvisning(SEGMENTS, [forslag(Forslagstype.STRYKNING, "b")]), 2)
        assert segment.xpath('.//*[@class="forslag-tekst"]/del//li/text()') == ["røde", "lave"]

    @pytest.mark.parametrize(
        ("quoted", "shown"), [("flere ", "Byen skal ha flere benker."), ("finnes ikke", "finnes ikke")]
    )
    def test_quoted_words_are_struck(self, quoted, shown):
        text = row(segmentvisning(SEGMENTS, [forslag(Forslagstype.STRYKNING, "a", sitat=quoted)]), 1)
        struck = text.xpath('.//*[@class="forslag-tekst"]')[0]
        assert struck.xpath(".//del/text()") == [quoted]
        assert struck.text_content() == shown

    def test_an_addition_stands_after_the_text(self):
        shown = parse(segmentvisning(SEGMENTS, [forslag(Forslagstype.TILLEGG, None, "Nytt avsnitt.")]))
        assert shown.xpath('.//*[contains(@class, "segment--nytt")]//ins//text()') == ["Nytt avsnitt."]

    def test_a_proposal_for_an_unknown_segment_is_not_lost(self):
        assert "Nils Holm" in segmentvisning(SEGMENTS, [forslag(Forslagstype.ENDRING, "borte", "Noe.")])

    def test_who_on_behalf_of_whom_and_fate(self):
        one = forslag(
            Forslagstype.TILLEGG,
            tekst="Mer.",
            paa_vegne_av=("V", "SV", "Sp"),
            status=Forslagsstatus.FALT,
            votering="med 4 stemmer",
        )
        said = " ".join(parse(segmentvisning((), [one])).text_content().split())
        assert "1. Tilleggsforslag Nils Holm (V) på vegne av V, SV og Sp" in said
        assert "Falt med 4 stemmer" in said

    def test_every_type_and_status_has_a_word(self):
        assert set(TYPEORD) == set(Forslagstype)
        assert set(STATUSORD) == set(Forslagsstatus)

    @pytest.mark.parametrize("type", Forslagstype)
    def test_words_are_escaped(self, type):
        segment = Segmentbilde("a", 1, (Paragraph((Run(EVIL),)),))
        one = forslag(type, "a", av=EVIL, votering=EVIL, paa_vegne_av=(EVIL,), sitat=EVIL)
        assert "<script" not in segmentvisning([segment], [replace(one, blokker=segment.blokker)])

    @given(WORDS, WORDS)
    def test_a_difference_holds_both_texts(self, before, after):
        marked = parse(orddiff(before, after))
        for tag, whole in (("ins", before), ("del", after)):
            kept = parse(orddiff(before, after))
            for one in kept.findall(tag):
                one.text = None
            assert kept.text_content() == whole
        assert all(one.text for one in marked)


class TestVedtak:
    def test_each_paragraph_opens_what_is_behind_it(self):
        origin = Opphav("Forslag 2 (V)", "Fra Nils Holm (V).", "Vedtatt mot 3 stemmer.", "/forslag/2")
        shown = parse(vedtaksvisning([Vedtaksavsnitt(SEGMENTS[0].blokker, origin)], "Slik INNSTILLING:"))
        assert shown.xpath("string(.//summary)") == "Opphav: Forslag 2 (V)"
        assert shown.xpath(".//details//p/text()")[:2] == ["Fra Nils Holm (V).", "Vedtatt mot 3 stemmer."]
        assert shown.find(".//details//a").get("href") == "/forslag/2"
        assert shown.find(".//p").text == "Slik INNSTILLING:"

    def test_an_edited_paragraph_says_why_and_shows_what_was_computed(self):
        origin = Opphav("Forslag 2", redigert="Skrivefeil rettet.", beregnet=parse_notation("Bneker."))
        shown = parse(vedtaksvisning([Vedtaksavsnitt(SEGMENTS[0].blokker, origin)]))
        assert "redigert" in shown.xpath("string(.//summary)")
        assert "Skrivefeil rettet." in shown.text_content()
        assert shown.find(".//blockquote/p").text == "Bneker."

    def test_order_is_kept_and_a_heading_stands_before_its_paragraph(self):
        shown = parse(
            vedtaksvisning(
                [Vedtaksavsnitt(SEGMENTS[0].blokker), Vedtaksavsnitt(SEGMENTS[1].blokker, overskrift="MERKNAD")]
            )
        ).text_content()
        places = [shown.index(words) for words in ("flere benker", "MERKNAD", "Benkene")]
        assert all(before < after for before, after in pairwise(places))


@pytest.mark.parametrize(
    "figure",
    [rute_svg(ROUTE), voteringsstolper(VOTE), segmentvisning(SEGMENTS, [forslag(Forslagstype.STRYKNING, "a")])],
)
def test_no_figure_needs_what_the_content_policy_forbids(figure):
    for element in parse(figure).iter():
        assert element.tag not in ("script", "style")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
