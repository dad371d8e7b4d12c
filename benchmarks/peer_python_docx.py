"""Protocols paragraph by paragraph with python-docx, in our own template without its contents."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import docx


class PythonDocx:
    """`template`: a DOCX whose styles, header and footer are used. `write`: writes the text of its kind."""

    def __init__(self, template: bytes, write: Callable[[Any, Mapping[str, Any]], None]) -> None:
        self._write = write
        document = docx.Document(io.BytesIO(template))
        body = document.element.body
        for element in list(body)[:-1]:  # the last one is the page setup
            body.remove(element)
        self._empty = _saved(document)

    def render(self, values: Mapping[str, Any]) -> bytes:
        """`values`: as our templates get them, but each rich text as a list of (is it in a list, text)."""
        document = docx.Document(io.BytesIO(self._empty))
        _write_margins(document, values)
        self._write(document, values)
        return _saved(document)


def write_case(document: Any, values: Mapping[str, Any]) -> None:
    """A saksprotokoll."""
    _write_head(document, values)
    _write_decision(document, values)
    _write_treatment(document, values)
    _write_ballots(document, values)
    _write_approval(document, values)


def write_meeting(document: Any, values: Mapping[str, Any]) -> None:
    """A møteprotokoll."""
    document.add_paragraph("Møteprotokoll", style="Heading 1")
    labels = {"Utvalg:": "utvalg", "Møtedato:": "moetedato", "Tid:": "tid", "Møtested:": "sted"}
    _write_table(document, [(label, values[name]) for label, name in labels.items()])
    document.add_paragraph("Frammøte", style="Heading 2")
    people = ("navn", "parti", "funksjon", "moeter_for", "merknad")
    _write_table(document, [tuple(row[name] for name in people) for row in values["frammoete"]])
    document.add_paragraph("Saksliste", style="Heading 2")
    _write_table(document, [(case["saksnummer"], case["tittel"]) for case in values["saker"]])
    for case in values["saker"]:
        document.add_paragraph(f"{case['saksnummer']} {case['tittel']}", style="Heading 2")
        _write_treatment(document, case)
        _write_ballots(document, case)
        _write_decision(document, case)


def _write_table(document: Any, lines: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(lines), cols=len(lines[0]), style="Saksopplysninger")
    for row, texts in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _write_margins(document: Any, values: Mapping[str, Any]) -> None:
    document.core_properties.title = values["dokumenttittel"]
    for paragraph in (*document.sections[0].header.paragraphs, *document.sections[0].footer.paragraphs):
        for run in paragraph.runs:
            for name in ("kommune", "utvalg", "sak", "moetedato"):
                if f"[[{name}]]" in run.text:
                    run.text = run.text.replace(f"[[{name}]]", values[name])


def _write_head(document: Any, values: Mapping[str, Any]) -> None:
    document.add_paragraph("Saksprotokoll", style="Heading 1")
    fields = {
        "Utvalg:": "utvalg",
        "Møtedato:": "moetedato",
        "Sak:": "sak",
        "Tittel:": "dokumenttittel",
        "Resultat:": "resultat",
        "Arkivsak:": "arkivsak",
    }
    _write_table(document, [(label, values[name]) for label, name in fields.items()])


def _write_decision(document: Any, values: Mapping[str, Any]) -> None:
    document.add_paragraph(f"{values['vedtaksoverskrift']}:", style="Heading 2")
    _write_lines(document, values["vedtak"], "Normal")
    for remark in values["flertallsmerknader"]:
        document.add_paragraph(remark["overskrift"], style="Heading 3")
        _write_lines(document, remark["tekst"], "Normal")


def _write_treatment(document: Any, values: Mapping[str, Any]) -> None:
    document.add_paragraph("Behandling:", style="Heading 2")
    for item in values["behandling"]:
        document.add_paragraph(item["overskrift"], style="Heading 3")
        _write_lines(document, item["tekst"], "Forslagstekst")


def _write_ballots(document: Any, values: Mapping[str, Any]) -> None:
    document.add_paragraph("Votering:", style="Heading 2")
    for sentence in (*values["voteringer"], *values["tilslutninger"]):
        document.add_paragraph(sentence, style="Voteringssetning")


def _write_approval(document: Any, values: Mapping[str, Any]) -> None:
    approval = values["godkjenning"]
    document.add_paragraph(values["kommune"], style="Godkjenning start")
    document.add_paragraph(approval["maate"], style="Godkjenning")
    document.add_paragraph(f"Godkjent {approval['dato']} av {approval['av']}", style="Godkjenning")


def _write_lines(document: Any, lines: Iterable[tuple[bool, str]], style: str) -> None:
    for in_list, text in lines:
        document.add_paragraph(text, style="List Bullet" if in_list else style)


def _saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
