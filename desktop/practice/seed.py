"""Filling a practice province: accounts by the office's command, records by real laptops.

Three laptops of three roles record and sync as everybody does; nothing is written past the engine.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from desktop.models.questionnaires.form import load
from desktop.models.records.base import Record, utc_now
from desktop.models.records.catalogue import table_of
from desktop.models.records.people import Role
from desktop.models.reference import Reference
from desktop.models.rules.dates import to_wib
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta
from desktop.practice.failures import PracticeFailure, PracticeFault
from desktop.practice.province import Province
from desktop.practice.villages import FAMILIES, SEED, draw_year
from desktop.practice.year import Year
from desktop.sync.session import Session

VILLAGES: Final = ("36.02.14.2009", "36.02.14.2010", "36.02.14.1012")
"""Citeras, Nameng and Muara Ciujung Timur in Rangkasbitung, Lebak: two rural, one urban."""
DISTRICT: Final = "36.02.14"
PASSWORD: Final = "latihan saja"  # noqa: S105 of accounts that exist on this machine only


@dataclass(frozen=True)
class Person:
    """Somebody with an account in the practice province."""

    login: str
    name: str
    role: Role
    scopes: tuple[str, ...]


SITI: Final = Person("siti", "Siti Rahmawati", Role.FACILITATOR, VILLAGES)
BUDI: Final = Person("budi", "Budi Santoso", Role.FACILITATOR, VILLAGES)
RATNA: Final = Person("ratna", "Ratna Dewi", Role.VERIFIER, (DISTRICT,))
HASAN: Final = Person("hasan", "Hasan Basri", Role.PROVINCE, ("36",))
PEOPLE: Final = (SITI, RATNA, HASAN)
"""Those who recorded what is there at first; Budi comes later."""

Tell = Callable[[int, int], None]
"""Told how many of how many steps are done."""
_STEPS: Final = 7
_AUTHOR: Final = {"visit": "facilitator_id", "state_move": "user_id"}
"""Table -> the field that says who wrote the row."""


@dataclass
class Desk:
    """One person's laptop while a province is filled."""

    store: Store
    version: str

    @property
    def user_id(self) -> UUID:
        """Who it is, as the province knows them."""
        with self.store.reading() as connection:
            return UUID(get_meta(connection, Meta.USER_ID))

    def write(self, records: Iterable[Record]) -> None:
        """Records, in one transaction and in one's own name."""
        user_id = self.user_id
        with self.store.recording() as writer:
            for record in records:
                own = _AUTHOR.get(table_of(record).name)
                if own is not None:
                    setattr(record, own, user_id)
                writer.insert(record)

    def sync(self) -> None:
        """Syncs.

        Raises:
            PracticeFailure: something was in the way.
        """
        run = Session(self.store, self.version).sync()
        if run is None or run.fault is not None:
            detail = "" if run is None else f"{run.fault}: {run.detail}"
            raise PracticeFailure(PracticeFault.NOT_SYNCED, detail)


def fill(
    province: Province,
    resources: Path,
    version: str,
    tell: Tell = lambda _done, _all: None,
    *,
    families: int = FAMILIES,
    seed: int = SEED,
    today: date | None = None,
) -> Year:
    """Fills a running province with a year of three villages, and gives what was written.

    Args:
        province: it runs and knows nobody.
        resources: the folder of resources.
        version: this program's version.
        tell: told after each step.
        families: how many.
        seed: of chance; the same gives the same families.
        today: the day after which nothing is; today in Banten unless told.

    Raises:
        PracticeFailure: it could not be filled.
    """
    done = iter(range(1, _STEPS + 1))

    def step() -> None:
        tell(next(done), _STEPS)

    with ThreadPoolExecutor() as office:
        accounts = [office.submit(add_person, province, person) for person in PEOPLE]
        year = draw_year(
            VILLAGES,
            load(resources / "questionnaires" / "household_visit.json"),
            Reference(resources / "reference"),
            today or today_here(),
            families=families,
            seed=seed,
        )
        step()
        for account in accounts:
            account.result()
    step()
    with (
        _laptop(province, SITI, version) as siti,
        _laptop(province, RATNA, version) as ratna,
        _laptop(province, HASAN, version) as hasan,
    ):
        for laptop, records in ((hasan, year.programmes), (siti, year.recorded)):
            _take_turn(laptop, records)
            step()
        with ThreadPoolExecutor() as both:  # the province fetches while the verifier works
            fetched = both.submit(hasan.sync)
            _take_turn(ratna, year.verified)
            fetched.result()
        step()
        for laptop, records in ((hasan, year.approved), (siti, year.accounted)):
            _take_turn(laptop, records)
            step()
    return year


def add_person(province: Province, person: Person) -> None:
    """Gives somebody their account."""
    province.add_user(person.login, person.name, person.role, person.scopes, PASSWORD)


def today_here() -> date:
    """The day where the families live."""
    return to_wib(utc_now()).date()


def _take_turn(laptop: Desk, records: Iterable[Record]) -> None:
    """Fetches what the others wrote, adds one's own, sends it."""
    laptop.sync()
    laptop.write(records)
    laptop.sync()


@contextmanager
def _laptop(province: Province, person: Person, version: str) -> Iterator[Desk]:
    """A laptop in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="berdaya-practice-", ignore_cleanup_errors=True) as folder:
        store = Store.open(Path(folder))
        try:
            Session(store, version).sign_in(province.address, person.login, PASSWORD)
            yield Desk(store, version)
        finally:
            store.close()
