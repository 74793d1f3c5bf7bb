"""Staying in touch: what the foot of the side bar says, and when it is tried again."""

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import update

from desktop.models.attachments.manifest import Manifest
from desktop.models.operations import attachments
from desktop.models.records.attachments import AttachmentKind
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import OUTBOX, UNSENT_FILE
from desktop.sync.faults import SyncFault
from desktop.sync.history import Run
from desktop.ui import connection as connections
from desktop.ui.connection import Connection
from desktop.ui.desk import Desk
from desktop.ui.widgets.side_bar import StatusLine
from desktop.ui.window import Window
from tests.ui.pages import families
from tests.ui.pages.conftest import NOW, SUMBERJAYA, wait_idle

_NOWHERE = "http://127.0.0.1:9"


class _Window(Window):
    """A window that remembers what stood at its foot."""

    shown: Sequence[StatusLine] = ()
    lines: Sequence[str] = ()
    button = ""

    def show_status(self, lines: list[StatusLine], button: str = "") -> None:
        self.shown, self.lines, self.button = lines, [line.text for line in lines], button
        super().show_status(lines, button)


@pytest.fixture
def window(desk: Desk) -> Iterator[_Window]:
    made = _Window(desk)
    yield made
    wait_idle(desk)
    made.close()
    made.deleteLater()


@pytest.fixture
def touch(desk: Desk, window: _Window) -> Iterator[Connection]:
    with desk.store.writing() as connection:
        set_meta(connection, Meta.SERVER, _NOWHERE)
        set_meta(connection, Meta.TOKEN, "token")
    made = Connection(desk, window, "0.1.0")
    yield made
    made.stop()
    wait_idle(desk)
    made.deleteLater()


def test_no_connection_is_said_and_work_goes_on(
    desk: Desk, touch: Connection, window: _Window
) -> None:
    touch.sync()
    wait_idle(desk)

    assert touch.fault is SyncFault.OFFLINE
    assert window.lines == ["Saved on this laptop", "No connection"]
    assert window.button == "Sync now"


def test_it_is_tried_later_each_time_but_never_very_late(desk: Desk, touch: Connection) -> None:
    waits = []
    for _ in range(12):
        touch.sync()
        wait_idle(desk)
        waits.append(touch.next_try_ms)

    assert waits[0] == pytest.approx(connections.FIRST_RETRY_MS, rel=0.21)
    assert waits[3] == pytest.approx(connections.FIRST_RETRY_MS * 8, rel=0.21)
    assert waits[-1] == pytest.approx(connections.LAST_RETRY_MS, rel=0.21)
    assert len({wait % 1000 for wait in waits}) > 1, "laptops must not all come at one moment"


def test_sent_is_said_only_after_the_province_confirmed(
    desk: Desk, touch: Connection, window: _Window
) -> None:
    touch.tell()
    wait_idle(desk)
    assert len(window.lines) == 1

    with desk.store.writing() as connection:
        set_meta(connection, Meta.LAST_CONFIRMED, "2026-11-21T02:30:00.000Z")
    touch.tell()
    wait_idle(desk)
    assert window.lines[1].startswith("Sent, confirmed today at")


def test_a_photo_that_is_only_here_is_not_said_to_be_sent(
    desk: Desk, touch: Connection, window: _Window
) -> None:
    family = families.register(desk.store, "Nur Aini")
    photo = Manifest(kind=AttachmentKind.PHOTO, media_type="a/b", sha256="0" * 64, size=1)
    with desk.store.recording() as writer:
        kept = [attachments.attach(writer, family, SUMBERJAYA, photo) for _ in range(3)]
    with desk.store.recording() as writer:
        writer.delete("attachment", kept[0])
    with desk.store.writing() as connection:
        connection.execute(update(OUTBOX).values(state="confirmed", overlay=False))
        set_meta(connection, Meta.LAST_CONFIRMED, "2026-11-21T02:30:00.000Z")
    touch.tell()
    wait_idle(desk)
    assert window.shown[1] == StatusLine("Sent but for 2 file(s), today at 09.30", "paperclip")

    with desk.store.writing() as connection:
        set_meta(connection, Meta.LAST_CONFIRMED, "2026-11-20T02:30:00.000Z")
    touch.tell()
    wait_idle(desk)
    assert window.lines[1] == "Sent but for 2 file(s), on 20/11/2026"

    with desk.store.writing() as connection:
        connection.execute(UNSENT_FILE.delete())
    touch.tell()
    wait_idle(desk)
    assert window.shown[1].level == "good"


def test_success_forgets_the_waiting(desk: Desk, touch: Connection) -> None:
    touch.sync()
    wait_idle(desk)
    touch._done(Run(NOW))
    wait_idle(desk)

    assert touch.fault is None
    assert touch.next_try_ms == connections.REGULAR_MS


def test_what_was_stopped_is_no_failure_and_not_tried_again_at_once(
    desk: Desk, touch: Connection, window: _Window
) -> None:
    touch._done(Run(NOW, fault=SyncFault.STOPPED))
    wait_idle(desk)

    assert touch.fault is None
    assert touch.next_try_ms == connections.REGULAR_MS
    assert window.lines == ["Saved on this laptop"]


def test_what_the_office_looks_at_is_said_at_the_foot(
    desk: Desk, touch: Connection, window: _Window
) -> None:
    families.register(desk.store, "Nur Aini")
    with desk.store.writing() as connection:
        connection.execute(update(OUTBOX).values(state="quarantined", reason="forbidden"))
    touch.tell()
    wait_idle(desk)
    assert window.lines[-1] == "2 with the office"
