"""The `berdaya` command: opens the program, or does one thing and ends."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

QT_PACKAGES = "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if not arguments:
            return _open()  # how it is nearly always started: without reading a command line
        parsed = _parser().parse_args(arguments)
        return _COMMANDS[parsed.command](parsed)
    except ImportError as error:
        if "PySide6" not in str(error) and ".so" not in str(error):
            raise
        sentence = "Berdaya needs libraries of the system that are missing here. On Debian: "
        print(f"{sentence}apt-get install {QT_PACKAGES}\n({error})", file=sys.stderr)
        return 3


def _parser() -> argparse.ArgumentParser:
    import argparse  # noqa: PLC0415 start-up

    parser = argparse.ArgumentParser(
        prog="berdaya", description="Accompanies poor families out of poverty, also offline."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    parser.set_defaults(command="open")
    commands.add_parser("open", help="open the program (the default)")
    practice = commands.add_parser(
        "practice", help="try everything with families that do not exist"
    )
    practice.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    bring = commands.add_parser("import", help="import a district's list of families")
    bring.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    commands.add_parser("selftest", help="check that everything is aboard and works")
    return parser


def _open(_parsed: argparse.Namespace | None = None) -> int:
    from desktop.opening import open_program  # noqa: PLC0415 start-up

    return open_program()


def _practice(parsed: argparse.Namespace) -> int:
    from desktop.practice.command import run  # noqa: PLC0415

    return run(parsed.rest)


def _import(parsed: argparse.Namespace) -> int:
    from desktop.commands.import_list import run  # noqa: PLC0415

    return run(parsed.rest)


def _selftest(_parsed: argparse.Namespace) -> int:
    from desktop.selftest import run  # noqa: PLC0415

    return run()


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "open": _open,
    "practice": _practice,
    "import": _import,
    "selftest": _selftest,
}


if __name__ == "__main__":
    sys.exit(main())
