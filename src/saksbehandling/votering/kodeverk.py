"""The code lists of proposals and ballots, shared by data and rules. Values are stored; never rename one."""

from __future__ import annotations

from enum import StrEnum


class Forslagstype(StrEnum):
    """What a proposal does to the base text, or to the case."""

    UTSETTELSE = "utsettelse"
    TILBAKESENDELSE = "tilbakesendelse"
    AVVISNING = "avvisning"
    OVERSENDELSE = "oversendelse"
    ALTERNATIVT = "alternativt"
    ENDRING = "endring"
    STRYKNING = "strykning"
    TILLEGG = "tillegg"

    @property
    def prosedyre(self) -> bool:
        """Whether it concerns the treatment itself and so is voted on before the substance."""
        return self in (Forslagstype.UTSETTELSE, Forslagstype.TILBAKESENDELSE, Forslagstype.AVVISNING)


class Forslagsstatus(StrEnum):
    """Where a proposal stands. Every proposal ends in one of the last four."""

    FRAMSATT = "framsatt"
    TRUKKET = "trukket"
    VEDTATT = "vedtatt"
    FALT = "falt"
    BORTFALT = "bortfalt"


class Tilfoerselsstatus(StrEnum):
    """Where a protokolltilførsel stands: asked for, or what became of it."""

    FRAMSATT = "framsatt"
    TATT_INN = "tatt inn"
    AVVIST = "ikke tatt inn"
    TRUKKET = "trukket"


class Forslagshendelse(StrEnum):
    """What happened to a proposal or remark."""

    INNSENDT = "innsendt"
    FOERT = "ført"
    ENDRET = "endret"
    TATT_INN = "tatt inn"
    TRUKKET = "trukket"
    SLUTTET_SEG_TIL = "sluttet seg til"
    GIKK_UT = "gikk ut"


class Voteringsform(StrEnum):
    """How the question is put."""

    FOR_MOT = "for_mot"
    ALTERNATIV = "alternativ"
    PROEVE = "proeve"  # recorded, but decides nothing
    ENIGHET = "enighet"  # consensus without a ballot; ungdomsråd and others
    VALG = "valg"  # the result of an election, whose votes stand there

    @property
    def uten_tall(self) -> bool:
        """Whether it has no counts for and against."""
        return self in (Voteringsform.ENIGHET, Voteringsform.VALG)


class Stemme(StrEnum):
    """What a vote is given for. In an alternative ballot FOR is the first object and MOT the second."""

    FOR = "for"
    MOT = "mot"
    BLANK = "blank"


class Behandlingstype(StrEnum):
    """What a body's treatment of a case results in; decides the words that wrap the text."""

    UTTALELSE = "uttalelse"
    INNSTILLING = "innstilling"
    VEDTAK = "vedtak"
