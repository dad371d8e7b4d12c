"""The real case: from base text, proposals and ballots alone to the decisions that its minutes hold.

Texts and facts are read from the shared folder beside the checkout; nothing of them is kept here.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from saksbehandling.richtext import Blocks, parse_notation, plain_text, segments, to_notation
from saksbehandling.vedtak.ordlyd import BOKMAAL
from saksbehandling.vedtak.rules import Beregning, Forskjell, forskjell, konsolider, kontroller_objekter
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.rules import (
    Forslag,
    Merknad,
    Objekt,
    Organ,
    Segment,
    Stiller,
    Voteringsdata,
    kontroller_votering,
    protokollsetning,
    regler_for,
)

SHARED = Path(__file__).parents[2] / "../shared"
SEED = SHARED / "seeds/ps-0087-19-saksdokumenter.txt"
GOLDEN = SHARED / "golden/ps-87-19.json"
pytestmark = pytest.mark.skipif(not (SEED.exists() and GOLDEN.exists()), reason="the shared folder is not here")

PLASSER = {"Ap": 28, "H": 14, "MDG": 5, "SV": 4, "FrP": 4, "V": 4, "PP": 2, "KrF": 2, "Sp": 2, "R": 2}
BYSTYRET = Organ("Bystyret", 67, PLASSER)
TYPER = {
    "tilleggsforslag": Forslagstype.TILLEGG,
    "strykningsforslag": Forslagstype.STRYKNING,
    "utsettelsesforslag": Forslagstype.UTSETTELSE,
}
MOVED = re.compile(
    r"^(?P<navn>[^()\n]+) \((?P<parti>\w+)\),? (?P<rest>[^\n]*?(?:forslag|merknad|uttalelse)[^\n]*)$", re.M
)


class Protokoll:
    """One saksprotokoll cut out of the packet: its decision, its proposals in order, its ballots as sentences."""

    def __init__(self, dato: str, sak: str) -> None:
        day = dt.date.fromisoformat(dato).strftime("%d.%m.%Y")
        sections = re.split(r"^Saksprotokoll$", SEED.read_text("utf-8"), flags=re.M)
        [text] = [one for one in sections if day in one[:200] and re.search(rf"Sak: ?{sak}\b", one[:200])]
        text = re.split(r"^Trondheim kommune\t|^Saksframlegg$", text, flags=re.M)[0]
        head, _, rest = text.partition("\nBehandling:\n")
        decision = re.split(r"^(?:Vedtak|Innstilling):?$", head, flags=re.M)[1:]
        self.vedtak = parse_notation(re.split(r"^Saksordfører", decision[0], flags=re.M)[0] if decision else "")
        treatment, *ballots = re.split(r"^Votering:?$|(?=^\w+ sitt felles forslag)", rest, flags=re.M)
        self.voteringer = [line for line in "".join(ballots).splitlines() if line.strip()]
        self.forslag = self._moved(treatment)
        self.notater = treatment

    @staticmethod
    def _moved(treatment: str) -> list[Blocks]:
        heads = list(MOVED.finditer(treatment))
        starts = [head.start() for head in heads] + [len(treatment)]
        return [parse_notation(treatment[head.end() : end]) for head, end in zip(heads, starts[1:], strict=True)]


def facts(utvalg: str, dato: str) -> Mapping[str, Any]:
    treatments = json.loads(GOLDEN.read_text("utf-8"))["behandlinger"]
    [found] = [one for one in treatments if one["utvalg"].startswith(utvalg) and one["moetedato"] == dato]
    return found


def base(blocks: Blocks) -> list[Segment]:
    return [Segment(f"A{at}", blokker) for at, blokker in enumerate(segments(blocks), 1)]


def saksframlegg() -> list[Segment]:
    text = SEED.read_text("utf-8").split("\nForslag til innstilling:\n")[1]
    return base(parse_notation(text.split("\nInternasjonal strategi for")[0]))


def moved(moetesak: Mapping[str, Any], protokoll: Protokoll) -> list[Forslag]:
    """The proposals of the facts, with the texts of the minutes."""
    assert len(moetesak["forslag"]) == len(protokoll.forslag)
    return [
        Forslag(
            id=f"P{at}",
            nummer=at,
            forslagstype=TYPER.get(fact["type"], Forslagstype.TILLEGG),
            blokker=blokker,
            stillere=(Stiller(fact["av"], fact["av"].split()[-1], fact.get("parti")),),
            paa_vegne_av=tuple(fact.get("paa_vegne_av", ())),
            maal=f"A{fact['gjelder_avsnitt']}" if "gjelder_avsnitt" in fact else None,
        )
        for at, (fact, blokker) in enumerate(zip(moetesak["forslag"], protokoll.forslag, strict=True), 1)
        if fact["type"] != "merknad"
    ]


def unanimous(*objekter: Objekt) -> list[Voteringsdata]:
    return [
        Voteringsdata(at, Voteringsform.FOR_MOT, (objekt,), enstemmig=True) for at, objekt in enumerate(objekter, 1)
    ]


def proposal(*keys: str) -> Objekt:
    return Objekt(forslag=keys)


def words(blocks: Blocks) -> str:
    """The words alone, for texts that a page break divides differently in the same minutes."""
    return " ".join(plain_text(blocks).split())


# Bystyret 29.08.2019


def bystyret() -> tuple[Mapping[str, Any], Protokoll, list[Segment], list[Forslag], list[Voteringsdata]]:
    moetesak = facts("Bystyret", "2019-08-29")
    protokoll = Protokoll("2019-08-29", moetesak["sak"])
    grunntekst = base(Protokoll("2019-05-28", "29/19").vedtak[2:])
    ballots = [_ballot(at, fact, len(grunntekst)) for at, fact in enumerate(moetesak["voteringer"], 1)]
    return moetesak, protokoll, grunntekst, moved(moetesak, protokoll), ballots


def _ballot(nummer: int, fact: Mapping[str, Any], paragraphs: int) -> Voteringsdata:
    alternative = fact.get("form") == "alternativ votering"
    return Voteringsdata(
        nummer,
        Voteringsform.ALTERNATIV if alternative else Voteringsform.FOR_MOT,
        tuple(_object(part, paragraphs) for part in fact["gjelder"].split(" mot ")),
        stemmer_mot=fact.get("mot"),
        partistemmer={Stemme.MOT: fact["mot_partier"]} if "mot_partier" in fact else {},
        enstemmig=fact.get("enstemmig", False),
    )


def _object(text: str, paragraphs: int) -> Objekt:
    number = int(text.split()[-1])
    if text.startswith("forslag"):
        return proposal(f"P{number}")
    if "unntatt" in text:
        return Objekt(tuple(f"A{at}" for at in range(1, paragraphs + 1) if at != number))
    return Objekt((f"A{number}",))


def decided_by_bystyret() -> Beregning:
    moetesak, protokoll, grunntekst, forslag, ballots = bystyret()
    remark = Merknad("Q", "SV", tuple(moetesak["merknad_tilsluttet_av"]), protokoll.forslag[4])
    rules = regler_for(dt.date(2019, 8, 29))
    return konsolider(grunntekst, forslag, ballots, [remark], BYSTYRET, Behandlingstype.VEDTAK, rules)


def test_bystyret_is_computed_to_the_letter() -> None:
    _, protokoll, _, _, _ = bystyret()
    computed = decided_by_bystyret()
    assert computed.mangler == ()
    assert to_notation(computed.blokker) == to_notation(protokoll.vedtak)
    assert forskjell(computed.blokker, protokoll.vedtak) == ()


def test_bystyret_has_eight_paragraphs_in_order_with_their_origins() -> None:
    moetesak, protokoll, _, _, _ = bystyret()
    computed = decided_by_bystyret()
    assert [avsnitt.blokker for avsnitt in computed.avsnitt] == list(segments(protokoll.vedtak)[:8])
    firsts = zip(computed.avsnitt, moetesak["vedtak_avsnitt"], strict=True)
    assert all(plain_text(avsnitt.blokker).startswith(first) for avsnitt, first in firsts)
    assert [(avsnitt.opphav_id, avsnitt.voteringer) for avsnitt in computed.avsnitt] == [
        ("A1", (1,)),
        ("A2", (1,)),
        ("A3", (2,)),
        ("A4", (1,)),
        ("A5", (1,)),
        ("P1", (3,)),
        ("P2", (4,)),
        ("P4", (5,)),
    ]


def test_bystyret_ends_every_proposal_and_heads_the_remark_of_the_majority() -> None:
    moetesak = facts("Bystyret", "2019-08-29")
    computed = decided_by_bystyret()
    assert {
        key: status for key, status in computed.forslagsutfall.items() if status is Forslagsstatus.VEDTATT
    }.keys() == {
        "P1",
        "P2",
        "P4",
    }
    assert computed.forslagsutfall["P3"] is Forslagsstatus.FALT
    assert [remark.overskrift for remark in computed.flertallsmerknader] == [f"{moetesak['merknad_i_vedtak']}:"]


def test_the_sentences_of_the_five_ballots_are_those_of_the_minutes() -> None:
    _, protokoll, grunntekst, forslag, ballots = bystyret()
    rules = regler_for(dt.date(2019, 8, 29))
    sentences = [protokollsetning(ballot, forslag, grunntekst, rules) for ballot in ballots]
    assert sentences == protokoll.voteringer[:5]


def test_every_ballot_of_bystyret_could_be_held_when_it_was() -> None:
    _, _, grunntekst, forslag, ballots = bystyret()
    rules = regler_for(dt.date(2019, 8, 29))
    for at, ballot in enumerate(ballots):
        assert kontroller_objekter(ballot, grunntekst, forslag, ballots[:at], rules) == []
        for present in (34, 67):
            assert kontroller_votering(replace(ballot, til_stede=present), BYSTYRET, rules) == []


# The committee


def test_the_committee_recommends_five_paragraphs() -> None:
    moetesak = facts("Finans", "2019-05-28")
    protokoll = Protokoll("2019-05-28", moetesak["sak"])
    grunntekst, forslag = saksframlegg(), moved(moetesak, protokoll)
    ballots = unanimous(Objekt(resten=True), proposal("P1"), proposal("P2"))
    computed = konsolider(
        grunntekst,
        forslag,
        ballots,
        [],
        Organ("Finans- og næringskomiteen"),
        Behandlingstype.INNSTILLING,
        regler_for(dt.date(2019, 5, 28)),
    )
    assert computed.mangler == ()
    assert to_notation(computed.blokker) == to_notation(protokoll.vedtak)
    assert len(computed.avsnitt) == len(moetesak["innstilling_avsnitt"]) == 5


def postponed() -> tuple[Beregning, Protokoll]:
    moetesak = facts("Finans", "2019-05-09")
    protokoll = Protokoll("2019-05-09", moetesak["sak"])
    computed = konsolider(
        saksframlegg(),
        moved(moetesak, protokoll),
        unanimous(proposal("P3")),
        [],
        Organ("Finans- og næringskomiteen"),
        Behandlingstype.INNSTILLING,
        regler_for(dt.date(2019, 5, 9)),
    )
    return computed, protokoll


def test_a_postponed_case_carries_its_text_and_ends_the_other_proposals() -> None:
    computed, protokoll = postponed()
    assert computed.prosedyre is not None
    assert computed.mangler == ()
    assert computed.forslagsutfall == {
        "P1": Forslagsstatus.BORTFALT,
        "P2": Forslagsstatus.BORTFALT,
        "P3": Forslagsstatus.VEDTATT,
    }
    assert computed.blokker[1:] == protokoll.vedtak[1:]


def test_the_words_that_the_committee_dropped_are_the_only_difference() -> None:
    computed, protokoll = postponed()
    [difference] = forskjell(computed.blokker, protokoll.vedtak)
    assert difference == Forskjell(to_notation(computed.blokker[:1]), to_notation(protokoll.vedtak[:1]))
    assert str(difference.beregnet).startswith(str(difference.redigert).rstrip("."))


# The councils


def mangfoldsraadet(rekkefoelge: Sequence[str] | None) -> tuple[Beregning, Protokoll]:
    moetesak = facts("Mangfoldsrådet", "2019-03-26")
    protokoll = Protokoll("2019-03-26", moetesak["sak"])
    computed = konsolider(
        [],
        moved(moetesak, protokoll),
        unanimous(proposal("P1"), proposal("P2")),
        [],
        Organ("Mangfoldsrådet"),
        Behandlingstype.UTTALELSE,
        regler_for(dt.date(2019, 3, 26)),
        rekkefoelge,
    )
    return computed, protokoll


def test_mangfoldsraadet_with_the_order_that_its_secretary_chose() -> None:
    order = facts("Mangfoldsrådet", "2019-03-26")["vedtak_rekkefoelge"]
    keys = {"Mohamed": "P1", "Elmi": "P2"}
    computed, protokoll = mangfoldsraadet([keys[name] for name in order])
    assert computed.mangler == ()
    assert to_notation(computed.blokker) == to_notation(protokoll.vedtak)


def test_mangfoldsraadet_without_it_differs_by_one_paragraph_moved() -> None:
    computed, protokoll = mangfoldsraadet(None)
    changes = forskjell(computed.blokker, protokoll.vedtak)
    taken_out = [change.beregnet for change in changes if change.redigert is None]
    put_in = [change.redigert for change in changes if change.beregnet is None]
    assert len(changes) == 2
    assert taken_out == put_in


def test_kfu_takes_note_and_its_secretary_put_the_verb_in_the_present() -> None:
    protokoll = Protokoll("2019-03-26", "11/19")
    [text] = [line for line in protokoll.notater.splitlines() if line.strip()]
    forslag = Forslag("P1", 1, Forslagstype.TILLEGG, parse_notation(text), (Stiller("Rådets medlemmer"),))
    organ = Organ("Kommunalt råd for mennesker med nedsatt funksjonsevne")
    rules = regler_for(dt.date(2019, 3, 26))
    computed = konsolider([], [forslag], unanimous(proposal("P1")), [], organ, Behandlingstype.UTTALELSE, rules)
    [difference] = forskjell(computed.blokker, protokoll.vedtak)
    assert difference == Forskjell(text, to_notation(protokoll.vedtak))


def test_studentraadet_with_its_own_opening_words() -> None:
    moetesak = facts("Trondheim Studentråd", "2019-03-26")
    protokoll = Protokoll("2019-03-26", moetesak["sak"])
    own = replace(BOKMAAL, innledning={Behandlingstype.UTTALELSE: ("{organ} avgir følgende", "UTTALELSE:")})
    computed = konsolider(
        [],
        moved(moetesak, protokoll),
        unanimous(proposal("P1")),
        [],
        Organ("Trondheim studentråd"),
        Behandlingstype.UTTALELSE,
        regler_for(dt.date(2019, 3, 26)),
        ordlyd=own,
    )
    assert words(computed.blokker) == words(protokoll.vedtak)


def test_ungdommens_bystyre_agrees_without_a_ballot() -> None:
    protokoll = Protokoll("2019-04-02", "8/19")
    text = [line for line in protokoll.notater.splitlines() if line.strip()][-1]
    forslag = Forslag("P1", 1, Forslagstype.TILLEGG, parse_notation(text))
    agreed = Voteringsdata(1, Voteringsform.ENIGHET, (proposal("P1"),))
    computed = konsolider(
        [],
        [forslag],
        [agreed],
        [],
        Organ("Ungdommens bystyre"),
        Behandlingstype.UTTALELSE,
        regler_for(dt.date(2019, 4, 2)),
    )
    assert computed.mangler == ()
    assert to_notation(computed.blokker) == to_notation(protokoll.vedtak)
