"""The command line: help, where options may stand, and what becomes of errors."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from saksbehandling.assembly import Parts
from saksbehandling.cli import main, program
from saksbehandling.cli.parsing import Parser, in_norwegian
from saksbehandling.errors import Refusal, SetupError

Run = Callable[[Parts, argparse.Namespace], None]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run], None]:
    """Makes `saksbehandling prøv` do what is given."""

    def install(run: Run) -> None:
        def add_parser(commands: argparse._SubParsersAction[Parser]) -> None:
            commands.add_parser("prøv").set_defaults(run=run)

        monkeypatch.setattr(program, "COMMANDS", (SimpleNamespace(add_parser=add_parser),))

    return install


def every_command() -> list[list[str]]:
    """The words of each command, however deep."""

    def below(parser: argparse.ArgumentParser, words: list[str]) -> Iterator[list[str]]:
        yield words
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, child in action.choices.items():
                    yield from below(child, [*words, name])

    return list(below(program.build_parser(), []))


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_helps_in_norwegian(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("bruk: saksbehandling")
    assert "--data MAPPE" in shown
    assert not [english for english in ("usage", "options", "show this", "arguments:") if english in shown]


@pytest.mark.parametrize("argv", [["--data", "MAPPE", "prøv"], ["prøv", "--data", "MAPPE"]])
def test_the_data_directory_may_stand_on_both_sides(
    argv: list[str], command: Callable[[Run], None], tmp_path: object
) -> None:
    seen = []
    command(lambda parts, _: seen.append(parts.settings.data_dir))
    assert main([str(tmp_path) if word == "MAPPE" else word for word in argv]) == 0
    assert seen == [tmp_path]


def test_settings_are_not_read_by_a_command_that_needs_none(command: Callable[[Run], None], tmp_path: object) -> None:
    command(lambda parts, _: None)
    assert main(["prøv", "--ini", f"{tmp_path}/finnes-ikke.ini"]) == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SetupError("Malen mangler."), "saksbehandling: Malen mangler.\n"),
        (Refusal(["Først dette.", "Så dette."]), "saksbehandling: Først dette. Så dette.\n"),
        (ZeroDivisionError("ups"), "uventet feil (ZeroDivisionError: ups). Kjør med --feilsoek"),
    ],
)
def test_an_error_is_told_without_a_traceback(
    error: Exception, said: str, command: Callable[[Run], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_parts: Parts, _arguments: argparse.Namespace) -> None:
        raise error

    command(fail)
    assert main(["prøv"]) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert not captured.out
    with pytest.raises(type(error)):
        main(["prøv", "--feilsoek"])


def test_interrupting_is_no_error(command: Callable[[Run], None], capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_parts: Parts, _arguments: argparse.Namespace) -> None:
        raise KeyboardInterrupt

    command(interrupt)
    assert main(["prøv"]) == 130
    assert not capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "dette mangler: KOMMANDO"),
        (["tull"], "det finnes ingen 'tull'"),
        (["server", "--port"], "--port: verdien mangler"),
        (["server", "--port", "x"], "--port: 'x' kan ikke brukes her"),
        (["server", "--prot", "1"], "ukjent: --prot 1"),
    ],
)
def test_a_mistyped_command_is_explained(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert "--help" in captured.err


def test_a_message_that_is_new_in_argparse_is_shown_as_it_is() -> None:
    assert in_norwegian("something nobody foresaw") == "something nobody foresaw"
