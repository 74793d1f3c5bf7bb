"""The office's console: runs commands of `berdaya-server` on a test's database, and hears what they say."""

from collections.abc import Callable, Sequence

import pytest

from server.__main__ import main
from tests.servers import Place


class Console:
    """Runs commands on the test's database and keeps what they say."""

    def __init__(
        self,
        place: Place,
        capsys: pytest.CaptureFixture[str],
        type_in: Callable[[str], None],
    ) -> None:
        self._place = place
        self._capsys = capsys
        self._type_in = type_in

    def run(self, *words: str, typed: str = "") -> list[str]:
        """The lines shown by a command that has to succeed."""
        code, lines, sentence = self._run(words, typed)
        assert (code, sentence) == (0, "")
        return lines

    def refused(self, *words: str, typed: str = "") -> str:
        """The sentence of a command that has to be refused."""
        code, lines, sentence = self._run(words, typed)
        assert (code, lines) == (1, [])
        return sentence

    def _run(self, words: Sequence[str], typed: str) -> tuple[int, list[str], str]:
        self._type_in(typed)
        code = main([*words, *self._place.arguments])
        said = self._capsys.readouterr()
        return code, said.out.splitlines(), said.err.strip()
