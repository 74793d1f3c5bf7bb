"""`berdaya practice`: the program with families that do not exist, on a screen or without one."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from desktop.practice.failures import PracticeFailure, PracticeFault
from desktop.practice.home import PracticeHome

SENTENCES: Final = {
    PracticeFault.NO_SERVER: "The practice server did not start.",
    PracticeFault.ACCOUNT_REFUSED: "The practice server refused an account.",
    PracticeFault.NOT_SYNCED: "The practice laptops could not sync.",
    PracticeFault.NOT_A_PRACTICE_FOLDER: "This folder holds something else. Choose an empty one:",
}


def run(arguments: Sequence[str]) -> int:
    """Runs the command; returns the exit code."""
    words = list(arguments)
    if words[:1] == ["act"]:
        from desktop.practice.acts import play  # noqa: PLC0415 brings the program along

        return play(words[1], Path(words[2]))
    parsed = _parser().parse_args(words)
    try:
        if parsed.headless:
            return _play_headless(parsed)
        return _open(parsed)
    except PracticeFailure as failure:
        _say(f"{SENTENCES[failure.fault]} {failure.detail}".strip())
        return 1


def _play_headless(parsed: argparse.Namespace) -> int:
    from desktop.app import VERSION  # noqa: PLC0415 brings Qt along
    from desktop.paths import resources  # noqa: PLC0415
    from desktop.practice.journey import Journey  # noqa: PLC0415

    out = parsed.out or Path(tempfile.mkdtemp(prefix="berdaya-journey-"))
    out.mkdir(parents=True, exist_ok=True)
    journey = Journey(
        out.resolve(),
        resources(),
        VERSION,
        _say,
        families=parsed.families,
        with_pictures=not parsed.no_pictures,
        keeps=parsed.keep,
    )
    is_good = journey.play()
    failed = [check.name for check in journey.result.checks if not check.ok]
    _say("All agree." if is_good else f"Failed: {', '.join(failed) or 'nothing was checked'}.")
    _say(str(out / "result.json"))
    return 0 if is_good else 1


def _open(parsed: argparse.Namespace) -> int:
    from desktop.practice.window import End, open_practice  # noqa: PLC0415 brings Qt along

    end = End.KEEP if parsed.keep else End.DISCARD if parsed.discard else End.ASK
    return open_practice(PracticeHome.in_folder(parsed.home), end)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="berdaya practice",
        description="Berdaya with families that do not exist; nothing reaches an office.",
    )
    parser.add_argument("--home", type=Path, metavar="DIR", help="keep the practice there")
    end = parser.add_mutually_exclusive_group()
    end.add_argument("--keep", action="store_true", help="keep it at the end without asking")
    end.add_argument("--discard", action="store_true", help="remove it at the end without asking")
    parser.add_argument(
        "--headless", action="store_true", help="play the journey without a screen and compare"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where result and pictures go")
    parser.add_argument("--families", type=int, default=300, help=argparse.SUPPRESS)
    parser.add_argument("--no-pictures", action="store_true", help=argparse.SUPPRESS)
    return parser


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
