"""Photos of a draft and of a family are whole on the disk, whatever happens to the page meanwhile."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.attachments.keeping import keep_file_of
from desktop.models.changes import Changes
from desktop.models.operations.visits import DraftHead, FinishedVisit, discard_draft, finish
from desktop.models.queries.attachments import of_draft, of_household, of_visit
from desktop.models.queries.visits import visit_basis
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.base import new_id
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.blobs import BlobFailure, BlobFault
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, VISIT
from desktop.ui.attachments import DraftAttachments, FamilyAttachments
from desktop.ui.desk import Desk
from desktop.ui.widgets.attachments.keeper import Keeper, Kept
from desktop.ui.widgets.attachments.photo_field import PhotoField
from tests.models.attachments.pictures import encoded, quarters
from tests.ui.pages.conftest import NOW, SUMBERJAYA, wait_idle
from tests.ui.pages.families import register

PHOTO = AttachmentKind.PHOTO


@dataclass
class Heard:
    """What a field would have heard."""

    desk: Desk
    owner: QObject = field(default_factory=QObject)
    kept: list[Kept] = field(default_factory=list)
    pictures: list[QImage] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    def keep(self, keeper: Keeper, source: Any, kind: AttachmentKind = PHOTO) -> Kept:
        keeper.keep(self.owner, kind, source, self.kept.append, self.errors.append)
        wait_idle(self.desk)
        return self.kept[-1]

    def look_up(self, keeper: Keeper, attachment_id: str) -> Kept:
        keeper.look_up(self.owner, attachment_id, self.kept.append, self.errors.append)
        wait_idle(self.desk)
        return self.kept[-1]


@pytest.fixture
def heard(desk: Desk) -> Iterator[Heard]:
    made = Heard(desk)
    yield made
    wait_idle(desk)


@pytest.fixture
def household_id(store: Store) -> UUID:
    return register(store, "Sarman Contoh")


@pytest.fixture
def head(household_id: UUID) -> DraftHead:
    return DraftHead(new_id(), household_id, SUMBERJAYA, "household_visit", 1, NOW)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(encoded(quarters()))
    return path


def answers(store: Store, household_id: UUID) -> dict[str, Any]:
    with store.reading() as connection:
        draft = visit_basis(connection, household_id).draft
    return dict(draft.answers) if draft else {}


def test_a_photo_begins_the_draft_and_is_its_answer(
    desk: Desk, store: Store, heard: Heard, head: DraftHead, photo: Path
) -> None:
    kept = heard.keep(DraftAttachments(desk, head).at("kitchen"), photo)

    assert answers(store, head.household_id) == {"kitchen": kept.id}
    with store.reading() as connection:
        (row,) = of_draft(connection, head.id)
    assert (str(row.id), row.path, row.manifest) == (kept.id, "kitchen", kept.manifest)
    assert store.blobs.has(kept.manifest.sha256)
    assert kept.thumbnail is not None
    assert kept.thumbnail.width() == 256


def test_the_draft_is_finished_with_its_photo(
    desk: Desk, store: Store, heard: Heard, head: DraftHead, photo: Path
) -> None:
    keeper = DraftAttachments(desk, head).at("kitchen")
    kept = heard.keep(keeper, photo)
    keeper.set_caption(kept.id, "Dapur", None)
    desk.write(
        heard.owner,
        lambda writer: finish(
            writer, head, FinishedVisit(NOW.date(), VisitOutcome.MET, {"kitchen": kept.id})
        ),
    )
    wait_idle(desk)

    with store.reading() as connection:
        visit = connection.execute(select(VISIT.c.id)).scalar_one()
        (view,) = of_visit(connection, visit)
    assert (str(view.id), view.manifest.caption) == (kept.id, "Dapur"), "the caption came before"
    family = FamilyAttachments(desk, head.household_id, SUMBERJAYA)
    assert heard.look_up(family, kept.id).manifest.caption == "Dapur"


def test_a_photo_is_prepared_on_a_thread_of_its_own(
    desk: Desk, heard: Heard, head: DraftHead, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []

    def prepare(*given: Any) -> Any:
        threads.append(threading.current_thread().name)
        return keep_file_of(*given)

    monkeypatch.setattr("desktop.ui.attachments.keep_file_of", prepare)
    heard.keep(DraftAttachments(desk, head).at("kitchen"), photo)
    assert threads[0].startswith("files"), "neither the window nor an answer waits for it"


def test_a_photo_of_a_page_that_is_left_is_kept(
    desk: Desk, store: Store, head: DraftHead, photo: Path, heard: Heard
) -> None:
    field_ = PhotoField(desk.theme, "en", DraftAttachments(desk, head).at("kitchen"))
    field_.offer(photo)
    field_.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # what is to be deleted goes
    wait_idle(desk)

    with store.reading() as connection:
        (row,) = of_draft(connection, head.id)
    assert answers(store, head.household_id) == {"kitchen": str(row.id)}
    assert not desk.notices.history


def test_a_refusal_that_nobody_reads_any_more_is_said_to_everybody(
    desk: Desk, head: DraftHead, tmp_path: Path
) -> None:
    owner = QObject()
    keeper = DraftAttachments(desk, head).at("kitchen")
    keeper.keep(owner, PHOTO, tmp_path / "gone.jpg", lambda _kept: None, lambda _error: None)
    owner.deleteLater()
    QApplication.sendPostedEvents(None, 52)
    wait_idle(desk)
    assert "cannot be read" in desk.notices.history[-1].text


def test_a_photo_is_removed_with_its_answer_and_comes_back(
    desk: Desk, store: Store, heard: Heard, head: DraftHead, photo: Path
) -> None:
    keeper = DraftAttachments(desk, head).at("kitchen")
    kept = heard.keep(keeper, photo)
    keeper.set_caption(kept.id, "Dapur", None)
    keeper.remove(kept.id)
    wait_idle(desk)
    assert answers(store, head.household_id) == {"kitchen": None}
    with store.reading() as connection:
        assert of_draft(connection, head.id) == []

    keeper.put_back(kept.id)
    wait_idle(desk)
    assert answers(store, head.household_id) == {"kitchen": kept.id}
    assert heard.look_up(keeper, kept.id).manifest.caption == "Dapur"


def test_another_photo_takes_the_place_of_the_first(
    desk: Desk, store: Store, heard: Heard, head: DraftHead, photo: Path, tmp_path: Path
) -> None:
    keeper = DraftAttachments(desk, head).at("kitchen")
    first = heard.keep(keeper, photo)
    (tmp_path / "b.png").write_bytes(encoded(quarters(90, 90), "PNG"))
    second = heard.keep(keeper, tmp_path / "b.png")
    with store.reading() as connection:
        assert [str(row.id) for row in of_draft(connection, head.id)] == [second.id]
    keeper.put_back(first.id)
    wait_idle(desk)
    with store.reading() as connection:
        assert [str(row.id) for row in of_draft(connection, head.id)] == [first.id]
    assert answers(store, head.household_id) == {"kitchen": first.id}


def finish_it(desk: Desk, head: DraftHead, given: DraftAttachments) -> None:
    del given
    with desk.store.recording() as writer:
        finish(writer, head, FinishedVisit(NOW.date(), VisitOutcome.MET, {}))


def throw_away(desk: Desk, head: DraftHead, given: DraftAttachments) -> None:
    given.stop()
    with desk.store.writing() as connection:
        discard_draft(connection, head.id)


@pytest.mark.parametrize("end", [finish_it, throw_away])
def test_a_photo_that_comes_too_late_makes_no_draft_anew(
    desk: Desk,
    store: Store,
    heard: Heard,
    head: DraftHead,
    photo: Path,
    end: Callable[[Desk, DraftHead, DraftAttachments], None],
) -> None:
    given = DraftAttachments(desk, head)
    end(desk, head, given)
    given.at("kitchen").keep(heard.owner, PHOTO, photo, heard.kept.append, heard.errors.append)
    wait_idle(desk)

    (error,) = heard.errors
    assert isinstance(error, AttachmentFailure)
    assert error.fault is AttachmentFault.NO_VISIT
    with store.reading() as connection:
        assert connection.execute(select(DRAFT)).all() == []


@pytest.mark.parametrize("has_holes", [True, False])
def test_a_picture_of_the_clipboard_is_kept(
    desk: Desk, store: Store, heard: Heard, head: DraftHead, has_holes: bool
) -> None:
    kinds = QImage.Format
    image = QImage(120, 90, kinds.Format_ARGB32 if has_holes else kinds.Format_RGB32)
    image.fill(QColor(0, 0, 0, 0) if has_holes else QColor("white"))
    kept = heard.keep(DraftAttachments(desk, head).at("kitchen"), image)
    body = QImage.fromData(store.blobs.get(kept.manifest.sha256))
    assert (body.width(), body.height()) == (120, 90)
    assert body.pixelColor(60, 45).lightness() > 250, "nothing is white"


def test_a_family_gets_a_photo_and_everybody_hears_of_it(
    desk: Desk, store: Store, heard: Heard, household_id: UUID, photo: Path
) -> None:
    changes: list[Changes] = []
    desk.changed.connect(changes.append)
    keeper = FamilyAttachments(desk, household_id, SUMBERJAYA)
    kept = heard.keep(keeper, photo)
    assert changes[-1].of("attachment") == {UUID(kept.id)}

    keeper.set_caption(kept.id, "Warung", None)
    wait_idle(desk)
    with store.reading() as connection:
        (view,) = of_household(connection, household_id)
    assert view.manifest.caption == "Warung"
    keeper.remove(kept.id)
    wait_idle(desk)
    with store.reading() as connection:
        assert of_household(connection, household_id) == []
    keeper.put_back(kept.id)
    wait_idle(desk)
    with store.reading() as connection:
        assert len(of_household(connection, household_id)) == 1


def test_a_file_that_is_not_here_is_said_with_what_is_known(
    desk: Desk, store: Store, heard: Heard, household_id: UUID, photo: Path
) -> None:
    keeper = FamilyAttachments(desk, household_id, SUMBERJAYA)
    kept = heard.keep(keeper, photo)
    store.blobs.remove_unnamed(set())
    store.clock = lambda: NOW + timedelta(days=2)
    store.blobs.close()
    store._blobs = None
    store.blobs.remove_unnamed(set())

    found = heard.look_up(keeper, kept.id)
    assert (found.manifest, found.thumbnail) == (kept.manifest, None)
    assert isinstance(found.problem, BlobFailure)
    keeper.picture(heard.owner, kept.id, heard.pictures.append, heard.errors.append)
    wait_idle(desk)
    (error,) = heard.errors
    assert isinstance(error, BlobFailure)
    assert error.fault is BlobFault.MISSING


@pytest.mark.parametrize("wrong", ["nothing", "00000000-0000-7000-8000-000000000001"])
def test_an_answer_that_names_nothing_is_a_plain_fault(
    desk: Desk, heard: Heard, head: DraftHead, wrong: str
) -> None:
    keeper = DraftAttachments(desk, head).at("kitchen")
    keeper.look_up(heard.owner, wrong, heard.kept.append, heard.errors.append)
    wait_idle(desk)
    assert isinstance(heard.errors[0], BlobFailure)


def test_photos_that_cannot_be_opened_do_not_stop_the_rest(
    desk: Desk, store: Store, heard: Heard, household_id: UUID, photo: Path
) -> None:
    (store.folder / "attachments.db").write_bytes(b"something else" * 900)
    keeper = FamilyAttachments(desk, household_id, SUMBERJAYA)
    keeper.keep(heard.owner, PHOTO, photo, heard.kept.append, heard.errors.append)
    wait_idle(desk)
    assert [getattr(error, "fault", None) for error in heard.errors] == ["foreign"]
    assert answers(store, household_id) == {}
