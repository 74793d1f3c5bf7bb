"""Where things lie: this user's data, and the resources that ship with the program."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "BERDAYA_HOME"


@dataclass(frozen=True)
class Paths:
    """The folders of one user's Berdaya.

    `data` holds the store and its key, `settings` how the program looks, `logs` what it did.
    """

    data: Path
    settings: Path
    logs: Path

    @property
    def lock(self) -> Path:
        """Held while a program works on `data`; beside it, because a restore replaces the folder."""
        return self.data.with_name(f"{self.data.name}.lock")

    @classmethod
    def of_user(cls) -> "Paths":
        """The folders of the system's user, or all of them inside `BERDAYA_HOME`."""
        home = os.environ.get(HOME_VARIABLE)
        if home:
            return cls.inside(Path(home))
        from platformdirs import PlatformDirs  # noqa: PLC0415 only without BERDAYA_HOME

        folders = PlatformDirs("Berdaya", appauthor=False, roaming=False)
        return cls(
            data=Path(folders.user_data_dir),
            settings=Path(folders.user_config_dir) / "settings.json",
            logs=Path(folders.user_log_dir),
        )

    @classmethod
    def inside(cls, home: Path) -> "Paths":
        """Everything inside one folder."""
        return cls(data=home / "data", settings=home / "settings.json", logs=home / "logs")


def resources() -> Path:
    """The folder of resources, in a checkout, an installed wheel or a PyInstaller folder."""
    here = Path(__file__).parent
    frozen = Path(getattr(sys, "_MEIPASS", here.parent)) / "resources"
    return next(place for place in (here / "_resources", frozen) if place.is_dir())
