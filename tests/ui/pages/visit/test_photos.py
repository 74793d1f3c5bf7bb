"""Photos and signatures as answers of a visit: kept with the draft, recorded with the visit."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.models.store.local import Store
from desktop.models.tables import ATTACHMENT, DRAFT_ATTACHMENT, VISIT, VISIT_REPEAT
from desktop.ui.desk import Desk
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from desktop.ui.widgets.attachments.file_field import FileField
from desktop.ui.widgets.attachments.photo_field import PhotoField
from desktop.ui.widgets.attachments.signature_pad import SignaturePad
from tests.models.attachments.pictures import encoded, quarters
from tests.ui.conftest import focused
from tests.ui.pages.conftest import Went, wait_idle
from tests.ui.pages.visit.acting import Show
from tests.ui.pages.xlsforms.sheets import Story
from tests.ui.pages.xlsforms.test_xlsforms import press, publish
from tests.ui.widgets.attachments.offering import files
from tests.ui.widgets.attachments.test_signature_pad import stroke

FORM = Story(
    "berkas",
    {
        "survey": [
            ["type", "name", "label", "appearance"],
            ["text", "nama", "Nama", ""],
            ["begin_repeat", "foto", "Foto", ""],
            ["image", "gambar", "Gambar", ""],
            ["end_repeat", "", "", ""],
            ["image", "tanda", "Tanda tangan", "signature"],
            ["audio", "suara", "Suara", ""],
            ["file", "surat", "Surat", ""],
        ],
        "settings": [["form_id", "form_title", "version"], ["berkas", "Berkas", "1"]],
    },
    {},
    [],
    {},
)


def _field(page: VisitPage, path: str) -> Any:
    row = page.stack.row(path)
    assert row is not None
    return row.field


def test_several_photos_at_once_are_rows_of_the_visit(
    store: Store,
    desk: Desk,
    open_visit: Show,
    went: Went,
    tmp_path: Path,
) -> None:
    publish(store, FORM, tmp_path)
    page = open_visit(questionnaire="berkas")
    assert page.visit is not None
    for word in ("Siti", "<Enter>", "<Space>"):
        press(word)
    wait_idle(desk)
    (row,) = page.visit.session.rows("foto")
    first = _field(page, f"foto[{row.id}]/gambar")
    assert isinstance(first, PhotoField)
    first.take([encoded(quarters(width)) for width in (300, 400, 500)])
    wait_idle(desk)
    assert len(page.visit.session.rows("foto")) == 3
    assert isinstance(_field(page, "tanda"), SignaturePad)
    assert isinstance(_field(page, "suara"), FileField)
    with store.reading() as connection:
        assert len(connection.execute(select(DRAFT_ATTACHMENT)).all()) == 3
    assert page.may_leave()
    again = open_visit(questionnaire="berkas")
    assert again.visit is not None
    assert len(again.visit.session.rows("foto")) == 3
    again._show_section(FINISH)
    QApplication.processEvents()
    assert again.stack.finish is not None
    assert again.stack.finish.to_do == []
    again._finish_visit()
    wait_idle(desk)
    assert went.last[0] == "household"
    with store.reading() as connection:
        visit = connection.execute(select(VISIT)).one()
        rows = connection.execute(select(VISIT_REPEAT.c.answers)).scalars().all()
        kept = connection.execute(select(ATTACHMENT)).all()
        assert connection.execute(select(DRAFT_ATTACHMENT)).all() == []
    assert {answers["gambar"] for answers in rows} == {str(one.id) for one in kept}
    assert {one.visit_id for one in kept} == {visit.id}
    assert all(store.blobs.get(one.sha256) for one in kept)


def test_a_sound_a_letter_and_a_signature_are_answers_of_the_visit(
    app: QApplication, store: Store, desk: Desk, open_visit: Show, tmp_path: Path
) -> None:
    publish(store, FORM, tmp_path)
    sound, letter = tmp_path / "suara.ogg", tmp_path / "surat.pdf"
    sound.write_bytes(b"OggS" + bytes(400))
    letter.write_bytes(b"%PDF-1.7" + bytes(900))
    page = open_visit(questionnaire="berkas")
    for word in ("Siti", "<Enter>"):
        press(word)
    page._go("tanda")
    pad = _field(page, "tanda")
    stroke(pad.pad, (100, 80), (380, 80), (120, 40))
    pad.keep()
    for path, file in (("suara", sound), ("surat", letter)):
        page._go(path)
        QGuiApplication.clipboard().setMimeData(files(str(file)))
        QTest.keyClick(focused(app), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        wait_idle(desk)
    assert page.may_leave()

    again = open_visit(questionnaire="berkas")
    for path, file in (("suara", sound), ("surat", letter)):
        again._go(path)
        wait_idle(desk)
        assert file.name in _field(again, path).line.accessibleName()
    press("<Enter>")
    assert again.shown == FINISH
    press("<Enter>")
    wait_idle(desk)
    with store.reading() as connection:
        visit = connection.execute(select(VISIT)).one()
        kept = {str(one.id): one for one in connection.execute(select(ATTACHMENT))}
    kinds = {name: kept[visit.answers[name]].kind for name in ("tanda", "suara", "surat")}
    assert kinds == {"tanda": "signature", "suara": "audio", "surat": "file"}
    assert store.blobs.get(kept[visit.answers["suara"]].sha256) == sound.read_bytes()
    assert store.blobs.get(kept[visit.answers["surat"]].sha256) == letter.read_bytes()


def test_a_family_can_be_photographed_at_every_visit(
    store: Store, desk: Desk, open_visit: Show, tmp_path: Path
) -> None:
    publish(store, FORM, tmp_path)
    for time in range(2):
        page = open_visit(questionnaire="berkas")
        assert page.visit is not None
        for word in (f"Siti {time}", "<Enter>", "<Space>"):
            press(word)
        wait_idle(desk)
        (row,) = page.visit.session.rows("foto")
        _field(page, f"foto[{row.id}]/gambar").take([encoded(quarters(300 + time))])
        wait_idle(desk)
        page._show_section(FINISH)
        assert page.stack.finish is not None
        assert page.stack.finish.to_do == []
        page._finish_visit()
        wait_idle(desk)
    with store.reading() as connection:
        assert len(connection.execute(select(VISIT)).all()) == 2
