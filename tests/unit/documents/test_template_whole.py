"""What secretaries put into templates with Word's own means: content controls, pictures, lists, tables of contents."""

from __future__ import annotations

import re
import zlib
from types import SimpleNamespace

import pytest
from lxml import etree

from saksbehandling.documents import kontroll
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.package import CONTENT_TYPES_PART, ROOT_RELS
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.documents.wordxml import DRAWING
from saksbehandling.errors import SetupError
from saksbehandling.richtext import parse_notation

SAKER = [{"tittel": "Kai", "tekst": parse_notation("1. en\n2. to")}, {"tittel": "Bru", "tekst": ()}]
DATA = {"dokumenttittel": "Prøve", "saker": SAKER, "ingen": [], "malform": "nb"}
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def rendered(docx: SimpleNamespace, wml: etree.XMLSchema):
    """`rendered(template, **others)`: the document, which has no faults."""

    def made(template: bytes, **others: bytes) -> bytes:
        known = {"prøve": template, **others}
        document = DocxRenderer(TemplateCache(known.__getitem__)).render("prøve", DATA)
        assert kontroll.funn(document) == ()
        for name, content in docx.parts(document).items():
            if re.fullmatch(r"word/\w+\.xml", name):
                assert wml.validate(etree.fromstring(content)), (name, wml.error_log)
        return document

    return made


@pytest.fixture
def lines(rendered):
    return lambda *args, **others: tekst_fra_docx(rendered(*args, **others)).rstrip("\n").split("\n")


def row(docx: SimpleNamespace, *cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{docx.p(cell)}</w:tc>' for cell in cells)}</w:tr>"


def test_controls_repeat_and_hide_what_they_are_put_round(docx, lines) -> None:
    section = docx.control(
        "", docx.p("[[tittel]]") + docx.p("[[tekst: tekst]]")
    )  # Word's repeating sections have one inside
    body = (
        docx.control("gjenta: saker", section)
        + docx.control("hvis: ingen", docx.p("bort"))
        + docx.control("hvis: saker", docx.p("er"))
    )
    assert lines(docx.template(body)) == ["Kai", "- en", "- to", "Bru", "er"]


@pytest.mark.parametrize("tag", ["gjenta: saker", "[[gjenta: saker]]"])
def test_a_control_round_a_row_repeats_it(docx, lines, tag) -> None:
    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{row(docx, 'Sak')}{docx.control(tag, row(docx, '[[tittel]]'))}</w:tbl>"
    assert lines(docx.template(table, docx.p("slutt"))) == ["Sak", "Kai", "Bru", "slutt"]


@pytest.mark.parametrize("tag", ["gjenta: saker", "hvis: saker"])
def test_a_control_within_a_paragraph_can_neither_repeat_nor_hide(docx, lines, tag) -> None:
    with pytest.raises(SetupError, match=r"Innholdskontrollen .*avsnitt 0.* rundt hele avsnitt"):
        lines(docx.template(f"<w:p>{docx.control(tag, '<w:r><w:t>a</w:t></w:r>')}</w:p>"))


def headed(docx: SimpleNamespace) -> str:
    marked = '<w:bookmarkStart w:id="7" w:name="_Toc7"/><w:bookmarkEnd w:id="7"/>'
    case = docx.p("[[tittel]] & sak", style="Overskrift2").replace("</w:p>", f"{marked}</w:p>")
    body = f"{docx.p('Saker', style='Overskrift1')}{docx.p('[[gjenta: saker]]')}{case}{docx.p('[[slutt]]')}"
    return f"{body}{docx.p('Dypere', style='Overskrift3')}{docx.p('', style='Overskrift2')}"


def test_the_table_of_contents_lists_the_headings_of_each_document(docx, rendered) -> None:
    made = docx.parts(rendered(docx.template(docx.contents(levels="1-2"), headed(docx))))["word/document.xml"].decode()
    listed = re.findall(r'<w:hyperlink w:anchor="(\w+)" w:history="1"><w:r><w:t[^>]*>([^<]*)', made)
    assert [text for _, text in listed] == ["Saker", "Kai &amp; sak", "Bru &amp; sak"]
    assert re.findall(r'w:name="(\w+)"', made) == [name for name, _ in listed]
    assert "gammel" not in made
    assert re.findall(r"PAGEREF (\w+)", made) == [name for name, _ in listed]
    assert [made.count(f'"{kind}"') for kind in ("begin", "separate", "end")] == [3, 3, 3]


def test_without_headings_the_table_of_contents_is_empty(docx, lines) -> None:
    assert lines(docx.template(docx.contents(), docx.p("tekst"))) == ["tekst"]


def test_a_table_of_contents_stands_by_itself_and_is_one(docx, lines) -> None:
    with pytest.raises(SetupError, match="står ikke for seg selv"):
        lines(docx.template(docx.contents(before="<w:r><w:t>Innhold:</w:t></w:r>")))
    with pytest.raises(SetupError, match="flere innholdsfortegnelser"):
        lines(docx.template(docx.contents(), docx.contents()))


def chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")
    + chunk(b"IDAT", zlib.compress(b"\x00\xff"))
    + chunk(b"IEND", b"")
)


def picture(identity: str = "rIdB", alt: str = "Kommunevåpenet") -> str:
    graphic = "http://schemas.openxmlformats.org/drawingml/2006/main"
    kind = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}"><wp:extent cx="9525" cy="9525"/>'
        f'<wp:docPr id="1" name="Bilde 1" descr="{alt}"/><a:graphic xmlns:a="{graphic}"><a:graphicData uri="{kind}">'
        f'<pic:pic xmlns:pic="{kind}"><pic:nvPicPr><pic:cNvPr id="1" name="b"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{identity}"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def with_picture(docx: SimpleNamespace, *body: str, more: str = "", **parts: bytes) -> bytes:
    """A template whose main part may show the picture «rIdB», and has the relationships `more`."""
    plain = docx.template(*body, **parts)
    name = "word/_rels/document.xml.rels"
    found = docx.parts(plain)
    link = f'<Relationship Id="rIdB" Type="{RELS}/image" Target="media/b.png"/>{more}</Relationships>'
    types = found[CONTENT_TYPES_PART].replace(
        b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1
    )
    changes = {name: found[name].replace(b"</Relationships>", link.encode()), CONTENT_TYPES_PART: types}
    assert ROOT_RELS in found
    return docx.with_parts(plain, {**changes, "word/media/b.png": PNG})


def test_a_picture_can_stand_in_a_part_that_is_repeated(docx, rendered) -> None:
    body = (docx.p("[[gjenta: saker]]"), picture(), docx.p("[[slutt]]"), picture())
    made = docx.parts(rendered(with_picture(docx, *body)))
    xml = made["word/document.xml"].decode()
    assert re.findall(r'docPr id="(\d+)"', xml) == ["1", "2", "3"]
    assert xml.count('descr="Kommunevåpenet"') == 3
    assert made["word/media/b.png"] == PNG


@pytest.mark.parametrize("alt", ["", " "])
def test_a_picture_that_a_screen_reader_cannot_tell_of_is_found(docx, alt) -> None:
    mark = '<x:decorative xmlns:x="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    pure = picture(alt=alt).replace('"/><a:graphic ', f'">{mark}</wp:docPr><a:graphic ')
    found, none = (kontroll.funn(with_picture(docx, body)) for body in (picture(alt=alt), pure))
    assert [one for one in found if "«Bilde 1» har ingen alternativ tekst" in one]
    assert not [one for one in none if "alternativ tekst" in one]


def numbered(docx: SimpleNamespace, text: str, number: int) -> str:
    return docx.p(text).replace(
        "</w:pPr>", f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    )


def numbering(docx: SimpleNamespace, *formats: str) -> bytes:
    """A numbering part with a list of each of these formats, from 1."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{one}"/>'
        f'<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        for at, one in enumerate(formats)
    )
    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at - 1}"/></w:num>' for at in range(1, len(formats) + 1)
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:numbering xmlns:w="{space}">{kinds}{lists}</w:numbering>'.encode()


def listed(docx: SimpleNamespace, *body: str, formats: tuple[str, ...]) -> bytes:
    """A template with lists, a link and a picture of its own."""
    more = (
        f'<Relationship Id="rIdN" Type="{RELS}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="rIdL" Type="{RELS}/hyperlink" Target="https://eksempel.no/" TargetMode="External"/>'
    )
    made = with_picture(docx, *body, more=more, numbering=numbering(docx, *formats))
    types = docx.parts(made)[CONTENT_TYPES_PART]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
    override = f'<Override PartName="/word/numbering.xml" ContentType="{kind}"/></Types>'.encode()
    return docx.with_parts(made, {CONTENT_TYPES_PART: types.replace(b"</Types>", override)})


def test_an_included_template_brings_its_lists_links_and_pictures(docx, rendered) -> None:
    link = '<w:p><w:hyperlink r:id="rIdL"><w:r><w:t>her</w:t></w:r></w:hyperlink></w:p>'
    inner = listed(docx, numbered(docx, "i", 1), numbered(docx, "ii", 1), link, picture(), formats=("lowerRoman",))
    outer = listed(
        docx, numbered(docx, "a", 1), docx.p("[[mal: indre]]"), docx.p("[[mal: indre]]"), formats=("lowerLetter",)
    )
    made = docx.parts(rendered(outer, indre=inner))
    xml, lists = made["word/document.xml"].decode(), etree.fromstring(made["word/numbering.xml"])
    used = re.findall(r'<w:numId w:val="(\d+)"', xml)
    assert len(used) == 5
    assert used[1] == used[2] != used[3] == used[4]  # each place has a list of its own
    assert [level_format(lists, number) for number in used] == ["lowerLetter", *["lowerRoman"] * 4]
    targets = re.findall(r'Id="(rIdMal\d+)"[^>]*Target="([^"]*)"', made["word/_rels/document.xml.rels"].decode())
    assert {target for _, target in targets} == {"https://eksempel.no/", "media/mal1.png"}
    assert all(f'"{identity}"' in xml for identity, _ in targets)
    assert made["word/media/mal1.png"] == PNG


def level_format(lists: etree._Element, number: str) -> str:
    space = {"w": lists.nsmap["w"]}
    (kind,) = lists.xpath(f"w:num[@w:numId={number}]/w:abstractNumId/@w:val", namespaces=space)
    (found, *_) = lists.xpath(f"w:abstractNum[@w:abstractNumId={kind}]//w:numFmt/@w:val", namespaces=space)
    return str(found)


def test_a_header_has_no_room_for_an_included_list(docx, rendered) -> None:
    inner = listed(docx, numbered(docx, "i", 1), formats=("lowerRoman",))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    header = f'<w:hdr xmlns:w="{space}">{docx.p("[[mal: indre]]")}</w:hdr>'.encode()
    outer = docx.with_parts(docx.template(docx.p("a")), {"word/header1.xml": header})
    with pytest.raises(SetupError, match="bare kan stå i hovedteksten"):
        rendered(outer, indre=inner)
