"""A member's own proposals: private drafts, filing them, and withdrawing them.

A draft is the member's alone. What is filed is visible to the other members, and thereby to everybody, from that
moment (offentleglova § 3; domain guide § 5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.clock import SystemClock
from saksbehandling.errors import AccessDenied, NotFound, Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.lesing import mine_medlemskap
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.moete.oppmoete import inhabile_i
from saksbehandling.moete.services import MoeteService
from saksbehandling.utvalg.models import Funksjon, Medlemskap
from saksbehandling.votering.kodeverk import Forslagsstatus, Voteringsform
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.models_forslag import Forslagsutkast
from saksbehandling.votering.services import voteringer_i
from saksbehandling.votering.services_forslag import ForslagService, Forslagsinnhold, forslag_som_felter


class InnleveringService:
    """`votering_aapen`: whether a ballot in the treatment is open on the members' devices."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        forslag: ForslagService,
        moeter: MoeteService,
        votering_aapen: Callable[[Moetesak], bool],
    ) -> None:
        self._session = session
        self._clock = clock
        self._forslag = forslag
        self._moeter = moeter
        self._votering_aapen = votering_aapen

    def plass(self, moetesak: Moetesak, identitet: Identitet) -> Medlemskap:
        """The person's place in the body on the day of the meeting. Raises `AccessDenied` without one."""
        plasser = mine_medlemskap(self._session, identitet, moetesak.moete.dato)
        funnet = [rad for rad in plasser if rad.utvalgsperiode.utvalg_id == moetesak.utvalg.id]
        if not funnet:
            raise AccessDenied(f"Bare medlemmer og varamedlemmer i {moetesak.utvalg.navn} fremmer forslag her.")
        return min(funnet, key=lambda rad: rad.funksjon is Funksjon.VARAMEDLEM)

    def hindringer(self, moetesak: Moetesak, plass: Medlemskap) -> list[Reason]:
        """Why this member cannot file a proposal now; every reason."""
        if moetesak.utfall is not Moetesaksutfall.AAPEN:
            return [Reason(f"Behandlingen av {moetesak.saksnummer} er avsluttet.")]
        grunner = []
        if self._votering_har_begynt(moetesak):
            tekst = f"Voteringen i {moetesak.saksnummer} er åpnet, og forslag kan ikke lenger leveres."
            grunner.append(Reason(f"{tekst} Be møtelederen om ordet til forretningsordenen."))
        return grunner + self._utenfor(moetesak, plass)

    def krev_deltar(self, moetesak: Moetesak, identitet: Identitet) -> Medlemskap:
        """The person's place, if they take part in the item. Raises `AccessDenied` without one, else `Refusal`."""
        plass = self.plass(moetesak, identitet)
        grunner = self._utenfor(moetesak, plass)
        if grunner:
            raise Refusal(grunner)
        return plass

    def _utenfor(self, moetesak: Moetesak, plass: Medlemskap) -> list[Reason]:
        """Why somebody with a place in the body has no part in this item."""
        grunner = []
        if plass.person_id in inhabile_i(moetesak):
            grunner.append(Reason("Du er inhabil i saken.", "kommuneloven § 11-10, forvaltningsloven § 6"))
        if plass.funksjon is Funksjon.VARAMEDLEM and not self._sitter(moetesak, plass):
            grunner.append(Reason("Varamedlemmer deltar når de møter for et medlem. Meld deg for sekretæren."))
        return grunner

    def lagre(
        self, moetesak: Moetesak, identitet: Identitet, noekkel: str, felter: Mapping[str, str], forslag: Forslag | None
    ) -> Forslagsutkast:
        """Keep what the member has typed, however many times it is sent. Raises `NotFound` on another case's key."""
        utkast = self._utkast(identitet, noekkel)
        if utkast is None:
            utkast = Forslagsutkast(bruker_id=identitet.bruker_id, noekkel=noekkel, moetesak=moetesak, forslag=forslag)
            self._session.add(utkast)
        elif utkast.moetesak_id != moetesak.id:
            raise NotFound("Utkastet hører til en annen sak.")
        utkast.felter, utkast.endret = dict(felter), self._clock.now()
        self._session.flush()
        return utkast

    def utkast(self, moetesak: Moetesak, identitet: Identitet, noekkel: str) -> Forslagsutkast:
        """The member's own draft. Raises `NotFound`: to everybody else it does not exist."""
        utkast = self._utkast(identitet, noekkel)
        if utkast is None or utkast.moetesak_id != moetesak.id:
            raise NotFound("Utkastet finnes ikke. Kanskje det alt er sendt inn eller slettet.")
        return utkast

    def mine_utkast(self, identitet: Identitet) -> Sequence[Forslagsutkast]:
        """The member's drafts, the last written first."""
        soek = sa.select(Forslagsutkast).where(Forslagsutkast.bruker_id == identitet.bruker_id)
        soek = soek.options(joinedload(Forslagsutkast.moetesak)).order_by(Forslagsutkast.endret.desc())
        return self._session.scalars(soek).all()

    def slett(self, utkast: Forslagsutkast) -> None:
        self._session.delete(utkast)

    def send_inn(self, utkast: Forslagsutkast, innhold: Forslagsinnhold, identitet: Identitet) -> Forslag:
        """File the draft, or change the filed proposal that it is about. Raises `Refusal` with every hindrance."""
        moetesak, forslag = utkast.moetesak, utkast.forslag
        plass = self.plass(moetesak, identitet)
        self._krev_aapent(moetesak, plass)
        if forslag is None:
            forslag = self._forslag.foer(moetesak, innhold, identitet, innsendt=True)
        else:
            self._krev_egen(forslag, identitet)
            self._forslag.endre(forslag, innhold, identitet, av_stilleren=True)
        # Recording has locked the meeting: a ballot that was opened in between is seen now.
        self._krev_aapent(moetesak, plass)
        self._session.delete(utkast)
        return forslag

    def til_endring(self, forslag: Forslag, identitet: Identitet) -> dict[str, str]:
        """What a filed proposal says, by field, without its first mover. Raises `AccessDenied` on somebody else's."""
        self._krev_egen(forslag, identitet)
        felter = forslag_som_felter(forslag)
        return {**felter, "stiller": felter["stiller"].partition("; ")[2]}

    def trekk(self, forslag: Forslag, identitet: Identitet) -> None:
        """The member withdraws it. Raises `AccessDenied` on somebody else's, and `Refusal` when it was voted on."""
        self._krev_egen(forslag, identitet)
        self._forslag.trekk(forslag, identitet)

    def kan_endre(self, forslag: Forslag, identitet: Identitet) -> bool:
        egen = forslag.innsendt_av_id is not None and forslag.innsendt_av_id == identitet.bruker_id
        return egen and forslag.utfall is Forslagsstatus.FRAMSATT

    def _krev_egen(self, forslag: Forslag, identitet: Identitet) -> None:
        if not self.kan_endre(forslag, identitet):
            raise AccessDenied(
                "Bare den som sendte inn forslaget, kan endre eller trekke det, og bare før det er avgjort."
            )

    def _krev_aapent(self, moetesak: Moetesak, plass: Medlemskap) -> None:
        grunner = self.hindringer(moetesak, plass)
        if grunner:
            raise Refusal(grunner)

    def _votering_har_begynt(self, moetesak: Moetesak) -> bool:
        bindende = (
            rad for rad in voteringer_i(self._session, moetesak) if rad.voteringsform is not Voteringsform.PROEVE
        )
        return any(bindende) or self._votering_aapen(moetesak)

    def _sitter(self, moetesak: Moetesak, plass: Medlemskap) -> bool:
        return any(rad.medlemskap_id == plass.id for rad in self._moeter.til_stede(moetesak.moete))

    def _utkast(self, identitet: Identitet, noekkel: str) -> Forslagsutkast | None:
        soek = sa.select(Forslagsutkast).where(
            Forslagsutkast.bruker_id == identitet.bruker_id, Forslagsutkast.noekkel == noekkel
        )
        return self._session.scalar(soek)
