"""Fetches the W3C's own test files into tests/conformance/w3c, for `make sure`.

They come from the npm package `@scion-scxml/test-framework` (Apache-2.0; the files are the W3C's, BSD-3-Clause), which
is unpacked here, not installed: nothing in it is run, and none of what it depends on is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "@scion-scxml/test-framework@2.0.16"
SHA512 = "5rRd5CdFLUzmPaO43NSamBmhq6uW/0kUmUneEnqRSbAj0FiFVAINd1DfadUkdECT+xHLARCJZU7meQD4nqYyKw=="
WANTED = ("package/test/w3c-ecma/", "package/LICENSE.txt")
FOLDER = Path(__file__).parent / "w3c"


def main() -> None:
    """Whole or not at all: the folder gets its name when everything is in it."""
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as scratch:
        unpack(packed(Path(scratch)), Path(scratch) / "w3c")
        shutil.rmtree(FOLDER, ignore_errors=True)
        (Path(scratch) / "w3c").rename(FOLDER)


def packed(scratch: Path) -> Path:
    """The package's archive, known to be the one that was looked at when SHA512 was written."""
    command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(scratch), PACKAGE]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (archive,) = scratch.glob("*.tgz")
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != SHA512:
        raise SystemExit(f"{PACKAGE} er ikke den pakken som er kontrollert. Ingenting er pakket ut.")
    return archive


def unpack(archive: Path, folder: Path) -> None:
    """The wanted files, side by side; links and folders are left out."""
    folder.mkdir()
    with tarfile.open(archive) as package:
        for member in package:
            content = package.extractfile(member) if member.isfile() and member.name.startswith(WANTED) else None
            if content is not None:
                (folder / Path(member.name).name).write_bytes(content.read())


if __name__ == "__main__":
    main()
