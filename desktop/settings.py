"""How the program looks to this user: a table of settings, kept in one small JSON file.

They are read before the first window is painted, so they live apart from the store.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Setting:
    """One setting: what it may be, what it is at first, and what it is for."""

    choices: tuple[Any, ...]
    default: Any
    description: str


SETTINGS: dict[str, Setting] = {
    "language": Setting(("id", "en"), "id", "The language of the program."),
    "text_size": Setting((100, 125, 150), 100, "The size of text, in percent."),
    "appearance": Setting(("light", "dark", "system"), "light", "Light, dark, or as the desktop."),
    "paper": Setting(("A5", "A4"), "A5", "The paper of the sheet that a family keeps."),
}


class Settings:
    """The settings of one user; what cannot be read is as if it had never been set."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = _read(path)

    def __getitem__(self, name: str) -> Any:
        """A setting's value."""
        return self._values.get(name, SETTINGS[name].default)

    def set(self, name: str, value: Any) -> None:
        """Changes a setting and writes the file.

        Raises:
            ValueError: the value is not one of the choices.
            OSError: the file cannot be written; the value holds until the program ends.
        """
        if value not in SETTINGS[name].choices:
            raise ValueError(f"{name}: {value}")
        self._values[name] = value
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(self._values, indent=1), encoding="utf-8")
        draft.replace(self._path)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {
        name: value
        for name, value in content.items()
        if name in SETTINGS and value in SETTINGS[name].choices
    }
