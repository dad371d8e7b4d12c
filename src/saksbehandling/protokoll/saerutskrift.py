"""The særutskrift as a letter: the decision sent to those whom it concerns, each entered in the case's journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saksbehandling.clock import SystemClock
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import Conflict, InvalidInput, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.moete.models import Moetesak
from saksbehandling.protokoll.dokumenter import DokumentService
from saksbehandling.protokoll.ordlyd import DOKUMENTORD
from saksbehandling.saksmappe.models import Dokument, Journalpost, Journalposttype, Saksmappe, Saksstatus
from saksbehandling.saksmappe.pdf import PdfService
from saksbehandling.saksmappe.schemas import linje
from saksbehandling.saksmappe.services import SaksmappeService

SLAG = "saerutskrift"
FLESTE_MOTTAKERE, FLESTE_LINJER, LENGSTE_LINJE = 100, 8, 100

Mottaker = tuple[str, ...]
"""The lines of an address, the name first."""


@dataclass(frozen=True, slots=True)
class Brev:
    """What goes out. `klage`: the decision is an enkeltvedtak, and the letter says how one appeals (forvaltningsloven
    § 27). `hjemmel`: why the letter is exempt, "" where the treatment's own reason is all there is.
    """

    mottakere: Sequence[Mottaker]
    klage: bool = False
    hjemmel: str = ""


def les_mottakere(tekst: str) -> tuple[Mottaker, ...]:
    """The addresses that were typed, with empty lines between them. Raises `InvalidInput` naming the one at fault."""
    grupper: list[list[str]] = [[]]
    for skrevet in map(linje, tekst.splitlines()):
        if skrevet:
            grupper[-1].append(skrevet)
        elif grupper[-1]:
            grupper.append([])
    mottakere = tuple(tuple(gruppe) for gruppe in grupper if gruppe)
    if not mottakere:
        raise InvalidInput("Skriv navn og adresse til den som skal ha særutskriften.", "mottakere")
    if len(mottakere) > FLESTE_MOTTAKERE:
        raise InvalidInput(f"Høyst {FLESTE_MOTTAKERE} mottakere om gangen; her er {len(mottakere)}.", "mottakere")
    for mottaker in mottakere:
        _krev_adresse(mottaker)
    return mottakere


def _krev_adresse(mottaker: Mottaker) -> None:
    if len(mottaker) > FLESTE_LINJER:
        raise InvalidInput(
            f"Adressen til «{mottaker[0]}» har {len(mottaker)} linjer; høyst {FLESTE_LINJER}."
            " Sett en tom linje mellom mottakerne.",
            "mottakere",
        )
    if lang := next((rad for rad in mottaker if len(rad) > LENGSTE_LINJE), None):
        raise InvalidInput(f"Linjen «{lang[:40]} …» er lengre enn {LENGSTE_LINJE} tegn. Del den.", "mottakere")


class SaerutskriftService:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        clock: SystemClock,
        saker: SaksmappeService,
        dokumenter: DokumentService,
        store: IDocumentStore,
        pdf: PdfService,
    ) -> None:
        self._clock = clock
        self._saker = saker
        self._dokumenter = dokumenter
        self._store = store
        self._pdf = pdf

    def krev_klar(self, moetesak: Moetesak) -> None:
        """Raise `Refusal` with every reason why nothing can be sent yet."""
        if grunner := list(self._hindringer(moetesak)):
            raise Refusal(grunner)

    def docx(self, moetesak: Moetesak, brev: Brev, mottaker: Mottaker, identitet: Identitet) -> bytes:
        """The letter to one of them."""
        klage = DOKUMENTORD[moetesak.utvalg.malform].klage if brev.klage else ()
        data = self._dokumenter.saerutskrift(moetesak, mottaker, klage, identitet.navn, brev.hjemmel)
        return self._dokumenter.docx(SLAG, data, moetesak.utvalg.id)

    def send(self, moetesak: Moetesak, brev: Brev, identitet: Identitet, sett: int | None) -> list[Journalpost]:
        """Make a letter to each, and enter it in the journal as outgoing; it is not published.

        `sett`: the number of the case's last journalpost when the form was shown. Raises `Refusal` with every reason,
        `Conflict` when something was entered meanwhile.
        """
        self.krev_klar(moetesak)
        if sett != siste_post(moetesak.saksmappe):
            raise Conflict(
                "Noe er journalført i saken siden skjemaet ble hentet. Se om brevet alt er sendt, og prøv igjen."
            )
        return [self._journalfoer(moetesak, brev, mottaker, identitet) for mottaker in brev.mottakere]

    def _journalfoer(self, moetesak: Moetesak, brev: Brev, mottaker: Mottaker, identitet: Identitet) -> Journalpost:
        innhold = self.docx(moetesak, brev, mottaker, identitet)
        tittel = f"Særutskrift av {moetesak.saksnummer} {moetesak.tittel}"
        dokument = Dokument(tittel=tittel, dokumenttype="Særutskrift")
        post = self._saker.journalfoer(
            moetesak.saksmappe,
            Journalposttype.UTGAAENDE,
            tittel,
            dato=self._clock.today(),
            dokumenter=[dokument],
        )
        post.offentlig_tittel = f"Særutskrift av {moetesak.saksnummer} {moetesak.offentlig_tittel}"
        post.skjermingshjemmel = brev.hjemmel or moetesak.skjermingshjemmel
        self._saker.ny_versjon(
            dokument,
            filnavn=f"saerutskrift-{moetesak.utvalg.kode}-{str(moetesak.nummer).replace('/', '-')}.docx",
            medietype=DocxRenderer.media_type,
            stoerrelse=len(innhold),
            sjekksum=self._store.put(innhold),
            opprettet_av=identitet.navn,
        )
        self._pdf.bestill(innhold)
        return post

    def _hindringer(self, moetesak: Moetesak) -> Iterator[str]:
        sak = moetesak.saksmappe
        if SLAG not in self._dokumenter.om_behandlingen(moetesak):
            yield f"{moetesak.utvalg.navn} har ikke avgjort {moetesak.saksnummer}."
        elif not self._dokumenter.er_ferdig(moetesak):
            yield f"Protokollen for {moetesak.saksnummer} er ikke godkjent ennå."
        if sak.saksstatus is not Saksstatus.UNDER_BEHANDLING:
            yield f"Sak {sak.saksnummer} er avsluttet og kan ikke få flere journalposter."


def siste_post(sak: Saksmappe) -> int:
    """The number of the case's last journalpost; 0 where there is none."""
    return max((post.journalpostnummer for post in sak.journalposter), default=0)
