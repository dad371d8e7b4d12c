"""What every benchmark does: says what machine this is, lets the contestants take turns, prints ratios.

Peers run in the same process, one after the other in every round, so that what else the machine is doing hits all of
them; and time is the processor's, but for what waits for the disk. A ratio is the median over the rounds of the ratio
within a round.
"""

from __future__ import annotations

import gc
import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TypeVar

Turn = Callable[[], float]
Times = Mapping[str, Sequence[float]]

Piece = TypeVar("Piece")

Clock = Callable[[], float]
CPU: Clock = time.process_time
"""Stands still while others have the processor; by the wall, a busy machine makes whoever is slower slower still."""
WALL: Clock = time.perf_counter
"""For what waits for the disk."""

NO_GOAL = "-"


def print_machine(*packages: str) -> None:
    """The processor, its cores and its load now, Python, SQLite, and the versions of `packages`."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("saksbehandling", *packages))
    print(f"# {_cpu()}, {os.cpu_count()} cores, load {load:.1f}")
    print(f"# Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}", flush=True)


def print_ratio(name: str, value: float, goal: str = NO_GOAL) -> None:
    """One figure. `goal`: such as «<=1.5» or «>=5»; nothing fails when it is missed."""
    print(f"ratio {name} {value:.2f} {goal}", flush=True)


def print_note(text: str) -> None:
    print(f"# {text}", flush=True)


def print_medians(what: str, times: Times) -> None:
    """The median of each contestant in milliseconds."""
    medians = ", ".join(f"{name} {statistics.median(taken) * 1000:.3f}" for name, taken in times.items())
    print_note(f"{what}, median ms: {medians}")


def timed(work: Callable[[], object], clock: Clock = CPU) -> float:
    """How many seconds `work` takes."""
    start = clock()
    work()
    return clock() - start


def median_of(work: Callable[[Piece], object], pieces: Iterable[Piece], clock: Clock = CPU) -> float:
    """The median seconds of one piece."""
    return statistics.median(timed(lambda piece=piece: work(piece), clock) for piece in pieces)


def take_turns(turns: Mapping[str, Turn], rounds: int) -> Times:
    """The seconds that each turn says that it took, by round. Who begins changes; nobody inherits garbage."""
    names = list(turns)
    times: dict[str, list[float]] = {name: [] for name in names}
    gc.freeze()
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            gc.collect()
            times[name].append(turns[name]())
    gc.unfreeze()
    return times


def ratio(times: Times, one: str, other: str) -> float:
    """How many times as long `one` takes as `other`."""
    return statistics.median(a / b for a, b in zip(times[one], times[other], strict=True))


def percentile_95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())
