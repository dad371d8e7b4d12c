"""Protocols as DOCX: ours, docxtpl, python-docx, and no more than serialising and zipping the finished XML.

The peers work from our own template, so that styles and parts are the same. They are let off with less: emphasis
within a sentence is dropped, every list has bullets, and only ours carries the data for reading back.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import texts
from lxml import etree
from maaling import median_of, print_machine, print_medians, print_note, print_ratio, ratio, take_turns
from peer_docxtpl import Docxtpl
from peer_python_docx import PythonDocx, write_case, write_meeting

from saksbehandling.demo import tekster
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.template_cache import packaged_template
from saksbehandling.documents.zipping import archive, pack
from saksbehandling.protokoll import moetedata
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
from saksbehandling.protokoll.moetedata import Frammoetelinje, Moeteprotokolldata, Protokollsak
from saksbehandling.richtext import Blocks, List, parse_notation, plain_text
from saksbehandling.skrivemaate import kort_dato

ROUNDS = 60
IN_A_TURN = 5
CASES, LARGE_ROUNDS = 60, 5
SHORT = 6  # cases of the protocol whose text is read
PROPOSALS = 22  # of a case of the long protocol, so that it is about as long as a real one of 470 pages
CASE, MEETING = "saksprotokoll", "moeteprotokoll"

WORDS = " ".join((*tekster.INNSTILLING, *(one.tekst for one in tekster.BYSTYRETS_FORSLAG)))

Render = Callable[[Any], bytes]


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


def meeting(cases: int) -> Moeteprotokolldata:
    """A council's meeting with that many cases, each with many proposals, all of other words."""
    one = protocol()
    people = tuple(Frammoetelinje(f"Kari {number} Nordhagen", "Sp", "Medlem") for number in range(1, 68))
    items = tuple(
        Protokollsak(number, f"PS {number}/19", f"{one.tittel} {number}", "", long_case(one, number))
        for number in range(1, cases + 1)
    )
    return Moeteprotokolldata(
        "Nidarvik kommune", "Bystyret", one.moetedato, "10.00", "21.30", "Bystyresalen", people, (), 67, items
    )


def long_case(one: Saksprotokolldata, number: int) -> Saksprotokolldata:
    chance = random.Random(number)
    minutes = tuple(
        Behandlingspunkt(Punktart.FORSLAG, proposal(chance), f"Kari Nordhagen (Sp), tilleggsforslag {at}:")
        for at in range(PROPOSALS)
    )
    ballots = tuple(f"Forslag {at} ble vedtatt mot {at} stemmer ({at}H)." for at in range(1, PROPOSALS + 1))
    return replace(one, sak=f"{number}/19", tittel=f"{one.tittel} {number}", behandling=minutes, voteringer=ballots)


def proposal(chance: random.Random) -> Blocks:
    """Two paragraphs and a list in words of the demo, drawn so that no two proposals are alike."""
    words = WORDS.split()
    drawn = [" ".join(chance.choices(words, k=length)) for length in (35, 12, 12, 12, 30)]
    return parse_notation("{}.\n\nDet betyr:\n- 1. {}\n- 2. {}\n- 3. {}\n\n{}.".format(*drawn))


def flat_values(values: Any) -> Any:
    """What the peers get: rich text as lines without emphasis, each with whether it is in a list; dates as text."""
    if isinstance(values, dt.date):
        return kort_dato(values)
    if isinstance(values, dict):
        return {name: flat_values(value) for name, value in values.items()}
    if isinstance(values, tuple):
        return lines(values)
    return [flat_values(value) for value in values] if isinstance(values, list) else values


def lines(blocks: Blocks) -> list[tuple[bool, str]]:
    flat: list[tuple[bool, str]] = []
    for block in blocks:
        if isinstance(block, List):
            flat += [(True, plain_text(item)) for item in block.items]
        else:
            flat.append((False, plain_text([block])))
    return flat


@dataclass(frozen=True)
class Shape:
    """How frozen data become what templates show, and what is stored."""

    values: Callable[[Any], dict[str, Any]]
    json: Callable[[Any], dict[str, Any]]


MEETING_SHAPE = Shape(moetedata.som_verdier, moetedata.til_json)


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

    def render(self, _data: object) -> bytes:
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


def contestants(one: Any, other: Any, template: str, shape: Shape, write: Any) -> dict[str, Render]:
    """What makes a document of data like `one`; `other` differs from it, to see which parts do."""
    renderer, file = DocxRenderer(), packaged_template(template)
    peers = {"docxtpl": Docxtpl(file, shape.values(one)), "python-docx": PythonDocx(file, write)}

    def ours(data: Any) -> bytes:
        return renderer.render(template, shape.values(data), shape.json(data))

    pair = ours(one), ours(other)
    return {
        "ours": ours,
        "floor": Floor(*pair, all_parts=True).render,
        "floor_known_parts": Floor(*pair, all_parts=False).render,
        **{name: lambda data, peer=peer: peer.render(flat_values(shape.values(data))) for name, peer in peers.items()},
    }


def describe(racing: Mapping[str, Render], data: Any) -> None:
    """So that one can see that they make the same thing."""
    made = {name: render(data) for name, render in racing.items()}
    letters = ", ".join(f"{name} {len(''.join(tekst_fra_docx(one).split()))}" for name, one in made.items())
    print_note(f"letters in the document: {letters}")
    print_note(f"bytes: {', '.join(f'{name} {len(one)}' for name, one in made.items())}")


def turns(racing: Mapping[str, Render], documents: Sequence[Any]) -> dict[str, Callable[[], float]]:
    """The same few documents for each, which differ in their number."""
    return {name: lambda render=render: median_of(render, documents) for name, render in racing.items()}


def race_cases() -> None:
    data = protocol()
    another = replace(data, sak="88/19", arkivsak="19/1", utvalg="Formannskapet", dokumenttittel="En annen sak")
    racing = contestants(data, another, CASE, Shape(som_verdier, til_json), write_case)
    describe(racing, data)
    times = take_turns(turns(racing, [replace(data, sak=f"{number}/19") for number in range(IN_A_TURN)]), ROUNDS)
    print_medians("one saksprotokoll", times)
    print_ratio("saksprotokoll_floor", ratio(times, "ours", "floor"), "<=1.5")
    print_ratio("saksprotokoll_floor_known_parts", ratio(times, "ours", "floor_known_parts"))
    print_ratio("saksprotokoll.python-docx/ours", ratio(times, "python-docx", "ours"), ">=10")
    print_ratio("saksprotokoll.docxtpl/ours", ratio(times, "docxtpl", "ours"), ">=25")


def race_meetings() -> None:
    data, half = meeting(CASES), meeting(CASES // 2)
    racing = contestants(data, replace(half, utvalg="Formannskapet"), MEETING, MEETING_SHAPE, write_meeting)
    without = DocxRenderer()
    racing["ours_without_data"] = lambda data: without.render(MEETING, moetedata.som_verdier(data))
    describe(racing, data)
    work = turns(racing, [data]) | {"half": lambda: median_of(racing["ours"], [half])}
    times = take_turns(work, LARGE_ROUNDS)
    print_medians(f"a protocol of {CASES} cases", times)
    print_ratio("protocol_floor", ratio(times, "ours", "floor"), "<=2")
    print_ratio("protocol_floor_known_parts", ratio(times, "ours", "floor_known_parts"))
    print_ratio("protocol.docxtpl/ours", ratio(times, "docxtpl", "ours"), ">=5")
    print_ratio("protocol.docxtpl/ours_without_data", ratio(times, "docxtpl", "ours_without_data"), ">=5")
    print_ratio("protocol.python-docx/ours", ratio(times, "python-docx", "ours"), ">=30")
    print_ratio("protocol_doubled", ratio(times, "ours", "half"), "<=2.3")
    print_ratio("protocol_memory/xml", memory(racing["ours"], data), "<=8")


def memory(render: Render, data: Any) -> float:
    """The most that making the document holds beyond what was there, in sizes of its XML."""
    size = len(read(render(data))["word/document.xml"])
    gc.collect()
    tracemalloc.start()
    render(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / size


def main() -> None:
    print_machine("docxtpl", "python-docx", "lxml", "pypdf", "pypdfium2")
    race_cases()
    race_meetings()
    texts.race(read(DocxRenderer().render(MEETING, moetedata.som_verdier(meeting(SHORT)))))


if __name__ == "__main__":
    main()
