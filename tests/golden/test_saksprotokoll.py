"""The saksprotokoll of a real case against its own minutes: same parts, same order, same words.

The texts are cut out of the seed file while the test runs; nothing of it is kept here.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from factories import golden
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.readback import read_data
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.text_renderer import PlainTextRenderer
from saksbehandling.protokoll.data import (
    Behandlingspunkt,
    Flertallsmerknad,
    Godkjenning,
    Punktart,
    Saksprotokolldata,
    fra_json,
    som_verdier,
    til_json,
)
from saksbehandling.richtext import parse_notation, segments

SEED = Path(__file__).parents[2] / "../shared/seeds/ps-0087-19-saksdokumenter.txt"

pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="the seed documents are not here")

HEADING = re.compile(r"^(?P<art>.*\), (?:forslag|[a-zæøå]+forslag|merknad)\b.*):?$")


def protocols() -> list[str]:
    """The saksprotokoller of the file, each from its own title on."""
    text = SEED.read_text(encoding="utf-8").split("\nSaksframlegg\n")[0]
    return ["Saksprotokoll" + part for part in re.split(r"^Saksprotokoll$", text, flags=re.MULTILINE)[1:]]


def between(text: str, start: str, end: str) -> str:
    """What stands after the line `start` and before the line `end`; both may be patterns."""
    after = re.split(rf"^(?:{start})$", text, maxsplit=1, flags=re.MULTILINE)[1]
    return re.split(rf"^(?:{end})$", after, maxsplit=1, flags=re.MULTILINE)[0].strip() if end else after.strip()


def value(text: str, label: str, until: str) -> str:
    """The value of a header label, up to the next one."""
    found = re.search(rf"{label}:\**\s*(.*?)\s*\**(?:{until})", text, re.DOTALL)
    assert found, label
    return " ".join(found[1].split())


def minuted(text: str) -> tuple[Behandlingspunkt, ...]:
    """The items under «Behandling:»: notes until the first heading line, then a heading with its text."""
    items: list[tuple[str, list[str]]] = []
    for line in filter(None, text.split("\n")):
        if HEADING.match(line):
            items.append((line, []))
        elif items and items[-1][0]:
            items[-1][1].append(line)
        else:
            items.append(("", [line]))
    return tuple(
        Behandlingspunkt(
            Punktart.NOTAT if not heading else Punktart.MERKNAD if "merknad" in heading else Punktart.FORSLAG,
            parse_notation("\n".join(lines)),
            heading,
        )
        for heading, lines in items
    )


def head(text: str) -> dict[str, object]:
    """The fields of the header."""
    day, month, year = value(text, "Møtedato", "Sak:").split(".")
    return {
        "utvalg": value(text, "Utvalg", "Møtedato"),
        "moetedato": dt.date(int(year), int(month), int(day)),
        "sak": value(text, "Sak", "\n"),
        "tittel": value(text, "Tittel", "Resultat").removeprefix("Saksprotokoll - "),
        "dokumenttittel": value(text, "Tittel", "Resultat"),
        "resultat": value(text, "Resultat", r"\s*\**Arkivsak"),
        "arkivsak": value(text, "Arkivsak", "\n"),
        "kommune": "Trondheim kommune",
    }


def council() -> tuple[str, Saksprotokolldata]:
    """Bystyret 29.08.2019: the minutes, and the data of its protocol."""
    text = next(part for part in protocols() if "29.08.2019" in part.split("Tittel:")[0])
    decision, remark_heading, remark = re.split(
        r"^(FLERTALLSMERKNAD .*)$", between(text, "Vedtak:", "Behandling:"), flags=re.MULTILINE
    )
    *votes, joined, town, approval = between(text, "Votering:", "").split("\n\n")[:-1] + re.split(
        r"\s*\n", between(text, "Votering:", "").split("\n\n")[-1]
    )
    assert town.strip() == "Trondheim kommune"
    return text, Saksprotokolldata(
        **head(text),  # type: ignore[arg-type]
        vedtak=segments(parse_notation(decision)),
        flertallsmerknader=(Flertallsmerknad(remark_heading, parse_notation(remark)),),
        behandling=minuted(between(text, "Behandling:", "Votering:")),
        voteringer=tuple(votes),
        tilslutninger=(joined,),
        godkjenning=Godkjenning(approval.strip()),
    )


def committee_that_recommended() -> tuple[str, Saksprotokolldata]:
    """Finans- og næringskomiteen 28.05.2019, with its innstilling."""
    text = next(part for part in protocols() if "28.05.2019" in part)
    introduction, innstilling = re.split(
        r"^INNSTILLING:$", between(text, "Vedtak", "Saksordfører:.*"), flags=re.MULTILINE
    )
    ballots = between(text, "Votering", "")
    return text, Saksprotokolldata(
        **head(text),  # type: ignore[arg-type]
        innledning=(introduction.strip(), "INNSTILLING:"),
        vedtak=segments(parse_notation(innstilling)),
        saksordfoerer=value(text, "Saksordfører", "\n"),
        behandling=minuted(between(text, "Behandling:", "Votering")),
        voteringer=tuple(one.strip() for one in re.split(r"(?<=vedtatt) ", ballots)),
    )


def committee_that_postponed() -> tuple[str, Saksprotokolldata]:
    """Finans- og næringskomiteen 09.05.2019, where the innstilling followed the case."""
    text = next(part for part in protocols() if "09.05.2019" in part)
    decision = between(text, "Vedtak", "Behandling:")
    postponed, follows, carried = (part.strip() for part in decision.split("\n\n", 2))
    return text, Saksprotokolldata(
        **head(text),  # type: ignore[arg-type]
        vedtak=(parse_notation(postponed),),
        foelger_saken_innledning=follows,
        foelger_saken=segments(parse_notation(carried)),
        behandling=minuted(between(text, "Behandling:", "Votering")),
        voteringer=(between(text, "Votering", ""),),
    )


def only_postponed() -> tuple[str, Saksprotokolldata]:
    """Bystyret 13.06.2019: no decision, no ballot."""
    text = next(part for part in protocols() if "13.06.2019" in part)
    return text, Saksprotokolldata(**head(text), behandling=minuted(between(text, "Behandling:", "")))  # type: ignore[arg-type]


@pytest.mark.parametrize("treatment", [council, committee_that_recommended, committee_that_postponed, only_postponed])
def test_the_document_says_what_the_minutes_say(treatment) -> None:
    minutes, data = treatment()
    document = DocxRenderer().render("saksprotokoll", som_verdier(data), til_json(data))
    assert golden.ordene(tekst_fra_docx(document)) == golden.ordene(minutes)


@pytest.mark.parametrize("treatment", [council, committee_that_recommended, committee_that_postponed, only_postponed])
def test_plain_text_says_what_the_minutes_say(treatment) -> None:
    minutes, data = treatment()
    assert golden.ordene(PlainTextRenderer().render("saksprotokoll", som_verdier(data)).decode()) == golden.ordene(
        minutes
    )


def test_the_council_minutes_were_cut_into_their_parts() -> None:
    _, data = council()
    assert (data.utvalg, data.sak, data.arkivsak, data.resultat) == ("Bystyret", "87/19", "19/8286", "Behandlet")
    assert data.moetedato == dt.date(2019, 8, 29)
    assert len(data.vedtak) == 8
    assert [point.art for point in data.behandling] == [*[Punktart.FORSLAG] * 4, Punktart.MERKNAD]
    assert len(data.voteringer) == 5


def test_the_document_carries_its_data() -> None:
    _, data = council()
    document = DocxRenderer().render("saksprotokoll", som_verdier(data), til_json(data))
    assert fra_json(read_data(document)) == data
