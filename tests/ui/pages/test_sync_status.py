"""How far records have got, and how syncing goes: what the pages say of it, and no more than is so."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from desktop.models.attachments.manifest import Manifest
from desktop.models.operations import attachments
from desktop.models.records.attachments import AttachmentKind
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import (
    OUTBOX,
    UNSENT_FILE,
)
from desktop.sync.faults import SyncFault
from desktop.sync.history import Run, Traffic, note_run
from desktop.sync.progress import Progress
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.household.page import HouseholdPage
from tests.ui.pages import businesses as made
from tests.ui.pages import families
from tests.ui.pages.conftest import NOW, SUMBERJAYA, Went, wait_idle
from tests.ui.pages.test_conflicts import press, said, sync_page

Show = Callable[..., Page]


def with_photo(store: Store, family: UUID) -> None:
    """A photo of a family that is on this laptop alone."""
    photo = Manifest(kind=AttachmentKind.PHOTO, media_type="a/b", sha256="0" * 64, size=1)
    with store.recording() as writer:
        attachments.attach(writer, family, SUMBERJAYA, photo)


def held(store: Store, table: str, reason: str) -> None:
    change = update(OUTBOX).where(OUTBOX.c.table_name == table)
    with store.writing() as connection:
        connection.execute(change.values(state="quarantined", reason=reason))


def test_sent_is_said_with_its_time_and_only_then(store: Store, show: Show, desk: Desk) -> None:
    family = families.register(store, "Nur Aini")
    page = cast("HouseholdPage", show(HouseholdPage, household_id=family))
    assert page.transport.accessibleName() == "Waiting to be sent"
    with store.writing() as connection:
        done = update(OUTBOX).values(state="confirmed", overlay=False, answered_at=NOW)
        connection.execute(done)
    page.refresh()
    wait_idle(desk)
    assert page.transport.accessibleName() == "Sent 21/11/2026 10.00"


def test_of_what_was_sent_a_photo_that_was_not_is_said(
    store: Store, show: Show, desk: Desk
) -> None:
    family = families.register(store, "Nur Aini")
    with_photo(store, family)
    with store.writing() as connection:
        done = update(OUTBOX).values(state="confirmed", overlay=False, answered_at=NOW)
        connection.execute(done)
    page = cast("HouseholdPage", show(HouseholdPage, household_id=family))
    assert page.transport.accessibleName() == "Sent, files not yet"
    assert page.transport.toolTip().startswith("The province has everything but the photos")
    with store.writing() as connection:
        connection.execute(UNSENT_FILE.delete())
    page.refresh()
    wait_idle(desk)
    assert page.transport.accessibleName() == "Sent 21/11/2026 10.00"
    assert page.transport.accessibleDescription() == ""


def test_the_sync_page_does_not_claim_what_is_only_here(
    store: Store, show: Show, desk: Desk
) -> None:
    family = families.register(store, "Nur Aini")
    with_photo(store, family)
    with store.writing() as connection:
        connection.execute(update(OUTBOX).values(state="confirmed", overlay=False))
        set_meta(connection, Meta.LAST_CONFIRMED, "2026-11-21T03:00:00.000Z")
    page = sync_page(show)
    assert page.nothing.text() == (
        "The province has everything that you recorded but 1 photo(s) and file(s): "
        "they are only on this laptop."
    )
    assert page.summary.text().startswith(
        "The province last confirmed everything but photos and files on 21/11/2026 10.00."
    )
    with store.writing() as connection:
        connection.execute(UNSENT_FILE.delete())
    page.refresh()
    wait_idle(desk)
    assert page.nothing.text() == "The province has everything that you recorded."
    assert page.summary.text().startswith("The province last confirmed everything on 21/11/2026")


def test_what_the_office_looks_at_says_why_and_what_to_do(store: Store, show: Show) -> None:
    family = families.register(store, "Nur Aini")
    held(store, "member", "invalid")
    page = cast("HouseholdPage", show(HouseholdPage, household_id=family))
    assert page.transport.accessibleName() == "With the office"
    assert page.transport.toolTip().startswith("The office cannot take this value.")


@pytest.mark.parametrize("table", ["household", "member", "visit", "progress_report"])
def test_what_waits_opens_its_record(store: Store, show: Show, went: Went, table: str) -> None:
    family = families.register(store, "Nur Aini")
    families.visit(store, family, date(2026, 11, 8))
    report = made.month(store, made.business(store), "2026-09", revenue=5, expenses=1)
    held(store, table, "invalid")
    page = sync_page(show)
    page.waiting.setFocus()
    places = [place for place, row in enumerate(page.waiting.rows()) if row.reason]
    families_of = [page.waiting.rows()[place].about.family for place in places]
    assert places == list(range(len(places))), "what needs somebody stands first"
    page.waiting.select(families_of.index("Nur Aini") if table != "progress_report" else 0)
    press(Qt.Key.Key_Return)
    where, shown = went.last
    if table == "progress_report":
        assert where == "business"
        assert report in {row.row_id for row in page.waiting.rows()}
    else:
        tabs = {"household": "summary", "member": "members", "visit": "visits"}
        assert (where, shown) == ("household", {"household_id": family, "tab": tabs[table]})


def test_a_part_of_the_family_s_page_can_be_asked_for(store: Store, show: Show) -> None:
    family = families.register(store, "Nur Aini")
    page = cast("HouseholdPage", show(HouseholdPage, household_id=family, tab="visits"))
    assert page.tabs.currentWidget() is page.visits


def test_what_was_in_the_way_is_said_until_it_goes_well(
    store: Store, show: Show, desk: Desk
) -> None:
    def ran(fault: SyncFault | None) -> None:
        with store.writing() as connection:
            note_run(connection, Run(NOW, NOW, 2, 3, Traffic(1, 3000, 500), fault))

    ran(SyncFault.OFFLINE)
    page = sync_page(show)
    assert page.failure.text() == (
        "On 21/11/2026 10.00: There is no connection to the province. Everything is safe on this "
        "laptop; it will be sent when there is a connection."
    )
    assert not page.sign_in_button.isVisible()
    model = page.history.rows_model()
    assert [model.index(0, column).data() for column in range(6)] == [
        *("21/11/2026 10.00", "2", "3", "3", "1", "No connection"),
    ]
    ran(SyncFault.NOT_SIGNED_IN)
    page.refresh()
    wait_idle(desk)
    assert page.sign_in_button.isVisible()
    ran(SyncFault.STOPPED)
    page.refresh()
    wait_idle(desk)
    assert not page.failure.isVisible(), "who stopped it knows"
    ran(None)
    page.refresh()
    wait_idle(desk)
    assert not page.failure.isVisible()


def test_of_failures_that_were_alike_the_last_is_told(store: Store, show: Show) -> None:
    with store.writing() as connection:
        for minutes in (0, 20):
            moment = NOW + timedelta(minutes=minutes)
            note_run(connection, Run(moment, moment, fault=SyncFault.OFFLINE))
    page = sync_page(show)
    assert page.failure.text().startswith("On 21/11/2026 10.20: ")
    model = page.history.rows_model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["21/11/2026 10.20"]


@pytest.mark.parametrize(
    ("far", "words"),
    [
        (Progress(40, 0, 0, 0), "40 change(s) wait to be sent"),
        (Progress(40, 0, 2048, 1024), "3 KB so far"),
        (
            Progress(40, 0, 40_960, 0, 61_440, 20.0),
            "40 KB gone, about 60 KB left · 2,0 KB a second · about 30 second(s) left",
        ),
        (
            Progress(9, 0, 1_024_000, 0, 4_096_000, 60.0),
            "1.000 KB gone, about 4.000 KB left · 17 KB a second · about 4 minute(s) left",
        ),
        (Progress(0, 9, 512, 512, 0, 1.0), "1 KB so far · 1,0 KB a second"),
    ],
)
def test_how_far_a_sync_is(show: Show, far: Progress, words: str) -> None:
    page = sync_page(show)
    page.going.begin()
    page.going.tell(far)
    assert words in said(page.going)


def test_stopping_says_that_nothing_is_lost(show: Show) -> None:
    page = sync_page(show)
    page.going.begin()
    page.going.button.click()
    page.going.tell(Progress(40, 0, 40_960, 0, 61_440, 20.0))
    assert "Stopping after this part. Nothing is lost." in said(page.going)


def test_the_diagnostics_file_is_saved_where_one_says(
    store: Store, show: Show, desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    families.register(store, "Nur Aini")
    page = sync_page(show)
    place = tmp_path_factory.mktemp("told") / "a.txt"
    page.save_diagnostics(place)
    wait_idle(desk)
    assert '"is_whole": true' in place.read_text("utf-8")
    assert "Nur Aini" not in place.read_text("utf-8")
    assert "a.txt" in desk.notices.history[-1].text

    page.save_diagnostics(place.parent / "nowhere" / "a.txt")
    wait_idle(desk)
    assert "another folder" in desk.notices.history[-1].text
