"""argparse in Norwegian, with the options that every command takes, before or after its name."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any, NoReturn

# argparse has its messages in English only; what it may say about a mistyped command, in our users' language.
_MESSAGES = (
    (r"the following arguments are required: (.*)", r"dette mangler: \1"),
    (r"unrecognized arguments: (.*)", r"ukjent: \1"),
    (r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)", r"\1: det finnes ingen \2. Velg blant \3"),
    (r"argument (.*?): expected one argument", r"\1: verdien mangler"),
    (r"argument (.*?): expected at least one argument", r"\1: minst én verdi mangler"),
    (r"argument (.*?): invalid \w+ value: (.*)", r"\1: \2 kan ikke brukes her"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 kan ikke brukes sammen med \2"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 er tvetydig: \2"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "bruk: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that has the common options and speaks Norwegian; its subparsers are of the same kind."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self._positionals.title, self._optionals.title = "argumenter", "valg"
        self.add_argument("-h", "--help", action="help", help="vis denne hjelpen")
        # Without a default: the value given before the command is not overwritten by the one that is missing after it.
        self.add_argument("--data", metavar="MAPPE", default=argparse.SUPPRESS, help="datamappen (ellers var)")
        self.add_argument("--ini", metavar="FIL", type=Path, default=argparse.SUPPRESS, help="innstillingsfilen")
        self.add_argument(
            "--feilsoek", action="store_true", default=argparse.SUPPRESS, help="vis hele feilen når noe går galt"
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and how to get help; exit code 2."""
        self.print_usage()
        self.exit(2, f"{self.prog}: {in_norwegian(message)}\nSkriv «{self.prog} --help» for hjelp.\n")


def in_norwegian(message: str) -> str:
    """A message of argparse's, translated if it is a known one."""
    for english, norwegian in _MESSAGES:
        if found := re.fullmatch(english, message, re.DOTALL):
            return found.expand(norwegian)
    return message
