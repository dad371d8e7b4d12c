from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from zope.interface.verify import verifyObject

from saksbehandling.documents import kontroll
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.readback import read_data
from saksbehandling.documents.richread import read_blocks
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.documents.text_renderer import PlainTextRenderer
from saksbehandling.documents.wordxml import W
from saksbehandling.errors import InvalidFile, InvalidInput, NotFound
from saksbehandling.interfaces import IDocumentRenderer
from saksbehandling.protokoll.data import Saksprotokolldata, fra_json, som_verdier, til_json
from saksbehandling.richtext import Heading, List, Paragraph, Run, Table, parse_notation

NS = {"w": W}


@pytest.fixture(params=[DocxRenderer, PlainTextRenderer])
def renderer(request):
    return request.param()


class TestEveryRenderer:
    def test_it_is_a_renderer(self, renderer) -> None:
        assert verifyObject(IDocumentRenderer, renderer)
        assert renderer.extension.startswith(".")
        assert "/" in renderer.media_type

    def test_the_same_data_gives_the_same_bytes(self, renderer, protokolldata) -> None:
        data = som_verdier(protokolldata())
        assert renderer.render("saksprotokoll", data) == type(renderer)().render("saksprotokoll", data)

    def test_other_data_gives_other_bytes(self, renderer, protokolldata) -> None:
        first, other = (som_verdier(protokolldata(resultat=word)) for word in ("Behandlet", "Utsatt"))
        assert renderer.render("saksprotokoll", first) != renderer.render("saksprotokoll", other)

    def test_an_unknown_template_is_refused(self, renderer) -> None:
        with pytest.raises(NotFound):
            renderer.render("finnes-ikke", {})


def render(data: Saksprotokolldata, *, public: bool = True) -> bytes:
    return DocxRenderer().render("saksprotokoll", som_verdier(data), til_json(data) if public else None)


def root(docx, made: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(docx.parts(made)[part])


@pytest.mark.parametrize("change", [{"resultat": "a\x00b"}, {"vedtak": ((Paragraph((Run("\x1b[2J"),)),),)}])
def test_illegal_characters_are_refused(protokolldata, change) -> None:
    with pytest.raises(InvalidInput, match="usynlig styretegn"):
        render(protokolldata(**change), public=False)


def test_both_renderers_say_the_same(protokolldata) -> None:
    data = protokolldata()
    text = PlainTextRenderer().render("saksprotokoll", som_verdier(data)).decode()
    unmarked = re.sub(r"^(\d+\.|-) ", "", text, flags=re.MULTILINE)
    assert unmarked == re.sub(r"^- ", "", tekst_fra_docx(render(data)), flags=re.MULTILINE)


def test_the_protocol_is_accessible(docx, protokolldata) -> None:
    made = render(protokolldata())
    document = root(docx, made)
    assert document.xpath("boolean(//w:tbl/w:tr[1]/w:trPr/w:tblHeader)", namespaces=NS)
    assert document.xpath("boolean(//w:tblPr/w:tblCaption)", namespaces=NS)
    headings = document.xpath("//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'Overskrift')]]", namespaces=NS)
    texts = ["".join(h.itertext()) for h in headings]
    assert [text for text in texts if text in ("Saksprotokoll", "Vedtak:", "Behandling:", "Votering:")] == [
        "Saksprotokoll",
        "Vedtak:",
        "Behandling:",
        "Votering:",
    ]
    core = docx.parts(made)["docProps/core.xml"].decode()
    assert "<dc:title>Saksprotokoll - Ny gangvei til Fjordvik skole</dc:title>" in core
    footer = root(docx, made, "word/footer1.xml")
    assert [field.strip() for field in footer.xpath("//w:fldSimple/@w:instr", namespaces=NS)] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("malform", "language", "label"), [("nb", "nb-NO", "Votering:"), ("nn", "nn-NO", "Røysting:")])
def test_the_language_follows_the_malform(docx, protokolldata, malform, language, label) -> None:
    made = render(protokolldata(malform=malform))
    assert root(docx, made, "word/styles.xml").xpath("//w:lang/@w:val", namespaces=NS) == [language]
    assert f"<dc:language>{language}</dc:language>" in docx.parts(made)["docProps/core.xml"].decode()
    assert label in tekst_fra_docx(made)


def test_the_approval_keeps_together(docx, protokolldata) -> None:
    styles = root(docx, render(protokolldata()), "word/styles.xml")
    assert styles.xpath("boolean(//w:style[@w:styleId='Godkjenning']/w:pPr/w:keepNext)", namespaces=NS)
    document = root(docx, render(protokolldata(rettelser=())))
    last = document.xpath("//w:body/w:p[position() > last() - 3]/w:pPr/w:pStyle/@w:val", namespaces=NS)
    assert last == ["Godkjenningstart", "Godkjenning", "Godkjenning"]


@pytest.mark.parametrize("part", ["vedtak", "behandling", "voteringer", "saksordfoerer", "godkjenning"])
def test_an_empty_part_leaves_no_heading(protokolldata, part) -> None:
    empty = {
        "vedtak": {"vedtak": (), "innledning": (), "foelger_saken": (), "flertallsmerknader": ()},
        "behandling": {"behandling": ()},
        "voteringer": {"voteringer": (), "tilslutninger": ()},
        "saksordfoerer": {"saksordfoerer": ""},
        "godkjenning": {"godkjenning": None},
    }
    labels = {"vedtak": "Vedtak:", "behandling": "Behandling:", "voteringer": "Votering:",
              "saksordfoerer": "Saksordfører:", "godkjenning": "godkjent elektronisk"}  # fmt: skip
    assert labels[part] in tekst_fra_docx(render(protokolldata()))
    assert labels[part] not in tekst_fra_docx(render(protokolldata(**empty[part])))


def test_public_data_can_be_read_back_and_left_out(docx, protokolldata) -> None:
    data = protokolldata(resultat="<b> & ]]> «ja»")
    assert fra_json(read_data(render(data))) == data
    closed = render(data, public=False)
    assert not [name for name in docx.parts(closed) if name.startswith("customXml")]
    with pytest.raises(InvalidFile, match="ingen data"):
        read_data(closed)


def test_numbered_lists_restart_and_nest(docx, fill) -> None:
    text = parse_notation("a:\n- 1. x\n- 2. y\n\nb:\n- 1. z\n\nc:\n- punkt\n- punkt")
    nested = (List(True, ((Paragraph((Run("ytre"),)), List(True, ((Paragraph((Run("indre"),)),),))),)),)
    document = root(docx, made := fill(docx.p("[[tekst: vedtak]]"), {"vedtak": (*text, *nested)}))
    numbers = document.xpath("//w:numPr/w:numId/@w:val", namespaces=NS)
    levels = document.xpath("//w:numPr/w:ilvl/@w:val", namespaces=NS)
    assert numbers[0] == numbers[1] != numbers[2]
    assert numbers[3] == numbers[4]
    assert len({numbers[0], numbers[2], numbers[5], numbers[6], numbers[3]}) == 5
    assert levels[-2:] == ["0", "1"]
    numbering = root(docx, made, "word/numbering.xml")
    restarted = numbering.xpath("//w:num[w:lvlOverride/w:startOverride/@w:val='1']/@w:numId", namespaces=NS)
    assert restarted == [numbers[0], numbers[2], numbers[5], numbers[6]]
    assert numbering.xpath("//w:lvlOverride/@w:ilvl", namespaces=NS) == ["0", "0", "0", "1"]


@pytest.mark.parametrize(("style", "unnumbered"), [("", []), ('<w:numPr><w:numId w:val="7"/></w:numPr>', ["0"])])
def test_the_second_paragraph_of_an_item_has_no_number(docx, style: str, unnumbered: list[str]) -> None:
    template, word = docx.template(docx.p("[[tekst: t]]")), Paragraph((Run("Ord"),))
    styles = docx.parts(template)["word/styles.xml"].decode()
    own = re.sub(r'(<w:name w:val="List Number"/>.*?<w:pPr>)', lambda found: found[1] + style, styles, flags=re.DOTALL)
    template = docx.with_parts(template, {"word/styles.xml": own.encode()})
    made = DocxRenderer(TemplateCache(lambda _: template)).render(
        "prøve", {"dokumenttittel": "Prøve", "t": (List(True, ((word, word),)),)}
    )
    numbers = root(docx, made).xpath("//w:body//w:numPr/w:numId/@w:val", namespaces=NS)
    assert (len(numbers), numbers[1:]) == (1 + len(unnumbered), unnumbered)
    assert read_blocks(made) == (List(True, ((word, word),)),)


def test_a_table_of_rich_text_marks_its_header_row(docx, fill) -> None:
    made = fill(docx.p("[[tekst: vedtak]]"), {"vedtak": parse_notation("Navn\tTall\nA\t1\nB")})
    document = root(docx, made)
    assert [bool(row.xpath("w:trPr/w:tblHeader", namespaces=NS)) for row in document.iter(f"{{{W}}}tr")] == [
        True,
        False,
    ]
    headless = (Table((((Run("a"),),),), header=False),)
    assert b"tblHeader" not in docx.parts(fill(docx.p("[[tekst: v]]"), {"v": headless}))["word/document.xml"]


def test_two_tables_in_a_row_stay_two(docx, fill) -> None:
    one = Table((((Run("a"),),),))
    made = docx.parts(fill(docx.p("[[tekst: v]]"), {"v": (one, one)}))["word/document.xml"].decode()
    assert "</w:tbl><w:tbl>" not in made


def test_the_order_of_public_data_does_not_matter(protokolldata) -> None:
    values = som_verdier(protokolldata())
    render = DocxRenderer().render
    assert render("saksprotokoll", values, {"a": 1, "b": 2}) == render("saksprotokoll", values, {"b": 2, "a": 1})


def test_links_become_relationships_and_unsafe_ones_are_refused(docx, fill) -> None:
    link = "https://fjordvik.example/?a=1&b=2"
    made = fill(docx.p("[[tekst: v]]"), {"v": (Paragraph((Run("se", link=link), Run("og", link=link))),)})
    rels = root(docx, made, "word/_rels/document.xml.rels")
    assert [one.get("Target") for one in rels if one.get("TargetMode") == "External"] == [link]
    assert kontroll.funn(made) == ()
    for unsafe in ("javascript:alert(1)", "file:///etc/passwd", "//x"):
        with pytest.raises(InvalidInput, match="kan ikke brukes"):
            fill(docx.p("[[tekst: v]]"), {"v": (Paragraph((Run("x", link=unsafe),)),)})


def test_line_breaks_and_tabs_become_elements(docx, fill) -> None:
    made = docx.parts(fill(docx.p("[[a]]"), {"a": "en\nto\tre\r\nfire"}))["word/document.xml"].decode()
    assert made.count("<w:br/>") == 2
    assert made.count("<w:tab/>") == 1


def valid(docx, schema: etree.XMLSchema, made: bytes) -> list[str]:
    faults = []
    for name, content in docx.parts(made).items():
        if name.startswith("word/") and name.endswith(".xml") and not schema.validate(etree.fromstring(content)):
            faults += [f"{name}: {error.message}" for error in schema.error_log]
    return faults


@pytest.mark.parametrize("malform", ["nb", "nn"])
def test_the_protocol_is_valid(docx, wml, protokolldata, malform) -> None:
    made = render(protokolldata(malform=malform))
    assert valid(docx, wml, made) == []
    assert kontroll.funn(made) == ()


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12)
RUNS = st.lists(st.builds(Run, TEXT, st.booleans(), st.booleans()), max_size=3).map(tuple)
LEAVES = st.one_of(
    st.builds(Paragraph, RUNS),
    st.builds(Heading, st.integers(1, 9), RUNS),
    st.builds(Table, st.lists(st.lists(RUNS, max_size=3).map(tuple), max_size=3).map(tuple), st.booleans()),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        List, st.booleans(), st.lists(st.lists(inner, max_size=3).map(tuple), max_size=3).map(tuple)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCKS, max_size=5).map(tuple))
def test_any_rich_text_gives_a_valid_document(docx, wml, fill, blocks) -> None:
    cell = docx.p("[[tekst: v]]")
    made = fill(docx.p("[[tekst: v]]") + docx.table((cell, "x")), {"v": blocks})
    assert valid(docx, wml, made) == []
    assert kontroll.funn(made) == ()
