"""What is in a file that may be large: in memory, or on the disk and read only where somebody looks."""

from __future__ import annotations

import mmap
from typing import BinaryIO

Content = bytes | mmap.mmap


def content_of(source: BinaryIO) -> Content:
    """What is in `source`, mapped where it is a file on the disk, which nobody may shorten from now on."""
    try:
        source.flush()
        return mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # it is in memory already, or empty
        return source.read()
