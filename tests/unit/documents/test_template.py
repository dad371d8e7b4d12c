from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from saksbehandling.documents import kontroll
from saksbehandling.documents.template import compile_template
from saksbehandling.documents.template_cache import TemplateCache, packaged_template
from saksbehandling.errors import InvalidInput, NotFound, SetupError
from saksbehandling.richtext import parse_notation

DATA = {
    "sak": {"tittel": "Ny bru & «kai»", "nummer": 7, "tom": None},
    "vedtak": parse_notation("Første.\n\nAndre:\n- 1. en\n- 2. to"),
    "saker": [
        {"tittel": "A", "medlemmer": [{"navn": "Kari"}, {"navn": "Ola"}]},
        {"tittel": "B", "medlemmer": []},
    ],
    "ord": ["én", "to"],
    "ingen": [],
    "tittel": "ytre",
}


def test_fields_stand_inside_the_text(docx, fill_text) -> None:
    body = docx.p("Sak [[sak.nummer]]: [[sak.tittel]][[sak.tom]].")
    assert fill_text(body, DATA) == ["Sak 7: Ny bru & «kai»."]


def test_every_character_in_its_own_run_gives_the_same_document_text(docx, fill_text) -> None:
    texts = ["Sak [[sak.nummer]]!", "[[gjenta: saker]]", "[[tittel]]", "[[hvis: medlemmer]]", "med", "[[slutt]]",
             "[[slutt]]", "[[tekst: vedtak]]"]  # fmt: skip
    whole = "".join(docx.p(text) for text in texts) + docx.table(("[[rad: saker]][[tittel]]", "x"))
    split = "".join(docx.p(*text) for text in texts) + docx.table((docx.p(*"[[rad: saker]][[tittel]]"), "x"))
    assert fill_text(split, DATA) == fill_text(whole, DATA)
    assert fill_text(whole, DATA)[:4] == ["Sak 7!", "A", "med", "B"]


def test_rich_text_takes_the_place_of_its_marker(docx, fill_text) -> None:
    assert fill_text(docx.p("[[tekst: vedtak]]"), DATA) == ["Første.", "Andre:", "- en", "- to"]


def test_repeated_parts_nest_and_inner_names_hide_outer_ones(docx, fill_text) -> None:
    inner = ["[[gjenta: medlemmer]]", "[[navn]] i [[tittel]]", "[[slutt]]"]
    lines = ["[[gjenta: saker]]", "[[tittel]]", *inner, "[[slutt]]", "[[tittel]]"]
    assert fill_text("".join(map(docx.p, lines)), DATA) == ["A", "Kari i A", "Ola i A", "B", "ytre"]


def test_denne_is_the_item_itself(docx, fill_text) -> None:
    assert fill_text("".join(map(docx.p, ["[[gjenta: ord]]", "- [[denne]]", "[[slutt]]"])), DATA) == ["- én", "- to"]


@pytest.mark.parametrize(("field", "shown"), [("saker", True), ("ingen", False), ("sak.tom", False), ("vedtak", True)])
def test_a_part_is_left_out_where_the_field_is_empty(docx, fill_text, field, shown) -> None:
    lines = fill_text("".join(map(docx.p, ["først", f"[[hvis: {field}]]", "inni", "[[slutt]]"])), DATA)
    assert lines == ["først", *(["inni"] if shown else [])]


def test_a_row_is_repeated(docx, fill_text) -> None:
    body = docx.table(("Sak", "Tall"), ("[[rad: saker]][[tittel]]", "[[sak.nummer]]"), ("Sum", "2"))
    assert fill_text(body, DATA) == ["Sak\tTall", "A\t7", "B\t7", "Sum\t2"]


def test_a_cell_whose_content_was_left_out_still_ends_in_a_paragraph(docx, fill) -> None:
    cell = "".join(map(docx.p, ["[[hvis: ingen]]", "bort", "[[slutt]]"]))
    listed = docx.p("[[tekst: tabell]]")
    made = fill(docx.table((cell, "b"), (listed, "c")), {**DATA, "tabell": parse_notation("a\tb\n1\t2")})
    assert kontroll.funn(made) == ()


def test_a_template_is_included_with_the_styles_of_the_one_that_includes(docx, fill, fill_text) -> None:
    inner = docx.template(docx.p("[[tittel]]", style="Overskrift2"), docx.p("slik"))
    body = "".join(map(docx.p, ["[[gjenta: saker]]", "[[mal: indre]]", "[[slutt]]"]))
    assert fill_text(body, DATA, indre=inner) == ["A", "slik", "B", "slik"]
    assert kontroll.funn(fill(body, DATA, indre=inner)) == ()


def test_content_controls_count_as_markers_and_leave_no_trace(docx, fill, fill_text) -> None:
    def control(tag: str, content: str) -> str:
        return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'

    inline = control("sak.nummer", "<w:r><w:t>Klikk</w:t></w:r><w:r><w:t> her</w:t></w:r>")
    body = f"<w:p>{inline}</w:p>" + control("tekst: vedtak", docx.p("Skriv her")) + control("", docx.p("fast"))
    assert fill_text(body, DATA) == ["7", "Første.", "Andre:", "- en", "- to", "fast"]
    assert b"<w:sdt" not in docx.parts(fill(body, DATA))["word/document.xml"]


def test_headings_of_rich_text_go_below_the_heading_they_stand_under(docx, fill) -> None:
    body = docx.p("Del", style="Overskrift2") + docx.p("[[tekst: vedtak]]")
    made = docx.parts(fill(body, {"vedtak": parse_notation("# Under\n\n## Dypere")}))["word/document.xml"].decode()
    assert made.index("Overskrift3") < made.index("Under") < made.index("Overskrift4") < made.index("Dypere")


PLACE = "malen «prøve», teksten, avsnitt 2"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["x", "[[sak.titel]]"], f"Ukjent felt «titel» .*{PLACE}.*Mente du «tittel»"),
        (["x", "[[finnesikke]]"], f"Ukjent felt «finnesikke» .*{PLACE}.*Felt som finnes her"),
        (["x", "[[sak.tittel.lower]]"], f"Ukjent felt «lower» .*{PLACE}"),
        (["x", "[[vedtak.runs]]"], f"Ukjent felt «runs» .*{PLACE}"),
        (["x", "[[saker]]"], f"ikke ren tekst .*{PLACE}"),
        (["x", "[[tekst: sak.tittel]]"], f"ikke formatert tekst .*{PLACE}.*Bruk"),
        (["x", "[[gjenta: vedtak]]", "[[slutt]]"], f"ikke en liste .*{PLACE}"),
        (["x", "[[gjenta: saker]]"], f"er ikke avsluttet .*{PLACE}.*Sett inn"),
        (["x", "[[slutt]]"], f"uten noe å avslutte .*{PLACE}"),
        (["x", "se [[tekst: vedtak]]"], f"må stå alene .*{PLACE}"),
        (["x", "[[rad: saker]]"], f"må stå i en tabellrad .*{PLACE}"),
        (["x", "[[sak.tittel"], f"ikke helt .*{PLACE}"),
        (["x", "sak.tittel]]"], f"ikke helt .*{PLACE}"),
        (["x", "[[sak tittel]]"], f"Kan ikke forstå .*{PLACE}"),
        (["x", "[[mal: prøve]]"], f"tar inn seg selv .*{PLACE}"),
    ],
)  # fmt: skip
def test_a_faulty_template_is_refused_with_its_place_and_what_to_do(docx, fill, lines, message) -> None:
    with pytest.raises(SetupError, match=f"(?s){message}"):
        fill("".join(map(docx.p, lines)), DATA)


def test_a_part_may_not_begin_in_a_cell_and_end_outside(docx, fill) -> None:
    body = docx.table((docx.p("[[hvis: saker]]") + docx.p("x"), "y")) + docx.p("[[slutt]]")
    with pytest.raises(SetupError, match="står ikke i samme tekst eller tabellcelle"):
        fill(body, DATA)


def test_an_error_in_an_included_template_names_that_template(docx, fill) -> None:
    inner = docx.template(docx.p("a"), docx.p("[[tittel]]"), docx.p("[[borte]]"))
    with pytest.raises(SetupError, match="malen «indre», teksten, avsnitt 3"):
        fill(docx.p("[[mal: indre]]"), DATA, indre=inner)


def test_a_missing_style_is_named(docx) -> None:
    styles = docx.parts(docx.template(""))["word/styles.xml"].replace(b'w:val="List Number"', b'w:val="Annet"')
    with pytest.raises(SetupError, match=r"Malen «prøve» mangler stilen «List Number».*legg til"):
        compile_template("prøve", docx.template(docx.p("[[tekst: vedtak]]"), styles=styles))


def test_styles_are_found_by_name_whatever_their_ids(docx) -> None:
    source = docx.template(docx.p("[[tekst: vedtak]]"))
    styles = docx.parts(source)["word/styles.xml"].replace(b'"Nummerertliste"', b'"X17"')
    template = compile_template("prøve", docx.with_parts(source, {"word/styles.xml": styles}))
    assert "X17" in repr(template.stories["word/document.xml"])


MARKED = '<w:p><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/><w:hyperlink w:anchor="a"/></w:p>'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>a</w:t></w:r></w:ins></w:p>', "sporede endringer"),
        (
            f"<w:p><w:r><w:t>[[gjenta: saker]]</w:t></w:r></w:p>{MARKED}<w:p><w:r><w:t>[[slutt]]</w:t></w:r></w:p>",
            "har et bokmerke",
        ),
    ],
)
def test_what_no_document_may_repeat_or_carry_is_refused(docx, body, message) -> None:
    with pytest.raises(SetupError, match=message):
        compile_template("prøve", docx.template(body))


@pytest.mark.parametrize("content", [b"", b"hei", b"PK\x03\x04 nei"])
def test_a_template_that_is_no_document_is_a_setup_error(content) -> None:
    with pytest.raises(SetupError, match="Malen «prøve»"):
        compile_template("prøve", content)


def test_traces_of_editing_stay_behind(docx) -> None:
    body = (
        '<w:p w:rsidR="00AB12CD"><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/><w:proofErr'
        ' w:type="spellStart"/><w:r><w:rPr><w:lang w:val="en-US"/></w:rPr><w:t>a</w:t></w:r></w:p>'
    )
    xml = repr(compile_template("prøve", docx.template(body)).stories)
    assert not any(trace in xml for trace in ("rsid", "_GoBack", "proofErr", "en-US"))


def test_problems_are_found_also_in_parts_that_the_example_leaves_out(docx) -> None:
    body = "".join(
        map(docx.p, ["[[hvis: ingen]]", "[[feil]]", "[[slutt]]", "[[gjenta: saker]]", "[[gal]]", "[[slutt]]"])
    )
    problems = compile_template("prøve", docx.template(body)).problems({**DATA, "dokumenttittel": "x"})
    assert [problem.split(" i ")[0] for problem in problems] == ["Ukjent felt «feil»", "Ukjent felt «gal»"]


def test_an_unknown_template_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"«tull».*saksprotokoll"):
        TemplateCache().get("tull", {})
    with pytest.raises(NotFound):
        packaged_template("../saksprotokoll")


def test_an_unknown_malform_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Ukjent målform «da»"):
        TemplateCache().get("saksprotokoll", {"malform": "da"})


def test_only_mappings_are_reached(docx, fill) -> None:
    class Secret:
        passord = "hemmelig"

    for path in ("ting.passord", "ting.items", "liste.append"):
        with pytest.raises(SetupError, match="Ukjent felt"):
            fill(docx.p(f"[[{path}]]"), {"ting": Secret(), "liste": []})


@pytest.mark.parametrize(
    ("marker", "malform", "written"),
    [
        ("dag", "nb", "29.08.2019"),
        ("dato: dag", "nb", "29. august 2019"),
        ("dag: dag", "nb", "torsdag 29. august 2019"),
        ("dag: loerdag", "nb", "lørdag 31. august 2019"),
        ("dag: loerdag", "nn", "laurdag 31. august 2019"),
        ("kl", "nb", "18.05"),
        ("aar", "nb", "2019"),
        ("tall: stort", "nb", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,5"),
        ("tall: minus", "nn", "\N{MINUS SIGN}12\N{NO-BREAK SPACE}000"),
        ("dato: ingen", "nb", ""),
    ],
)
def test_dates_and_numbers_are_written_as_norwegians_write_them(docx, fill_text, marker, malform, written) -> None:
    values = {"dag": dt.date(2019, 8, 29), "loerdag": dt.date(2019, 8, 31), "kl": dt.time(18, 5), "aar": 2019,
              "stort": Decimal("1234567.5"), "minus": -12000, "ingen": None, "malform": malform}  # fmt: skip
    assert fill_text(docx.p(f"<[[{marker}]]>"), values) == [f"<{written}>"]


def test_what_is_no_date_or_number_is_refused(docx, fill) -> None:
    for marker, wanted in (("dato: sak.tittel", "ikke en dato"), ("tall: sak.tittel", "ikke et tall")):
        with pytest.raises(SetupError, match=rf"{wanted} .*Bruk \[\[sak.tittel\]\]"):
            fill(docx.p(f"[[{marker}]]"), DATA)
