"""What a ranking is worth, and that the judged questions can be judged by."""

from __future__ import annotations

import importlib.util
import math
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).parents[2] / "benchmarks" / "relevance_data.py"


@pytest.fixture(scope="module")
def data() -> ModuleType:
    specification = importlib.util.spec_from_file_location("relevance_data", PATH)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("found", "worth"),
    [
        (["a", "b", "c"], 1),
        (["a", "b", "x", "y"], 1),
        ([], 0),
        (["x", "y"], 0),
        (["b", "a"], (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))),
        (["x", "a"], 3 / math.log2(3) / (3 + 1 / math.log2(3))),
        (["x"] * 9 + ["a"], 3 / math.log2(11) / (3 + 1 / math.log2(3))),
        (["x"] * 10 + ["a", "b"], 0),
    ],
)
def test_what_stands_higher_is_worth_more(data: ModuleType, found: list[str], worth: float) -> None:
    assert data.ndcg(found, {"a": 2, "b": 1}) == pytest.approx(worth)


def test_more_answers_than_are_shown_can_still_be_perfect(data: ModuleType) -> None:
    assert data.ndcg([str(number) for number in range(10)], {str(number): 2 for number in range(12)}) == 1


def test_every_question_is_of_a_kind_and_has_an_answer_among_the_documents(data: ModuleType) -> None:
    documents, questions = data.documents(), data.questions()
    names = {document.id for document in documents}
    assert len(names) == len(documents)
    assert [question.text for question in questions if not question.judged or not question.judged.keys() <= names] == []
    assert len({question.text for question in questions}) == len(questions) >= 120
    assert min(Counter(question.kind for question in questions).values()) >= 15
