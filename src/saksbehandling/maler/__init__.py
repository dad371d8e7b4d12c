"""Templates that the secretariat owns: downloaded, edited in Word or LibreOffice, checked, tried out, put in force."""

from __future__ import annotations

from pyramid.config import Configurator

MAL = r"/maler/{mal:[a-zæøå_]+}/{malform:nb|nn}"


def includeme(config: Configurator) -> None:
    from saksbehandling.maler.ressurser import mal_fra, maler_fra

    config.add_route("maler", "/maler", factory=maler_fra)
    config.add_route("mal", MAL, factory=mal_fra)
    config.add_route("mal_fil", rf"{MAL}/{{versjon:\d{{1,6}}}}.docx", factory=mal_fra)
    config.add_route("mal_proeve", rf"{MAL}/{{versjon:\d{{1,6}}}}/proeve.docx", factory=mal_fra)
    config.add_route("mal_gjenopprett", rf"{MAL}/{{versjon:\d{{1,6}}}}/gjenopprett", factory=mal_fra)
    config.scan(".views")
