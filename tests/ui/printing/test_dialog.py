"""The dialog before printing, by its keys: what it shows, what it keeps, what it says."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from desktop.models.queries.family_sheet import Promise
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta
from desktop.reports.discretion import COVERED
from desktop.reports.family_sheet import family_sheet
from desktop.ui.desk import Desk
from desktop.ui.printing import dialog as dialog_module
from desktop.ui.printing.devices import Paper
from desktop.ui.printing.dialog import FamilySheetDialog
from desktop.ui.widgets.button import Button
from tests.reports.sheets import DUE, TODAY, basis, visit
from tests.ui.conftest import focused
from tests.ui.pages.conftest import wait_idle

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., FamilySheetDialog]


@pytest.fixture
def open_dialog(desk: Desk) -> Iterator[Open]:
    """Opens the dialog over a window."""
    window = QWidget()
    window.show()
    opened: list[FamilySheetDialog] = []

    def make(*promises: Promise, phone: str | None = None, **said: Any) -> FamilySheetDialog:
        told, known = visit("+-+-?+--", "+--+?+--", *promises, **said), basis()
        dialog = FamilySheetDialog(
            desk,
            lambda choices: family_sheet(known, told, choices, TODAY),
            phone,
            asks_phone=told.is_own,
            parent=window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        opened.append(dialog)
        dialog.open()
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        return dialog

    yield make
    wait_idle(desk)
    for dialog in opened:
        dialog.close()
        dialog.deleteLater()
    window.close()
    window.deleteLater()


def words(dialog: FamilySheetDialog) -> str:
    return "\n".join(dialog.sheet.words())


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Paper]:
    """A printer is there and chosen; gives the papers it was asked for."""
    papers: list[Paper] = []

    def choose(paper: Paper, _parent: QWidget) -> QPrinter:
        papers.append(paper)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(dialog_module, "has_printer", lambda: True)
    monkeypatch.setattr(dialog_module, "ask_for_printer", choose)
    return papers


def test_enter_prints(open_dialog: Open, app: QApplication, printed: list[Paper]) -> None:
    dialog = open_dialog()
    assert focused(app) is dialog.print_button

    QTest.keyClick(focused(app), Qt.Key.Key_Return)

    assert printed == [Paper.A5]
    assert dialog.message.text() == "The sheet was given to the printer."
    assert dialog.isVisible(), "it can be printed once more, or saved"


def test_ctrl_p_prints_from_anywhere(open_dialog: Open, printed: list[Paper]) -> None:
    dialog = open_dialog()
    dialog.phone.setFocus()

    QTest.keyClick(dialog.phone, Qt.Key.Key_P, CTRL)

    assert printed == [Paper.A5]


def test_esc_leaves(open_dialog: Open, app: QApplication) -> None:
    dialog = open_dialog()

    QTest.keyClick(focused(app), Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_without_a_printer_it_says_so_and_goes_to_the_pdf(
    open_dialog: Open, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialog_module, "has_printer", lambda: False)
    dialog = open_dialog()

    QTest.keyClick(focused(app), Qt.Key.Key_Return)

    assert dialog.message.text().startswith("No printer is set up on this laptop.")
    assert dialog.message.isVisible()
    assert focused(app) is dialog.save_button


def test_a_printer_that_takes_nothing_is_told(
    open_dialog: Open, printed: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialog_module, "print_out", lambda *_: False)
    dialog = open_dialog()

    dialog.print_now()

    assert printed
    assert dialog.message.text().startswith("The printer did not take the sheet.")


def test_ctrl_s_saves_where_it_is_told(
    open_dialog: Open, desk: Desk, app: QApplication, tmp_path: Path, monkeypatch: Any
) -> None:
    proposed: list[str] = []

    def ask(_parent: QWidget, _title: str, path: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(path).name)
        return str(tmp_path / "lembar"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    dialog = open_dialog()

    QTest.keyClick(focused(app), Qt.Key.Key_S, CTRL)
    assert not dialog.print_button.isEnabled(), "while it is being written"
    wait_idle(desk)

    assert proposed == ["Lembar keluarga - Siti Contoh - 2026-11-21.pdf"]
    assert (tmp_path / "lembar.pdf").read_bytes().startswith(b"%PDF-")
    assert dialog.message.text() == f"Saved: {tmp_path / 'lembar.pdf'}"
    assert dialog.print_button.isEnabled()
    assert focused(app) is dialog.print_button


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (28, "There is not enough room"),
        (13, "The PDF could not be saved there."),
        (5, "The place cannot be reached"),
    ],
)
def test_a_pdf_that_cannot_be_saved_is_told_in_words(
    open_dialog: Open, desk: Desk, tmp_path: Path, monkeypatch: Any, number: int, sentence: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(dialog_module, "save_pdf", fail)
    dialog = open_dialog()

    dialog.save_to(tmp_path / "x.pdf")
    wait_idle(desk)

    assert dialog.message.text().startswith(sentence)
    assert dialog.save_button.isEnabled()


def test_the_paper_is_kept_for_the_next_sheet(
    open_dialog: Open, desk: Desk, app: QApplication
) -> None:
    dialog = open_dialog()
    assert dialog.paper.value() == "A5"
    dialog.paper.setFocus()

    QTest.keyClick(focused(app), Qt.Key.Key_Right)

    assert dialog.paper.value() == "A4"
    assert desk.settings["paper"] == "A4"
    assert open_dialog().paper.value() == "A4"


def test_the_phone_stands_on_the_sheet_and_is_kept(
    open_dialog: Open, desk: Desk, store: Store, printed: list[Paper]
) -> None:
    dialog = open_dialog()
    assert dialog.sheet.asks[0].line == "HP"
    dialog.phone.setFocus()

    QTest.keyClicks(dialog.phone, "081234567890")
    assert dialog.sheet.asks[0].words == "HP 0812 3456 7890"
    dialog.print_now()
    wait_idle(desk)

    with store.reading() as connection:
        assert get_meta(connection, Meta.USER_PHONE) == "+6281234567890"
    assert open_dialog(phone="+6281234567890").phone.text() == "0812 3456 7890"


def test_what_is_no_phone_is_told_and_not_printed(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.phone.setFocus()

    QTest.keyClicks(dialog.phone, "12345")
    dialog.print_button.setFocus()

    assert dialog.sheet.asks[0].line == "HP"
    assert "mobile number" in dialog.phone.accessibleDescription()


def test_somebody_elses_visit_does_not_ask_for_a_phone(open_dialog: Open) -> None:
    assert not open_dialog(is_own=False, facilitator="Budi").phone.isVisible()


def test_what_is_to_be_done_can_be_left_out(open_dialog: Open, app: QApplication) -> None:
    dialog = open_dialog(Promise("Antar ke kantor desa", "facilitator", DUE))
    assert "Antar ke kantor desa" in words(dialog)
    dialog.told.setFocus()

    QTest.keyClick(focused(app), Qt.Key.Key_Right)

    assert "Antar ke kantor desa" not in words(dialog)
    assert COVERED in words(dialog)


def test_where_nothing_is_to_be_done_there_is_nothing_to_leave_out(open_dialog: Open) -> None:
    assert not open_dialog().told.isVisible()


def test_the_page_is_seen_and_read_out(open_dialog: Open) -> None:
    dialog = open_dialog()
    image = dialog.preview.grab().toImage()

    seen = {image.pixelColor(x, y).lightness() < 60 for x in range(0, 300, 2) for y in range(200)}
    assert seen == {True, False}
    assert dialog.preview.accessibleName()
    assert "Air bersih: cukup" in dialog.preview.accessibleDescription()


def test_every_control_can_be_reached_and_has_a_name(open_dialog: Open) -> None:
    dialog = open_dialog(Promise("Urus akta", "family", DUE))

    for button in dialog.findChildren(Button):
        assert button.text()
        assert button.height() >= 36
    for field in (dialog.paper, dialog.told, dialog.phone):
        assert field.accessibleName()
