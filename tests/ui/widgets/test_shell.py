"""The frame around the pages: side bar, head, notices, dialogs, marks and pictures."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.notices import Action, NoticeLevel, Notices
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.badge import (
    LOOKS,
    Badge,
    TransportMark,
    TransportState,
    WorkState,
    state_text,
)
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.heat_strip import HeatColumn, HeatStrip
from desktop.ui.widgets.mini_bars import Bar, MiniBars, nice_top
from desktop.ui.widgets.notice_bar import NoticeBar
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.resting import Resting
from desktop.ui.widgets.scroll_page import Columns
from desktop.ui.widgets.search_field import SearchField
from desktop.ui.widgets.segmented import Segmented
from desktop.ui.widgets.side_bar import SideBar, StatusLine
from tests.ui import gallery
from tests.ui.conftest import focused


def show(app: QApplication, widget: QWidget) -> None:
    widget.show()
    widget.activateWindow()
    app.processEvents()


@pytest.fixture
def side(app: QApplication, theme: Theme) -> SideBar:
    bar = SideBar(theme, "Berdaya")
    for key in ("home", "families", "sync"):
        bar.add_item(key, key.title(), "home")
    show(app, bar)
    return bar


def items(side: SideBar) -> list[QAbstractButton]:
    return [b for b in side.findChildren(QAbstractButton) if b.isCheckable()]


def test_the_side_bar_is_walked_by_keyboard(app: QApplication, side: SideBar) -> None:
    went: list[str] = []
    side.navigated.connect(went.append)
    items(side)[0].setFocus()
    QTest.keyClick(focused(app), Qt.Key.Key_Down)
    QTest.keyClick(focused(app), Qt.Key.Key_Return)
    QTest.keyClick(focused(app), Qt.Key.Key_Down)
    QTest.keyClick(focused(app), Qt.Key.Key_Space)
    QTest.keyClick(focused(app), Qt.Key.Key_Down)
    QTest.keyClick(focused(app), Qt.Key.Key_Enter)
    assert went == ["families", "sync", "home"]


def test_only_the_window_marks_the_page(app: QApplication, side: SideBar) -> None:
    side.set_current("home")
    items(side)[1].click()
    assert [item.isChecked() for item in items(side)] == [True, False, False]


def test_counts_are_read_out(side: SideBar) -> None:
    side.set_count("sync", 12)
    assert items(side)[2].accessibleName() == "Sync, 12 waiting"
    side.set_count("sync", 0)
    assert items(side)[2].accessibleName() == "Sync"


def test_the_foot_says_what_is_so(app: QApplication, side: SideBar) -> None:
    pressed: list[int] = []
    side.status_pressed.connect(lambda: pressed.append(1))
    side.set_status([StatusLine("Saved"), StatusLine("12 wait", level="warning")], "Send now")
    app.processEvents()
    names = {w.accessibleName() for w in side.findChildren(QWidget) if w.isVisible()}
    assert {"Saved", "12 wait", "Send now"} <= names
    next(b for b in side.findChildren(QAbstractButton) if b.text() == "Send now").click()
    assert pressed == [1]
    with pytest.raises(ValueError, match="three lines"):
        side.set_status([StatusLine("x")] * 4)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_eleven_pages_fit_a_low_screen(app: QApplication, theme: Theme, scale: float) -> None:
    theme.apply(app, "light", scale)
    side = gallery.side_bar(theme, "home")
    side.add_item("verify", "Verifikasi", "check")
    show(app, side)
    assert side.minimumSizeHint().height() <= 690
    side.resize(side.width(), 690)
    app.processEvents()
    assert all(item.height() >= 36 for item in items(side))


def test_notices_are_recorded_and_shown(app: QApplication, theme: Theme) -> None:
    notices = Notices()
    heard: list[object] = []
    notices.posted.connect(heard.append)
    bar = NoticeBar(theme, notices)
    notices.info("Saved")
    notices.error("The disk is full", "3 MB are needed")
    notices.warning("No connection")
    assert [notice.text for notice in notices.history] == [
        "Saved",
        "The disk is full",
        "No connection",
    ]
    assert heard == notices.history
    first = bar.shown()
    assert first is not None
    assert first.level is NoticeLevel.ERROR


def test_a_notice_is_acted_on_once(app: QApplication, theme: Theme) -> None:
    notices, acted = Notices(), []
    bar = NoticeBar(theme, notices)
    notices.warning("Returned", action=Action("Look", lambda: acted.append(1)))
    show(app, bar)
    next(b for b in bar.findChildren(Button) if b.text() == "Look").click()
    assert acted == [1]
    assert bar.shown() is None
    assert bar.isHidden()


def test_the_same_words_do_not_pile_up(theme: Theme) -> None:
    notices = Notices()
    bar = NoticeBar(theme, notices)
    for _time in range(3):
        notices.error("No connection")
    bar.findChildren(IconButton)[0].click()
    assert bar.shown() is None
    assert len(notices.history) == 3


def test_clearing_hides_the_bar(theme: Theme) -> None:
    notices = Notices()
    bar = NoticeBar(theme, notices)
    notices.error("No connection")
    notices.clear()
    assert bar.isHidden()


def test_errors_go_with_their_page_and_other_words_stay(theme: Theme) -> None:
    notices = Notices()
    bar = NoticeBar(theme, notices)
    notices.error("The disk is full")
    notices.warning("No connection", is_of_page=True)
    notices.warning("This family is gone")
    notices.leave_page()
    notice = bar.shown()
    assert notice is not None
    assert notice.text == "This family is gone"
    assert len(notices.history) == 3


def test_good_news_that_stays_does_not_go_by_itself(theme: Theme) -> None:
    notices = Notices()
    bar = NoticeBar(theme, notices)
    notices.info("Saved")
    assert bar._timer.isActive()
    notices.info("Restored", stays=True)
    assert not bar._timer.isActive()
    notice = bar.shown()
    assert notice is not None
    assert notice.text == "Restored"


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_long_title_is_cut_off_with_dots(app: QApplication, theme: Theme, scale: float) -> None:
    theme.apply(app, "light", scale)
    title = "Warung Kelontong dan Sembako Ibu Hajjah Siti Maemunah binti Abdurrahman"
    header = PageHeader(theme, title, title)
    for words in ("Correct", "New visit"):
        header.add_action(Button(theme, words))
    show(app, header)
    whole = header.findChildren(QLabel)[0].grab().toImage()
    header.resize(header.minimumSizeHint().width() + 160, header.height())
    app.processEvents()
    for label in header.findChildren(QLabel):
        assert label.text() == title, "it can still be read whole by whoever asks"
        assert label.width() < label.fontMetrics().horizontalAdvance(title)
        point = label.rect().center()
        app.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, point, label.mapToGlobal(point)))
        assert label.toolTip() == title
    label = header.findChildren(QLabel)[0]
    fitted = label.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, label.width())
    ratio = whole.devicePixelRatio()
    columns = round(label.fontMetrics().horizontalAdvance(fitted[:-1]) * ratio)
    shown = label.grab().toImage()
    end = range(columns + 2, shown.width())
    lows = [y for x in end for y in range(shown.height()) if shown.pixel(x, y) != whole.pixel(0, 0)]
    assert fitted.endswith("…")
    assert lows, "there are dots"
    assert min(lows) > shown.height() // 2, "and no part of a letter"


def test_the_ring_is_on_the_tab_that_has_the_keyboard(app: QApplication, theme: Theme) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    bars = [QTabBar(), QTabBar()]
    for bar in bars:
        for name in ("Summary", "Visits"):
            bar.addTab(name)
        column.addWidget(bar)
    show(app, box)
    for with_ring in bars:
        with_ring.setFocus()
        app.processEvents()
        ringed = [(bar, tab) for bar in bars for tab in range(2) if _has_ring(bar, tab, theme)]
        assert ringed == [(with_ring, 0)]
    QTest.keyClick(focused(app), Qt.Key.Key_Right)
    assert [_has_ring(bars[1], tab, theme) for tab in range(2)] == [False, True]


def _has_ring(bar: QTabBar, tab: int, theme: Theme) -> bool:
    """Whether the upper edge of a tab is in the colour of the ring."""
    picture, rect = bar.grab().toImage(), bar.tabRect(tab)
    ratio = picture.devicePixelRatio()
    colour = picture.pixelColor(round(rect.center().x() * ratio), round((rect.top() + 1) * ratio))
    return colour.name() == theme.color("focus").name()


def test_resting_widgets_give_the_keyboard_back(app: QApplication, theme: Theme) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    button, other = Button(theme, "Send"), Button(theme, "Stop")
    column.addWidget(button)
    column.addWidget(other)
    show(app, box)
    rest = Resting(box, button)
    button.setFocus()
    rest.begin()
    assert rest.is_resting
    assert focused(app) is box
    rest.end()
    assert focused(app) is button

    rest.begin()
    other.setFocus()
    rest.end()
    assert focused(app) is other, "who went elsewhere stays there"


@pytest.mark.parametrize(
    ("danger", "key", "result"),
    [
        (False, Qt.Key.Key_Return, QDialog.DialogCode.Accepted),
        (False, Qt.Key.Key_Escape, QDialog.DialogCode.Rejected),
        (True, Qt.Key.Key_Return, QDialog.DialogCode.Rejected),
    ],
)
def test_enter_in_a_dialog_loses_nothing(
    app: QApplication, theme: Theme, danger: bool, key: Qt.Key, result: QDialog.DialogCode
) -> None:
    dialog = Dialog(theme, "Discard?")
    dialog.add_text("The answers are lost.")
    dialog.add_buttons("Discard", "Keep", danger=danger)
    show(app, dialog)
    QTest.keyClick(dialog, key)
    assert dialog.result() == result.value


def test_the_two_marks_share_neither_shape_nor_icon() -> None:
    assert all(LOOKS[state].ground for state in WorkState)
    assert not any(LOOKS[state].ground for state in TransportState)
    icons = [look.icon for look in LOOKS.values()]
    assert len(set(icons)) == len(icons)


def test_marks_take_plain_values_and_read_out(theme: Theme) -> None:
    badge, mark = Badge(theme, "draft"), TransportMark(theme, "local")
    badge.set_state("returned")
    mark.set_state(TransportState.CONFIRMED)
    assert badge.accessibleName() == state_text(WorkState.RETURNED)
    assert mark.accessibleName() == "Confirmed by the province"
    with pytest.raises(ValueError, match="lost"):
        Badge(theme, "lost")


@pytest.mark.parametrize(
    ("highest", "top"),
    [(0, 4), (1, 4), (3, 4), (7, 8), (9, 16), (149, 160), (161, 200), (2_400_000, 4_000_000)],
)
def test_the_scale_of_the_bars_is_round(highest: int, top: int) -> None:
    assert nice_top(highest) == top


def test_the_bars_read_out(app: QApplication, theme: Theme) -> None:
    bars = MiniBars(theme, "Visits")
    show(app, bars)
    bars.set_data([Bar("Jan", 4), Bar("Feb", 0)], 5, "Planned 5")
    bars.grab()
    assert bars.accessibleDescription() == "Planned 5; Jan 4; Feb 0"


def test_the_strip_reads_out_the_newest_visit(app: QApplication, theme: Theme) -> None:
    strip = HeatStrip(theme)
    strip.set_visits([HeatColumn("Mar", {}), HeatColumn("Jun", {"food": "deprived"})])
    strip.resize(200, strip.sizeHint().height())
    strip.grab()
    assert strip.accessibleDescription().startswith("Jun. Food: Lacking; Other needs: Not known")


def test_segments_change_by_arrow(app: QApplication, theme: Theme) -> None:
    switch = Segmented(theme, [Option("id", "Indonesia"), Option("en", "English")])
    heard: list[str] = []
    switch.changed.connect(lambda: heard.append(switch.value()))
    show(app, switch)
    switch.setFocus()
    QTest.keyClick(focused(app), Qt.Key.Key_Right)
    assert heard == ["en"]


def test_keys_of_the_search_field(app: QApplication, theme: Theme) -> None:
    field, down = SearchField(theme, "Search"), []
    field.went_down.connect(lambda: down.append(1))
    show(app, field)
    QTest.keyClicks(field, "siti")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert down == [1]


def words_of(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_progress_has_words(app: QApplication, theme: Theme) -> None:
    progress = Progress(theme)
    show(app, progress)
    for done, total in ((0, 0), (5, 10), (20, 10)):
        progress.set_progress(done, total, f"{done} of {total}")
        progress.grab()
        assert words_of(progress) == [f"{done} of {total}"]
    progress.set_busy("Reading")
    progress.grab()
    assert words_of(progress) == ["Reading"]


def test_an_empty_page_offers_the_first_step(app: QApplication, theme: Theme) -> None:
    empty, pressed = EmptyState(theme, "users", "Families will be here.", "Add one"), []
    empty.pressed.connect(lambda: pressed.append(1))
    show(app, empty)
    empty.setFocus()
    QTest.keyClick(focused(app), Qt.Key.Key_Space)
    assert pressed == [1]


def test_a_row_wraps_when_narrow(app: QApplication, theme: Theme) -> None:
    row = FlowRow()
    for state in WorkState:
        row.add(Badge(theme, state))
    layout = row.layout()
    assert layout is not None
    assert layout.heightForWidth(150) > layout.heightForWidth(900)


def test_columns_stand_below_each_other_when_narrow(app: QApplication, theme: Theme) -> None:
    columns, one, two = Columns(theme, 400), QWidget(), QWidget()
    columns.add(one)
    columns.add(two)
    show(app, columns)
    for width, is_beside in ((500, True), (300, False)):
        columns.resize(width, 200)
        app.processEvents()
        app.processEvents()
        assert (two.x() > one.x()) == is_beside


def test_back_is_offered_if_asked(app: QApplication, theme: Theme) -> None:
    header, back = PageHeader(theme, "A family", "Cikeusik", back=True), []
    header.back_pressed.connect(lambda: back.append(1))
    header.findChildren(IconButton)[0].click()
    assert back == [1]


def test_whatever_can_be_pressed_has_a_name_and_a_touch_target(
    app: QApplication, theme: Theme
) -> None:
    notices = Notices()
    for build in (gallery.families_page, gallery.parts_page):
        page = gallery.window(theme, notices, build(theme, notices), "families")
        notices.warning("Returned", action=Action("Look", lambda: None))
        page.resize(1366, 768)
        show(app, page)
        for button in page.findChildren(QAbstractButton):
            if button.isVisible() and button.objectName() != "qt_tableview_corner":
                assert button.accessibleName() or button.text(), button
                assert button.height() >= 36, button.text()


def test_the_gallery_fits_the_reference_screen(app: QApplication, theme: Theme) -> None:
    notices = Notices()
    for _name, mode, scale in gallery.DRESSES:
        theme.apply(app, mode, scale)
        for build in (gallery.families_page, gallery.parts_page):
            page = gallery.window(theme, notices, build(theme, notices), "families")
            show(app, page)
            hint = page.minimumSizeHint()
            assert hint.width() <= 1366, f"{mode} {scale}"
            assert hint.height() <= 768, f"{mode} {scale}"
