"""Reading forms: what was typed as the values that services take, and what to show when a form comes back refused."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from saksbehandling.errors import InvalidInput, Reason, Refusal, SaksbehandlingError
from saksbehandling.richtext import Blocks, IllegalCharacter, parse_notation
from saksbehandling.utvalg.models import Medlemskap, Parti

_KLOKKESLETT = re.compile(r"(\d{1,2})[.:]?(\d{2})")
_NORSK_DATO = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Felter:
    """The fields of one form. On the page each is named `<skjema>-<felt>`, so that many forms can share a page."""

    def __init__(self, post: Any, skjema: str) -> None:
        self._post = post
        self._skjema = skjema

    def tekst(self, felt: str) -> str:
        return str(self._post.get(f"{self._skjema}-{felt}", "")).strip()

    def alle(self, felt: str) -> list[str]:
        return [str(verdi) for verdi in self._post.getall(f"{self._skjema}-{felt}")]

    def har(self, felt: str) -> bool:
        return bool(self.tekst(felt))

    def blokker(self, felt: str) -> Blocks:
        """The light notation as blocks. Raises `InvalidInput` on a character that no document may hold."""
        try:
            return parse_notation(str(self._post.get(f"{self._skjema}-{felt}", "")))
        except IllegalCharacter as feil:
            raise InvalidInput(str(feil), felt) from feil

    def tall(self, felt: str) -> int | None:
        tekst = self.tekst(felt)
        if not tekst:
            return None
        if not tekst.isdecimal() or len(tekst) > 9:
            raise InvalidInput(f"«{tekst}» er ikke et tall. Skriv det med sifre, for eksempel 42.", felt)
        return int(tekst)

    def dato(self, felt: str) -> dt.date | None:
        """`2019-08-29`, as browsers send it, or `29.08.2019`, as people write it."""
        tekst = self.tekst(felt)
        if not tekst:
            return None
        try:
            norsk = _NORSK_DATO.fullmatch(tekst)
            return dt.date(int(norsk[3]), int(norsk[2]), int(norsk[1])) if norsk else dt.date.fromisoformat(tekst)
        except ValueError:
            raise InvalidInput(f"«{tekst}» er ikke en dato. Skriv den som 29.08.2019.", felt) from None

    def klokkeslett(self, felt: str) -> dt.time | None:
        tekst = self.tekst(felt)
        if not tekst:
            return None
        funnet = _KLOKKESLETT.fullmatch(tekst)
        if not funnet or int(funnet[1]) > 23 or int(funnet[2]) > 59:
            raise InvalidInput(f"«{tekst}» er ikke et klokkeslett. Skriv det som 17.30.", felt)
        return dt.time(int(funnet[1]), int(funnet[2]))


@dataclass(frozen=True, slots=True)
class Utfylling:
    """What stands in the forms of a page: what was typed in the one that was refused, else what the page proposes.

    `feil`: name of a field on the page -> why it was refused. `grunner`: every reason, as `feilsammendrag` takes them.
    """

    skjema: str = ""
    post: Any = None
    feil: Mapping[str, str] = field(default_factory=dict)
    grunner: Sequence[tuple[str, str | None, str | None]] = ()

    def verdi(self, navn: str, ellers: Any = "") -> Any:
        return self.post.get(navn, "") if self._gjelder(navn) else ellers

    def valgt(self, navn: str, verdi: Any, ellers: bool = False) -> bool:
        """Whether a box or a choice is ticked."""
        return str(verdi) in self.post.getall(navn) if self._gjelder(navn) else ellers

    def _gjelder(self, navn: str) -> bool:
        return self.post is not None and navn.startswith(f"{self.skjema}-")


def avvist(skjema: str, post: Any, feil: SaksbehandlingError, kjente: Mapping[str, str]) -> Utfylling:
    """The form as it was typed, with every reason at its field. `kjente`: what rules call a field -> its name here."""
    grunner = [_ved_felt(grunn, skjema, kjente) for grunn in _grunner(feil)]
    ved_felt: dict[str, str] = {}
    for tekst, felt, _ in grunner:
        if felt:
            ved_felt[felt] = f"{ved_felt[felt]} {tekst}" if felt in ved_felt else tekst
    return Utfylling(skjema, post, ved_felt, grunner)


def _grunner(feil: SaksbehandlingError) -> Sequence[Reason]:
    if isinstance(feil, Refusal):
        return feil.reasons
    return [Reason(str(feil), felt=feil.felt if isinstance(feil, InvalidInput) else None)]


def _ved_felt(grunn: Reason, skjema: str, kjente: Mapping[str, str]) -> tuple[str, str | None, str | None]:
    felt = kjente.get(grunn.felt or "")
    return grunn.text, f"{skjema}-{felt}" if felt else None, grunn.hjemmel


def medlemsnavn(medlemskap: Medlemskap) -> str:
    """As a list shows a member, and as it is typed back: `Kari Lie (Sp)`."""
    return f"{medlemskap.person.navn} ({medlemskap.parti.kode})"


def finn_medlem(medlemmer: Sequence[Medlemskap], tekst: str, utvalgsnavn: str, felt: str) -> Medlemskap:
    """The member that was typed, by name with or without party. Raises `InvalidInput` naming the nearest one."""
    soekt = " ".join(tekst.split()).casefold()
    for navn in (medlemsnavn, lambda rad: rad.person.navn):
        like = [rad for rad in medlemmer if navn(rad).casefold() == soekt]
        if len({rad.person_id for rad in like}) > 1:
            valg = ", ".join(medlemsnavn(rad) for rad in like)
            raise InvalidInput(f"Flere heter «{tekst}» i {utvalgsnavn}. Velg en av dem: {valg}.", felt)
        if like:
            return like[0]
    andre = [rad for rad in medlemmer if soekt in {variant.casefold() for variant in rad.person.navnevarianter}]
    if andre:
        return andre[0]
    raise InvalidInput(_ukjent(medlemmer, tekst, utvalgsnavn), felt)


def _ukjent(medlemmer: Sequence[Medlemskap], tekst: str, utvalgsnavn: str) -> str:
    navn = [medlemsnavn(rad) for rad in medlemmer]
    naere = difflib.get_close_matches(tekst, navn, n=1, cutoff=0.6)
    forslag = f" Mente du {naere[0]}?" if naere else " Velg en fra listen."
    return f"«{tekst}» er ikke medlem eller varamedlem i {utvalgsnavn}.{forslag}"


def les_partier(tekst: str, partier: Sequence[Parti], felt: str) -> list[Parti]:
    """Parties as typed, `Ap, MDG, Sp`, in that order, each once. Raises `InvalidInput` with the known ones."""
    kjente = {parti.kode.casefold(): parti for parti in partier}
    funnet: dict[str, Parti] = {}
    for kode in filter(None, (del_.strip() for del_ in re.split(r"[,;]", tekst))):
        parti = kjente.get(kode.casefold())
        if parti is None:
            valg = ", ".join(parti.kode for parti in partier)
            raise InvalidInput(f"Ukjent parti: «{kode}». Kjente partier: {valg}.", felt)
        funnet[parti.kode] = parti
    return list(funnet.values())
