"""Signing in, the first download, and syncing by its button, against a real province."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import insert, select

from desktop.app import App
from desktop.models.operations import households
from desktop.models.records.base import new_id, utc_now
from desktop.models.records.households import Household, Member, Relation
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import CONFLICT, HOUSEHOLD, OUTBOX, SEARCH
from desktop.paths import Paths
from desktop.sync.faults import SyncFault
from desktop.ui.pages.home.page import HomePage
from desktop.ui.pages.settings.page import SettingsPage
from desktop.ui.pages.sync.page import SyncPage
from desktop.ui.pages.sync.sign_in import SignInDialog
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from desktop.ui.pages.welcome.page import WelcomePage
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.notice_bar import NoticeBar
from server.database import Database
from server.questionnaires import command
from server.tables import SYNCED
from tests.conftest import MakeServer
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_questionnaires import with_a_new_question
from tests.servers import PASSWORD, VILLAGE, add_user
from tests.ui.pages.conftest import wait_idle, wait_until
from tests.ui.pages.visit.acting import asked, press, type_keys


@pytest.fixture
def province(make_server: MakeServer, database: Database) -> str:
    for login, name in (("siti", "Siti Contoh"), ("budi", "Budi Contoh")):
        add_user(database, login, name=name)
    return make_server(database)


@pytest.fixture
def opened(app: QApplication, tmp_path: Path) -> Iterator[App]:
    """The whole program, on an empty folder."""
    del app
    made = App(Paths.inside(tmp_path / "home"))
    made.start()
    wait_until(lambda: made.window.page is not None)
    yield made
    made.window.close()
    wait_idle(made.desk)
    made.stop()
    made.window.deleteLater()


@pytest.fixture
def budi(province: str, tmp_path: Path) -> Iterator[Laptop]:
    laptop = Laptop(tmp_path / "budi", province, "budi").enrol()
    yield laptop
    laptop.close()


def _sign_in(opened: App, address: str, password: str = PASSWORD) -> None:
    page = opened.window.page
    assert isinstance(page, WelcomePage)
    for field, text in ((page.server, address), (page.login, "siti"), (page.password, password)):
        field.setFocus()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_signing_in_brings_the_villages_and_the_home_page(
    opened: App, province: str, budi: Laptop
) -> None:
    family = budi.register("Nur Aini")
    budi.sync()
    assert not opened.window.side_bar.isVisible(), "there is nowhere to go yet"

    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))

    with opened.desk.store.reading() as connection:
        assert connection.execute(select(HOUSEHOLD.c.id)).scalars().all() == [family]
    assert opened.window.side_bar.isVisible()
    assert opened.desk.account is not None
    assert opened.desk.account.name == "Siti Contoh"


def test_a_wrong_password_is_said_in_plain_words(opened: App, province: str) -> None:
    _sign_in(opened, province, "bukan ini")
    wait_until(lambda: bool(opened.desk.notices.history))

    page = opened.window.page
    assert isinstance(page, WelcomePage)
    assert page.connect_button.isEnabled()
    assert page.password.hasFocus()


def test_what_went_wrong_before_is_gone_after_a_good_sign_in(opened: App, province: str) -> None:
    _sign_in(opened, province, "bukan ini")
    wait_until(lambda: _said(opened) != "")
    page = opened.window.page
    assert isinstance(page, WelcomePage)
    QTest.keyClick(page.password, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.password, PASSWORD)
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert _said(opened) == "", "a new attempt"
    wait_until(lambda: isinstance(opened.window.page, HomePage))

    assert _said(opened) == ""


def test_an_address_that_cannot_be_reached_is_named(opened: App) -> None:
    _sign_in(opened, "http://127.0.0.1:9")
    wait_until(lambda: _said(opened) != "")

    assert _said(opened) == (
        "Alamat http://127.0.0.1:9 tidak terjangkau. Periksa alamat dan sinyal."
    )


def test_a_second_enter_signs_in_once(
    opened: App, province: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    province_session = opened.connection
    assert province_session is not None
    sign_in, calls = province_session.session.sign_in, []

    def counted(*given: str) -> object:
        calls.append(given)
        return sign_in(*given)

    monkeypatch.setattr(province_session.session, "sign_in", counted)
    _sign_in(opened, province)
    page = opened.window.page
    assert isinstance(page, WelcomePage)
    assert not page.password.isEnabled()
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    page.connect_now()
    wait_until(lambda: isinstance(opened.window.page, HomePage))

    assert len(calls) == 1


def test_another_language_keeps_what_was_typed_and_nothing_that_was_said(opened: App) -> None:
    _sign_in(opened, "http://127.0.0.1:9", " rahasia 17 ")
    wait_until(lambda: _said(opened) != "")
    before = opened.window.page
    assert isinstance(before, WelcomePage)
    before.language.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Right)
    page = opened.window.page

    assert isinstance(page, WelcomePage)
    assert page is not before
    assert opened.desk.language == "en"
    assert [page.server.text(), page.login.text(), page.password.text()] == [
        "http://127.0.0.1:9",
        "siti",
        " rahasia 17 ",
    ]
    parts = page.language.findChildren(QWidget)
    wait_until(lambda: any(part.hasFocus() for part in parts))
    assert _said(opened) == ""


def test_an_error_goes_when_its_page_is_left(opened: App, province: str) -> None:
    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))
    opened.desk.notices.error("no")
    opened.desk.go("home")
    assert _said(opened) == "no", "nothing was left"
    opened.desk.go("households")
    assert _said(opened) == ""


def test_a_restore_says_where_the_former_data_lies(
    opened: App, province: str, tmp_path: Path
) -> None:
    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))
    _register(opened, "Nur Aini")
    opened.desk.go("settings")
    page = opened.window.page
    assert isinstance(page, SettingsPage)
    page.backup.save_to(tmp_path / "a.berdaya", "kopi pahit 17")
    wait_idle(opened.desk)
    opened.desk.notices.error("something before")
    page.backup.restore_from(tmp_path / "a.berdaya", "kopi pahit 17")
    wait_until(lambda: isinstance(opened.window.page, HomePage))

    assert "data.before-1" in _said(opened)
    assert not _bar(opened)._timer.isActive(), "it can be read at leisure"


def _said(opened: App) -> str:
    """The words of the notice that is to be seen."""
    notice = _bar(opened).shown()
    return notice.text if notice is not None else ""


def _bar(opened: App) -> NoticeBar:
    bar = opened.window.findChild(NoticeBar)
    assert isinstance(bar, NoticeBar)
    return bar


def test_the_button_sends_what_waits_and_brings_what_others_wrote(
    opened: App, province: str, budi: Laptop
) -> None:
    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))
    theirs = budi.register("Nur Aini")
    budi.sync()
    mine = _register(opened, "Rahmawati")

    opened.desk.go("sync")
    page = opened.window.page
    assert isinstance(page, SyncPage)
    wait_until(lambda: page.waiting.rows() != [])
    page.sync_button.setFocus()
    QTest.keyClick(page.sync_button, Qt.Key.Key_Space)
    assert page.hasFocus(), "the keyboard did not run off into a table"
    wait_until(lambda: page.waiting.rows() == [] and page.sync_button.isEnabled())
    assert page.sync_button.hasFocus()

    with opened.desk.store.reading() as connection:
        assert set(connection.execute(select(OUTBOX.c.state)).scalars()) == {"confirmed"}
        known = set(connection.execute(select(SEARCH.c.household_id)).scalars())
    assert known == {mine, theirs}


def test_the_cards_stand_evenly_and_nothing_takes_little_room(opened: App, province: str) -> None:
    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))
    opened.desk.go("sync")
    page = opened.window.page
    assert isinstance(page, SyncPage)
    wait_until(page.nothing.isVisible)
    wait_idle(opened.desk)

    cards = sorted(
        (card for card in page.findChildren(Card) if card.isVisible()),
        key=lambda card: card.mapTo(page, card.rect().topLeft()).y(),
    )
    places = [card.geometry() for card in cards]
    gaps = [below.top() - above.bottom() - 1 for above, below in pairwise(places)]
    assert len(cards) == 3
    assert set(gaps) == {S3}
    assert page.waiting_card.height() < 120
    assert page.history_card.height() > 240
    seen = page.history_card.mapTo(page, page.history_card.rect().bottomLeft())
    assert page.rect().contains(seen)


def test_signing_in_again_where_the_province_forgot_us(opened: App, province: str) -> None:
    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))
    with opened.desk.store.writing() as connection:
        set_meta(connection, Meta.TOKEN, "gone")
    mine = _register(opened, "Nur Aini")
    opened.desk.go("sync")
    page = opened.window.page
    assert isinstance(page, SyncPage)
    wait_until(page.sync_button.isEnabled)
    page.sync_button.click()
    wait_until(lambda: page.sign_in_button.isVisible() and page.sync_button.isEnabled())
    wait_idle(opened.desk)

    dialog = SignInDialog(opened.desk, province, opened.window)
    dialog.login.setText("siti")
    dialog.password.setText("bukan ini")
    dialog.show()
    dialog.accept()
    wait_until(lambda: "belum benar" in dialog.password.accessibleDescription())
    assert dialog.isVisible()
    dialog.password.setText(PASSWORD)
    dialog.accept()
    wait_until(lambda: not dialog.isVisible())
    page.sync_button.click()
    wait_until(lambda: page.sync_button.isEnabled() and not page.sign_in_button.isVisible())
    with opened.desk.store.reading() as connection:
        states = connection.execute(select(OUTBOX.c.state).where(OUTBOX.c.row_id == mine))
        assert set(states.scalars()) == {"confirmed"}
    assert not page.failure.isVisible()


def test_a_sync_is_stopped_from_its_page(
    opened: App, province: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends after the round trip under way; what is left is sent the next time."""
    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))
    opened.desk.go("sync")
    page = opened.window.page
    assert isinstance(page, SyncPage)
    wait_until(page.sync_button.isEnabled)
    wait_idle(opened.desk)
    _register(opened, "Nur Aini")
    assert opened.connection is not None
    monkeypatch.setattr("desktop.sync.engine.Engine._tell_progress", lambda *_: page_stops())

    def page_stops() -> None:
        assert opened.connection is not None
        opened.connection.cancel()

    page.sync_button.click()
    assert page.going.isVisible()
    wait_until(lambda: page.history.rows()[:1] != [] and not page.going.isVisible())
    wait_until(lambda: page.history.rows()[0].fault is SyncFault.STOPPED)
    assert opened.connection.fault is None
    monkeypatch.undo()
    page.sync_button.click()
    wait_until(lambda: page.waiting.rows() == [] and page.sync_button.isEnabled())


def test_deciding_a_conflict_by_keyboard(opened: App, province: str) -> None:
    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))
    family = _register(opened, "Nur Aini")
    account = opened.desk.account
    assert account is not None
    write = {"user": str(account.user_id), "at": "2026-11-20T03:00:00.000Z"}
    with opened.desk.store.writing() as connection:
        connection.execute(
            insert(CONFLICT).values(
                id=new_id(),
                scope=VILLAGE,
                subject_table="household",
                subject_id=family,
                field="hamlet",
                base_value="Lor",
                kept={"value": "Krajan", **write},
                other={"value": "Kulon", **write},
                rule="latest-write",
                rule_version=1,
                opened_at=utc_now(),
                resolved_value=None,
                extra={},
            )
        )
    opened.desk.go("sync")
    page = opened.window.page
    assert isinstance(page, SyncPage)
    wait_until(lambda: len(page.questions.cards) == 1)
    (card,) = page.questions.cards.values()
    card.choice.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_2)
    QTest.keyClick(card.reason, Qt.Key.Key_Return)
    wait_until(lambda: not page.questions.cards)

    with opened.desk.store.reading() as connection:
        hamlet = connection.execute(select(HOUSEHOLD.c.hamlet).where(HOUSEHOLD.c.id == family))
        assert hamlet.scalar() == "Kulon"


def _register(opened: App, name: str) -> UUID:
    household = Household(scope=VILLAGE, hamlet="Krajan")
    head = Member(scope=VILLAGE, household_id=household.id, name=name, relation=Relation.HEAD)
    done: list[None] = []
    opened.desk.write(
        opened.window,
        lambda writer: households.register(writer, household, [head]),
        done.append,
    )
    wait_until(lambda: bool(done))
    return household.id


def test_a_question_that_the_office_added_is_asked_at_the_next_visit(
    opened: App, province: str, database: Database, tmp_path: Path
) -> None:
    """Without a new release: from the workbook to the answer in the province."""
    _sign_in(opened, province)
    wait_until(lambda: isinstance(opened.window.page, HomePage))
    family = _register(opened, "Nur Aini")
    command.publish(database, utc_now(), with_a_new_question(tmp_path, 2))
    _sync(opened)

    opened.desk.go("visit", household_id=family)
    wait_idle(opened.desk)
    page = opened.window.page
    assert isinstance(page, VisitPage)
    said = {"outcome": "2", "follow_up_needed": "2", "harapan_2": "Warung sendiri"}
    while page.shown != FINISH:
        type_keys(said.pop(asked(page), ""))
        press(Qt.Key.Key_Return)
    assert said == {}, "all of it was asked"
    press(Qt.Key.Key_Space)
    wait_idle(opened.desk)
    _sync(opened)

    with database.reading() as connection:
        visit = connection.execute(select(SYNCED["visit"])).one()
    assert (visit.household_id, visit.questionnaire_version) == (family, 2)
    assert visit.answers["harapan_2"] == "Warung sendiri"


def _sync(opened: App) -> None:
    assert opened.connection is not None
    opened.connection.sync()
    wait_idle(opened.desk)
