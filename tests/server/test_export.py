"""What was recorded, as tables for other programs."""

import csv
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from sqlalchemy import insert

from desktop.models.records.base import new_id
from server.database import Database
from server.questionnaires import command
from server.questionnaires.export import Style
from server.tables import SYNCED
from tests.server.test_questionnaires import workbook
from tests.servers import NOON, VILLAGE

SURVEY = [
    ["type", "name", "label::Bahasa Indonesia (id)", "label::English (en)"],
    ["text", "nama", "Nama", "Name"],
    ["select_multiple buah", "suka", "Suka apa?", "Likes"],
    ["geopoint", "tempat", "Tempat", "Place"],
    ["note", "pesan", "Pesan", "Note"],
    ["begin_repeat", "kebun", "Kebun", "Garden"],
    ["integer", "pohon", "Pohon", "Trees"],
    ["end_repeat", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)"],
    ["buah", "a", "Apel", "Apple"],
    ["buah", "b", "Belimbing", "Starfruit"],
]
FAMILY, AUTHOR = UUID(int=1), UUID(int=2)


@pytest.fixture
def visits(database: Database, tmp_path: Path) -> list[UUID]:
    """Two visits: one with a point and two gardens, one with nothing but a name like a formula."""
    command.publish(database, NOON, workbook(tmp_path, survey=SURVEY, choices=CHOICES))
    ids = [new_id(), new_id()]
    answers = [
        {"nama": "Siti", "suka": ["b", "a"], "tempat": "-6.12 106.15 0 0"},
        {"nama": "=1+1"},
    ]
    with database.writing() as connection:
        for number, (visit_id, said) in enumerate(zip(ids, answers, strict=True)):
            row: dict[str, Any] = {
                "id": visit_id,
                "scope": VILLAGE,
                "household_id": FAMILY,
                "facilitator_id": AUTHOR,
                "visited_on": NOON.date().replace(day=number + 1),
                "outcome": "met",
                "questionnaire": "uji",
                "questionnaire_version": 1,
                "started_at": NOON,
                "finished_at": NOON,
                "answers": said,
                "accepted": {},
                "extra": {},
                "versions": {},
            }
            connection.execute(insert(SYNCED["visit"]), row)
        for place, trees in enumerate((3, 4)):
            filled = {
                "id": new_id(),
                "scope": VILLAGE,
                "visit_id": ids[0],
                "repeat": "kebun",
                "place": place,
                "answers": {"pohon": trees},
                "extra": {},
                "versions": {},
            }
            connection.execute(insert(SYNCED["visit_repeat"]), filled)
    return ids


def lines_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_has_a_table_of_visits_and_one_of_each_repeat(
    database: Database, visits: list[UUID], tmp_path: Path
) -> None:
    said = command.export(database, "uji", tmp_path / "out", Style())
    assert said == ["visits: 2", "kebun: 2"]
    first, second = lines_of(tmp_path / "out" / "visits.csv")
    assert (first["visit_id"], first["nama"], first["suka"]) == (str(visits[0]), "Siti", "b a")
    assert "pesan" not in first
    assert second["nama"] == "'=1+1", "no spreadsheet computes what somebody typed"
    gardens = lines_of(tmp_path / "out" / "kebun.csv")
    assert [(row["number"], row["pohon"]) for row in gardens] == [("1", "3"), ("2", "4")]
    assert {row["visit_id"] for row in gardens} == {str(visits[0])}


def test_words_and_a_column_for_each_choice(
    database: Database, visits: list[UUID], tmp_path: Path
) -> None:
    command.export(database, "uji", tmp_path / "out.xlsx", Style("id", split=True))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["visits", "kebun"]
    headings, first, second = book["visits"].iter_rows(values_only=True)
    line = dict(zip(headings, first, strict=True))
    assert (line["Nama"], line["Suka apa?/Apel"], line["Suka apa?/Belimbing"]) == ("Siti", 1, 1)
    assert dict(zip(headings, second, strict=True))["Nama"] == "=1+1"
    assert len(visits) == 2


def test_what_only_an_earlier_version_offered_keeps_its_column(
    database: Database, visits: list[UUID], tmp_path: Path
) -> None:
    choices = [CHOICES[0], ["buah", "b", "Belimbing", "Starfruit"], ["buah", "c", "Ceri", "Cherry"]]
    settings = [["form_id", "form_title", "version"], ["uji", "Uji", "2"]]
    later = workbook(tmp_path, survey=SURVEY, choices=choices, settings=settings)
    command.publish(database, NOON, later)
    command.export(database, "uji", tmp_path / "split", Style(split=True))
    first, _ = lines_of(tmp_path / "split" / "visits.csv")
    assert {name: said for name, said in first.items() if name.startswith("suka/")} == {
        "suka/b": "1",
        "suka/c": "0",
        "suka/a": "1",
    }
    command.export(database, "uji", tmp_path / "words", Style("id"))
    first, _ = lines_of(tmp_path / "words" / "visits.csv")
    assert first["Suka apa?"] == "Belimbing, Apel"


def test_points_become_a_map(database: Database, visits: list[UUID], tmp_path: Path) -> None:
    command.export(database, "uji", tmp_path / "out.geojson", Style())
    found = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
    assert [one["geometry"] for one in found] == [
        {"type": "Point", "coordinates": [106.15, -6.12]},
        None,
    ]
    assert found[0]["properties"]["visit_id"] == str(visits[0])
