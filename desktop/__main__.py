"""The `berdaya` command: opens the program, or does one thing and ends."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

QT_PACKAGES = "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0"

COMMANDS = {
    "practice": ("desktop.practice.command", "try everything with families that do not exist"),
    "import": ("desktop.commands.import_list", "import a district's list of families"),
    "diagnose": ("desktop.commands.diagnose", "tell a helper how things stand, without any data"),
    "try": ("desktop.commands.try_questionnaire", "open a questionnaire before it is published"),
    "selftest": ("desktop.selftest", "check that everything is aboard and works"),
}
"""Command -> the module whose `run` takes its arguments, and what it does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return _run(arguments)
    except ImportError as error:
        if "PySide6" not in str(error) and ".so" not in str(error):
            raise
        sentence = "Berdaya needs libraries of the system that are missing here. On Debian: "
        print(f"{sentence}apt-get install {QT_PACKAGES}\n({error})", file=sys.stderr)
        return 3


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        from desktop.ui.features import leave_sources_unread  # noqa: PLC0415 start-up

        leave_sources_unread()
        from desktop.opening import open_program  # noqa: PLC0415 start-up

        return open_program()
    name, *rest = arguments
    if name in COMMANDS:
        module, _ = COMMANDS[name]
        return int(import_module(module).run(rest))
    is_help = name in ("-h", "--help")
    print(_usage(), file=sys.stdout if is_help else sys.stderr)
    return 0 if is_help else 2


def _usage() -> str:
    """What can be asked, in words; each command tells its own options with `--help`."""
    lines = [f"  berdaya {name:<10} {words}" for name, (_, words) in COMMANDS.items()]
    return "\n".join(["usage:", f"  berdaya {'':<10} open the program", *lines])


if __name__ == "__main__":
    sys.exit(main())
