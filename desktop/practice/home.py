"""Where a practice lies: a folder of its own, apart from everything real, gone as a whole."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop.paths import Paths
from desktop.practice.failures import PracticeFailure, PracticeFault

_MARK = "practice.json"
"""The file that tells a practice from anything else; nothing without it is ever removed."""


@dataclass(frozen=True)
class PracticeHome:
    """The folder of one practice."""

    folder: Path

    @classmethod
    def in_folder(cls, folder: Path | None = None) -> "PracticeHome":
        """A practice in that folder, or in the system's folder for what may be lost.

        Raises:
            PracticeFailure: the folder holds something else.
        """
        if folder is None:
            from platformdirs import user_cache_path  # noqa: PLC0415 only without a folder

            folder = user_cache_path("Berdaya", appauthor=False) / "practice"
        home = cls(folder.resolve())
        if not home._is_ours() and home.folder.exists() and any(home.folder.iterdir()):
            raise PracticeFailure(PracticeFault.NOT_A_PRACTICE_FOLDER, str(home.folder))
        return home

    @property
    def paths(self) -> Paths:
        """Where its laptop's things lie."""
        return Paths.inside(self.folder / "laptop")

    @property
    def province(self) -> Path:
        """Where its server's things lie."""
        return self.folder / "province"

    @property
    def is_filled(self) -> bool:
        """Whether the families are there; a filling that broke off does not count."""
        return self._is_ours() and bool(self._read().get("filled"))

    def begin(self) -> None:
        """An empty practice; what a filling that broke off left is removed."""
        self.discard()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write({"filled": False})

    def note_filled(self) -> None:
        """From now on it is used as it is."""
        self._write({"filled": True})

    def discard(self) -> None:
        """Removes it, if it is one."""
        if self._is_ours():
            shutil.rmtree(self.folder)

    def _is_ours(self) -> bool:
        return (self.folder / _MARK).is_file()

    def _read(self) -> dict[str, object]:
        content = json.loads((self.folder / _MARK).read_text(encoding="utf-8"))
        return content if isinstance(content, dict) else {}

    def _write(self, content: dict[str, object]) -> None:
        (self.folder / _MARK).write_text(json.dumps(content), encoding="utf-8")
