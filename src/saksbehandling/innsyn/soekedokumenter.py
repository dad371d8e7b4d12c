"""What the search index holds of a case: itself, its treatments, proposals, remarks, ballots and decisions, what these
ask for, and its documents.

Every document carries the readers of the thing it is about, from the one permission check; a screened case's index
documents are read by the few, and what everybody may see of it is a document of its own without the screened words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from saksbehandling.identity.rules import ALLE
from saksbehandling.innsyn.adresser import behandlingsadresse, oppfoelgingsadresse, saksadresse
from saksbehandling.innsyn.vedtakssetning import tapernes_partier
from saksbehandling.moete.models import Moete, Moetesak, Saksliste
from saksbehandling.richtext import plain_text
from saksbehandling.saksmappe.models import Dokument, Journalpost, Saksmappe
from saksbehandling.search_engine.model import Document
from saksbehandling.vedtak.models import Oppfoelging, Vedtak
from saksbehandling.vedtak.oppfoelging import oppfoelging_av
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Tilfoerselsstatus, Voteringsform
from saksbehandling.votering.models import Forslag, Merknad, Votering
from saksbehandling.votering.services import forslag_i, merknader_i, voteringer_i
from saksbehandling.votering.services_tilfoersel import tilfoersler_i


def dokumenter_for(session: Session, saksmappe_id: int) -> list[Document]:
    """Every index document of a case, as it stands now. Empty when the case is gone."""
    sak = session.get(Saksmappe, saksmappe_id)
    if sak is None:
        return []
    behandlinger = behandlinger_av(session, sak)
    return [
        *_saken(sak),
        *(dokument for moetesak in behandlinger for dokument in _behandlingen(session, moetesak)),
        *(_dokumentet(dokument) for dokument in _dokumenter_i(session, sak) if dokument.tekst),
    ]


def behandlinger_av(session: Session, sak: Saksmappe) -> list[Moetesak]:
    """The treatments of a case in time order."""
    soek = sa.select(Moetesak).join(Saksliste).join(Moete).where(Moetesak.saksmappe_id == sak.id)
    return list(session.scalars(soek.order_by(Moete.dato, Moetesak.id)))


def _dokumenter_i(session: Session, sak: Saksmappe) -> list[Dokument]:
    soek = (
        sa.select(Dokument).join(Journalpost).where(Journalpost.saksmappe_id == sak.id).options(undefer(Dokument.tekst))
    )
    return list(session.scalars(soek.order_by(Journalpost.journalpostnummer, Dokument.dokumentnummer)))


def _saken(sak: Saksmappe) -> Iterator[Document]:
    # A draft is for those who write it (offentleglova § 14); the case itself may be public already.
    framlegg = next((ett for ett in reversed(sak.saksframlegg) if ett.godkjent), None)
    hele = Document(
        id=f"sak:{sak.id}",
        type="sak",
        tittel=sak.tittel,
        tekst=plain_text(framlegg.innhold) if framlegg else "",
        nummer=(sak.saksnummer,),
        utvalg="",
        dato=sak.opprettet_dato,
        personer=(),
        partier=(),
        resultat=sak.saksstatus.value,
        saksbehandler=sak.saksansvarlig.navn if sak.saksansvarlig else "",
        url=saksadresse(sak),
        sak_id=str(sak.id),
        lesere=sak.lesere,
    )
    yield hele
    if ALLE not in sak.lesere and sak.publisert is not None:
        yield replace(
            hele,
            id=f"sak-offentlig:{sak.id}",
            tittel=sak.offentlig_tittel,
            tekst="",
            saksbehandler="",
            lesere=frozenset({ALLE}),
        )


def _behandlingen(session: Session, moetesak: Moetesak) -> Iterator[Document]:
    forslagene = forslag_i(session, moetesak)
    merknadene = merknader_i(session, moetesak)
    stillerne = [stiller.navn for forslag in forslagene for stiller in forslag.stillere]
    tilfoerslene = [rad for rad in tilfoersler_i(session, moetesak) if rad.status is Tilfoerselsstatus.TATT_INN]
    felles = Document(
        id=f"behandling:{moetesak.id}",
        type="behandling",
        tittel=moetesak.tittel,
        tekst="\n".join(
            plain_text(blokker)
            for blokker in (*(rad.blokker for rad in moetesak.notater), *(rad.blokker for rad in tilfoerslene))
        ),
        nummer=(moetesak.saksnummer, moetesak.saksmappe.saksnummer),
        utvalg=moetesak.utvalg.navn,
        dato=moetesak.moete.dato,
        personer=tuple(dict.fromkeys((*stillerne, *(rad.navn for rad in tilfoerslene)))),
        partier=(),
        resultat=moetesak.resultat or "",
        saksbehandler=moetesak.saksmappe.saksansvarlig.navn if moetesak.saksmappe.saksansvarlig else "",
        url=behandlingsadresse(moetesak),
        sak_id=str(moetesak.saksmappe_id),
        lesere=moetesak.lesere,
    )
    voteringene = voteringer_i(session, moetesak)
    yield felles
    for forslag in forslagene:
        yield _forslaget(felles, forslag, voteringene)
    for merknad in merknadene:
        yield _merknaden(felles, merknad)
    for votering in voteringene:
        yield _voteringen(felles, votering)
    vedtak = vedtak_i(session, moetesak)
    if vedtak is not None:
        yield _vedtaket(felles, vedtak)
    for punkt in oppfoelging_av(session, moetesak):
        yield _oppfoelgingen(felles, punkt)


def _forslaget(felles: Document, forslag: Forslag, voteringer: Iterable[Votering]) -> Document:
    partier = [stiller.parti.kode for stiller in forslag.stillere if stiller.parti]
    partier += [paa_vegne.parti.kode for paa_vegne in forslag.paa_vegne_av]
    return replace(
        felles,
        id=f"forslag:{forslag.id}",
        type="forslag",
        tekst=plain_text(forslag.blokker),
        personer=tuple(stiller.navn for stiller in forslag.stillere),
        partier=tuple(dict.fromkeys(partier)),
        resultat=forslag.utfall.value,
        stemmer=_om_forslaget(forslag, voteringer),
        url=f"{felles.url}#forslag-{forslag.nummer}",
    )


def _merknaden(felles: Document, merknad: Merknad) -> Document:
    tilsluttet = [tilslutning.parti.kode for tilslutning in merknad.tilslutninger]
    return replace(
        felles,
        id=f"merknad:{merknad.id}",
        type="merknad",
        tekst=plain_text(merknad.blokker),
        personer=(merknad.person.navn,) if merknad.person else (),
        partier=(merknad.parti.kode, *tilsluttet),
        url=f"{felles.url}#merknad-{merknad.nummer}",
    )


def _om_forslaget(forslag: Forslag, voteringer: Iterable[Votering]) -> tuple[tuple[str, str], ...]:
    """How the votes fell where the question was for or against it; between two alternatives «mot» is not against."""
    egne = (
        votering
        for votering in voteringer
        if votering.voteringsform is Voteringsform.FOR_MOT
        and any(objekt.forslag_id == forslag.id for objekt in votering.objekter)
    )
    return tuple(dict.fromkeys(stemme for votering in egne for stemme in _stemmer(votering)))


def _stemmer(votering: Votering) -> tuple[tuple[str, str], ...]:
    """What is recorded of a ballot; nothing is inferred from seats. One of several alternatives is no «for»."""
    partier = [(stemmer.stemme.value, stemmer.parti.kode) for stemmer in votering.partistemmer]
    personer = [(rad.stemme.value, rad.person.navn) for rad in votering.personstemmer if rad.side is None]
    ganger = Counter(parti for _, parti in set(partier))
    delte = [("delt", parti) for parti, antall in ganger.items() if antall > 1]
    return (("enstemmig", "ja" if votering.enstemmig else "nei"), *dict.fromkeys(partier), *personer, *delte)


_UTFALL = {0: "vedtatt", 1: "falt", None: "prøvevotering"}


def _utfall(votering: Votering) -> str:
    if votering.alternativstemmer:
        return "vedtatt" if votering.vinner is not None else "ikke avgjort"
    return _UTFALL.get(votering.vinner, "")


def _voteringen(felles: Document, votering: Votering) -> Document:
    return replace(
        felles,
        id=f"votering:{votering.id}",
        type="votering",
        tekst=votering.setning,
        resultat=_utfall(votering),
        stemmer=_stemmer(votering),
        personer=tuple(stemme.person.navn for stemme in votering.personstemmer),
        partier=tapernes_partier(votering),
        url=f"{felles.url}#votering-{votering.nummer}",
    )


def _vedtaket(felles: Document, vedtak: Vedtak) -> Document:
    return replace(
        felles,
        id=f"vedtak:{vedtak.moetesak_id}",  # a corrected version takes its place
        type="vedtak",
        tekst="\n".join(plain_text(avsnitt.blokker) for avsnitt in vedtak.avsnitt),
        personer=(),
        url=f"{felles.url}#vedtak",
    )


def _oppfoelgingen(felles: Document, punkt: Oppfoelging) -> Document:
    return replace(
        felles,
        id=f"oppfoelging:{punkt.id}",
        type="oppfølging",
        tekst="\n".join(filter(None, (punkt.tekst, f"Ansvarlig: {punkt.ansvarlig}", punkt.svar))),
        personer=(),
        resultat=punkt.status.value,
        url=f"{oppfoelgingsadresse(punkt.vedtak.moetesak_id)}#punkt-{punkt.id}",
    )


def _dokumentet(dokument: Dokument) -> Document:
    post = dokument.journalpost
    sak = post.saksmappe
    return Document(
        id=f"dokument:{dokument.id}",
        type="dokument",
        tittel=dokument.tittel,
        tekst=plain_text(dokument.tekst or ()),
        nummer=(f"{sak.saksnummer}-{post.journalpostnummer}", sak.saksnummer),
        utvalg="",
        dato=post.dokumentdato,
        personer=(),
        partier=(),
        resultat="",
        url=f"{saksadresse(sak)}#dokument-{dokument.id}",
        sak_id=str(sak.id),
        lesere=dokument.lesere,
    )
