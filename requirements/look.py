"""Puts what the pages need of node_modules into templates/web/static/vendor. Run by `make look`, after `npm ci`."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "templates" / "web" / "static" / "vendor"
FILES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet-css/index.css",
    "@digdir/designsystemet-css/LICENSE": "designsystemet-css/LICENSE",
    "@digdir/designsystemet-theme/src/themes/designsystemet.css": "designsystemet-theme/designsystemet.css",
    "@digdir/designsystemet-theme/LICENSE": "designsystemet-theme/LICENSE",
    "@fontsource-variable/inter/LICENSE": "inter/LICENSE",
}
INTER = MODULES / "@fontsource-variable" / "inter"
EDITOR = ("prosemirror-*", "orderedmap", "rope-sequence", "w3c-keyname")
# Norwegian, Sámi and the other languages of names here are written with these two parts of the font.
PARTS = re.compile(r"@font-face \{[^}]*files/inter-latin(?:-ext)?-wght-(?:normal|italic)\.woff2[^}]*\}")


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        copy(MODULES / source, VENDOR / target)
    copy_font()
    bundle_editor()


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def copy_font() -> None:
    """The font under the name that the theme calls it by."""
    faces = [face for sheet in ("index.css", "wght-italic.css") for face in PARTS.findall((INTER / sheet).read_text())]
    for face in faces:
        for name in re.findall(r"files/[\w.-]+", face):
            copy(INTER / name, VENDOR / "inter" / name)
    css = "\n".join(faces).replace("'Inter Variable'", "'Inter'")
    (VENDOR / "inter" / "inter.css").write_text(css + "\n")


def bundle_editor() -> None:
    """The editor library as one file, with the licences of its parts. esbuild is a program of its own: no Node."""
    esbuild = next(MODULES.glob("@esbuild/*/bin/esbuild"))
    target = VENDOR / "prosemirror" / "prosemirror.js"
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning", f"--outfile={target}"]
    subprocess.run([esbuild, ROOT / "requirements" / "editor.js", *options], check=True)  # noqa: S603 - our own arguments
    licences = sorted(path for name in EDITOR for path in MODULES.glob(f"{name}/LICENSE"))
    text = "\n\n".join(f"{path.parent.name}\n\n{path.read_text()}" for path in licences)
    (target.parent / "LICENSE").write_text(text)


if __name__ == "__main__":
    main()
