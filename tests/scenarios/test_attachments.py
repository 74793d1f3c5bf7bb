"""What is said of a photo goes to everybody at once; the photo itself is not there yet, and nothing breaks."""

from pathlib import Path
from uuid import UUID

import pytest

from desktop.models.attachments.manifest import Manifest
from desktop.models.operations import attachments
from desktop.models.queries.attachments import AttachmentView, named_digests, of_household, of_visit
from desktop.models.queries.transport import Transport, record_receipts
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.people import Role
from desktop.models.store.backup import restore_backup, write_backup
from desktop.models.store.blobs import BlobFailure, BlobFault
from desktop.models.store.local import Store
from tests.models.store.backups import PASSPHRASE, make_passphrases_cheap
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_scopes import grant, withdraw
from tests.servers import VILLAGE


def put(laptop: Laptop) -> Manifest:
    return Manifest(
        kind=AttachmentKind.PHOTO,
        media_type="image/jpeg",
        sha256=laptop.store.blobs.put(b"a photo"),
        size=7,
        width=4,
        height=3,
        taken_at=laptop.clock(),
        location="-6.3 106.1 0.0 0.0",
    )


def photo(laptop: Laptop, family: UUID, village: str) -> UUID:
    manifest = put(laptop)
    with laptop.store.recording() as writer:
        return attachments.attach(writer, family, village, manifest)


def photos(laptop: Laptop, family: UUID) -> list[AttachmentView]:
    with laptop.store.reading() as connection:
        return of_household(connection, family)


def village_of(laptop: Laptop, family: UUID) -> str:
    return laptop.everything()[family][1]


def test_a_visit_goes_out_with_what_is_said_of_its_photo(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    draft = siti.begin_visit(family)
    manifest = put(siti)
    with siti.store.writing() as connection:
        row_id = attachments.keep_draft_attachment(connection, draft.id, "/kitchen", manifest)
    visit = siti.finish_visit(draft, kitchen=str(row_id))
    province.settle(siti, budi)

    with budi.store.reading() as connection:
        (view,) = of_visit(connection, visit)
        assert record_receipts(connection, [visit])[visit].state is Transport.CONFIRMED
    with siti.store.reading() as connection:
        assert record_receipts(connection, [visit])[visit].state is Transport.FILES_HERE
    assert (view.id, view.manifest, view.question) == (row_id, manifest, "/kitchen")
    with pytest.raises(BlobFailure) as caught:
        budi.store.blobs.get(manifest.sha256)
    assert caught.value.fault is BlobFault.MISSING
    province.assert_dense()


def test_a_caption_of_another_is_seen(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    row_id = photo(siti, family, village_of(siti, family))
    province.settle(siti, budi)

    with budi.store.recording() as writer:
        attachments.set_caption(writer, row_id, "Dapur baru", None)
    province.settle(budi, siti)

    assert photos(siti, family)[0].manifest.caption == "Dapur baru"


def test_a_caption_that_was_not_seen_is_asked_about(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    row_id = photo(siti, family, village_of(siti, family))
    (view,) = photos(siti, family)
    province.settle(siti, budi)

    with budi.store.recording() as writer:
        attachments.set_caption(writer, row_id, "Dapur baru", view.manifest.caption)
    province.settle(budi, siti)
    with siti.store.recording() as writer:
        attachments.set_caption(writer, row_id, "Warung", view.manifest.caption)
    province.settle(siti, budi)

    assert [conflict.field for conflict in siti.conflicts()] == ["caption"]


@pytest.mark.parametrize("delete_first", [True, False])
def test_a_photo_that_was_deleted_while_it_was_described_lives_and_is_kept(
    province: Province, delete_first: bool
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    row_id = photo(siti, family, village_of(siti, family))
    province.settle(siti, budi)

    with siti.store.recording() as writer:
        attachments.remove(writer, row_id)
    with budi.store.recording() as writer:
        attachments.set_caption(writer, row_id, "Dapur baru", None)
    province.settle(*((siti, budi) if delete_first else (budi, siti)))

    for laptop in (siti, budi):
        assert [view.id for view in photos(laptop, family)] == [row_id]
        assert [conflict.field for conflict in laptop.conflicts()] == ["deleted_at"]
    with siti.store.reading() as connection:
        assert len(named_digests(connection)) == 1
    province.assert_dense()


def test_a_photo_that_was_deleted_is_gone_everywhere(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    row_id = photo(siti, family, village_of(siti, family))
    province.settle(siti, budi)

    with budi.store.recording() as writer:
        attachments.remove(writer, row_id)
    province.settle(budi, siti)

    assert photos(siti, family) == photos(budi, family) == []
    with siti.store.reading() as connection:
        assert named_digests(connection) == set(), "its file goes as well"
    province.assert_dense()


def test_a_deletion_that_is_taken_back_is_taken_back_everywhere(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    row_id = photo(siti, family, village_of(siti, family))
    province.settle(siti, budi)
    for is_told_between in (False, True):
        with siti.store.recording() as writer:
            attachments.remove(writer, row_id)
        if is_told_between:
            province.settle(siti, budi)
            assert photos(budi, family) == []
        with siti.store.recording() as writer:
            assert attachments.put_back(writer, row_id, siti.store)
        province.settle(siti, budi)
        assert [view.id for view in photos(budi, family)] == [row_id]
        assert siti.conflicts() == budi.conflicts() == []
    province.assert_dense()


def _tidy_for_days(province: Province, laptop: Laptop) -> None:
    attachments.forget_unnamed(laptop.store)
    province.clock.advance(2 * 24 * 3600)
    attachments.forget_unnamed(laptop.store)


def test_the_only_copy_of_a_photo_stays_when_its_family_moves_away(province: Province) -> None:
    siti = province.laptop("siti")
    office = province.laptop("office", ["36.01.01"], Role.VERIFIER)
    family = siti.register("Nur Aini")
    row_id = photo(siti, family, village_of(siti, family))
    province.settle(siti, office)
    office.relocate(family, "36.01.01.2002")
    province.settle(office, siti)
    assert siti.row(row_id, "attachment") is None
    _tidy_for_days(province, siti)
    assert siti.store.blobs.stock()[0] == 1


def test_the_only_copy_of_a_photo_is_there_when_its_village_is_given_back(
    province: Province,
) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    kept = photo(siti, family, village_of(siti, family))
    province.settle(siti)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.sync()
    _tidy_for_days(province, siti)
    grant(province, "siti", VILLAGE)
    siti.sync()
    (view,) = photos(siti, family)
    assert siti.store.blobs.get(view.manifest.sha256) == b"a photo"

    with siti.store.recording() as writer:
        attachments.remove(writer, kept)
    province.settle(siti)
    attachments.forget_unnamed(siti.store)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.sync()
    _tidy_for_days(province, siti)
    assert siti.store.blobs.stock()[0] == 0, "it was deleted, and that is confirmed"


def test_the_only_copy_stays_when_somebody_else_puts_its_record_back(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    row_id = photo(siti, family, village_of(siti, family))
    province.settle(siti, budi)
    with siti.store.recording() as writer:
        attachments.remove(writer, row_id)
    province.settle(siti, budi)
    attachments.forget_unnamed(siti.store)
    with budi.store.recording() as writer:
        attachments.put_back(writer, row_id, budi.store)
    province.settle(budi, siti)
    attachments.forget_unnamed(siti.store)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.sync()
    _tidy_for_days(province, siti)
    assert siti.store.blobs.stock()[0] == 1


def test_a_photo_that_was_taken_after_the_backup_is_there_when_its_record_comes_back(
    province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_passphrases_cheap(monkeypatch)
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    province.settle(siti)
    write_backup(siti.store, tmp_path / "monday", PASSPHRASE)
    photo(siti, family, village_of(siti, family))
    province.settle(siti)

    restore_backup(tmp_path / "monday", PASSPHRASE, siti.folder, siti.store.close)
    siti.store = Store.open(siti.folder, siti.clock)
    for _ in range(2):  # there is no connection for a month
        attachments.forget_unnamed(siti.store)
        province.clock.advance(15 * 86_400)
    province.settle(siti)
    attachments.forget_unnamed(siti.store)

    (view,) = photos(siti, family)
    assert siti.store.blobs.get(view.manifest.sha256) == b"a photo"
