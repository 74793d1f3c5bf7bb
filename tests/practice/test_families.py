"""The synthetic families: the same from the same seed, and as valid as real ones."""

from collections import Counter
from datetime import timedelta
from functools import cache

from desktop.models.questionnaires.form import load
from desktop.models.records.businesses import ProgressReport
from desktop.models.records.catalogue import table_of
from desktop.models.records.decisions import StateMove
from desktop.models.records.fields import flatten, missing_fields, validate
from desktop.models.records.households import FamilyCard, Household, Member
from desktop.models.records.visits import Visit
from desktop.models.reference import Reference
from desktop.models.rules.identity import check_family_card_number, check_national_id, check_phone
from desktop.models.rules.states import LIFECYCLES
from desktop.practice.people import SYNTHETIC_PHONE, SYNTHETIC_SERIALS
from desktop.practice.seed import VILLAGES
from desktop.practice.villages import draw_year
from desktop.practice.year import Year
from tests.practice.conftest import RESOURCES, TODAY

REFERENCE = Reference(RESOURCES / "reference")
FORM = load(RESOURCES / "questionnaires" / "household_visit.json")


def draw(seed: int = 36, families: int = 60) -> Year:
    return draw_year(VILLAGES, FORM, REFERENCE, TODAY, families=families, seed=seed)


@cache
def one_year() -> Year:
    return draw()


def test_the_same_seed_draws_the_same_year() -> None:
    assert draw(families=8) == draw(families=8)
    assert draw(families=8) != draw(seed=37, families=8)


def test_every_number_is_valid_and_marked_as_synthetic() -> None:
    seen: set[str] = set()
    for record in one_year().recorded:
        number, findings = None, []
        if isinstance(record, Member) and record.national_id:
            number = record.national_id
            findings = check_national_id(
                number,
                today=TODAY,
                birth_date=record.birth_date,
                sex=record.sex,
                is_known_area=REFERENCE.regions().known_area,
            )
        elif isinstance(record, FamilyCard):
            number = record.number
            findings = check_family_card_number(number, today=TODAY)
        elif isinstance(record, Household) and record.phone:
            assert record.phone.startswith(SYNTHETIC_PHONE)
            assert not check_phone(record.phone)
        if number is not None:
            assert not findings, f"{number}: {findings}"
            assert SYNTHETIC_SERIALS[0] <= int(number[-4:]) <= SYNTHETIC_SERIALS[1]
            assert number not in seen, f"{number} twice"
            seen.add(number)
    assert len(seen) > 200


def test_every_visit_could_be_finished() -> None:
    assert one_year().problems == 0
    visits = [record for record in one_year().recorded if isinstance(record, Visit)]
    assert {visit.outcome.value for visit in visits} == {"met", "nobody_home"}
    asked = {name for visit in visits for name in visit.answers}
    household = {
        name
        for section in FORM.sections
        if section.repeat is None
        for name in (question.name for question in section.questions)
    }
    assert household - asked <= {"consent_notice", "consent_signature", "photo", "notes"}


def test_every_record_passes_its_own_rules() -> None:
    year = one_year()
    for record in (*year.programmes, *year.recorded, *year.verified, *year.approved):
        name = table_of(record).name
        fields = flatten(name, record.model_dump())
        validate(name, fields)
        assert not missing_fields(name, fields)


def test_nothing_lies_in_the_future() -> None:
    for record in one_year().recorded:
        if isinstance(record, Visit):
            assert record.visited_on < TODAY
            assert record.started_at < record.finished_at
        if isinstance(record, StateMove):
            assert record.moved_at.date() < TODAY + timedelta(days=1)


def test_every_move_follows_the_states() -> None:
    year = one_year()
    states: dict[object, str] = {}
    for record in (*year.recorded, *year.verified, *year.approved, *year.accounted):
        if isinstance(record, StateMove):
            lifecycle = LIFECYCLES[record.subject_table]
            before = states.get(record.subject_id, lifecycle.initial)
            assert record.from_state == before
            assert (record.from_state, record.to_state) in lifecycle.moves
            states[record.subject_id] = record.to_state
    ends = Counter(states.values())
    assert ends["verified"] > 100
    assert min(ends["submitted"], ends["returned"], ends["accounted"]) > 0


def test_some_months_jump() -> None:
    revenues = [r.revenue for r in one_year().recorded if isinstance(r, ProgressReport)]
    assert max(filter(None, revenues)) > 10_000_000
