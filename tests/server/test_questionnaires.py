"""Workbooks: what is not supported is refused by name, with its row; what is published reaches everybody."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from server.__main__ import main
from server.database import Database
from server.queries import questionnaires
from server.queries.questionnaires import PublishingFailure, PublishingFault
from server.questionnaires import command
from server.questionnaires.compiler import compile_workbook
from server.questionnaires.findings import RefusedWorkbook
from tests.server.console import Console
from tests.servers import NOON

Rows = list[list[str]]
SETTINGS: Rows = [["form_id", "form_title", "version"], ["uji", "Uji", "1"]]
HEAD = ["type", "name", "label"]


def workbook(folder: Path, **sheets: Rows) -> Path:
    path = folder / "uji.xlsx"
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type] # a new workbook has a sheet
    for name, rows in {"settings": SETTINGS, **sheets}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def refusal(folder: Path, **sheets: Rows) -> str:
    with pytest.raises(RefusedWorkbook) as refused:
        compile_workbook(workbook(folder, **sheets))
    return str(refused.value)


ONE: Rows = [HEAD, ["text", "nama", "Nama"]]
CHOICES: Rows = [["list_name", "name", "label"], ["ya", "yes", "Ya"], ["ya", "no", "Tidak"]]

REFUSED: list[tuple[dict[str, Rows], str]] = [
    (
        {"survey": [HEAD, ["geotrace", "jalan", "Jalan"]]},
        "survey, row 2, jalan: The type 'geotrace'",
    ),
    ({"survey": [HEAD, ["video", "film", "Film"]]}, "survey, row 2, film: The type 'video'"),
    ({"survey": [HEAD, ["audit", "audit", ""]]}, "survey, row 2, audit: 'audit' is not supported"),
    ({"survey": [[*HEAD, "trigger"], ["text", "a", "A", "${a}"]]}, "The column 'trigger'"),
    ({"survey": [[*HEAD, "bind::x"], ["text", "a", "A", "1"]]}, "The column 'bind::x'"),
    (
        {"survey": [[*HEAD, "appearance"], ["text", "a", "A", "masked"]]},
        "row 2, a: The appearance 'm",
    ),
    ({"survey": [[*HEAD, "parameters"], ["text", "a", "A", "rows=3"]]}, "The parameter 'rows'"),
    (
        {"survey": [["type", "name", "label::Sunda (su)"], ["text", "a", "A"]]},
        "The language 'Sunda",
    ),
    (
        {"survey": [HEAD, ["text", "a", "A"], ["text", "a", "B"]]},
        "row 3, a: Another row has this name",
    ),
    ({"survey": [HEAD, ["text", "a b", "A"]]}, "survey, row 2, a b: On the"),
    (
        {"survey": [[*HEAD, "relevant"], ["text", "a", "A", "${b} = 1"]]},
        "b",
    ),
    (
        {"survey": [[*HEAD, "relevant"], ["text", "a", "A", "foo(1)"]]},
        "survey, row 2, a: relevant: The expression cannot be read",
    ),
    (
        {
            "survey": [
                [*HEAD, "relevant"],
                ["text", "a", "A", "${b} = 1"],
                ["text", "b", "B", "${a} = 1"],
            ]
        },
        "depend on each other in a circle",
    ),
    ({"survey": [HEAD, ["select_one ya", "a", "A"]]}, "choices sheet"),
    (
        {
            "survey": [HEAD, ["select_one ya", "a", "A"]],
            "choices": [*CHOICES, ["ya", "yes", "Lagi"]],
        },
        "choices, row 4, yes: On the",
    ),
    (
        {
            "survey": [HEAD, ["select_one ya", "a", "A"]],
            "choices": [*CHOICES, ["ya", "x", "Kata ${a}"]],
        },
        "choices, row 4, x: A choice cannot say an answer",
    ),
    (
        {
            "survey": [
                HEAD,
                ["begin_group", "household", "K"],
                ["hidden", "gaji", ""],
                ["end_group"],
            ]
        },
        "survey, row 3, gaji: This is not known of household",
    ),
    (
        {"survey": ONE, "warnings": [["question", "expression"], ["nama", "${nihil} = 1"]]},
        "warnings, row 2, nama: There is no question 'nihil'",
    ),
    (
        {"survey": ONE, "warnings": [["question", "expression"], ["nma", ". > 1"]]},
        "warnings, row 2, nma: There is no question 'nma'",
    ),
    (
        {
            "survey": [HEAD, ["text", "nama", "N"], ["note", "pesan", "P"]],
            "warnings": [["question", "expression"], ["pesan", ". > 1"]],
        },
        "warnings, row 2, pesan: 'pesan' is not answered by anybody",
    ),
    ({"survey": ONE, "entities": [["list_name"], ["a"]]}, "entities: The sheet is not supported"),
    ({"survey": ONE, "settings": [["form_id", "version"], ["uji", "dua"]]}, "version has to be"),
    ({"survey": ONE, "settings": [["form_title", "version"], ["Uji", "1"]]}, "form_id is missing"),
    (
        {
            "survey": [
                [*HEAD, "parameters"],
                ["range", "a", "A", "start=1 end=10 step=4"],
            ]
        },
        "survey, row 2, a",
    ),
    ({"survey": [HEAD, ["select_one_from_file desa.csv", "a", "A"]]}, "desa.csv"),
    ({"choices": CHOICES}, "survey: The sheet is missing"),
]


@pytest.mark.parametrize(("sheets", "said"), REFUSED, ids=[said[:40] for _, said in REFUSED])
def test_what_is_wrong_is_said_with_its_row(
    sheets: dict[str, Rows], said: str, tmp_path: Path
) -> None:
    assert said in refusal(tmp_path, **sheets)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    survey = [HEAD, ["geoshape", "a", "A"], ["video", "b", "B"], ["text", "c", "C"]]
    said = refusal(tmp_path, survey=survey)
    assert [line.partition(":")[0] for line in said.splitlines()] == [
        "survey, row 2, a",
        "survey, row 3, b",
    ]


def test_no_workbook_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("no workbook")
    with pytest.raises(RefusedWorkbook, match="no Excel workbook"):
        compile_workbook(path)


def test_one_language_stands_in_for_the_other(tmp_path: Path) -> None:
    survey = [["type", "name", "label::Bahasa Indonesia (id)"], ["text", "nama", "Nama"]]
    compiled = compile_workbook(workbook(tmp_path, survey=survey))
    assert compiled.form.questions["nama"].label.en == "Nama"
    assert [str(note) for note in compiled.notes] == [
        "note: Nothing is said in English (en); the other language stands in."
    ]


def test_what_changes_nothing_here_is_said(tmp_path: Path) -> None:
    survey = [
        [*HEAD, "appearance", "parameters"],
        ["select_one ya", "a", "A", "likert minimal", ""],
        ["image", "b", "B", "", "max-pixels=800"],
    ]
    settings = [[*SETTINGS[0], "style"], [*SETTINGS[1], "pages"]]
    made = workbook(tmp_path, survey=survey, choices=CHOICES, settings=settings)
    assert [str(note) for note in compile_workbook(made).notes] == [
        "note: settings, row 2: style changes nothing here.",
        "note: survey, row 2, a: The appearance 'likert' changes nothing here.",
        "note: survey, row 3, b: The parameter 'max-pixels' changes nothing here.",
        "note: survey, row 3, b: Nobody is asked first: put a question 'photo_consent' before the "
        "first photo.",
    ]


def test_media_of_labels_travel_inside_the_form(tmp_path: Path) -> None:
    (tmp_path / "sumur.png").write_bytes(b"picture")
    survey = [[*HEAD, "media::image"], ["text", "a", "A", "sumur.png"]]
    form = compile_workbook(workbook(tmp_path, survey=survey)).form
    assert form.questions["a"].media == {"image": "sumur.png"}
    assert form.media == {"sumur.png": b"picture"}
    (tmp_path / "sumur.png").write_bytes(b"x" * 250_000)
    assert "at most 200 fit" in refusal(tmp_path, survey=survey)


PICTURED = [
    ["list_name", "name", "label", "media::image"],
    ["jamban", "leher", "Leher angsa", "leher.png"],
    ["jamban", "lain", "Lain", ""],
]


def test_pictures_of_choices_travel_too(tmp_path: Path) -> None:
    (tmp_path / "leher.png").write_bytes(b"picture")
    survey = [[*HEAD, "appearance"], ["select_one jamban", "a", "A", ""]]
    form = compile_workbook(workbook(tmp_path, survey=survey, choices=PICTURED)).form
    pictured, bare = form.questions["a"].choices
    assert (pictured.media, bare.media) == ({"image": "leher.png"}, {})
    assert pictured.label.id == "Leher angsa"
    assert form.media == {"leher.png": b"picture"}


@pytest.mark.parametrize(
    ("kind", "appearance"),
    [
        ("rank", ""),
        ("select_one", "minimal"),
        ("select_one", "autocomplete"),
        ("select_multiple", "minimal"),
    ],
)
def test_pictures_that_nobody_would_see_are_refused(
    tmp_path: Path, kind: str, appearance: str
) -> None:
    (tmp_path / "leher.png").write_bytes(b"picture")
    survey = [[*HEAD, "appearance"], [f"{kind} jamban", "a", "A", appearance]]
    said = refusal(tmp_path, survey=survey, choices=PICTURED)
    assert "cannot have pictures" in said
    assert "row 2" in said


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        (
            [[*HEAD, "media::image"], ["text", "a", "A", ""], ["text", "b", "B", "b.png"]],
            "survey, row 3, b: The file b.png has to lie beside the workbook.",
        ),
        (
            [[*HEAD, "calculation"], ["text", "a", "A", ""],
             ["calculate", "b", "", "pulldata('harga', 'rupiah', 'nama', ${a})"]],
            "survey, row 3, b: The table harga.csv has to lie beside the workbook.",
        ),
        (
            [HEAD, ["text", "a", "A"], ["select_one_from_file desa.csv", "b", "B"]],
            "survey, row 3, b: The table desa.csv has to lie beside the workbook.",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_missing_is_said_with_the_row_that_needs_it(
    tmp_path: Path, survey: Rows, said: str
) -> None:
    assert refusal(tmp_path, survey=survey) == said


def test_another_choice_is_offered_in_both_languages(tmp_path: Path) -> None:
    survey = [HEAD, ["select_one ya or_other", "a", "A"], ["select_one ya", "b", "B"]]
    form = compile_workbook(workbook(tmp_path, survey=survey, choices=CHOICES)).form
    other = form.questions["a"].choices[-1]
    assert (other.name, other.label.id, other.label.en) == ("other", "Lainnya", "Other")
    own = [*CHOICES, ["ya", "other", "Tidak tahu"]]
    form = compile_workbook(workbook(tmp_path, survey=survey, choices=own)).form
    assert form.questions["a"].choices[-1].label.id == "Tidak tahu", "the office's own words"


def test_a_ranking_is_of_all_its_choices(tmp_path: Path) -> None:
    survey = [[*HEAD, "choice_filter"], ["rank ya", "a", "A", "name != 'no'"]]
    said = refusal(tmp_path, survey=survey, choices=CHOICES)
    assert said == "survey, row 2, a: A ranking cannot have a choice_filter."


def test_versions_are_published_once_and_withdrawn(database: Database, tmp_path: Path) -> None:
    path = workbook(tmp_path, survey=ONE)
    assert command.publish(database, NOON, path) == ["uji, version 1: 1 questions"]
    with pytest.raises(PublishingFailure) as again:
        command.publish(database, NOON, path)
    assert (again.value.fault, again.value.subject) == (PublishingFault.OLD_VERSION, 1)
    command.withdraw(database, NOON + timedelta(days=1), "uji", 1)
    with database.reading() as connection:
        (row,) = questionnaires.published(connection)
    assert (row.name, row.number, row.withdrawn_at) == ("uji", 1, NOON + timedelta(days=1))
    with pytest.raises(PublishingFailure):
        command.withdraw(database, NOON, "uji", 7)


def test_the_office_s_commands(console: Console, tmp_path: Path) -> None:
    path = workbook(tmp_path, survey=ONE)
    assert console.run("questionnaire", "add", str(path)) == ["uji, version 1: 1 questions"]
    (line,) = console.run("questionnaire", "list")
    assert line.startswith("uji 1  published 20")
    assert "was published before" in console.refused("questionnaire", "add", str(path))
    console.run("questionnaire", "withdraw", "uji", "1")
    assert "withdrawn 20" in console.run("questionnaire", "list")[0]
    assert console.refused("questionnaire", "withdraw", "uji", "7") == "uji 7 was not published."


def test_checking_needs_no_province(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(tmp_path, survey=ONE)
    assert main(["questionnaire", "check", str(path)]) == 0
    assert capsys.readouterr().out == "ok\n"
    path = workbook(tmp_path, survey=[HEAD, ["video", "film", "Film"]])
    assert main(["questionnaire", "check", str(path)]) == 1
    assert capsys.readouterr().err.startswith("survey, row 2, film: ")
    assert main(["questionnaire", "check", str(tmp_path / "nothing.xlsx")]) == 1
    assert "nothing.xlsx" in capsys.readouterr().err


_A_DESKTOP = """
import sys
from pathlib import Path
from desktop.models.questionnaires.loader import read
verb, file = sys.argv[1:]
form = read(Path(file).read_text(encoding="utf-8"))
Path({seen!r}).write_text(f"{{verb}} {{form.id}} {{Path(file).parent}}")
sys.exit({code})
"""


@pytest.mark.parametrize("code", [0, 3])
def test_a_workbook_is_tried_before_it_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    """The desktop program gets the compiled form; what it shows then has tests of its own."""
    path, seen = workbook(tmp_path, survey=ONE), tmp_path / "seen"
    stand_in = _A_DESKTOP.format(seen=str(seen), code=code)
    monkeypatch.setattr(command, "_desktop_command", lambda: [sys.executable, "-c", stand_in])
    assert main(["questionnaire", "try", str(path)]) == (1 if code else 0)
    verb, form, folder = seen.read_text().split(" ", 2)
    assert (verb, form) == ("try", "uji")
    assert not Path(folder).exists(), "nothing is kept"
    said = "The desktop program could not show it: exit code 3."
    assert (said in capsys.readouterr().err) == bool(code)


def test_the_desktop_program_stands_where_it_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = [*command._desktop_command(), "try", "--help"]
    assert b"berdaya try" in subprocess.run(tried, check=True, capture_output=True).stdout  # noqa: S603
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/berdaya/berdaya-server.exe")
    assert command._desktop_command() == ["/opt/berdaya/berdaya.exe"]
