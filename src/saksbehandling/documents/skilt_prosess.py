"""Runs what reads strangers' files in a process of its own, which may crash, hang or grow and harm nobody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from saksbehandling.errors import InvalidFile

REFUSED = 3  # the exit code of a child that says in words why it will not


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process may use. `seconds`: of the processor, and the double of it by the clock; `memory`: bytes."""

    seconds: int = 20
    memory: int = 1 << 30


def run_apart(module: str, content: bytes, bounds: Bounds = Bounds()) -> bytes:
    """What `module` writes when it gets `content` (see `serve`). Raises `InvalidFile` when it refuses or is stopped."""
    command = [sys.executable, "-m", module, str(bounds.seconds), str(bounds.memory)]
    longest = 2 * bounds.seconds
    try:
        # The command is this Python and one of our own modules; what a stranger made goes to its standard input.
        done = subprocess.run(command, input=content, capture_output=True, timeout=longest, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise InvalidFile("Det tok for lang tid å lese filen. Del den opp, eller lagre den på nytt.") from error
    if done.returncode == REFUSED:
        raise InvalidFile(done.stderr.decode(errors="replace"))
    if done.returncode:
        raise InvalidFile("Filen kan ikke leses: den er skadet, for stor eller for komplisert. Lagre den på nytt.")
    return done.stdout


def serve(work: Callable[[bytes], bytes]) -> None:
    """The other side: bound by the arguments of the command line, give what `work` makes of the standard input."""
    _bind(*map(int, sys.argv[1:3]))
    try:
        sys.stdout.buffer.write(work(sys.stdin.buffer.read()))
    except InvalidFile as error:
        print(error, end="", file=sys.stderr)
        sys.exit(REFUSED)


def _bind(seconds: int, memory: int) -> None:
    if sys.platform == "win32":  # there the clock alone stops it
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
