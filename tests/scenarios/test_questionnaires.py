"""The office's workbook with a new question reaches laptops by sync, and is asked at the next visit."""

import csv
import shutil
from pathlib import Path

from desktop.models.queries.questionnaires import HOUSEHOLD_VISIT, Forms
from desktop.models.questionnaires.form import Questionnaire
from resources.questionnaires.build import FOLDER, write_workbook
from server.questionnaires import command
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop


def with_a_new_question(folder: Path, version: int) -> Path:
    """The shipped workbook as an office worker changes it: one row more, a higher version."""
    source = folder / f"version {version}"
    shutil.copytree(FOLDER / HOUSEHOLD_VISIT, source)
    survey = source / "survey.csv"
    rows = list(csv.reader(survey.read_text(encoding="utf-8").splitlines()))
    place = next(number for number, row in enumerate(rows) if row[1] == "notes")
    new = dict.fromkeys(rows[0], "") | {"type": "text", "name": f"harapan_{version}"}
    new |= {"label::Bahasa Indonesia (id)": "Apa harapan keluarga?"}
    new |= {"label::English (en)": "What does the family hope for?"}
    rows.insert(place, list(new.values()))
    _write(survey, rows)
    settings = list(csv.reader((source / "settings.csv").read_text(encoding="utf-8").splitlines()))
    settings[1][settings[0].index("version")] = str(version)
    _write(source / "settings.csv", settings)
    workbook = folder / f"{version}.xlsx"
    write_workbook(source, workbook)
    return workbook


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def asked_now(laptop: Laptop) -> Questionnaire:
    with laptop.store.reading() as connection:
        return Forms(FOLDER).current(connection)


def test_a_new_question_is_asked_without_a_new_release(province: Province, tmp_path: Path) -> None:
    siti = province.laptop("siti")
    siti.sync()
    shipped = asked_now(siti)
    version = shipped.version + 1
    command.publish(province.database, province.clock(), with_a_new_question(tmp_path, version))
    assert asked_now(siti).version == shipped.version, "nothing came yet"
    siti.sync()
    asked = asked_now(siti)
    assert asked.version == version
    assert set(asked.questions) - set(shipped.questions) == {f"harapan_{version}"}
    newcomer = province.laptop("budi")
    newcomer.sync()
    assert asked_now(newcomer) == asked


def test_what_was_withdrawn_is_not_begun_but_can_be_read(
    province: Province, tmp_path: Path
) -> None:
    siti = province.laptop("siti")
    shipped = asked_now(siti)
    version = shipped.version + 1
    command.publish(province.database, province.clock(), with_a_new_question(tmp_path, version))
    siti.sync()
    command.withdraw(province.database, province.clock(), HOUSEHOLD_VISIT, version)
    siti.sync()
    assert asked_now(siti).version == shipped.version
    with siti.store.reading() as connection:
        kept = Forms(FOLDER).version(connection, HOUSEHOLD_VISIT, version)
    assert kept is not None
    assert f"harapan_{version}" in kept.questions


def test_a_visit_goes_on_with_the_version_it_was_begun_with(
    province: Province, tmp_path: Path
) -> None:
    siti = province.laptop("siti")
    family = siti.register("Uji Nur Aini")
    draft = siti.begin_visit(family)
    version = asked_now(siti).version + 1
    command.publish(province.database, province.clock(), with_a_new_question(tmp_path, version))
    siti.sync()
    visit = siti.finish_visit(draft, notes="Baik.")
    province.settle(siti)
    row = siti.row(visit, "visit")
    assert row is not None
    assert row["questionnaire_version"] == draft.questionnaire_version
    assert asked_now(siti).version == version
