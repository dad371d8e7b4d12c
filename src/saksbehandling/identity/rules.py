"""The one permission check: who may see a thing, and who may do what with it. Pure.

Seeing: a thing names its *readers* as a set of tokens, and a person carries *credentials* as a set of tokens;
the person sees the thing if the sets meet. The search engine filters by the same tokens, so a page, a hit,
a count, a feed and a file are decided alike.

Doing: a permission belongs to roles, either for the whole product (`FASTE_TILLATELSER`) or by the state of the
case's workflow. Everything that neither allows is denied. An administrator reads no case by being one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saksbehandling.identity.kodeverk import Rolle

ALLE = "alle"
INNLOGGET = "innlogget"
IKKE = "ikke:"  # before a token: whoever carries it is shut out

_BEHANDLER_SAKER = (Rolle.SAKSBEHANDLER, Rolle.LEDER, Rolle.KOMMUNEDIREKTOER, Rolle.SEKRETARIAT, Rolle.ARKIVAR)
_BEHANDLER_UNNTATT = (Rolle.SEKRETARIAT, Rolle.ARKIVAR)

FASTE_TILLATELSER: Mapping[str, frozenset[str]] = {
    "se_saksansvarlig": frozenset(_BEHANDLER_SAKER),
    "opprett_sak": frozenset({Rolle.SAKSBEHANDLER, Rolle.SEKRETARIAT}),
    "opprett_moete": frozenset({Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER}),
    "led_moete": frozenset({Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER, Rolle.MOETELEDER}),
    "rediger_utvalg": frozenset({Rolle.SEKRETARIAT, Rolle.ADMINISTRATOR}),
    "fremsett_forslag": frozenset({Rolle.REPRESENTANT, Rolle.VARA, Rolle.MOETELEDER}),
    "last_opp_dokument": frozenset({Rolle.SAKSBEHANDLER, Rolle.SEKRETARIAT}),
    "send_saerutskrift": frozenset({Rolle.SAKSBEHANDLER, Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER}),
    "se_arbeidsflate": frozenset(Rolle),
    "rediger_maler": frozenset({Rolle.SEKRETARIAT, Rolle.ADMINISTRATOR}),
    "foer_moeteprotokoll": frozenset({Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER}),
    "underskriv_protokoll": frozenset(
        {Rolle.MOETELEDER, Rolle.REPRESENTANT, Rolle.VARA, Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER}
    ),
    "bestill_pdf": frozenset(Rolle) - {Rolle.ADMINISTRATOR, Rolle.ARKIVAR},  # they change nothing in a case
    "foelg_opp": frozenset({Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER}),
    "meld_oppfoelging": frozenset(
        {Rolle.SAKSBEHANDLER, Rolle.LEDER, Rolle.KOMMUNEDIREKTOER, Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER}
    ),
    "rediger_arbeidsflyt": frozenset({Rolle.ADMINISTRATOR}),
}


@dataclass(frozen=True, slots=True)
class Identitet:
    """A person at the moment of asking. `roller`: pairs of role and body id (None: every body)."""

    navn: str
    bruker_id: int | None = None
    roller: frozenset[tuple[Rolle, int | None]] = frozenset()

    @property
    def rollenavn(self) -> frozenset[str]:
        return frozenset(rolle.value for rolle, _ in self.roller)

    def roller_i(self, utvalg_id: int | None) -> frozenset[str]:
        """The roles that count for something belonging to that body."""
        return frozenset(rolle.value for rolle, utvalg in self.roller if utvalg is None or utvalg == utvalg_id)

    @property
    def legitimasjon(self) -> frozenset[str]:
        """The tokens by which this person sees things."""
        tokens = {ALLE}
        if self.bruker_id is not None:
            tokens |= {INNLOGGET, f"bruker:{self.bruker_id}"}
        for rolle, utvalg in self.roller:
            tokens.add(f"rolle:{rolle.value}" if utvalg is None else f"rolle:{rolle.value}@{utvalg}")
            # A substitute sees the body's papers while called to a meeting, and then has a member's role for it.
            if utvalg is not None and rolle is not Rolle.VARA:
                tokens.add(f"utvalg:{utvalg}")
        return frozenset(tokens)


PUBLIKUM = Identitet("Publikum")


@dataclass(frozen=True, slots=True)
class Synlighet:
    """What decides who may see a thing.

    `publisert`: out to everybody. `utsendt_til`: bodies whose members have been sent it.
    `unntatt`: exempt from public access. `ansvarlig_id`: the account that works on it.
    `raadgivere`: bodies whose own secretary works on it. `inhabile`: accounts of persons who were found inhabile in it.
    """

    publisert: bool = False
    unntatt: bool = False
    utsendt_til: frozenset[int] = frozenset()
    ansvarlig_id: int | None = None
    raadgivere: frozenset[int] = frozenset()
    inhabile: frozenset[int] = frozenset()


def lesere(synlighet: Synlighet) -> frozenset[str]:
    """The tokens of those who may see it (offentleglova § 3: public unless exempt; domain guide §§ 5 and 7)."""
    roller = _BEHANDLER_UNNTATT if synlighet.unntatt else _BEHANDLER_SAKER
    tokens = {f"rolle:{rolle.value}" for rolle in roller}
    if synlighet.ansvarlig_id is not None:
        tokens.add(f"bruker:{synlighet.ansvarlig_id}")
    tokens.update(f"utvalg:{utvalg}" for utvalg in synlighet.utsendt_til)
    tokens.update(f"rolle:{Rolle.RAADSSEKRETAER.value}@{utvalg}" for utvalg in synlighet.raadgivere)
    if synlighet.publisert and not synlighet.unntatt:
        tokens.add(ALLE)
    else:
        # What everybody may read an inhabil member may read too; the rest of the case is closed to that person alone.
        tokens.update(f"{IKKE}bruker:{bruker}" for bruker in synlighet.inhabile)
    return frozenset(tokens)


def felles_lesere(*alle: frozenset[str]) -> frozenset[str]:
    """The tokens of those who may see all of several things, for what holds words of them all.

    Nobody gets in who may not see each of them. Who sees them by different tokens is kept out, to be on the safe side.
    """
    slipper_inn = (frozenset(token for token in ett if not token.startswith(IKKE)) for ett in alle)
    stengt = (token for ett in alle for token in ett if token.startswith(IKKE))
    return frozenset.intersection(*slipper_inn).union(stengt)


def kan_lese(identitet: Identitet, lesere: Iterable[str]) -> bool:
    """Whether one of the person's tokens lets in, and none of them is shut out."""
    tokens = frozenset(lesere)
    mine = identitet.legitimasjon
    return not mine.isdisjoint(tokens) and tokens.isdisjoint(f"{IKKE}{token}" for token in mine)


def har_tillatelse(
    identitet: Identitet,
    tillatelse: str,
    flyttillatelser: Mapping[str, frozenset[str]] | None = None,
    utvalg_id: int | None = None,
) -> bool:
    """Whether one of the person's roles has the permission, for a thing of that body in that workflow state."""
    tillatte = FASTE_TILLATELSER.get(tillatelse, frozenset()) | (flyttillatelser or {}).get(tillatelse, frozenset())
    return not identitet.roller_i(utvalg_id).isdisjoint(tillatte)
