from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.documents.zipping import archive, pack

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=10)


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=4))
def test_others_read_back_what_was_written(contents) -> None:
    made = archive(pack(name, content) for name, content in contents.items())
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert {info.orig_filename: opened.read(info) for info in opened.infolist()} == contents
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in opened.infolist())
