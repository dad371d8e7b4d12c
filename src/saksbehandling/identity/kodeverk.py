"""The roles that people act in (domain guide: saksbehandler, sekretariat, representant …)."""

from __future__ import annotations

from enum import StrEnum


class Rolle(StrEnum):
    SAKSBEHANDLER = "saksbehandler"
    LEDER = "leder"
    KOMMUNEDIREKTOER = "kommunedirektoer"
    SEKRETARIAT = "sekretariat"
    RAADSSEKRETAER = "raadssekretaer"
    MOETELEDER = "moeteleder"
    REPRESENTANT = "representant"
    VARA = "vara"
    ARKIVAR = "arkivar"
    ADMINISTRATOR = "administrator"


ROLLENAVN: dict[Rolle, str] = {
    Rolle.SAKSBEHANDLER: "Saksbehandler",
    Rolle.LEDER: "Leder",
    Rolle.KOMMUNEDIREKTOER: "Kommunedirektør",
    Rolle.SEKRETARIAT: "Politisk sekretariat",
    Rolle.RAADSSEKRETAER: "Rådssekretær",
    Rolle.MOETELEDER: "Møteleder",
    Rolle.REPRESENTANT: "Representant",
    Rolle.VARA: "Vararepresentant",
    Rolle.ARKIVAR: "Arkivar",
    Rolle.ADMINISTRATOR: "Administrator",
}
