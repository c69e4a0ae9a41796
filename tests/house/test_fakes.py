"""A stand-in in a test can only do what the real thing can."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.house.project import files, relative

if TYPE_CHECKING:
    from pathlib import Path

MOCKS = {"Mock", "MagicMock", "AsyncMock", "NonCallableMock", "NonCallableMagicMock"}
FAITHFUL = {"spec", "spec_set", "autospec", "new", "new_callable", "wraps"}


def unfaithful(code: str) -> list[int]:
    """Give the lines where something is mocked without saying what it stands for."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and (
            (_called(node) in MOCKS and not node.args)
            or (_called(node) == "patch" and len(node.args) < 2)
            or (_called(node) == "patch.object" and len(node.args) < 3)
        )
        and not {keyword.arg for keyword in node.keywords} & FAITHFUL
    ]


def _called(call: ast.Call) -> str:
    """Give the name of what is called, without the module it comes from."""
    path = ast.unparse(call.func).split(".")
    return "patch.object" if path[-2:] == ["patch", "object"] else path[-1]


@pytest.mark.parametrize(
    "code",
    [
        "Mock()",
        "mock.MagicMock(name='log')",
        "patch('bot.services.question_service.Desk')",
        "patch.object(desk, 'ask')",
    ],
)
def test_a_mock_that_would_answer_to_anything_is_seen(code: str) -> None:
    assert unfaithful(code) == [1]


@pytest.mark.parametrize(
    "code",
    [
        "Mock(QueryLog)",
        "Mock(spec=QueryLog)",
        "patch('bot.services.question_service.Desk', autospec=True)",
        "create_autospec(Desk)",
    ],
)
def test_a_mock_with_a_spec_is_allowed(code: str) -> None:
    assert unfaithful(code) == []


@pytest.mark.parametrize("module", files("tests", suffix=".py"), ids=relative)
def test_no_test_mocks_without_a_spec(module: Path) -> None:
    assert unfaithful(module.read_text(encoding="utf-8")) == []
