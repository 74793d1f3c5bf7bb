"""A visit was begun, and another record takes the place of its family, or of somebody in it."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.attachments.keeping import keep_file_of
from desktop.models.operations import duplicates
from desktop.models.operations.attachments import keep_draft_attachment
from desktop.models.operations.visits import (
    DraftHead,
    FinishedRow,
    FinishedVisit,
    KeptAnswer,
    finish,
    save_answers,
)
from desktop.models.queries.attachments import of_draft, of_visit
from desktop.models.queries.visits import visit_basis
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.base import new_id
from desktop.models.records.visits import VisitOutcome
from desktop.models.tables import DRAFT
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_duplicates import NIK, _family


def test_answers_given_in_a_form_that_had_not_heard_of_it_are_kept_for_the_one_that_stays(
    province: Province,
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family, kept, other = _family(siti, NIK, NIK)
    province.settle(siti, budi, siti)
    draft = siti.begin_visit(family)

    def answer(**answers: str) -> None:
        given = {f"members[{other}]/{name}": KeptAnswer(one) for name, one in answers.items()}
        with siti.store.writing() as connection:
            save_answers(connection, draft, new_id(), given, None)

    answer(school="no")
    with budi.store.recording() as writer:
        duplicates.merge_members(writer, kept, other)
    province.settle(budi, siti)
    answer(school="yes", works="farmer")
    with siti.store.reading() as connection:
        begun = visit_basis(connection, family, draft.id).draft
    assert begun is not None
    assert begun.answers[f"members[{kept}]/school"] == "yes"
    assert begun.answers[f"members[{kept}]/works"] == "farmer"


def _answer(laptop: Laptop, draft: DraftHead, given: dict[UUID, str | None]) -> None:
    answers = {f"members[{who}]/ill": KeptAnswer(said) for who, said in given.items()}
    with laptop.store.writing() as connection:
        save_answers(connection, draft, new_id(), answers, None)


def _answered(laptop: Laptop, draft: DraftHead, member: UUID) -> Any:
    with laptop.store.reading() as connection:
        begun = visit_basis(connection, draft.household_id, draft.id).draft
    assert begun is not None
    return begun.answers.get(f"members[{member}]/ill")


def _merge(laptop: Laptop, *pairs: tuple[UUID, UUID], families: bool = False) -> None:
    merge = duplicates.merge_families if families else duplicates.merge_members
    with laptop.store.recording() as writer:
        for kept, other in pairs:
            merge(writer, kept, other)
    laptop.sync()


@pytest.mark.parametrize("heard_between", [True, False])
@pytest.mark.parametrize("last_first", [True, False])
def test_a_draft_goes_to_the_last_who_took_the_place(
    province: Province, *, heard_between: bool, last_first: bool
) -> None:
    """Of a family, and of a member of it; the ids are in the order of the merges, or against it."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    families = [siti.register("Nur Aini") for _ in range(3)]
    family, *members = _family(siti, NIK, NIK, NIK)
    province.settle(siti, budi)
    (a, b, c), (x, y, z) = (one[:: -1 if last_first else 1] for one in (families, members))
    draft = siti.begin_visit(family)
    _answer(siti, draft, {x: "yes"})
    siti.begin_visit(a)

    _merge(budi, (b, a), families=True)
    _merge(budi, (y, x))
    if heard_between:
        siti.sync()
    _merge(budi, (c, b), families=True)
    _merge(budi, (z, y))
    siti.sync()

    with siti.store.reading() as connection:
        assert set(connection.execute(select(DRAFT.c.household_id)).scalars()) == {c, family}
    assert _answered(siti, draft, z) == "yes"


@pytest.mark.parametrize(
    ("of_kept", "of_other", "stands"),
    [("yes", "no", "yes"), (None, "yes", "yes"), ("yes", None, "yes")],
)
@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_what_was_said_of_either_is_kept_and_of_the_heir_stands(
    province: Province, of_kept: str | None, of_other: str | None, stands: str, when: str
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family, kept, other = _family(siti, NIK, NIK)
    province.settle(siti, budi)
    draft = siti.begin_visit(family)

    if when != "after":
        _answer(siti, draft, {kept: of_kept} | ({other: of_other} if when == "before" else {}))
    _merge(budi, (kept, other))
    siti.sync()
    if when != "before":
        _answer(siti, draft, {other: of_other} | ({kept: of_kept} if when == "after" else {}))
    assert _answered(siti, draft, kept) == stands


def test_a_visit_says_of_the_heir_what_was_said_of_either(province: Province) -> None:
    """The form that is finished has not heard of it."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family, kept, other = _family(siti, NIK, NIK)
    province.settle(siti, budi)
    draft = siti.begin_visit(family)
    _merge(budi, (kept, other))
    siti.sync()
    said = {kept: {"ill": "yes"}, other: {"ill": "no", "works": "farmer"}}
    row = FinishedRow(new_id(), "jobs", 0, other, {"pay": 5})
    done = FinishedVisit(siti.clock().date(), VisitOutcome.MET, {}, members=said, repeats=[row])
    with siti.store.recording() as writer:
        finish(writer, draft, done)
    siti.sync()

    about = [found for name, _, found in siti.everything().values() if name == "visit_member"]
    assert [(one["member_id"], one["answers.ill"], one["answers.works"]) for one in about] == [
        (str(kept), "yes", "farmer")
    ]
    assert siti.row(row.id, "visit_repeat")["inside"] == str(kept)  # type: ignore[index]


def test_photos_of_both_records_of_a_person_are_kept(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family, kept, other = _family(siti, NIK, NIK)
    province.settle(siti, budi)
    draft = siti.begin_visit(family)
    files = {}
    for who in (kept, other):
        manifest = keep_file_of(
            siti.store.blobs, AttachmentKind.FILE, b"%PDF-1.4 " + who.bytes, siti.clock()
        )
        path = f"members[{who}]/portrait"
        with siti.store.writing() as connection:
            files[who] = keep_draft_attachment(connection, draft.id, path, manifest)
    _merge(budi, (kept, other))
    siti.sync()
    said = {kept: {"portrait": str(files[kept])}}
    with siti.store.recording() as writer:
        done = FinishedVisit(siti.clock().date(), VisitOutcome.MET, {}, members=said)
        visit = finish(writer, draft, done)
    with siti.store.reading() as connection:
        assert [file.id for file in of_visit(connection, visit)] == [*files.values()]


def test_a_photo_of_a_record_that_was_replaced_is_filed_with_the_heir(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family, kept, other = _family(siti, NIK, NIK)
    province.settle(siti, budi)
    draft = siti.begin_visit(family)
    _merge(budi, (kept, other))
    siti.sync()
    manifest = keep_file_of(siti.store.blobs, AttachmentKind.FILE, b"%PDF-1.4", siti.clock())
    for path in (f"members[{kept}]/portrait", f"members[{other}]/portrait"):
        with siti.store.writing() as connection:
            keep_draft_attachment(connection, draft.id, f"members[{other}]/portrait", manifest)
        with siti.store.reading() as connection:
            assert path in {file.path for file in of_draft(connection, draft.id)}
