"""Writes or checks `docs/file-map.md`: every module by its folder, with its docstring's first line.

python -m docs.file_map            writes it
python -m docs.file_map --check    fails if it is not what would be written
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAP = ROOT / "docs" / "file-map.md"
FOLDERS = ("desktop", "server", "tests", "docs", "resources")
LEFT_OUT = ("__init__.py",)
HEAD = """# File map

Made from the first line of every module's docstring by `python -m docs.file_map`; the test command
fails when it is out of date.
"""


def file_map() -> str:
    """The map as it should be."""
    parts = [HEAD]
    folder = None
    for path in _modules():
        if path.parent != folder:
            folder = path.parent
            parts.append(f"\n## {folder.relative_to(ROOT).as_posix()}/\n\n")
        parts.append(f"- `{path.name}`: {_first_line(path)}\n")
    return "".join(parts)


def _modules() -> list[Path]:
    found = [path for name in FOLDERS for path in (ROOT / name).rglob("*.py")]
    kept = [path for path in found if path.name not in LEFT_OUT and "versions" not in path.parts]
    return sorted(kept, key=lambda path: (path.parent.as_posix(), path.name))


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not docstring:
        raise SystemExit(f"{path.relative_to(ROOT)} has no docstring")
    return " ".join(docstring.partition("\n\n")[0].split())


def main() -> int:
    """Writes or checks the map; returns the exit code."""
    wanted = file_map()
    if "--check" not in sys.argv:
        MAP.write_text(wanted, encoding="utf-8")
        return 0
    if MAP.exists() and MAP.read_text(encoding="utf-8") == wanted:
        return 0
    sys.stderr.write("docs/file-map.md is out of date: run python -m docs.file_map\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
