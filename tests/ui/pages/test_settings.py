"""The settings: what is chosen holds at once, and a backup is saved, checked and restored."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QWidget

from desktop.models.store.backup import read_info, write_backup
from desktop.models.store.backup_file import BackupFailure, BackupFault
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.ui.backup_sentences import BACKUP, backup_sentence
from desktop.ui.desk import Desk
from desktop.ui.notices import NoticeLevel
from desktop.ui.page import Page
from desktop.ui.pages.settings.page import SettingsPage
from desktop.ui.passphrase import NewPassphraseDialog, RestoreDialog
from desktop.ui.sentences import BUG
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.notice_bar import NoticeBar
from desktop.ui.window import Window
from tests.ui.conftest import focused
from tests.ui.pages import businesses as made
from tests.ui.pages.conftest import wait_idle

Show = Callable[..., Page]
PASSPHRASE = "kopi pahit 17"


def shown(show: Show) -> SettingsPage:
    return cast("SettingsPage", show(SettingsPage))


def words_on(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_choice_holds_at_once(app: QApplication, desk: Desk, show: Show) -> None:
    page = shown(show)
    restyled: list[str] = []
    desk.restyled.connect(lambda: restyled.append(desk.language))
    assert page._choices["language"].value() == "id"
    QTest.keyClick(focused(app), Qt.Key.Key_Right)
    assert desk.language == "en"
    assert restyled == ["en"]
    page.focus_on("text_size")
    QTest.keyClick(focused(app), Qt.Key.Key_Right)
    page.focus_on("appearance")
    QTest.keyClick(focused(app), Qt.Key.Key_Right)
    assert (desk.settings["text_size"], desk.settings["appearance"]) == (125, "dark")


def test_the_keyboard_stays_on_the_setting_when_everything_is_built_anew(
    app: QApplication, desk: Desk, store: Store
) -> None:
    del store
    window = Window(desk)
    desk.restyled.connect(window.rebuild)
    window.show()
    window.activateWindow()
    window.show_page("settings")
    wait_idle(desk)
    before = window.page
    assert isinstance(before, SettingsPage)
    before.focus_on("text_size")
    QTest.keyClick(focused(app), Qt.Key.Key_Right)
    wait_idle(desk)
    after = window.page
    assert isinstance(after, SettingsPage)
    assert after is not before
    assert after._choices["text_size"].isAncestorOf(focused(app))
    window.close()
    window.deleteLater()


def test_it_says_who_works_here(desk: Desk, store: Store, show: Show) -> None:
    with store.writing() as connection:
        set_meta(connection, Meta.SERVER, "https://province.example")
        set_meta(connection, Meta.LAST_CONFIRMED, "2026-11-20T09:05:00.000Z")
    words = words_on(shown(show))
    assert "Rina Contoh" in words
    assert "https://province.example" in words
    assert "20 November 2026, 16.05" in words
    del desk


def test_a_backup_is_saved_and_restored(
    desk: Desk, store: Store, show: Show, tmp_path: Path
) -> None:
    made.family(store, "Siti Contoh")
    page = shown(show)
    reopened: list[bool] = []
    desk.reopen.connect(lambda: reopened.append(True))
    page.backup.save_to(tmp_path / "a.berdaya", PASSPHRASE)
    wait_idle(desk)
    assert "Saved and read back: a.berdaya" in words_on(page)
    assert read_info(tmp_path / "a.berdaya").counts["household"] == 1

    made.family(store, "Asep Contoh")
    page.backup.restore_from(tmp_path / "a.berdaya", PASSPHRASE)
    wait_idle(desk)
    assert reopened == [True]
    restored = Store.open(store.folder)
    with restored.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM household").scalar_one() == 1
    restored.close()
    assert store.folder.with_name("store.before-1").is_dir()


def test_a_wrong_passphrase_is_said_and_nothing_changes(
    desk: Desk, store: Store, show: Show, tmp_path: Path
) -> None:
    page = shown(show)
    write_backup(store, tmp_path / "a", PASSPHRASE)
    page.backup.restore_from(tmp_path / "a", "teh manis 17")
    wait_idle(desk)
    assert "The passphrase is another one" in desk.notices.history[-1].text
    assert page.backup._buttons.isEnabled()
    assert not store.folder.with_name("store.before-1").exists()


def test_a_foreign_file_is_refused_before_anything_is_asked(
    desk: Desk, store: Store, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del store
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a backup")
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "holiday.jpg"), "")
    )
    page = shown(show)
    page.backup._ask_restore()
    wait_idle(desk)
    assert "not a backup of Berdaya" in desk.notices.history[-1].text


def test_a_backup_without_a_damaged_photo_says_so(
    desk: Desk, store: Store, show: Show, tmp_path: Path
) -> None:
    for number in range(9):
        store.blobs.put(bytes([number]) * 40_000)
    store.blobs.close()
    content = bytearray((store.folder / "attachments.db").read_bytes())
    content[len(content) // 2] ^= 1
    (store.folder / "attachments.db").write_bytes(content)
    page = shown(show)

    page.backup.save_to(tmp_path / "a.berdaya", PASSPHRASE)
    wait_idle(desk)
    assert "Saved and read back: a.berdaya" in words_on(page)
    assert "Some photos are not in it" in words_on(page)

    page.backup.check()
    wait_idle(desk)
    assert "Some photos or files are damaged or missing" in words_on(page)


@pytest.mark.parametrize("is_whole", [True, False])
def test_after_a_restore_it_says_if_photos_are_missing(
    desk: Desk, store: Store, show: Show, tmp_path: Path, is_whole: bool
) -> None:
    page = shown(show)
    write_backup(store, tmp_path / "a", PASSPHRASE)
    store.blobs.put(b"of today")
    if not is_whole:
        store.close()
        (store.folder / "attachments.db").write_bytes(b"something else entirely" * 400)
    page.backup.restore_from(tmp_path / "a", PASSPHRASE)
    wait_idle(desk)
    said = desk.notices.history[-1]
    assert "What was here before lies in store.before-1." in said.text
    assert ("are missing now" in said.text) is not is_whole
    assert said.level is (NoticeLevel.INFO if is_whole else NoticeLevel.WARNING)


def test_a_damaged_data_file_is_said_by_a_check_and_by_a_backup(
    desk: Desk, store: Store, show: Show, tmp_path: Path
) -> None:
    page = shown(show)
    store.close()
    content = bytearray((store.folder / "berdaya.db").read_bytes())
    content[-100] ^= 1
    (store.folder / "berdaya.db").write_bytes(content)
    page.backup.check()
    wait_idle(desk)
    assert "Something in the data file is damaged" in words_on(page)

    page.backup.save_to(tmp_path / "a.berdaya", PASSPHRASE)
    wait_idle(desk)
    assert "The data file on this laptop is damaged" in desk.notices.history[-1].text


def test_the_data_is_checked(desk: Desk, store: Store, show: Show) -> None:
    del store
    page = shown(show)
    page.backup.check()
    wait_idle(desk)
    assert "The data on this laptop is whole" in words_on(page)


@pytest.mark.parametrize(
    ("first", "second", "is_taken"),
    [
        ("kopi", "kopi", False),
        ("kopi pahit", "kopi panas", False),
        ("kopi pahit", "", False),
        ("kopi pahit", "kopi pahit", True),
    ],
)
def test_a_new_passphrase_is_long_and_written_twice(
    desk: Desk, first: str, second: str, is_taken: bool
) -> None:
    dialog = NewPassphraseDialog(desk.theme)
    QTest.keyClicks(dialog.first, first)
    QTest.keyClicks(dialog.second, second)
    dialog.accept()
    assert (dialog.result() == 1) is is_taken


def test_restoring_says_what_will_happen(desk: Desk, store: Store, tmp_path: Path) -> None:
    made.family(store, "Siti Contoh")
    info = write_backup(store, tmp_path / "a", PASSPHRASE)
    dialog = RestoreDialog(desk.theme, info)
    words = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "21/11/2026, 10.00" in words
    assert "Families in it: 1." in words
    assert "put aside" in words
    dialog.accept()
    assert dialog.result() == 0, "a passphrase is needed"


def test_enter_restores_once_a_passphrase_is_typed(
    app: QApplication, desk: Desk, store: Store, tmp_path: Path
) -> None:
    dialog = RestoreDialog(desk.theme, write_backup(store, tmp_path / "a", PASSPHRASE))
    dialog.show()
    dialog.activateWindow()
    app.processEvents()
    QTest.keyClick(focused(app), Qt.Key.Key_Return)
    assert dialog.isVisible(), "nothing was typed: it says so, and stays"
    QTest.keyClicks(focused(app), PASSPHRASE)
    QTest.keyClick(focused(app), Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.passphrase() == PASSPHRASE


@pytest.mark.parametrize("passphrase", [PASSPHRASE, "teh manis 17"])
def test_the_keyboard_is_back_when_the_work_is_done(
    app: QApplication, desk: Desk, store: Store, show: Show, tmp_path: Path, passphrase: str
) -> None:
    del store
    page = shown(show)
    page.backup._save.setFocus()
    page.backup.save_to(tmp_path / "a", PASSPHRASE)
    assert focused(app) is page.backup, "nothing else took it meanwhile"
    wait_idle(desk)
    assert focused(app) is page.backup._save

    page.backup._restore.setFocus()
    page.backup.restore_from(tmp_path / "a", passphrase)
    wait_idle(desk)
    assert focused(app) is page.backup._restore or passphrase == PASSPHRASE


def test_trying_again_takes_away_what_went_wrong_before(
    desk: Desk, theme: Theme, store: Store, show: Show, tmp_path: Path
) -> None:
    page, bar = shown(show), NoticeBar(theme, desk.notices)
    write_backup(store, tmp_path / "a", PASSPHRASE)
    page.backup.restore_from(tmp_path / "a", "teh manis 17")
    wait_idle(desk)
    assert bar.shown() is not None
    page.backup.save_to(tmp_path / "b", PASSPHRASE)
    assert bar.shown() is None


def test_settings_that_cannot_be_kept_are_said_after_the_change(
    app: QApplication, desk: Desk, theme: Theme, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OSError

    shown(show)
    bar = NoticeBar(theme, desk.notices)
    desk.restyled.connect(desk.notices.clear)
    monkeypatch.setattr(desk.settings, "set", refuse)
    QTest.keyClick(focused(app), Qt.Key.Key_Right)
    assert bar.shown() is not None


def test_every_fault_has_its_sentence() -> None:
    assert set(BACKUP) == set(BackupFault)
    for fault in BackupFault:
        assert backup_sentence(BackupFailure(fault)) != str(BUG)
