"""The speaking list of the item that is up: asking for the floor, getting it, and how long it lasts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.clock import SystemClock
from saksbehandling.direkte import rules
from saksbehandling.direkte.endringer import Endringslogg
from saksbehandling.direkte.kodeverk import Direktehendelse, Innleggstype, Talerstatus
from saksbehandling.direkte.models import Direktemoete, Talerpost, Taletidsregel
from saksbehandling.direkte.rules import Talerverdi, Taletider
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.moete.oppmoete import inhabile_i, inne_i
from saksbehandling.moete.services import MoeteService
from saksbehandling.utvalg.models import Medlemskap


class Talerliste:
    """Everything happens in the caller's transaction, and each change is noted in the meeting's log."""

    def __init__(self, session: Session, clock: SystemClock, moeter: MoeteService, logg: Endringslogg) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._logg = logg

    def be_om_ordet(self, moete: Moete, medlemskap: Medlemskap, innleggstype: Innleggstype) -> Talerpost:
        """Put a member on the list. Raises `Refusal` with every reason why they cannot be there."""
        direkte = self._logg.laas(moete)
        moetesak = _saken(direkte)
        self._krev_i_salen(moetesak, medlemskap)
        verdier = [som_verdi(post) for post in poster_i(self._session, moetesak)]
        tider = taletider(self._session, moete)
        grunner = rules.hvorfor_ikke(innleggstype, medlemskap.person_id, verdier, tider, strek=direkte.strek)
        if grunner:
            raise Refusal(grunner)
        hoved = rules.hovedinnlegg(verdier) if innleggstype is not Innleggstype.INNLEGG else None
        post = Talerpost(
            moetesak_id=moetesak.id,
            medlemskap=medlemskap,
            innleggstype=innleggstype,
            status=Talerstatus.VENTER,
            replikk_til_id=hoved.id if hoved else None,
            bedt_om=self._clock.now(),
        )
        self._session.add(post)
        self._logg.noter(direkte, Direktehendelse.TALERLISTE)
        return post

    def gi_ordet(self, moete: Moete, post_id: int | None = None) -> None:
        """The next on the list, or the one that is named, has the floor; who had it is done.

        Raises `Refusal` when nobody waits, or the one named does not.
        """
        direkte = self._logg.laas(moete)
        moetesak = _saken(direkte)
        poster = {post.id: post for post in poster_i(self._session, moetesak)}
        orden = [verdi.id for verdi in rules.i_orden(som_verdi(post) for post in poster.values())]
        valgt = orden[:1] if post_id is None else [ett for ett in orden if ett == post_id]
        if not valgt:
            raise Refusal(["Ingen venter på ordet." if post_id is None else "Taleren venter ikke lenger på ordet."])
        neste = poster[valgt[0]]
        self._ferdig(poster.values())
        if neste.innleggstype is Innleggstype.INNLEGG:
            self._stryk_replikker(poster.values())
        neste.status, neste.startet = Talerstatus.TALER, self._clock.now()
        neste.taletid = taletider(self._session, moete).for_type(neste.innleggstype)
        self._logg.noter(direkte, Direktehendelse.TALERLISTE)

    def avslutt_innlegg(self, moete: Moete) -> None:
        """Whoever has the floor is done."""
        direkte = self._logg.laas(moete)
        self._ferdig(poster_i(self._session, _saken(direkte)))
        self._logg.noter(direkte, Direktehendelse.TALERLISTE)

    def stryk(self, moete: Moete, post_id: int, person_id: int | None = None) -> None:
        """Take somebody off the list; with `person_id` only that person's own place. Raises `InvalidInput`."""
        direkte = self._logg.laas(moete)
        post = self._session.get(Talerpost, post_id, populate_existing=True)
        if post is None or post.moetesak_id != direkte.moetesak_id:
            raise InvalidInput("Taleren står ikke på listen i denne saken.", "post")
        if person_id is not None and post.medlemskap.person_id != person_id:
            raise InvalidInput("Du kan bare stryke deg selv fra talerlisten.", "post")
        if post.status is Talerstatus.VENTER:
            post.status = Talerstatus.STROEKET
            self._logg.noter(direkte, Direktehendelse.TALERLISTE)

    def sett_taletider(self, moete: Moete, tider: Taletider) -> None:
        """The body's speaking times from the day of this meeting on."""
        direkte = self._logg.laas(moete)
        noekkel = {"utvalg_id": moete.utvalg_id, "gyldig_fra": moete.dato}
        regel = self._session.scalar(sa.select(Taletidsregel).filter_by(**noekkel)) or Taletidsregel(**noekkel)
        regel.innlegg, regel.replikk = tider.innlegg, tider.replikk
        regel.svarreplikk, regel.replikker = tider.svarreplikk, tider.replikker
        self._session.add(regel)
        self._logg.noter(direkte, Direktehendelse.TALETID)

    def toem(self, moetesak: Moetesak) -> None:
        """Nobody has the floor or waits for it any more. For who leaves the item; notes nothing."""
        poster = poster_i(self._session, moetesak)
        self._ferdig(poster)
        for post in poster:
            if post.status is Talerstatus.VENTER:
                post.status = Talerstatus.STROEKET

    def _ferdig(self, poster: Iterable[Talerpost]) -> None:
        for post in poster:
            if post.status is Talerstatus.TALER:
                post.status, post.sluttet = Talerstatus.FERDIG, self._clock.now()

    def _stryk_replikker(self, poster: Iterable[Talerpost]) -> None:
        """A new speech begins: what was to answer the one before has come too late."""
        for post in poster:
            if post.status is Talerstatus.VENTER and post.innleggstype is not Innleggstype.INNLEGG:
                post.status = Talerstatus.STROEKET

    def _krev_i_salen(self, moetesak: Moetesak, medlemskap: Medlemskap) -> None:
        inne = {rad.medlemskap_id for rad in (*self._moeter.til_stede(moetesak.moete), *inne_i(moetesak))}
        if medlemskap.id not in inne:
            raise Refusal([f"{medlemskap.person.navn} er ikke ført som til stede. Be sekretæren føre frammøtet."])
        if medlemskap.person_id in inhabile_i(moetesak):
            raise Refusal([f"{medlemskap.person.navn} er inhabil i {moetesak.saksnummer} og deltar ikke i saken."])


def _saken(direkte: Direktemoete) -> Moetesak:
    if direkte.moetesak is None:
        raise Refusal(["Ingen sak er oppe. Møtelederen tar opp en sak først."])
    return direkte.moetesak


def poster_i(session: Session, moetesak: Moetesak) -> Sequence[Talerpost]:
    """Everybody who has asked for the floor in the item, in the order they asked."""
    soek = sa.select(Talerpost).where(Talerpost.moetesak_id == moetesak.id).order_by(Talerpost.bedt_om, Talerpost.id)
    soek = soek.options(joinedload(Talerpost.medlemskap))
    return session.scalars(soek.execution_options(populate_existing=True)).all()


def som_verdi(post: Talerpost) -> Talerverdi:
    return Talerverdi(
        post.id,
        post.medlemskap.person_id,
        post.innleggstype,
        post.status,
        post.bedt_om,
        post.startet,
        post.replikk_til_id,
    )


def taletider(session: Session, moete: Moete) -> Taletider:
    """The body's speaking times on the day of the meeting; without limits where it has set none."""
    regel = session.scalar(
        sa.select(Taletidsregel)
        .where(Taletidsregel.utvalg_id == moete.utvalg_id, Taletidsregel.gyldig_fra <= moete.dato)
        .order_by(Taletidsregel.gyldig_fra.desc())
        .limit(1)
    )
    return Taletider(regel.innlegg, regel.replikk, regel.svarreplikk, regel.replikker) if regel else Taletider()
