"""The one permission check, asked of the database: which cases a person may see, for lists that must count and page.

The rule is `identity.rules.lesere`; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import Identitet, Synlighet, lesere
from saksbehandling.moete.models import Moete, Moetesak, Saksliste
from saksbehandling.saksmappe.models import Saksmappe

Vilkaar = sa.ColumnElement[bool]

OFFENTLIG: Vilkaar = sa.and_(Saksmappe.publisert.is_not(None), Saksmappe.skjermingshjemmel.is_(None))
OFFENTLIG_BEHANDLING: Vilkaar = sa.and_(
    Moetesak.publisert.is_not(None), Moetesak.skjermingshjemmel.is_(None), Saksmappe.skjermingshjemmel.is_(None)
)
"""A treatment whose protocol is published, and with it what came of it; the query joins `Saksmappe`."""


def lesbar(identitet: Identitet) -> Vilkaar:
    """Whether this person may read a `Saksmappe`."""
    if identitet.bruker_id is None:
        return _slippes_inn(identitet)
    inhabil = _holder(Saksmappe.inhabile, {identitet.bruker_id})
    return sa.and_(_slippes_inn(identitet), sa.or_(OFFENTLIG, sa.not_(inhabil)))


def _slippes_inn(identitet: Identitet) -> Vilkaar:
    """Whether something lets the person in, before those who are shut out."""
    if identitet.legitimasjon & lesere(Synlighet(unntatt=True)):
        return sa.true()
    vilkaar = [OFFENTLIG, _utsendt_til(identitet), _paa_saksliste_i(identitet)]
    if identitet.legitimasjon & lesere(Synlighet()):
        vilkaar.append(Saksmappe.skjermingshjemmel.is_(None))
    if identitet.bruker_id is not None:
        vilkaar.append(Saksmappe.saksansvarlig_id == identitet.bruker_id)
    return sa.or_(*vilkaar)


def lesbar_behandling(identitet: Identitet) -> Vilkaar:
    """Whether this person may read a `Moetesak`, as its `lesere` say; the query joins `Saksmappe` and its `Moete`."""
    if identitet.bruker_id is None:
        return _behandlingen_slipper_inn(identitet)
    inhabil = _holder(Saksmappe.inhabile, {identitet.bruker_id})
    return sa.and_(_behandlingen_slipper_inn(identitet), sa.or_(OFFENTLIG_BEHANDLING, sa.not_(inhabil)))


def _behandlingen_slipper_inn(identitet: Identitet) -> Vilkaar:
    if identitet.legitimasjon & lesere(Synlighet(unntatt=True)):
        return sa.true()
    mine = {utvalg for rolle, utvalg in identitet.roller if utvalg is not None and rolle is not Rolle.VARA}
    egne = {utvalg for rolle, utvalg in identitet.roller if rolle is Rolle.RAADSSEKRETAER and utvalg is not None}
    vilkaar = [OFFENTLIG_BEHANDLING, Moete.utvalg_id.in_(egne)]
    vilkaar.append(sa.and_(Saksliste.publisert.is_not(None), Moete.utvalg_id.in_(mine)))
    if identitet.legitimasjon & lesere(Synlighet()):
        vilkaar.append(sa.and_(Moetesak.skjermingshjemmel.is_(None), Saksmappe.skjermingshjemmel.is_(None)))
    if identitet.bruker_id is not None:
        vilkaar.append(Saksmappe.saksansvarlig_id == identitet.bruker_id)
    return sa.or_(*vilkaar)


def kjent(identitet: Identitet) -> Vilkaar:
    """Whether this person may know that the case exists: read it, or meet its public title."""
    return sa.or_(lesbar(identitet), Saksmappe.publisert.is_not(None))


def _utsendt_til(identitet: Identitet) -> Vilkaar:
    """Members have been sent the papers of their body."""
    egne = {utvalg for rolle, utvalg in identitet.roller if utvalg is not None and rolle is not Rolle.VARA}
    return _holder(Saksmappe.utsendt_til, egne)


def _paa_saksliste_i(identitet: Identitet) -> Vilkaar:
    """The secretary of a råd works with its agenda before it is sent."""
    egne = {utvalg for rolle, utvalg in identitet.roller if rolle is Rolle.RAADSSEKRETAER and utvalg is not None}
    return _holder(Saksmappe.paa_saksliste_i, egne)


def _holder(kolonne: sa.SQLColumnExpression[Any], utvalg: set[int]) -> Vilkaar:
    """Whether a list of numbers, stored as JSON, holds one of these: said in SQL that every database reads alike."""
    tekst: sa.ColumnElement[str] = sa.cast(kolonne, sa.Text)
    for tegn, nytt in ((" ", ""), ("[", ","), ("]", ",")):
        tekst = sa.func.replace(tekst, tegn, nytt)
    return sa.or_(sa.false(), *(tekst.contains(f",{ett},") for ett in sorted(utvalg)))
