"""What people do on their laptops: each is one transaction by the program's own operations."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Final
from uuid import UUID

from desktop.models.operations import businesses, decisions, duplicates, households
from desktop.models.ops import Op
from desktop.models.records.base import Fields, new_id, utc_now
from desktop.models.records.businesses import Business, Grant
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.people import Role
from desktop.models.records.visits import Visit
from desktop.models.rules.states import LIFECYCLES
from desktop.models.store.writer import Writer, current_log, write_outbox
from tests.simulation.laptop import Laptop

VILLAGES: Final = ("36.01.01.2001", "36.01.01.2002", "36.02.01.2001")
WORDS = ("Krajan", "Wetan", "Kulon", "Lor")
MONTHS = ("2026-09", "2026-10")
FORM = ("hamlet", "address", "note", "welfare_decile")
"""What a form says of a family."""

NUMBERS = ("3601015111850009", "3601011201900001", "3602014503780002")


@dataclass
class Person:
    """Somebody in front of a laptop, who sees these scopes and decides by chance."""

    laptop: Laptop
    scopes: frozenset[str]
    chance: Random

    def act(self) -> str:
        """Does one thing; returns its name. Where there is nothing to do it on, nothing."""
        doings = OF_ROLE[self.laptop.role]
        names = list(doings)
        return self.do(self.chance.choices(names, [doings[one] for one in names])[0])

    def do(self, name: str) -> str:
        """Does this, if there is anything to do it on."""
        with self.laptop.at_work():
            DOINGS[name](self)
        return name

    def pick(self, table: str) -> UUID | None:
        """Any living row."""
        ids = self.laptop.ids(table, self.scopes)
        return self.chance.choice(ids) if ids else None

    def village(self) -> str | None:
        """Any village that is seen."""
        villages = sorted(scope for scope in self.scopes if scope != "ref")
        return self.chance.choice(villages) if villages else None

    def open_form(self, family: UUID) -> Fields:
        """What a form says of a family, as long as it is left open."""
        row = self.laptop.one("household", family)
        return {name: getattr(row, name) for name in FORM}

    def save_form(self, family: UUID, shown: Fields) -> None:
        """Saves a form with a field or two changed in it, and the others as they were shown."""
        said: Fields = dict(shown)
        for name in self.chance.sample(FORM, self.chance.randint(1, 2)):
            is_decile = name == "welfare_decile"
            said[name] = self.chance.randint(1, 4) if is_decile else self.chance.choice(WORDS)
        with self.laptop.store.recording() as writer:
            households.edit(writer, family, said, shown)
        self.laptop.note_captured(shown)

    def change(self, table: str, row_id: UUID, **fields: object) -> None:
        """Writes fields of a row."""
        self.laptop.record(lambda writer: writer.update(table, row_id, fields))  # type: ignore[arg-type]


def _register(person: Person) -> None:
    village = person.village()
    if village is None:
        return
    household = Household(scope=village, hamlet=person.chance.choice(WORDS))
    members = [
        Member(scope=village, household_id=household.id, name="Nur Aini", relation=relation)
        for relation in (Relation.HEAD, Relation.CHILD)
    ]
    person.laptop.record(lambda writer: households.register(writer, household, members))


def _add_member(person: Person) -> None:
    family = person.pick("household")
    if family is not None:
        scope = person.laptop.one("household", family).scope
        member = Member(scope=scope, household_id=family, name="Siti")
        person.laptop.record(lambda writer: households.add_member(writer, member))


def _edit_family(person: Person) -> None:
    family = person.pick("household")
    if family is not None:
        fields = person.chance.sample(("hamlet", "address", "note"), person.chance.randint(1, 2))
        person.change("household", family, **{name: person.chance.choice(WORDS) for name in fields})


def _edit_guarded(person: Person) -> None:
    family = person.pick("household")
    if family is not None:
        person.change("household", family, welfare_decile=person.chance.randint(1, 4))


def _edit_member(person: Person) -> None:
    member = person.pick("member")
    if member is not None:
        person.change("member", member, occupation=person.chance.choice(WORDS))


def _share_number(person: Person) -> None:
    """Numbers are few here, so that they are shared by many."""
    member = person.pick("member")
    if member is not None:
        person.change("member", member, national_id=person.chance.choice(NUMBERS))


def _merge(person: Person) -> None:
    """Lets one family take the place of another, or one member that of another of the family."""
    table = person.chance.choice(("household", "household", "member"))
    kept, other = person.pick(table), person.pick(table)
    if kept is None or other is None or kept == other:
        return
    if table == "household":
        person.laptop.record(lambda writer: duplicates.merge_families(writer, kept, other))
        return
    families = {person.laptop.one("member", one).household_id for one in (kept, other)}
    if len(families) == 1:
        person.laptop.record(lambda writer: duplicates.merge_members(writer, kept, other))


def _edit_twice(person: Person) -> None:
    """Two ops on one row in one transaction."""
    family = person.pick("household")
    if family is None:
        return

    def work(writer: Writer) -> None:
        writer.update("household", family, {"note": person.chance.choice(WORDS)})
        writer.update("household", family, {"note": person.chance.choice(WORDS), "rt": "001"})

    person.laptop.record(work)


def _delete(person: Person) -> None:
    table = person.chance.choice(("household", "member", "member", "visit"))
    row_id = person.pick(table)
    if row_id is not None:
        person.laptop.record(lambda writer: writer.delete(table, row_id))


def _relocate(person: Person) -> None:
    """To another village, now and then to one where they may not write."""
    family = person.pick("household")
    if family is not None:
        village = person.chance.choice(VILLAGES)
        person.laptop.record(lambda writer: households.relocate(writer, family, village))


def _visit(person: Person) -> None:
    family = person.pick("household")
    if family is None:
        return
    scope = person.laptop.one("household", family).scope
    visit = Visit(
        scope=scope,
        household_id=family,
        facilitator_id=person.laptop.user_id,
        visited_on=utc_now().date(),
        questionnaire="household_visit",
        questionnaire_version=1,
        started_at=person.laptop.now(),
        finished_at=person.laptop.now(),
        answers={"water": person.chance.choice(WORDS), "children": person.chance.randint(0, 5)},
    )

    def work(writer: Writer) -> None:
        writer.insert(visit)
        decisions.move(writer, ("visit", visit.id, scope), ("draft", "submitted"))

    person.laptop.record(work)


def _correct_answer(person: Person) -> None:
    visit = person.pick("visit")
    if visit is not None:
        person.change("visit", visit, **{"answers.water": person.chance.choice(WORDS)})


def _open_business(person: Person) -> None:
    family = person.pick("household")
    if family is None:
        return
    scope = person.laptop.one("household", family).scope
    business = Business(scope=scope, household_id=family, name="Warung")
    grant = Grant(scope=scope, household_id=family, business_id=business.id, amount=1_500_000)

    def work(writer: Writer) -> None:
        businesses.begin(writer, business)
        businesses.propose_grant(writer, grant)

    person.laptop.record(work)


def _report_month(person: Person) -> None:
    """Two laptops may make the same month: its id is that of its natural key."""
    business = person.pick("business")
    if business is None:
        return
    place = (business, person.laptop.one("business", business).scope)
    figures = {"revenue": person.chance.randrange(0, 3) * 100_000, "status": "active"}

    def work(writer: Writer) -> None:
        businesses.report_month(writer, place, person.chance.choice(MONTHS), figures)  # type: ignore[arg-type]

    try:
        person.laptop.record(work)
    except businesses.MonthClosedError:
        return  # the page would not have offered it


def _move(person: Person) -> None:
    """Any move that the role may make from where the record stands here."""
    table = person.chance.choice(("visit", "progress_report", "grant"))
    row_id = person.pick(table)
    if row_id is None:
        return
    row = person.laptop.one(table, row_id)
    moves = LIFECYCLES[table].moves
    open_moves = [
        target
        for (source, target), roles in moves.items()
        if source == row.state and person.laptop.role in roles
    ]
    if open_moves:
        states = (row.state, person.chance.choice(open_moves))
        subject = (table, row_id, row.scope)
        person.laptop.record(
            lambda writer: decisions.move(writer, subject, states, person.laptop.role)
        )


def _resolve(person: Person) -> None:
    found = [one for one in person.laptop.open_conflicts() if one.scope in person.scopes]
    if not found:
        return
    one = person.chance.choice(found)
    value = person.chance.choice((one.kept, one.other)).get("value")
    subject = (one.subject_table, one.subject_id)
    if not person.laptop.ids(one.subject_table, person.scopes).count(one.subject_id):
        return
    with suppress(decisions.ElsewhereError):  # said in one sentence
        person.laptop.record(
            lambda writer: decisions.resolve(
                writer, one.id, subject, one.field, value, "kata keluarga"
            )
        )


def write_newer(person: Person) -> None:
    """What a newer program writes: a field, and a row of a table, that nobody here knows."""
    family = person.pick("household")
    if family is None:
        return
    scope = person.laptop.one("household", family).scope
    person.change("household", family, solar_panel=person.chance.choice(WORDS))
    laptop = person.laptop
    at = int(laptop.now().timestamp() * 1000)
    op = Op("99", new_id(), scope, 0, "", at, laptop.user_id, {"name": "baru"})
    with laptop.store.writing() as connection:
        write_outbox(connection, current_log(connection), [(op, None)])
    laptop.note_captured()


DOINGS: dict[str, Callable[[Person], None]] = {
    "register": _register,
    "add_member": _add_member,
    "edit_family": _edit_family,
    "edit_guarded": _edit_guarded,
    "edit_member": _edit_member,
    "share_number": _share_number,
    "merge": _merge,
    "edit_twice": _edit_twice,
    "delete": _delete,
    "relocate": _relocate,
    "visit": _visit,
    "correct_answer": _correct_answer,
    "open_business": _open_business,
    "report_month": _report_month,
    "move": _move,
    "resolve": _resolve,
}

OF_ROLE: dict[Role, dict[str, float]] = {
    Role.FACILITATOR: {
        "register": 4,
        "add_member": 2,
        "edit_family": 6,
        "edit_guarded": 3,
        "edit_member": 4,
        "share_number": 2,
        "merge": 3,
        "edit_twice": 2,
        "delete": 2,
        "relocate": 1,
        "visit": 4,
        "correct_answer": 3,
        "open_business": 2,
        "report_month": 3,
        "move": 3,
        "resolve": 3,
    },
    Role.VERIFIER: {
        "edit_family": 2,
        "edit_guarded": 2,
        "edit_member": 1,
        "merge": 4,
        "relocate": 2,
        "move": 6,
        "resolve": 3,
    },
}
"""Who does what, and how often."""
