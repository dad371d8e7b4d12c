"""Runs what reads strangers' files in a process of its own, which may crash, hang or grow and harm nobody."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from saksbehandling.documents.content import Content
from saksbehandling.errors import InvalidFile

REFUSED = 3  # the exit code of a child that says in words why it will not
_CODE = 512 << 20  # addresses for code and mapped files, beside what `Bounds.memory` is about


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process may use. `seconds`: of the processor, four times as many by the clock; `memory`: bytes."""

    seconds: int = 20
    memory: int = 1 << 30


def run_apart(module: str, content: Content, bounds: Bounds = Bounds(), *arguments: str) -> bytes:
    """What `module` writes when it gets `content` (see `serve`). Raises `InvalidFile` when it refuses or is stopped."""
    command = [sys.executable, "-m", module, str(bounds.seconds), str(bounds.memory), *arguments]
    longest = 4 * bounds.seconds
    try:
        with tempfile.TemporaryFile() as source:  # and no pipe: the other side can go back and forth in it
            source.write(content)
            source.seek(0)
            # The command is this Python and one of our own modules; what a stranger made goes to its standard input.
            done = subprocess.run(command, stdin=source, capture_output=True, timeout=longest, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise InvalidFile("Det tok for lang tid å lese filen. Del den opp, eller lagre den på nytt.") from error
    if done.returncode == REFUSED:
        raise InvalidFile(done.stderr.decode(errors="replace"))
    if done.returncode:
        raise InvalidFile("Filen kan ikke leses: den er skadet, for stor eller for komplisert. Lagre den på nytt.")
    return done.stdout


def serve(work: Callable[..., bytes]) -> None:
    """The other side: bound by the arguments of the command line, give what `work` makes of the standard input.

    `work` gets that, as a file, and the rest of the arguments.
    """
    _bind(*map(int, sys.argv[1:3]))
    try:
        sys.stdout.buffer.write(work(sys.stdin.buffer, *sys.argv[3:]))
    except InvalidFile as error:
        print(error, end="", file=sys.stderr)
        sys.exit(REFUSED)


def _bind(seconds: int, memory: int) -> None:
    if sys.platform == "win32":  # there the clock alone stops it
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory + _CODE, memory + _CODE))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
