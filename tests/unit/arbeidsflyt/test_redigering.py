"""Editing a definition: the canonical file, the form, what it changes in words, and what is kept."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from webob.multidict import MultiDict

from saksbehandling.arbeidsflyt.forskjell import ANNET, forskjell
from saksbehandling.arbeidsflyt.lager import lagre
from saksbehandling.arbeidsflyt.redigering import (
    Forsoek,
    aapne,
    lagre_versjon,
    proev_fil,
    proev_gammel,
    proev_skjema,
)
from saksbehandling.arbeidsflyt.scxml import canonical, parse
from saksbehandling.arbeidsflyt.skjema import Skjema
from saksbehandling.assembly import shipped_workflows
from saksbehandling.errors import Conflict, Refusal
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.definition import Definition, Lagring, fingerprint
from saksbehandling.workflow_engine.registry import Registry

FLYTER = [chart.id for chart in Registry.load().charts()]
TREKK = re.compile(rb'<transition event="trekk"[^>]*>')
OEY = b'<state id="oey"><sb:tittel nb="A" nn="A" en="A"/></state></scxml>'
BOMBE = b"<!DOCTYPE scxml [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
SISTE_LINJE = (Path(__file__).parents[3] / "workflows" / "politisk_sak.scxml").read_bytes().rstrip().count(b"\n") + 1
LAGRING = Lagring("Guri <Bryterud>", dt.datetime(2019, 8, 29, 10, tzinfo=dt.UTC), 7)


@pytest.fixture
def registry() -> Registry:
    return shipped_workflows()


def content(registry: Registry, flyt: str) -> bytes:
    return definition(registry, flyt).content


def definition(registry: Registry, flyt: str, versjon: int | None = None) -> Definition:
    found = registry.definition(registry.chart(flyt, versjon))
    assert found is not None
    return found


def posted(skjema: Skjema) -> MultiDict[str, str]:
    """What a browser sends of the form as it is shown."""
    post: MultiDict[str, str] = MultiDict(slutt="ja")
    for row in (skjema.tittel, *skjema.tilstander, *skjema.hendelser, *skjema.roller):
        for language, text in row.titler.items():
            post[f"{row.navn}-{language}"] = text
    for way in skjema.overganger:
        for role in sorted(way.roller):
            post.add(way.navn, role)
    for permission in (row for rows in skjema.tillatelser.values() for row in rows):
        for role in sorted(permission.roller):
            post.add(permission.navn, role)
        if permission.egen and permission.tilstand:
            post[f"{permission.navn}-egen"] = "ja"
    for deadline in skjema.frister:
        post[f"{deadline.navn}-dager"], post[f"{deadline.navn}-kilde"] = deadline.dager, deadline.kilde
    return post


def post_for(registry: Registry, flyt: str = "politisk_sak") -> tuple[Chart, MultiDict[str, str]]:
    chart = registry.chart(flyt)
    return chart, posted(aapne(registry, chart))


def tried(registry: Registry, *changes: tuple[str, str | list[str]], flyt: str = "politisk_sak") -> Forsoek:
    """The form of the newest version with other values in some fields; a list for boxes, empty for none ticked."""
    chart, post = post_for(registry, flyt)
    for name, value in changes:
        post.pop(name, None)
        while name in post:
            del post[name]
        for each in [value] if isinstance(value, str) else value:
            post.add(name, each)
    return proev_skjema(registry, chart, post)[1]


def way(registry: Registry, hendelse: str, tilstand: str) -> str:
    """The field of a transition."""
    rows = aapne(registry, registry.chart("politisk_sak")).overganger
    return next(row.navn for row in rows if (row.hendelse, row.tilstand) == (hendelse, tilstand))


# --- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flyt", FLYTER)
def test_the_canonical_file_says_the_same_and_is_written_the_same_again(registry: Registry, flyt: str) -> None:
    before = content(registry, flyt)
    after = canonical(parse(before))
    assert fingerprint(after) == fingerprint(before)
    assert canonical(parse(after)) == after
    assert before.count(b"<!--") == after.count(b"<!--")
    assert after.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<!--')


# --- the form -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flyt", FLYTER)
def test_a_form_that_is_sent_as_it_was_changes_nothing(registry: Registry, flyt: str) -> None:
    chart, post = post_for(registry, flyt)
    forsoek = proev_skjema(registry, chart, post)[1]
    assert forsoek.grunner == ()
    assert forsoek.endringer == ()
    assert forsoek.definisjon is not None
    assert forsoek.definisjon.chart.versjon == chart.versjon + 1
    same = forsoek.definisjon.content.replace(b'sb:versjon="2"', b'sb:versjon="1"')
    assert fingerprint(same) == fingerprint(content(registry, flyt))


CHANGES = [
    (
        [("tilstand-utredning-nb", "  Forberedelse\n")],
        ["Tilstanden «Utredning» heter nå «Forberedelse» på bokmål, ikke lenger «Utredning»."],
    ),
    (
        [("tittel-en", "Council case")],
        ["Arbeidsflyten heter nå «Council case» på engelsk, ikke lenger «Political case»."],
    ),
    (
        [("rolle-leder-nb", "enhetsleder")],
        ["Rollen «leder» heter nå «enhetsleder» på bokmål, ikke lenger «leder»."],
    ),
    (
        [("hendelse-godkjenn-nn", "Godkjenn")],
        ["Hendelsen «Godkjenn saksframlegget» heter nå «Godkjenn» på nynorsk, ikke lenger «Godkjenn saksframlegget»."],
    ),
    (
        [("frist-til_uttalelse-uttalelsesfrist-dager", "56")],
        [
            "Fristen i «Til uttalelse» er nå 56 dager, ikke lenger 42. "
            "Kilden er fortsatt «Kommunens utgangspunkt; "
            "loven sier bare at rådene skal få saken i tide til å påvirke den».",
        ],
    ),
    (
        [
            ("frist-til_uttalelse-uttalelsesfrist-dager", "56"),
            ("frist-til_uttalelse-uttalelsesfrist-kilde", "Reglement for råd § 4"),
        ],
        [
            "Fristen i «Til uttalelse» er nå 56 dager, ikke lenger 42.",
            "Kilden for fristen i «Til uttalelse» er nå «Reglement for råd § 4».",
        ],
    ),
    (
        [("frist-til_uttalelse-uttalelsesfrist-kilde", "Reglement for råd § 4")],
        ["Kilden for fristen i «Til uttalelse» er nå «Reglement for råd § 4»."],
    ),
    (
        [("tillatelse-rediger_saksframlegg-til_godkjenning", ["kommunedirektoer"])],
        [
            "Kommunedirektør kan nå endre saksframlegget i «Til godkjenning».",
            "Leder kan ikke lenger endre saksframlegget i «Til godkjenning».",
        ],
    ),
    (
        [("tillatelse-les_utkast-", ["saksbehandler", "leder", "kommunedirektoer", "sekretariat"])],
        ["Arkivar kan ikke lenger lese utkast i"],
    ),
    (
        [
            ("tillatelse-publiser-oppfoelging-egen", "ja"),
            ("tillatelse-publiser-oppfoelging", ["sekretariat", "arkivar"]),
        ],
        ["Politisk sekretariat og arkivar kan nå publisere i «Oppfølging»."],
    ),
    (
        [("tillatelse-rediger_saksliste-komite-egen", [])],
        ["Politisk sekretariat kan ikke lenger endre sakslisten i «Klar for komiteen», «I komiteen» og"],
    ),
]


@pytest.mark.parametrize(("changes", "sentences"), CHANGES, ids=lambda value: str(value[0])[:60])
def test_what_changes_is_said_in_words(
    registry: Registry, changes: list[tuple[str, str | list[str]]], sentences: list[str]
) -> None:
    forsoek = tried(registry, *changes)
    assert forsoek.grunner == ()
    assert len(forsoek.endringer) == len(sentences)
    assert all(said.startswith(sentence) for said, sentence in zip(forsoek.endringer, sentences, strict=True))


def test_roles_of_a_transition_are_changed(registry: Registry) -> None:
    field = way(registry, "Godkjenn saksframlegget", "Til godkjenning")
    assert tried(registry, (field, ["leder", "saksbehandler"])).endringer == (
        "Saksbehandler kan nå velge «Godkjenn saksframlegget» i «Til godkjenning».",
        "Kommunedirektør kan ikke lenger velge «Godkjenn saksframlegget» i «Til godkjenning».",
    )


def test_the_system_keeps_what_it_could_do(registry: Registry) -> None:
    chart, post = post_for(registry, "innbyggerforslag")
    forsoek = proev_skjema(registry, chart, post)[1]
    assert forsoek.definisjon is not None
    assert [way.roller for way in forsoek.definisjon.chart.transitions] == [way.roller for way in chart.transitions]


FAULTS = [
    ([("tilstand-utredning-nb", " ")], "Tittelen på «Utredning» mangler på bokmål.", "tilstand-utredning-nb"),
    ([("tilstand-aapen-nb", "Åpen")], "Tittelen på tilstanden mangler på nynorsk.", "tilstand-aapen-nn"),
    ([("tittel-nb", "x" * 201)], "kan ha høyst 200 tegn", "tittel-nb"),
    ([("hendelse-trekk-en", "")], "Tittelen på «Trekk saken» mangler på engelsk.", "hendelse-trekk-en"),
    ([("frist-til_uttalelse-uttalelsesfrist-dager", "seks uker")], "et helt antall dager", None),
    ([("frist-til_uttalelse-uttalelsesfrist-dager", "-4")], "et helt antall dager", None),
    ([("slutt", [])], "Skjemaet kom ikke helt fram", None),
]


@pytest.mark.parametrize(("changes", "message", "field"), FAULTS)
def test_what_cannot_be_used_is_told_with_its_field(
    registry: Registry, changes: list[tuple[str, str | list[str]]], message: str, field: str | None
) -> None:
    forsoek = tried(registry, *changes)
    assert any(message in grunn.text for grunn in forsoek.grunner)
    assert field is None or field in [grunn.felt for grunn in forsoek.grunner]
    assert forsoek.definisjon is None


def test_a_transition_that_nobody_could_take_is_refused(registry: Registry) -> None:
    field = way(registry, "Godkjenn saksframlegget", "Til godkjenning")
    (grunn,) = tried(registry, (field, [])).grunner
    assert grunn.felt == field


def test_roles_that_are_not_declared_are_nobody(registry: Registry) -> None:
    field = way(registry, "Godkjenn saksframlegget", "Til godkjenning")
    assert tried(registry, (field, ["system", 'x" sb:roller="leder'])).grunner


def test_what_xml_cannot_hold_is_left_out_and_markup_is_text(registry: Registry) -> None:
    forsoek = tried(registry, ("tilstand-utredning-nb", "<b>&amp;\x00\x1b\ud800 --> Å</b>"))
    assert forsoek.definisjon is not None
    assert forsoek.definisjon.chart.title("utredning") == "<b>&amp; --> Å</b>"


def test_the_findings_are_the_reasons_without_the_name_of_a_file_that_is_not_there(registry: Registry) -> None:
    chart, post = post_for(registry)
    without_guards = Registry.load()
    forsoek = proev_skjema(without_guards, chart, post)[1]
    assert forsoek.grunner
    assert all("er ikke registrert" in grunn.text for grunn in forsoek.grunner)
    assert not any("politisk_sak.2.scxml" in grunn.text for grunn in forsoek.grunner)


def test_what_was_typed_is_shown_again(registry: Registry) -> None:
    chart, post = post_for(registry)
    post["tilstand-utredning-nb"], post["frist-til_uttalelse-uttalelsesfrist-dager"] = "", "seks"
    skjema, _ = proev_skjema(registry, chart, post)
    assert skjema.tilstander[2].titler["nb"] == ""
    assert skjema.frister[0].dager == "seks"


# --- what is kept ---------------------------------------------------------------------------------------------------


def test_a_good_change_becomes_the_next_version(registry: Registry, tmp_path: Path) -> None:
    folder = tmp_path / "arbeidsflyt"
    first = registry.chart("politisk_sak")
    chart = lagre_versjon(registry, folder, tried(registry, ("tilstand-utredning-nb", "Klargjøring")), LAGRING)
    assert (chart.versjon, chart.title("utredning")) == (2, "Klargjøring")
    assert registry.chart("politisk_sak") is chart
    assert registry.chart("politisk_sak", 1) is first
    assert [file.name for file in folder.iterdir()] == ["politisk_sak.2.scxml"]
    assert definition(registry, "politisk_sak").lagret == LAGRING
    again = shipped_workflows()
    again.load_folder(folder)
    assert again.chart("politisk_sak").title("utredning") == "Klargjøring"


def test_the_next_change_builds_on_it(registry: Registry, tmp_path: Path) -> None:
    for number, name in ((2, "Klargjøring"), (3, "Forarbeid")):
        chart = lagre_versjon(registry, tmp_path, tried(registry, ("tilstand-utredning-nb", name)), LAGRING)
        assert (chart.versjon, chart.title("utredning")) == (number, name)
    assert definition(registry, "politisk_sak").content.count(b"<sb:lagret ") == 1


@pytest.mark.parametrize("changes", [[], [("tilstand-utredning-nb", "")]])
def test_nothing_is_kept_of_what_is_wrong_or_no_change(
    registry: Registry, tmp_path: Path, changes: list[tuple[str, str | list[str]]]
) -> None:
    with pytest.raises(Refusal):
        lagre_versjon(registry, tmp_path / "arbeidsflyt", tried(registry, *changes), LAGRING)
    assert not (tmp_path / "arbeidsflyt").exists()
    assert registry.chart("politisk_sak").versjon == 1


@pytest.mark.parametrize("step", ["fsync", "fchmod", "link"])
def test_what_stops_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def stop(*_arguments: object) -> None:
        raise OSError("disken er full")

    monkeypatch.setattr(os, step, stop)
    with pytest.raises(OSError, match="disken er full"):
        lagre(tmp_path, "flyt", 2, b"en")
    assert list(tmp_path.iterdir()) == []


def test_a_version_is_written_once(tmp_path: Path) -> None:
    lagre(tmp_path, "flyt", 2, b"en")
    with pytest.raises(Conflict, match="Versjon 2 er alt lagret"):
        lagre(tmp_path, "flyt", 2, b"to")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("flyt.2.scxml", b"en")]


# --- a file, and an earlier version ---------------------------------------------------------------------------------

DAARLIGE = [
    (lambda fil: b"", "ny.scxml:1: filen er ikke gyldig XML"),
    (lambda fil: fil[: len(fil) // 2], "filen er ikke gyldig XML"),
    (lambda fil: BOMBE + fil[fil.index(b"<scxml") :], "ny.scxml:1: filen har en DOCTYPE"),
    (lambda fil: fil + b" " * 10_000_000, "En definisjon kan ha høyst 524288 byte"),
    (lambda fil: fil.replace(b'target="avsluttet"', b'target="borte"'), "«borte», som ikke finnes"),
    (lambda fil: fil.replace(b'cond="', b'cond="finnes_ikke and ', 1), "«finnes_ikke» er ikke registrert"),
    (lambda fil: fil.replace(b'cond="', b'cond="__import__(1) and ', 1), "«__import__»"),
    (lambda fil: fil.replace(b'name="politisk_sak"', b'name="noe"'), "ny.scxml er arbeidsflyten «noe», ikke"),
    (lambda fil: fil.replace(b"</scxml>", OEY), f"ny.scxml:{SISTE_LINJE}: tilstanden «oey» kan aldri nås"),
    (lambda fil: fil.replace(b"</scxml>", b"<script>1</script></scxml>"), "elementet <script> støttes ikke"),
    (lambda fil: fil.replace(b"</scxml>", b'<sb:lagret av="A" tid="i fjor"/></scxml>'), "er ikke et tidspunkt"),
]


@pytest.mark.parametrize(("worsen", "message"), DAARLIGE, ids=[message for _, message in DAARLIGE])
def test_a_bad_file_is_refused_naming_the_place(
    registry: Registry, worsen: Callable[[bytes], bytes], message: str
) -> None:
    forsoek = proev_fil(registry, registry.chart("politisk_sak"), "ny.scxml", worsen(content(registry, "politisk_sak")))
    assert any(message in str(grunn) for grunn in forsoek.grunner)
    assert forsoek.definisjon is None


NY_TILSTAND = b'<final id="lagt_bort"><sb:tittel nb="Lagt bort" nn="Lagd bort" en="Set aside"/></final>'
NY_VEI = b'<transition event="legg_bort" target="lagt_bort" sb:roller="sekretariat"/>'
NY_HENDELSE = b'<sb:hendelse navn="legg_bort" nb="Legg bort" nn="Legg bort" en="Set aside"/>'


def test_what_a_file_changes_of_the_structure_is_said_in_words(registry: Registry) -> None:
    file = content(registry, "politisk_sak")
    for before, new in ((b'<final id="trukket"', NY_TILSTAND), (b"<sb:hendelse ", NY_HENDELSE)):
        file = file.replace(before, new + before, 1)
    file = TREKK.sub(lambda found: NY_VEI + found[0], file, count=1)
    forsoek = proev_fil(registry, registry.chart("politisk_sak"), "ny.scxml", file)
    assert forsoek.grunner == ()
    said = set(forsoek.endringer)
    assert {"Hendelsen «Legg bort» er ny.", "Tilstanden «Lagt bort» er ny."} <= said
    assert any(each.startswith("«Legg bort» i «") and each.endswith("» er ny.") for each in said)
    assert forsoek.definisjon is not None
    back = set(forskjell(forsoek.definisjon, definition(registry, "politisk_sak")))
    assert {"Hendelsen «Legg bort» er tatt bort.", "Tilstanden «Lagt bort» er tatt bort."} <= back


def test_a_change_that_has_no_sentence_of_its_own_is_told_of_all_the_same(registry: Registry) -> None:
    file = content(registry, "reguleringsplan").replace(b'paakrevd="true"', b'paakrevd="false"', 1)
    forsoek = proev_fil(registry, registry.chart("reguleringsplan"), "ny.scxml", file)
    assert forsoek.endringer == (ANNET,)


def test_an_earlier_version_can_be_the_next_one(registry: Registry, tmp_path: Path) -> None:
    lagre_versjon(registry, tmp_path, tried(registry, ("tilstand-utredning-nb", "Klargjøring")), LAGRING)
    newest, first = registry.chart("politisk_sak"), registry.chart("politisk_sak", 1)
    forsoek = proev_gammel(registry, newest, first)
    assert forsoek.endringer == ("Tilstanden «Klargjøring» heter nå «Utredning» på bokmål, ikke lenger «Klargjøring».",)
    chart = lagre_versjon(registry, tmp_path, forsoek, replace(LAGRING, gjenoppretter=1))
    assert (chart.versjon, chart.title("utredning")) == (3, "Utredning")
    assert definition(registry, "politisk_sak").lagret == replace(LAGRING, gjenoppretter=1)
    assert definition(registry, "politisk_sak").innhold == definition(registry, "politisk_sak", 1).innhold
    assert proev_gammel(registry, chart, first).endringer == ()


def test_a_bad_file_put_there_by_hand_stops_the_saving_with_a_message(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "slurv.scxml").write_bytes(b"<scxml")
    with pytest.raises(Refusal, match=r"slurv\.scxml:1"):
        lagre_versjon(registry, tmp_path, tried(registry, ("tilstand-utredning-nb", "Klargjøring")), LAGRING)
    assert [file.name for file in tmp_path.iterdir()] == ["slurv.scxml"]
