"""How much words are spelt alike: one word against another, and against all of a dictionary at once."""

from __future__ import annotations

from functools import cached_property

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


class Lexicon:
    """Words, compared by their letters in a table with one row for each."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._sizes = np.array([len(word) for word in words], np.int64)

    @cached_property
    def _letters(self) -> npt.NDArray[np.uint32]:
        width = max(map(len, self.words), default=1) or 1
        return np.array(self.words, f"<U{width}").view(np.uint32).reshape(len(self.words), width)

    @cached_property
    def _alphabets(self) -> npt.NDArray[np.uint64]:
        return _alphabets(self._letters)

    def within(self, word: str, distance: int) -> list[str]:
        """The words with the same first letter that differ from `word` by at most `distance` letters, in order."""
        rows = self._near(word, distance)
        found = rows[_distances(word, self._letters[rows], self._sizes[rows]) <= distance]
        return [self.words[row] for row in found]

    def near(self, word: str, distance: int) -> list[str]:
        """What `within` finds, and a few words more; much cheaper."""
        return [self.words[row] for row in self._near(word, distance)]

    def _near(self, word: str, distance: int) -> npt.NDArray[np.intp]:
        if not self.words or not word:
            return np.empty(0, np.intp)
        # A changed letter is at most one that is lost and one that is new; most words differ in more letters than that.
        own = _alphabets(np.array([[ord(letter) for letter in word]], np.uint32))
        near = np.bitwise_count(self._alphabets ^ own) <= 2 * distance
        near &= np.abs(self._sizes - len(word)) <= distance
        rows = np.flatnonzero(near)
        return rows[self._letters[rows, 0] == ord(word[0])]


def _alphabets(letters: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """For each row a bit for every letter in it; some letters share one."""
    bits = np.where(letters > 0, np.uint64(1) << (letters % 64).astype(np.uint64), np.uint64(0))
    return np.bitwise_or.reduce(bits, axis=1)


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
