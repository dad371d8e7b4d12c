"""How Pyramid asks the one permission check.

A view names a permission; its context is the thing itself. A context may have `lesere` (reader tokens), `flyt` (its
workflow) and `utvalg` (the body it belongs to). Whoever may not see a thing may do nothing with it.
"""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.security import Allowed, Denied

from saksbehandling.identity.rules import Identitet, har_tillatelse, kan_lese
from saksbehandling.workflow_engine.service import WorkflowService

LES = "les"


class SecurityPolicy:
    """Identity from the signed session; permissions from `identity.rules` alone."""

    def identity(self, request: Request) -> Identitet:
        return request.identitet

    def authenticated_userid(self, request: Request) -> int | None:
        return request.identitet.bruker_id

    def permits(self, request: Request, context: Any, permission: str) -> Allowed | Denied:
        tillatt = tillater(request.identitet, permission, context, request.find_service(WorkflowService))
        return Allowed(permission) if tillatt else Denied(f"Mangler tillatelsen «{permission}».")

    def remember(self, request: Request, userid: int, **_kw: Any) -> list[tuple[str, str]]:
        request.session.invalidate()
        request.session["bruker_id"] = userid
        request.session.new_csrf_token()
        return []

    def forget(self, request: Request, **_kw: Any) -> list[tuple[str, str]]:
        request.session.invalidate()
        return []


def tillater(identitet: Identitet, permission: str, context: Any, flyt: WorkflowService) -> bool:
    """Whether this person may do this with this thing."""
    lesere = getattr(context, "lesere", None)
    if lesere is not None and not kan_lese(identitet, lesere):
        return False
    if permission == LES:
        return lesere is not None
    sakens_flyt = getattr(context, "flyt", None)
    flyttillatelser = flyt.permissions(sakens_flyt) if sakens_flyt is not None else None
    utvalg = getattr(context, "utvalg", None)
    return har_tillatelse(identitet, permission, flyttillatelser, utvalg.id if utvalg is not None else None)
