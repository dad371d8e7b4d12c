"""Login, roles and the one permission check."""

from __future__ import annotations

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.session import JSONSerializer, SignedCookieSessionFactory

from saksbehandling.identity.policy import SecurityPolicy
from saksbehandling.identity.rules import Identitet
from saksbehandling.identity.services import BrukerService


def includeme(config: Configurator) -> None:
    settings = config.registry["settings"]
    config.set_session_factory(
        SignedCookieSessionFactory(
            settings.secret,
            serializer=JSONSerializer(),
            cookie_name="saksbehandling",
            httponly=True,
            samesite="Lax",
            secure=settings.base_url.startswith("https:"),
            timeout=settings.session_lifetime,
            max_age=None,
        )
    )
    config.set_security_policy(SecurityPolicy())
    config.set_default_csrf_options(require_csrf=True)
    config.add_request_method(_identitet, "identitet", reify=True)
    config.add_route("logg_inn", "/logg-inn")
    config.add_route("logg_ut", "/logg-ut")
    config.scan(".views")


def _identitet(request: Request) -> Identitet:
    """Who asks; read once a request."""
    return request.find_service(BrukerService).identitet(request.session.get("bruker_id"))
