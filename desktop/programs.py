"""Programs that are started from here: this one again, and the provincial server beside it."""

import os
import sys
from pathlib import Path

_SUFFIX = ".exe" if sys.platform == "win32" else ""


def server_command() -> list[str]:
    """How the provincial server is started: in a bundle it is an executable beside this one."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name(f"berdaya-server{_SUFFIX}"))]
    return [sys.executable, "-m", "server"]


def own_command() -> list[str]:
    """How this program is started again."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "desktop"]


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without any setting of a real Berdaya: practice meets nothing of it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BERDAYA_")}
    return kept | more
