"""Which template is in force where, and putting another one in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.documents.template import ReadTemplate
from saksbehandling.documents.template_cache import packaged_template
from saksbehandling.errors import NotFound
from saksbehandling.identity.rules import Identitet
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.maler.kontroll import fyll, proev
from saksbehandling.maler.models import Malversjon
from saksbehandling.maler.slag import Malslag, Slag
from saksbehandling.utvalg.models import Utvalg

LAGRET = "lager:"
LEVERT = 0  # the version number of what the product ships


def les_mal(store: IDocumentStore) -> ReadTemplate:
    """Finds a template by what `MalService.velg` calls it: one of our own by its name, or a stored file."""

    def read(name: str) -> bytes:
        if name.startswith(LAGRET):
            return store.get(name.removeprefix(LAGRET))
        return packaged_template(name)

    return read


class MalService:
    """`slag`: the kinds of document that have templates."""

    def __init__(self, session: Session, clock: SystemClock, store: IDocumentStore, slag: Slag) -> None:
        self._session = session
        self._clock = clock
        self._store = store
        self.slag = slag

    def finn_slag(self, mal: str) -> Malslag:
        """Raises `NotFound`."""
        if mal not in self.slag:
            raise NotFound(f"Det finnes ingen mal for «{mal}». Velg en av: {', '.join(sorted(self.slag))}.")
        return self.slag[mal]

    def velg(self, mal: str, malform: str, utvalg_id: int | None) -> str:
        """What the renderer calls the template in force: the body's own, the municipality's own, or ours."""
        for eier in dict.fromkeys((utvalg_id, None)):
            versjon = self.gjeldende(mal, malform, eier)
            if versjon is not None and versjon.sjekksum is not None:
                return LAGRET + versjon.sjekksum
        return mal

    def gjeldende(self, mal: str, malform: str, utvalg_id: int | None) -> Malversjon | None:
        """The newest version for just that body, or for the municipality."""
        eier = Malversjon.utvalg_id.is_(None) if utvalg_id is None else Malversjon.utvalg_id == utvalg_id
        return self._session.scalar(_versjoner(mal, malform).where(eier).limit(1))

    def versjoner(self, mal: str, malform: str) -> list[Malversjon]:
        """All versions, newest first."""
        return list(self._session.scalars(_versjoner(mal, malform)))

    def versjon(self, mal: str, malform: str, nummer: int) -> Malversjon:
        """Raises `NotFound`."""
        funnet = self._session.scalar(_versjoner(mal, malform).where(Malversjon.versjonsnummer == nummer))
        if funnet is None:
            raise NotFound(f"Malen har ingen versjon {nummer}. Velg en av dem i listen.")
        return funnet

    def innhold(self, mal: str, malform: str, nummer: int) -> bytes:
        """The file of that version; `LEVERT` for what the product ships. Raises `NotFound`."""
        sjekksum = None if nummer == LEVERT else self.versjon(mal, malform, nummer).sjekksum
        return self._store.get(sjekksum) if sjekksum else levert(mal, malform)

    def proeve(self, mal: str, malform: str, nummer: int) -> bytes:
        """A document made from example data with that version. Raises `NotFound`."""
        eksempel = self.finn_slag(mal).eksempel(malform)
        return fyll(mal, self.innhold(mal, malform, nummer), eksempel)

    def proev_fil(self, mal: str, malform: str, filnavn: str, innhold: bytes) -> bytes:
        """A document made from example data with an edited template, which is not put in force. Raises as `lagre`."""
        return proev(filnavn, innhold, self.finn_slag(mal).eksempel(malform))

    def lagre(
        self, mal: str, malform: str, utvalg: Utvalg | None, filnavn: str, innhold: bytes, identitet: Identitet
    ) -> Malversjon:
        """Check an edited template and put it in force. Raises `InvalidFile`, or `Refusal` with every fault."""
        self.proev_fil(mal, malform, filnavn, innhold)
        return self._ny(mal, malform, utvalg, identitet, filnavn=filnavn, sjekksum=self._store.put(innhold))

    def gjenopprett(
        self, mal: str, malform: str, utvalg: Utvalg | None, nummer: int, identitet: Identitet
    ) -> Malversjon:
        """Put an earlier version in force again, as a new one; `LEVERT` for what the product ships, or, for a body,
        for what the municipality has. Raises `NotFound`.
        """
        if nummer == LEVERT:
            return self._ny(mal, malform, utvalg, identitet, filnavn=filnavn(mal, malform), sjekksum=None)
        gammel = self.versjon(mal, malform, nummer)
        verdier = {"filnavn": gammel.filnavn, "sjekksum": gammel.sjekksum, "gjenopprettet_fra": nummer}
        return self._ny(mal, malform, gammel.utvalg, identitet, **verdier)

    def _ny(self, mal: str, malform: str, utvalg: Utvalg | None, identitet: Identitet, **verdier: Any) -> Malversjon:
        siste = self._session.scalar(_versjoner(mal, malform).limit(1))
        versjon = Malversjon(
            mal=mal,
            malform=malform,
            utvalg=utvalg,
            versjonsnummer=siste.versjonsnummer + 1 if siste else 1,
            lagret=self._clock.now(),
            lagret_av=identitet.navn,
            **verdier,
        )
        self._session.add(versjon)
        self._session.flush()
        return versjon


VelgMal = Callable[[str, str, int | None], str]


def filnavn(mal: str, malform: str) -> str:
    return f"{mal}{'-nn' if malform == 'nn' else ''}.docx"


def levert(mal: str, malform: str) -> bytes:
    """The template that the product ships; the one in bokmål where there is none in nynorsk."""
    try:
        return packaged_template(filnavn(mal, malform).removesuffix(".docx"))
    except NotFound:
        return packaged_template(mal)


def _versjoner(mal: str, malform: str) -> sa.Select[Malversjon]:
    return (
        sa.select(Malversjon)
        .where(Malversjon.mal == mal, Malversjon.malform == malform)
        .order_by(Malversjon.versjonsnummer.desc())
    )
