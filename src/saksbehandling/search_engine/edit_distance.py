"""How much words are spelt alike: one word against another, and against many at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def within(word: str, other: str, distance: int) -> bool:
    """Whether two words with the same first letter differ by at most `distance` inserted, lost or changed letters."""
    if word[:1] != other[:1] or abs(len(word) - len(other)) > distance:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        previous, row[0] = row[0], i
        for j, expected in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != expected))
        if min(row) > distance:
            return False
    return row[-1] <= distance


def spelt_like(word: str, others: list[str], distance: int) -> list[str]:
    """Those of `others` that are `within` the distance of `word`, if all have its first letter; in order."""
    sizes = np.array([len(other) for other in others], np.int64)
    found = np.flatnonzero(_distances(word, _letters(others), sizes) <= distance)
    return [others[row] for row in found]


class Lexicon:
    """Words, of which most are seen at once to be spelt otherwise. Kept for long, so that it holds little of each."""

    def __init__(self, words: list[str]) -> None:
        encoded = [word.encode() for word in words]
        self._text = b"".join(encoded)
        self._ends = np.cumsum([0, *map(len, encoded)], dtype=np.uint32)
        self._sizes = np.array([len(word) for word in words], np.int32)
        self._alphabets = _alphabets(_letters(words))

    def within(self, word: str, distance: int) -> list[str]:
        """The words with the same first letter that differ from `word` by at most `distance` letters, in order."""
        return spelt_like(word, self.near(word, distance), distance)

    def near(self, word: str, distance: int) -> list[str]:
        """What `within` finds, and a few words more; much cheaper."""
        # A changed letter is at most one that is lost and one that is new; most words differ in more letters than that.
        near = np.bitwise_count(self._alphabets ^ _alphabets(_letters([word]))) <= 2 * distance
        near &= np.abs(self._sizes - len(word)) <= distance
        return [other for row in np.flatnonzero(near) if (other := self._word(row))[:1] == word[:1] != ""]

    def _word(self, row: np.intp) -> str:
        return self._text[self._ends[row] : self._ends[row + 1]].decode()


def _letters(words: list[str]) -> npt.NDArray[np.uint32]:
    """A row of letters for each word, filled up with 0."""
    width = max(map(len, words), default=1) or 1
    return np.array(words, f"<U{width}").view(np.uint32).reshape(len(words), width)


def _alphabets(letters: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """For each row a bit for every letter in it; some letters share one."""
    found = np.zeros(len(letters), np.uint64)
    for column in letters.T:
        found |= np.where(column > 0, np.uint64(1) << (column % 64).astype(np.uint64), np.uint64(0))
    return found


def _distances(word: str, letters: npt.NDArray[np.uint32], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The Levenshtein distance of each row; the table is filled for all rows together, column by column."""
    result = np.zeros(len(sizes), np.int64)
    column = np.tile(np.arange(len(word) + 1), (len(sizes), 1))
    for index in range(int(sizes.max(initial=0))):
        previous, column = column, np.empty_like(column)
        column[:, 0] = index + 1
        for row, letter in enumerate(word, 1):
            changed = previous[:, row - 1] + (letters[:, index] != ord(letter))
            column[:, row] = np.minimum(np.minimum(previous[:, row], column[:, row - 1]) + 1, changed)
        result = np.where(sizes == index + 1, column[:, -1], result)
    return result
