"""Make regions.csv and provinces.csv from an unpacked idn-area-data package.

Usage: python resources/reference/extract_regions.py PACKAGE_FOLDER

PACKAGE_FOLDER is the folder that holds package.json and data/. Only the pinned version is read: a
newer one is a decision, since codes move between versions and old records keep theirs.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PINNED_VERSION = "4.0.1"
PROVINCE = "36"
HERE = Path(__file__).parent


def read(package: Path, table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the package's tables."""
    with (package / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def of_banten(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the rows whose code lies in Banten."""
    return (row for row in rows if row["code"].split(".")[0] == PROVINCE)


def village_kind(code: str) -> str:
    """Tell kelurahan (last block 1xxx) from desa (2xxx)."""
    return {"1": "kelurahan", "2": "desa"}[code.rsplit(".", 1)[1][0]]


def regions(package: Path) -> list[tuple[str, str, str, str]]:
    """Return (code, name, level, kind) of Banten and all within it, by code."""
    rows = [
        (row["code"], row["name"], "province", "provinsi")
        for row in of_banten(read(package, "provinces"))
    ]
    rows += [
        (row["code"], row["name"], "regency", row["name"].split()[0].lower())
        for row in of_banten(read(package, "regencies"))
    ]
    rows += [
        (row["code"], row["name"], "district", "kecamatan")
        for row in of_banten(read(package, "districts"))
    ]
    rows += [
        (row["code"], row["name"], "village", village_kind(row["code"]))
        for row in of_banten(read(package, "villages"))
    ]
    return sorted(rows)


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table beside this script, the same bytes on every system."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(package: Path) -> None:
    """Check the version and write both tables."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    if version != PINNED_VERSION:
        sys.exit(f"idn-area-data {PINNED_VERSION} is wanted, not {version}")
    write("regions.csv", ("code", "name", "level", "kind"), regions(package))
    provinces = sorted((row["code"], row["name"]) for row in read(package, "provinces"))
    write("provinces.csv", ("code", "name"), provinces)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
