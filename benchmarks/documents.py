"""One saksprotokoll as DOCX: ours, docxtpl, python-docx, and no more than serialising and zipping the finished XML.

The peers work from our own template, so that styles and parts are the same. They are let off with less: emphasis
within a sentence is dropped, every list has bullets, and only ours carries the data for reading back.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree
from maaling import median_of, print_machine, print_medians, print_note, print_ratio, ratio, take_turns
from peer_docxtpl import Docxtpl
from peer_python_docx import PythonDocx

from saksbehandling.demo import tekster
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.template_cache import packaged_template
from saksbehandling.documents.zipping import archive, pack
from saksbehandling.protokoll.data import (
    ELEKTRONISK_GODKJENT,
    Behandlingspunkt,
    Flertallsmerknad,
    Godkjenning,
    Punktart,
    Saksprotokolldata,
    som_verdier,
    til_json,
)
from saksbehandling.richtext import Blocks, List, parse_notation, plain_text
from saksbehandling.skrivemaate import kort_dato

ROUNDS = 60
IN_A_TURN = 5
TEMPLATE = "saksprotokoll"

Render = Callable[[Saksprotokolldata], bytes]


def protocol() -> Saksprotokolldata:
    """The council's treatment of the demo case: eight paragraphs, four proposals, a remark and five ballots."""
    moved = tekster.BYSTYRETS_FORSLAG
    adopted = (*tekster.INNSTILLING, *(one.tekst for one in (*tekster.KOMITE_ANDRE_MOETE, *moved[:2], moved[3])))
    remark = parse_notation(tekster.BYSTYRETS_MERKNAD.tekst)
    return Saksprotokolldata(
        kommune="Nidarvik kommune",
        utvalg="Bystyret",
        moetedato=dt.date(2019, 8, 29),
        sak="87/19",
        tittel=tekster.TITTEL,
        dokumenttittel=f"Saksprotokoll - {tekster.TITTEL}",
        arkivsak="19/8286",
        resultat="Behandlet",
        vedtak=tuple(map(parse_notation, adopted)),
        flertallsmerknader=(Flertallsmerknad("FLERTALLSMERKNAD - Ap, H, SV, Sp, V:", remark),),
        behandling=(*map(minuted, moved), Behandlingspunkt(Punktart.MERKNAD, remark, "Kari Nordhagen (SV), merknad:")),
        voteringer=(
            "Innstillingen uten det tredje avsnittet ble enstemmig vedtatt.",
            *(f"Forslaget fra {one.parti} ble vedtatt mot {against} stemmer." for against, one in enumerate(moved, 9)),
        ),
        tilslutninger=("Ap, H, Sp og V sluttet seg til merknaden fra SV.",),
        godkjenning=Godkjenning(ELEKTRONISK_GODKJENT["nb"], ("Eirin Berg, møtesekretær",), dt.date(2019, 9, 2)),
    )


def minuted(proposal: tekster.Forslagstekst) -> Behandlingspunkt:
    text = "\n".join(filter(None, (proposal.tekst, proposal.sitat)))
    heading = f"Kari Nordhagen ({proposal.parti}), {proposal.forslagstype.value}sforslag:"
    return Behandlingspunkt(Punktart.FORSLAG, parse_notation(text), heading)


def flat_values(data: Saksprotokolldata) -> dict[str, Any]:
    """What the peers get: rich text as lines without emphasis, each with whether it is in a list."""
    values = som_verdier(data)
    remarks, items = values["flertallsmerknader"], values["behandling"]
    approval = values["godkjenning"]
    return values | {
        "moetedato": kort_dato(data.moetedato),
        "godkjenning": approval | {"dato": kort_dato(approval["dato"])},
        "vedtak": lines(values["vedtak"]),
        "foelger_saken": lines(values["foelger_saken"]),
        "flertallsmerknader": [{**remark, "tekst": lines(remark["tekst"])} for remark in remarks],
        "behandling": [{**item, "tekst": lines(item["tekst"])} for item in items],
    }


def lines(blocks: Blocks) -> list[tuple[bool, str]]:
    flat: list[tuple[bool, str]] = []
    for block in blocks:
        if isinstance(block, List):
            flat += [(True, plain_text(item)) for item in block.items]
        else:
            flat.append((False, plain_text([block])))
    return flat


class Floor:
    """What remains when the XML is finished: lxml writes the parts that differ between documents, and they are
    zipped, with the other parts packed before (`all_parts` False) or each time by zipfile (True)."""

    def __init__(self, one: bytes, other: bytes, all_parts: bool) -> None:
        parts, different = read(one), read(other)
        changing = [name for name in parts if parts[name] != different.get(name)]
        self._trees = {name: etree.fromstring(parts[name]) for name in changing}
        self._constant = {name: content for name, content in parts.items() if name not in changing}
        self._packed = [pack(name, content) for name, content in self._constant.items()]
        self._all_parts = all_parts

    def render(self, _data: Saksprotokolldata) -> bytes:
        written = {name: self._write(tree) for name, tree in self._trees.items()}
        if not self._all_parts:
            return archive((*self._packed, *(pack(name, content) for name, content in written.items())))
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in (self._constant | written).items():
                file.writestr(name, content)
        return made.getvalue()

    def _write(self, tree: etree._Element) -> bytes:
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def read(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return {name: file.read(name) for name in file.namelist()}


def contestants(data: Saksprotokolldata) -> dict[str, Render]:
    renderer, template = DocxRenderer(), packaged_template(TEMPLATE)
    peers = {"docxtpl": Docxtpl(template), "python-docx": PythonDocx(template)}

    def ours(data: Saksprotokolldata) -> bytes:
        return renderer.render(TEMPLATE, som_verdier(data), til_json(data))

    another = replace(data, sak="88/19", arkivsak="19/1", utvalg="Formannskapet", dokumenttittel="En annen sak")
    pair = ours(data), ours(another)
    return {
        "ours": ours,
        "floor": Floor(*pair, all_parts=False).render,
        "floor_zipfile": Floor(*pair, all_parts=True).render,
        **{name: lambda data, peer=peer: peer.render(flat_values(data)) for name, peer in peers.items()},
    }


def describe(racing: Mapping[str, Render], data: Saksprotokolldata) -> None:
    """So that one can see that they make the same thing."""
    made = {name: render(data) for name, render in racing.items()}
    letters = ", ".join(f"{name} {len(''.join(tekst_fra_docx(one).split()))}" for name, one in made.items())
    print_note(f"letters in the document: {letters}")
    print_note(f"bytes: {', '.join(f'{name} {len(one)}' for name, one in made.items())}")


def turns(racing: Mapping[str, Render], documents: Sequence[Saksprotokolldata]) -> dict[str, Callable[[], float]]:
    """The same few documents for each, which differ in their number."""
    return {name: lambda render=render: median_of(render, documents) for name, render in racing.items()}


def main() -> None:
    print_machine("docxtpl", "python-docx", "lxml")
    data = protocol()
    racing = contestants(data)
    describe(racing, data)
    documents = [replace(data, sak=f"{number}/19") for number in range(IN_A_TURN)]
    times = take_turns(turns(racing, documents), ROUNDS)
    print_medians("one saksprotokoll", times)
    print_ratio("documents.docxtpl/ours", ratio(times, "docxtpl", "ours"))
    print_ratio("documents.python-docx/ours", ratio(times, "python-docx", "ours"))
    print_ratio("documents.ours/floor", ratio(times, "ours", "floor"))
    print_ratio("documents.ours/floor_zipfile", ratio(times, "ours", "floor_zipfile"))


if __name__ == "__main__":
    main()
