"""The styles of the shipped templates: sober, readable on paper and screen, and few."""

from __future__ import annotations

from saksbehandling.documents.stylebook import LANGUAGES
from saksbehandling.documents.wordxml import XML_DECLARATION, W

FONT, FONT_IF_MISSING = "Liberation Sans", "Calibri"
INK, RULE, GREY = "1B3A57", "C9D1D9", "4A5560"

FONT_TABLE = (
    f'{XML_DECLARATION}<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:altName w:val="{FONT_IF_MISSING}"/>'
    '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)


def styles(malform: str) -> str:
    """The styles part."""
    language = LANGUAGES[malform]
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}"'
        f' w:cs="{FONT}"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    return f'{XML_DECLARATION}<w:styles xmlns:w="{W}">{defaults}{_BASE}{_HEADINGS}{_TEXT}{_TABLES}</w:styles>'


def _style(
    style_id: str, name: str, properties: str = "", run: str = "", *, below: str = "Normal", after: str = ""
) -> str:
    following = f'<w:next w:val="{after}"/>' if after else ""
    marks = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    marks += f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="{below}"/>'
        f"{following}<w:qFormat/>{marks}</w:style>"
    )


def _heading(level: int, size: int, before: int, after: int) -> str:
    properties = (
        f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}" w:line="259" w:lineRule="auto"/>'
        f'<w:outlineLvl w:val="{level - 1}"/>'
    )
    run = f'<w:b/><w:color w:val="{INK}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return _style(f"Overskrift{level}", f"heading {level}", properties, run, after="Normal")


_BASE = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="Standardskrift"><w:name w:val="Default Paragraph Font"/>'
    "<w:semiHidden/></w:style>"
    '<w:style w:type="table" w:default="1" w:styleId="Vanligtabell"><w:name w:val="Normal Table"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="Ingenliste"><w:name w:val="No List"/><w:semiHidden/>'
    "</w:style>"
)
_HEADINGS = "".join(
    _heading(level, size, before, after)
    for level, size, before, after in (
        (1, 40, 0, 200),
        (2, 26, 320, 100),
        (3, 21, 220, 60),
        (4, 21, 160, 60),
        (5, 21, 120, 60),
        (6, 21, 120, 60),
    )
)
_LIST = '<w:spacing w:after="120"/><w:contextualSpacing/>'
_TEXT = (
    _style("Punktliste", "List Bullet", _LIST)
    + _style("Nummerertliste", "List Number", _LIST)
    + _style("Forslagstekst", "Forslagstekst", '<w:ind w:left="284"/>')
    + _style("Innledning", "Innledning", "<w:keepNext/>")
    # The approval never stands alone on a page: the ballots before it keep it company.
    + _style("Voteringssetning", "Voteringssetning", "<w:keepNext/><w:keepLines/>")
    + _style("Stemmelinje", "Stemmelinje", '<w:keepNext/><w:keepLines/><w:spacing w:after="60"/><w:ind w:left="284"/>')
    + _style("Ettertabell", "Etter tabell", '<w:spacing w:before="200"/>')
    + _style("Mottaker", "Mottaker", '<w:spacing w:after="0"/>')
    + _style("Brevhode", "Brevhode", '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'
             '<w:spacing w:before="240" w:after="360"/>')
    + _style("Ledetekst", "Ledetekst", '<w:spacing w:before="50" w:after="50" w:line="259" w:lineRule="auto"/>',
             f'<w:b/><w:color w:val="{GREY}"/>')
    + _style("Tabelltekst", "Tabelltekst", '<w:spacing w:before="50" w:after="50" w:line="259" w:lineRule="auto"/>')
    + _style("Godkjenning", "Godkjenning", '<w:keepNext/><w:keepLines/><w:spacing w:after="20"/>',
             f'<w:color w:val="{GREY}"/><w:sz w:val="19"/><w:szCs w:val="19"/>')
    + _style("Godkjenningstart", "Godkjenning start",
             f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="8" w:color="{RULE}"/></w:pBdr>'
             '<w:spacing w:before="440"/>', f'<w:b/><w:color w:val="{INK}"/>', below="Godkjenning", after="Godkjenning")
    # A signature keeps to its line, and no more: many of them may stand below each other.
    + _style("Underskrift", "Underskrift", '<w:keepNext/><w:keepLines/><w:spacing w:before="400" w:after="20"/>',
             f'<w:b/><w:color w:val="{INK}"/>', after="Underskriftstekst")
    + _style("Underskriftstekst", "Underskriftstekst", '<w:keepLines/><w:spacing w:after="20"/>',
             f'<w:color w:val="{GREY}"/><w:sz w:val="19"/><w:szCs w:val="19"/>')
    + _style("Topptekst", "header",
             f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/></w:pBdr>'
             '<w:spacing w:after="0"/>',
             f'<w:b/><w:color w:val="{INK}"/><w:sz w:val="19"/><w:szCs w:val="19"/>')
    + _style("Bunntekst", "footer", '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs><w:spacing w:after="0"/>',
             f'<w:color w:val="{GREY}"/><w:sz w:val="17"/><w:szCs w:val="17"/>')
    + '<w:style w:type="character" w:styleId="Hyperkobling"><w:name w:val="Hyperlink"/><w:rPr>'
    '<w:color w:val="1F4E9E"/><w:u w:val="single"/></w:rPr></w:style>'
)  # fmt: skip


def _rules(*sides: str) -> str:
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in sides)


_TABLES = (
    '<w:style w:type="table" w:styleId="Tabellrutenett"><w:name w:val="Table Grid"/><w:basedOn w:val="Vanligtabell"/>'
    '<w:pPr><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr><w:tblBorders>'
    f"{_rules('top', 'left', 'bottom', 'right', 'insideH', 'insideV')}</w:tblBorders></w:tblPr>"
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
    '<w:style w:type="table" w:styleId="Saksopplysninger"><w:name w:val="Saksopplysninger"/>'
    f'<w:basedOn w:val="Vanligtabell"/><w:tblPr><w:tblBorders>{_rules("top", "bottom", "insideH")}</w:tblBorders>'
    "</w:tblPr></w:style>"
)
