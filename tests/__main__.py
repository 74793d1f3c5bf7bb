"""Everything that has to hold: style, types, import rules, then the tests. `python -m tests`."""

import os
import subprocess
import sys
from collections.abc import Sequence

CHECKS: dict[str, Sequence[str]] = {
    "style": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "imports": (
        "-c",
        "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])",
    ),
    "file map": ("-m", "docs.file_map", "--check"),
}
"""What is checked before the tests, as arguments of Python."""

_ON_ALL_CORES = ("--numprocesses", "logical", "--dist", "worksteal")


def main() -> int:
    """Runs each check, and the tests with the arguments given; returns 0 if all of them passed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = [name for name, arguments in CHECKS.items() if not _passes(name, arguments)]
    if not _passes("tests", ("-m", "pytest", *_ON_ALL_CORES, *sys.argv[1:])):
        failed.append("tests")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _passes(name: str, arguments: Sequence[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *arguments], check=False).returncode == 0  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
