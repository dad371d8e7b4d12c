"""Two people at once: the second meets a conflict, and what the first recorded stands."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from factories import raad
from saksbehandling.assembly import Parts
from saksbehandling.config import Settings
from saksbehandling.errors import Conflict
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Mappetype, Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.services import Voteringsinndata, forslag_i, voteringer_i

TEKST = parse_notation("Kaia får lys.")


@pytest.fixture
def parts(settings: Settings) -> Iterator[Parts]:
    deler = Parts(lambda: settings)
    yield deler
    deler.close()


@pytest.fixture
def moetesak_id(parts: Parts) -> int:
    with parts.session() as session:
        tj = Tjenester(parts.felles, session)
        moetesak = raad.behandling(tj, raad.utvalg(session), raad.sak(tj))
        _fremsett(tj, moetesak)
        return moetesak.id


def _fremsett(tj: Tjenester, moetesak: Moetesak) -> object:
    return tj.forslag.fremsett(moetesak, Forslagstype.TILLEGG, TEKST, [raad.stiller(tj, moetesak.utvalg, "Ap")])


def _voter(tj: Tjenester, moetesak: Moetesak) -> object:
    objekter = raad.segmenter(moetesak)
    return tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, objekter, enstemmig=True))


def _trekk(tj: Tjenester, moetesak: Moetesak) -> object:
    forslag: Forslag = forslag_i(tj.session, moetesak)[0]
    return tj.forslag.trekk(forslag)


def _noter(tj: Tjenester, moetesak: Moetesak) -> object:
    return tj.moeter.noter(moetesak, TEKST)


def _merk(tj: Tjenester, moetesak: Moetesak) -> object:
    return tj.forslag.merk(moetesak, TEKST, raad.stiller(tj, moetesak.utvalg, "SV"))


def _utsett(tj: Tjenester, moetesak: Moetesak) -> object:
    return tj.moeter.utsett(moetesak, raad.SEKRETAER, None)


HANDLINGER = [_fremsett, _voter, _trekk, _noter, _merk, _utsett]
Handling = Callable[[Tjenester, Moetesak], object]


@pytest.mark.parametrize("handling", HANDLINGER, ids=lambda en: en.__name__.strip("_"))
def test_who_saw_an_older_page_meets_a_conflict(parts: Parts, moetesak_id: int, handling: Handling) -> None:
    """Both opened the page; the first sends the form in, then the second."""
    with parts.reading() as session:
        sett = session.get_one(Moetesak, moetesak_id).radversjon
    with parts.session() as session:
        _noter(Tjenester(parts.felles, session), session.get_one(Moetesak, moetesak_id))
    with pytest.raises(Conflict):
        _send_inn(parts, moetesak_id, sett, handling)
    assert _innhold(parts, moetesak_id) == (1, 0, 1, Moetesaksutfall.AAPEN)


def _send_inn(parts: Parts, moetesak_id: int, sett: int, handling: Handling) -> None:
    """What a form does: look whether the page is still the one that was seen, then record, or nothing."""
    with parts.session() as session:
        tj, moetesak = Tjenester(parts.felles, session), session.get_one(Moetesak, moetesak_id)
        tj.moeter.krev_uendret(moetesak, sett)
        handling(tj, moetesak)


@pytest.mark.postgresql
@pytest.mark.parametrize("handling", HANDLINGER, ids=lambda en: en.__name__.strip("_"))
def test_two_who_write_at_the_same_moment(parts: Parts, moetesak_id: int, handling: Handling) -> None:
    """Both have read the same version in transactions that are open; on SQLite the second cannot even begin."""
    if parts.engine.dialect.name != "postgresql":
        pytest.skip("i SQLite venter den andre til den første er ferdig")
    with parts.session_factory() as en, parts.session_factory() as to:
        mine, deres = (session.get_one(Moetesak, moetesak_id) for session in (en, to))
        assert mine.radversjon == deres.radversjon
        _noter(Tjenester(parts.felles, en), mine)
        en.commit()
        with pytest.raises(Conflict):
            handling(Tjenester(parts.felles, to), deres)
        to.rollback()
    assert _innhold(parts, moetesak_id) == (1, 0, 1, Moetesaksutfall.AAPEN)


def _innhold(parts: Parts, moetesak_id: int) -> tuple[int, int, int, Moetesaksutfall]:
    with parts.reading() as session:
        moetesak = session.get_one(Moetesak, moetesak_id)
        antall = (len(forslag_i(session, moetesak)), len(voteringer_i(session, moetesak)), len(moetesak.notater))
        return (*antall, moetesak.utfall)


def test_many_at_once_lose_nothing(parts: Parts, moetesak_id: int) -> None:
    """Eight send in a proposal at the same time, and try again as long as they meet a conflict."""
    start = threading.Barrier(8)

    def send_inn() -> None:
        start.wait()
        while True:
            try:
                with parts.session() as session:
                    _fremsett(Tjenester(parts.felles, session), session.get_one(Moetesak, moetesak_id))
                return
            except Conflict:
                continue

    _samtidig(send_inn, 8)
    with parts.reading() as session:
        forslag = forslag_i(session, session.get_one(Moetesak, moetesak_id))
        assert [rad.nummer for rad in forslag] == list(range(1, 10))
        assert sorted(rad.rekkefoelge for rad in forslag) == list(range(1, 10))


def test_cases_opened_at_once_get_numbers_of_their_own(parts: Parts) -> None:
    start = threading.Barrier(4)

    def opprett() -> None:
        start.wait()
        while True:
            try:
                with parts.session() as session:
                    Tjenester(parts.felles, session).saker.opprett("Ny kai", raad.HVEM)
                return
            except Conflict:
                continue

    _samtidig(opprett, 4)
    with parts.reading() as session:
        assert sorted(session.scalars(sa.select(Saksmappe.sakssekvensnummer))) == [1, 2, 3, 4]


def test_protocols_of_one_body_that_are_kept_at_once_share_a_case(parts: Parts) -> None:
    with parts.session() as session:
        tj = Tjenester(parts.felles, session)
        styret, ider = raad.utvalg(session), []
        for dag in (3, 10, 17):
            moetesak = raad.vedta(tj, raad.behandling(tj, styret, raad.sak(tj), dt.date(2019, 5, dag)))
            protokoll = tj.moeteprotokoller.legg_fram(moetesak.moete, raad.SEKRETAER)
            tj.moetegodkjenning.godkjenn(protokoll, raad.SEKRETAER)
            ider.append(moetesak.moete.id)
    start, koe = threading.Barrier(6), iter([*ider, *ider])

    def arkiver() -> None:
        moete_id = next(koe)
        start.wait()
        with parts.session() as session:
            Tjenester(parts.felles, session).moetearkiv.arkiver(session.get_one(Moete, moete_id))

    _samtidig(arkiver, 6)
    with parts.reading() as session:
        (mappe,) = session.scalars(sa.select(Saksmappe).where(Saksmappe.mappetype == Mappetype.MOETER))
        assert [post.journalpostnummer for post in mappe.journalposter] == [1, 2, 3]
        assert {len(post.dokumenter[0].versjoner) for post in mappe.journalposter} == {1}


def test_two_statements_that_finish_at_once_both_count(parts: Parts) -> None:
    with parts.session() as session:
        tj = Tjenester(parts.felles, session)
        sak = raad.sak(tj, godkjent=False)
        tj.saker.hendelse(sak, "send_til_uttalelse", raad.SEKRETAER)
        sak_id = sak.id
        ider = [_til_uttalelse(tj, sak, navn) for navn in ("Eldrerådet", "Ungdomsrådet")]
    start = threading.Barrier(2)
    koe = iter(ider)

    def avgi() -> None:
        moetesak_id = next(koe)
        start.wait()
        while True:
            try:
                with parts.session() as session:
                    Tjenester(parts.felles, session).vedtak.fatt(session.get_one(Moetesak, moetesak_id), raad.SEKRETAER)
                return
            except Conflict:
                continue

    _samtidig(avgi, 2)
    with parts.reading() as session:
        tj = Tjenester(parts.felles, session)
        flyt = session.get_one(Saksmappe, sak_id).flyt
        assert flyt is not None
        assert [rad.hendelse for rad in tj.flyt.history(flyt)].count("uttalelse.avgitt") == 2
        assert {session.get_one(Moetesak, en).utfall for en in ider} == {Moetesaksutfall.BEHANDLET}


def _til_uttalelse(tj: Tjenester, sak: Saksmappe, navn: str) -> int:
    moetesak = raad.behandling(tj, raad.raad(tj.session, navn), sak)
    forslag = tj.forslag.fremsett(moetesak, Forslagstype.TILLEGG, TEKST, [raad.stiller(tj, moetesak.utvalg, "Ap")])
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, [forslag], enstemmig=True))
    return moetesak.id


def _samtidig(arbeid: Callable[[], None], antall: int) -> None:
    """Run it in so many threads; what one of them raises fails the test."""
    feil: list[BaseException] = []

    def trygt() -> None:
        try:
            arbeid()
        except BaseException as unntak:
            feil.append(unntak)

    traader = [threading.Thread(target=trygt) for _ in range(antall)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    assert feil == []


def test_who_only_reads_is_in_nobodys_way(parts: Parts, moetesak_id: int) -> None:
    with parts.reading() as leser:
        assert leser.get_one(Moetesak, moetesak_id).notater == []
        with parts.session() as session:
            _noter(Tjenester(parts.felles, session), session.get_one(Moetesak, moetesak_id))
    assert _innhold(parts, moetesak_id)[2] == 1
