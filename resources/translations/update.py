"""Collects the strings of the ui into the `.ts` files, and makes the `.qm` files that the program loads.

    python -m resources.translations.update             both
    python -m resources.translations.update --release   only the `.qm` files

Indonesian (`berdaya_id.ts`) holds every string; English (`berdaya_en.ts`) only the plural forms, because
English is what stands in the code. `qt_id.ts`, the words of Qt itself, is kept by hand and only released.
"""

import subprocess
import sys
from pathlib import Path

import PySide6

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
LANGUAGES = {"id": ("-target-language", "id_ID"), "en": ("-target-language", "en_GB", "-pluralonly")}


def collect(folder: Path = FOLDER) -> None:
    """Brings the `.ts` files in a folder up to date; strings that are gone leave them."""
    sources = sorted(path.relative_to(ROOT) for path in (ROOT / "desktop").rglob("*.py"))
    for language, options in LANGUAGES.items():
        target = folder / f"berdaya_{language}.ts"
        _run("lupdate", *sources, *options, "-no-obsolete", "-locations", "none", "-ts", target)


def release(folder: Path = FOLDER) -> None:
    """Makes the `.qm` files in a folder."""
    for source in sorted(FOLDER.glob("*.ts")):
        _run("lrelease", "-silent", source, "-qm", folder / f"{source.stem}.qm")


def _run(program: str, *arguments: object) -> None:
    tool = _tool(program)
    subprocess.run([str(tool), *map(str, arguments)], cwd=ROOT, check=True)  # noqa: S603 Qt's own


def _tool(program: str) -> Path:
    """Qt's programs lie beside PySide6, or one folder deeper."""
    home = Path(str(PySide6.__file__)).parent
    names = (home / program, home / f"{program}.exe", home / "Qt" / "libexec" / program)
    return next(path for path in names if path.exists())


if __name__ == "__main__":
    if "--release" not in sys.argv:
        collect()
    release()
