"""What one reader sees of a meeting, out of what everybody together may see. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from saksbehandling.direkte.bilde import Avstemning, Deltaker, Moetebilde, Resultat, Sak, Taler
from saksbehandling.direkte.kodeverk import Innleggstype
from saksbehandling.direkte.rules import ser_saken
from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.personstemmer import Svar

ORD = {Innleggstype.INNLEGG: "Innlegg", Innleggstype.REPLIKK: "Replikk", Innleggstype.SVARREPLIKK: "Svarreplikk"}


@dataclass(frozen=True, slots=True)
class Visning:
    """`meg`: the member that asks, if it is one. `leder`: may lead the meeting. `naa`: when it is shown."""

    bilde: Moetebilde
    identitet: Identitet
    meg: Deltaker | None
    leder: bool
    naa: dt.datetime

    @property
    def ser(self) -> bool:
        """Whether the item that is up may be shown."""
        sak = self.bilde.sak
        person = self.meg.person_id if self.meg else None
        return sak is None or ser_saken(sak.innsyn, self.identitet, person, leder_moetet=self.leder)

    @property
    def lukket(self) -> bool:
        return self.bilde.sak is not None and self.bilde.sak.innsyn.lukket

    @property
    def sak(self) -> Sak | None:
        return self.bilde.sak if self.ser else None

    @property
    def kan_lese(self) -> bool:
        """Whether the asker may open the page of the item."""
        return self.sak is not None and kan_lese(self.identitet, self.sak.innsyn.lesere)

    @property
    def taler(self) -> Taler | None:
        return self.bilde.taler if self.ser else None

    @property
    def venter(self) -> Sequence[Taler]:
        return self.bilde.venter if self.ser else ()

    @property
    def avstemning(self) -> Avstemning | None:
        return self.bilde.avstemning if self.ser else None

    @property
    def resultat(self) -> Resultat | None:
        """The last ballot, while none is open."""
        return self.bilde.resultat if self.ser and self.bilde.avstemning is None else None

    @property
    def deltar(self) -> bool:
        """Whether the asker is in the room and takes part in the item."""
        return self.meg is not None and self.meg.til_stede and not self.meg.inhabil

    @property
    def kan_stemme(self) -> bool:
        return self.avstemning is not None and self.meg is not None and self.meg.person_id in self.avstemning.berettiget

    @property
    def har_stemt(self) -> bool:
        return self.avstemning is not None and self.meg is not None and self.meg.person_id in self.avstemning.stemmer

    @property
    def min_stemme(self) -> Svar | None:
        """The asker's own vote in the open ballot; nobody's in a secret one."""
        if self.avstemning is None or self.meg is None:
            return None
        return self.avstemning.stemmer.get(self.meg.person_id)

    @property
    def mine_poster(self) -> Sequence[Taler]:
        """Where the asker waits on the speaking list."""
        return [post for post in self.venter if self.meg is not None and post.person_id == self.meg.person_id]

    @property
    def kan_be_om(self) -> Sequence[tuple[Innleggstype, str]]:
        """What the asker may ask for now, as far as the list tells; the rules decide when it is asked."""
        if not self.deltar or self.sak is None or self.bilde.klubbet:
            return []
        assert self.meg is not None
        tegnet = {post.innleggstype for post in self.mine_poster}
        eget = self.bilde.hovedtaler == self.meg.person_id
        mulige = {
            Innleggstype.INNLEGG: not self.bilde.strek,
            Innleggstype.REPLIKK: self.bilde.hovedtaler is not None and not eget,
            Innleggstype.SVARREPLIKK: eget,
        }
        return [(ett, ORD[ett]) for ett, mulig in mulige.items() if mulig and ett not in tegnet]

    def gaatt(self, taler: Taler) -> int:
        """Seconds since the speech began."""
        return max(0, int((self.naa - taler.startet).total_seconds())) if taler.startet else 0

    def navn(self, person_id: int) -> str:
        rad = self.bilde.deltakere[person_id]
        return f"{rad.navn} ({rad.parti})"


def ord_for(form: Voteringsform) -> tuple[str, str]:
    """What the two answers of a ballot are called."""
    return ("Første alternativ", "Andre alternativ") if form is Voteringsform.ALTERNATIV else ("For", "Mot")


def svarord(avstemning: Avstemning, svar: Svar) -> str:
    """What one answer is called on the buttons of the open ballot."""
    if not isinstance(svar, Stemme):
        return f"Alternativ {svar + 1}"
    for_, mot = ord_for(avstemning.form)
    return {Stemme.FOR: for_, Stemme.MOT: mot}.get(svar, "Blankt")


def utfall(resultat: Resultat) -> str:
    """One word for how a ballot ended."""
    if resultat.vinner is None:
        return "Prøvevotering" if resultat.form is Voteringsform.PROEVE else "Ikke avgjort"
    if resultat.alternativer:
        return f"Alternativ {resultat.vinner + 1}"
    if resultat.form is Voteringsform.ALTERNATIV:
        return ord_for(resultat.form)[resultat.vinner]
    return "Falt" if resultat.vinner else "Vedtatt"
