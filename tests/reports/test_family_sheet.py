"""What the sheet for a family says: the eight factors, what changed, what comes next, whom to ask."""

import re
from dataclasses import replace
from datetime import date

import pytest

from desktop.models.queries.family_sheet import GrantStanding, Promise
from desktop.models.questionnaires.form import load
from desktop.models.rules.deprivations import Factor
from desktop.models.rules.states import LIFECYCLES
from desktop.paths import resources
from desktop.reports import family_words as say
from desktop.reports.discretion import COVERED
from desktop.reports.family_sheet import (
    MOST_PROMISES,
    Ask,
    AskKind,
    ChangeLine,
    Choices,
    Step,
    StepKind,
    file_name,
)
from desktop.reports.family_words import Turn
from tests.reports.sheets import DUE, KK, LONG_NAME, NIK, TODAY, basis, made, standing, visit

FORM = load(resources() / "questionnaires" / "household_visit.json")
MARKS = "+-?"
TURNS = {("-", "+"): Turn.BETTER, ("+", "-"): Turn.WORSE}
STATES = {"+": "cukup", "-": "masih kurang", "?": "belum diketahui"}


@pytest.mark.parametrize("factor", Factor)
@pytest.mark.parametrize("now", MARKS)
@pytest.mark.parametrize("before", MARKS)
def test_each_factor_tells_its_state_and_how_it_changed(
    factor: Factor, now: str, before: str
) -> None:
    place = list(Factor).index(factor)
    marks = {mark: "?" * place + mark + "?" * (7 - place) for mark in MARKS}
    sheet = made(visit(marks[now], marks[before]))

    line = sheet.factors[place]
    turn = TURNS.get((before, now))
    assert (line.factor, line.name) == (factor, say.FACTORS[factor])
    assert (line.state, line.turn) == (STATES[now], turn)
    assert [one.turn for one in sheet.factors if one is not line] == [None] * 7
    names = {Turn.BETTER: "Membaik: {}.", Turn.WORSE: "Menurun: {}."}
    expected = names[turn].format(line.name) if turn else say.NO_CHANGE
    assert sheet.changes == (ChangeLine(expected, turn),)


def test_what_was_not_asked_now_says_when_it_was() -> None:
    now = standing("+-++++++", since=date(2026, 7, 3))
    sheet = made(replace(visit(before="+-++++++"), now=now))

    states = [line.state for line in sheet.factors]
    assert states[:2] == ["cukup", "masih kurang, ditanya Juli 2026"]
    assert set(states[2:]) == {"cukup, ditanya Juli 2026"}


def test_what_got_better_is_told_before_what_got_worse() -> None:
    sheet = made(visit("++--++++", "--+++?++"))

    assert sheet.changes_title == "Yang berubah sejak Rabu, 12 Agustus 2026"
    assert [line.words for line in sheet.changes] == [
        "Membaik: Makanan, Pakaian dan kebutuhan lain.",
        "Menurun: Air bersih, Jamban.",
    ]


def test_a_first_visit_compares_with_nothing() -> None:
    sheet = made(visit("+-+-?+--"))

    assert sheet.changes == (ChangeLine(say.FIRST_VISIT),)
    assert not sheet.changes_title
    assert not any(line.turn for line in sheet.factors)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("refused", say.NOT_ASKED),
        ("moved", say.NOT_ASKED),
        ("met", say.NOT_ASKED),
        ("nobody_home", say.NOBODY_HOME),
    ],
)
def test_a_family_that_was_not_asked_has_no_factors(outcome: str, words: str) -> None:
    sheet = made(visit(before="+-+-?+--", outcome=outcome))

    assert (sheet.factors, sheet.changes, sheet.changes_title) == ((), (), "")
    assert sheet.instead == words
    assert sheet.steps
    assert sheet.asks


def test_the_head_and_the_days_are_written_out() -> None:
    sheet = made()

    assert sheet.head == "Siti Contoh"
    assert sheet.place == "Kp. Cibogo, Desa Sumberjaya"
    assert sheet.visited == "Dikunjungi Sabtu, 21 November 2026"
    assert sheet.printed == "Dicetak Sabtu, 21 November 2026"


@pytest.mark.parametrize(
    ("due", "step"),
    [
        (DUE, Step(StepKind.VISIT, "Senin, 21 Desember 2026", say.NEXT_VISIT)),
        (TODAY, Step(StepKind.VISIT, "Sabtu, 21 November 2026", say.NEXT_VISIT)),
        (date(2026, 11, 20), Step(StepKind.VISIT, say.SOON, say.NEXT_VISIT_SOON)),
        (None, Step(StepKind.VISIT, say.SOON, say.NEXT_VISIT_SOON)),
    ],
)
def test_the_next_visit_has_its_day_unless_it_has_passed(due: date | None, step: Step) -> None:
    assert made(visit("+" * 8, next_due_on=due)).steps == (step,)


def test_a_family_that_is_no_longer_accompanied_is_not_promised_a_visit() -> None:
    sheet = made(known=basis(is_accompanied=False, next_due_on=None))

    assert sheet.steps == (Step(StepKind.VISIT, say.NOTHING_NEXT, ""),)


@pytest.mark.parametrize(
    ("promise", "heading", "words"),
    [
        (
            Promise("Antar ke kantor desa.", "facilitator", date(2026, 12, 5)),
            "Sabtu, 5 Desember 2026, oleh pendamping",
            "Antar ke kantor desa.",
        ),
        (
            Promise("Minta sambungan air", "partner", date(2026, 12, 5)),
            "Sabtu, 5 Desember 2026, dirujuk ke mitra",
            "Minta sambungan air.",
        ),
        (Promise("Urus akta", "family"), "Hari belum ditentukan, oleh keluarga", "Urus akta."),
        (Promise("Urus akta"), "Hari belum ditentukan", "Urus akta."),
        (
            Promise("Catat penjualan", "Bu Ani", date(2026, 12, 5), "Warung Siti"),
            "Sabtu, 5 Desember 2026, oleh Bu Ani",
            "Usaha Warung Siti: Catat penjualan.",
        ),
    ],
)
def test_a_promise_says_when_who_and_what(promise: Promise, heading: str, words: str) -> None:
    step = made(visit("+" * 8, "", promise)).steps[-1]

    assert (step.heading, step.words) == (heading, words)


def test_whoever_prints_may_leave_out_what_is_to_be_done() -> None:
    promise = Promise("Antar ke kantor desa", "facilitator", date(2026, 12, 5))
    step = made(visit("+" * 8, "", promise), choices=Choices(spells_out=False)).steps[-1]

    assert step.heading == "Sabtu, 5 Desember 2026, oleh pendamping"
    assert step.words == f"{COVERED}."


def test_many_promises_are_the_first_few_in_time_and_how_many_more() -> None:
    days = [date(2026, 12, day) for day in (20, 4, 12, 5, 6)]
    sheet = made(visit("+" * 8, "", *(Promise(f"Hal {day.day}", "", day) for day in days)))

    told = [step.words for step in sheet.steps if step.kind is StepKind.PROMISE]
    assert told == ["Hal 4.", "Hal 12.", "Hal 20.", ""]
    assert len(told) == MOST_PROMISES + 1
    assert sheet.steps[-1].heading == "Dan 2 hal lain, tanyakan kepada pendamping"


@pytest.mark.parametrize(
    ("grant", "heading", "words"),
    [
        (
            GrantStanding("disbursed", "UEP 2026", True, date(2026, 10, 5)),
            "Bantuan modal: UEP 2026",
            "Sudah dicairkan Senin, 5 Oktober 2026. Simpan semua nota belanja.",
        ),
        (
            GrantStanding("disbursed", "", False, None),
            "Bantuan modal usaha",
            "Sudah diserahkan. Simpan semua nota belanja.",
        ),
        (
            GrantStanding("approved", "", False, None),
            "Bantuan modal usaha",
            "Sudah disetujui, menunggu diserahkan.",
        ),
        (GrantStanding("of_2030", "", True, None), "Bantuan modal usaha", say.GRANT_UNKNOWN),
    ],
)
def test_a_grant_says_how_far_it_has_come(grant: GrantStanding, heading: str, words: str) -> None:
    step = made(known=basis(grants=(grant,))).steps[-1]

    assert (step.kind, step.heading, step.words) == (StepKind.GRANT, heading, words)


def test_every_open_state_of_a_grant_has_words() -> None:
    states = {state for move in LIFECYCLES["grant"].moves for state in move}

    assert states - {"closed", "cancelled"} == set(say.GRANTS) - {"disbursed_on"}


def test_who_can_be_asked() -> None:
    assert made(choices=Choices("+6281234567890")).asks == (
        Ask(AskKind.FACILITATOR, "Rina Contoh (pendamping)", "HP 0812 3456 7890"),
        Ask(AskKind.VILLAGE, "Kantor Desa Sumberjaya"),
        Ask(AskKind.OFFICE, "Dinas Sosial Kabupaten Pandeglang"),
    )


def test_a_phone_that_is_not_known_leaves_a_line_to_write_on() -> None:
    assert made().asks[0] == Ask(AskKind.FACILITATOR, "Rina Contoh (pendamping)", line="HP")


def test_the_phone_of_the_user_is_not_told_for_somebody_else() -> None:
    told = visit("+" * 8, facilitator="Budi Contoh", is_own=False)

    assert made(told, choices=Choices("+6281234567890")).asks[0].words == ""


def test_places_that_are_not_known_are_left_out() -> None:
    sheet = made(known=basis(village="Kertajaya", village_kind="", regency="", hamlet=None))

    assert sheet.place == "Kertajaya"
    assert [ask.name for ask in sheet.asks[1:]] == ["Kantor desa atau kelurahan Kertajaya"]


def test_nothing_on_it_is_for_the_family_alone() -> None:
    """No number of a person, no amount, nothing of anybody's health beside the factor."""
    private = (
        Promise("Pinjam Rp 500.000 dari bank untuk NIK 3601 0121 0860 0001", "family", DUE),
        Promise("Antar suami berobat TBC ke puskesmas", "facilitator", DUE),
        Promise("Penghasilan 900 ribu sebulan dihitung lagi", "village", DUE),
    )
    grants = (GrantStanding("disbursed", "UEP 2026", True, date(2026, 10, 5)),)
    sheet = made(visit("-" * 8, "+" * 8, *private), basis(grants=grants))

    words = "\n".join(sheet.words())
    assert NIK not in words
    assert KK not in words
    assert not re.search(r"\d[\d .]{5,}\d", words)
    assert not re.search(r"Rp|ribu|juta|rupiah", words)
    assert not re.search("sakit|obat|tbc|puskesmas|penghasilan|pendapatan", words, re.IGNORECASE)
    assert "Jalan Contoh 7" not in words
    assert "081200000000" not in words


def test_every_word_of_it_is_among_its_words() -> None:
    sheet = made(visit("++--++++", "--+++?++", Promise("Urus akta", "family", DUE)))

    words = list(sheet.words())
    for expected in (
        *("Lembar keluarga", "Keadaan keluarga", "Air bersih: masih kurang", "menurun"),
        *("Yang akan dilakukan", "Urus akta.", "Tanya kepada", "HP", say.FOOT),
    ):
        assert expected in words


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Siti Contoh", "Lembar keluarga - Siti Contoh - 2026-11-21.pdf"),
        ('M. "Ujang" A/B: <x>|?*', "Lembar keluarga - M. Ujang A B x - 2026-11-21.pdf"),
        ("..", "Lembar keluarga - Keluarga tanpa nama - 2026-11-21.pdf"),
        ("H. Udin, S.Pd.", "Lembar keluarga - H. Udin, S.Pd - 2026-11-21.pdf"),
    ],
)
def test_the_name_of_the_file_is_one_that_windows_takes(head: str, name: str) -> None:
    assert file_name(made(known=basis(head))) == name


def test_the_name_of_the_file_is_not_too_long() -> None:
    assert len(file_name(made(known=basis(LONG_NAME * 3)))) < 128
