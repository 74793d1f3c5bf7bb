"""`berdaya selftest`: checks that everything is aboard and works, one line a check.

It works in a checkout, in an installed package and in the bundle, touches nobody's data, and
leaves nothing behind.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from desktop.models.attachments.keeping import keep_file_of, small_picture
from desktop.models.attachments.photos import LONG_SIDE
from desktop.models.operations import households, visits
from desktop.models.operations.reference import load_regions
from desktop.models.operations.visits import DraftHead, FinishedVisit
from desktop.models.queries.family_sheet import sheet_basis
from desktop.models.queries.household import family
from desktop.models.questionnaires.form import Questionnaire, load
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.base import new_id, utc_now
from desktop.models.reference import Level, Reference
from desktop.models.store.blobs import NAME as BLOBS_NAME
from desktop.models.store.engine import check_integrity
from desktop.models.store.local import DATABASE_NAME, MIGRATIONS, Store
from desktop.models.store.meta import Meta, set_meta
from desktop.paths import Paths, resources
from desktop.practice import people, seed
from desktop.practice.answers import Answered, answer_visit, draw_life
from desktop.practice.people import Draw, Family
from desktop.practice.province import Province
from desktop.reports.family_sheet import Choices, family_sheet
from desktop.reports.told_visit import told_of
from desktop.sync.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from PySide6.QtWidgets import QApplication

    from desktop.ui.theme.theme import Theme

VILLAGES: Final = 1_552
LEAST_ANSWERS: Final = 30
TRANSLATIONS: Final = ("berdaya_id", "berdaya_en", "qt_id")
LOADED_LATE: Final = (
    *("alembic.command", "cryptography.hazmat.primitives.keywrap", "rapidfuzz"),
    *("pyqtgraph", "python_calamine", "xlsxwriter", "desktop.commands.import_list", "PIL.Image"),
    *("desktop.commands.diagnose", "desktop.practice.command", "desktop.practice.acts"),
    *("desktop.practice.window", "desktop.ui.printing.dialog", "PySide6.QtPrintSupport"),
)
"""What is imported only when it is first needed, so that a bundle may lack it unnoticed."""

_PLAIN: Final = b"SQLite format 3\x00"
_PATIENCE_SECONDS: Final = 60.0


class CheckError(Exception):
    """A check failed; the message says in what."""


def run(arguments: Sequence[str] = ()) -> int:
    """Runs all checks; returns 0 if every one of them passed."""
    argparse.ArgumentParser(prog="berdaya selftest", description=__doc__).parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory(prefix="berdaya-selftest-", ignore_cleanup_errors=True) as folder:
        passed = [_passes(name, check, Path(folder) / name) for name, check in CHECKS.items()]
    return 0 if all(passed) else 1


def _passes(name: str, check: Callable[[Path], None], folder: Path) -> bool:
    try:
        check(folder)
    except Exception as error:  # noqa: BLE001 whatever it is, it is told, and the next check is made
        why = f"{error}" if isinstance(error, CheckError) else f"{type(error).__name__}: {error}"
        sys.stdout.write(f"FAIL {name}: {' '.join(why.split())}\n")
        return False
    sys.stdout.write(f"ok   {name}\n")
    sys.stdout.flush()
    return True


def _expect(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise CheckError(otherwise)


def check_resources(_folder: Path) -> None:
    """Everything that ships beside the code is found."""
    for name in ("fonts", "icons", "questionnaires", "reference", "translations"):
        _expect(any((resources() / name).iterdir()), f"resources/{name} is empty")


def check_regions(_folder: Path) -> None:
    """All villages of Banten are known."""
    found = len(Reference(resources() / "reference").regions().at_level(Level.VILLAGE))
    _expect(found == VILLAGES, f"{found} villages instead of {VILLAGES}")


def check_migrations(_folder: Path) -> None:
    """The scripts of both databases lie on the disk, where Alembic reads them."""
    server = Path(__file__).parents[1] / "server" / "migrations"
    for scripts in (MIGRATIONS, server):
        _expect((scripts / "env.py").is_file(), f"{scripts} has no env.py")
        _expect(any((scripts / "versions").glob("0001*.py")), f"{scripts} has no versions")


def check_libraries(_folder: Path) -> None:
    """What is imported late is there."""
    from desktop.ui.window import PAGES  # noqa: PLC0415 Qt, once it is known to be wanted

    pages = [place.partition(":")[0] for place in PAGES.values()]
    for name in (*LOADED_LATE, *pages):
        import_module(name)


def check_questionnaire(_folder: Path) -> None:
    """The shipped questionnaire is asked to the end."""
    _form, _family, answered = _interview()
    _expect(not answered.problems, f"the visit cannot be finished: {answered.problems[:1]}")
    given = len(answered.household)
    _expect(given >= LEAST_ANSWERS, f"only {given} answers")


def check_store(folder: Path) -> None:
    """A store is made, encrypted, sound, and opens again."""
    with _store(folder):
        pass
    start = (folder / DATABASE_NAME).read_bytes()[: len(_PLAIN)]
    _expect(start != _PLAIN, "the database is not encrypted")
    with _store(folder) as store, store.reading() as connection:
        _expect(check_integrity(connection), "the database is damaged")


def check_visit(folder: Path) -> None:
    """A visit is written and read back."""
    with _store(folder) as store:
        household_id, answered = _record_visit(store)
        with store.reading() as connection:
            found = family(connection, household_id, Reference(resources() / "reference"))
    _expect(found is not None and len(found.visits) == 1, "the visit was not found")
    assert found is not None  # noqa: S101 for the type checker
    kept = {name: value for name, value in answered.household.items() if value is not None}
    _expect(found.visits[0].answers == kept, "the visit reads otherwise than it was written")


def check_photo(folder: Path) -> None:
    """A photo is prepared, kept encrypted, and read back."""
    from PIL import Image  # noqa: PLC0415 known to be there by now

    content = BytesIO()
    Image.new("RGB", (2000, 1500), "green").save(content, "JPEG")
    with _store(folder) as store:
        kind = AttachmentKind.PHOTO
        manifest = keep_file_of(store.blobs, kind, content.getvalue(), utc_now())
        _expect(manifest.width == LONG_SIDE, "the photo was not made smaller")
        _expect(store.blobs.get(manifest.sha256), "the photo was not kept")
        _expect(small_picture(store.blobs, manifest.sha256), "there is no small picture")
    start = (folder / BLOBS_NAME).read_bytes()[: len(_PLAIN)]
    _expect(start != _PLAIN, "photos are not encrypted")


def check_sync(folder: Path) -> None:
    """The province is started as a process of its own; one visit is sent to it."""
    province = Province(folder / "province")
    province.start()
    try:
        seed.add_person(province, seed.SITI)
        with _store(folder / "laptop", signed_in=False) as store:
            session = Session(store, "selftest")
            session.sign_in(province.address, seed.SITI.login, seed.PASSWORD)
            _record_visit(store)
            synced = session.sync()
    finally:
        province.stop()
    _expect(synced is not None, "this laptop knows no province")
    assert synced is not None  # noqa: S101 for the type checker
    _expect(synced.fault is None, f"the sync ended with {synced.fault}: {synced.detail}")
    _expect(synced.sent > 0, "nothing was sent")


def check_fonts(_folder: Path) -> None:
    """Inter is loaded."""
    from PySide6.QtGui import QFontDatabase, QFontInfo  # noqa: PLC0415

    theme = _theme()
    _expect("Inter" in QFontDatabase.families(), "Inter is not among the fonts")
    drawn = QFontInfo(theme.font()).family()
    _expect(drawn.startswith("Inter"), f"{drawn} is drawn instead of Inter")


def check_icons(_folder: Path) -> None:
    """Every icon is drawn."""
    from desktop.ui.window import SECTIONS  # noqa: PLC0415

    theme = _theme()
    names = {path.stem for path in (resources() / "icons").glob("*.svg")}
    for name in sorted(names | {icon for _, _, icon in SECTIONS}):
        image = theme.icons.pixmap(name).toImage()
        pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
        _expect(any(image.pixelColor(*at).alpha() for at in pixels), f"{name} is empty")


def check_translations(_folder: Path) -> None:
    """Both languages are aboard, and Qt's own words in Indonesian."""
    from PySide6.QtCore import QTranslator  # noqa: PLC0415

    for name in TRANSLATIONS:
        translator = QTranslator()
        found = translator.load(name, str(resources() / "translations"))
        _expect(found and not translator.isEmpty(), f"{name}.qm is missing or empty")
    translator = QTranslator()
    translator.load("berdaya_id", str(resources() / "translations"))
    _expect(translator.translate("Window", "Home"), "the side bar is not translated")


def check_sheet(folder: Path) -> None:
    """The sheet of a visit becomes a PDF with our letters in it."""
    from desktop.ui.printing.devices import Paper, pdf  # noqa: PLC0415 brings Qt along
    from desktop.ui.printing.family_sheet import lay_out  # noqa: PLC0415

    with _store(folder) as store:
        household_id, _answered = _record_visit(store)
        with store.reading() as connection:
            basis = sheet_basis(connection, household_id, Reference(resources() / "reference"))
    _expect(basis is not None, "the family was not found")
    assert basis is not None  # noqa: S101 for the type checker
    visit = told_of(basis, basis.family.visits[0].id, None, "")
    assert visit is not None  # noqa: S101 it was just written
    sheet = family_sheet(basis, visit, Choices(), seed.today_here())
    content = pdf(lay_out(sheet), _theme().icons, Paper.A5)
    _expect(b"/FontFile2" in content, "the PDF has no letters")


def check_pages(folder: Path) -> None:
    """The program opens a store and draws its pages, without a screen."""
    from PySide6.QtGui import QColor  # noqa: PLC0415

    from desktop.app import App  # noqa: PLC0415 brings Qt along
    from desktop.practice.shots import settle, wait_until  # noqa: PLC0415

    _application()
    paths = Paths.inside(folder)
    with _store(paths.data) as store:
        household_id, _answered = _record_visit(store)
    app = App(paths)
    app.start()
    try:
        wait_until(lambda: app.window.page is not None, "the first page", _PATIENCE_SECONDS)
        for page, shown in (
            ("home", {}),
            ("households", {}),
            ("household", {"household_id": household_id}),
            ("visit", {"household_id": household_id}),
            ("settings", {}),
        ):
            app.desk.go(page, **shown)
            settle(lambda: app.desk.database.is_idle, _PATIENCE_SECONDS)
            image = app.window.grab().toImage().scaled(160, 90)
            colours = {QColor(image.pixel(x, y)).name() for x in range(160) for y in range(90)}
            _expect(len(colours) > 8, f"the page {page} is empty")
    finally:
        app.window.close()
        app.stop()


CHECKS: Final[dict[str, Callable[[Path], None]]] = {
    "resources": check_resources,
    "regions": check_regions,
    "migrations": check_migrations,
    "libraries": check_libraries,
    "questionnaire": check_questionnaire,
    "store": check_store,
    "visit": check_visit,
    "photo": check_photo,
    "sync": check_sync,
    "fonts": check_fonts,
    "icons": check_icons,
    "translations": check_translations,
    "sheet": check_sheet,
    "pages": check_pages,
}
"""Every check by the name under which it is reported, in order."""


def _interview() -> tuple[Questionnaire, Family, Answered]:
    """A synthetic family, and what it answers to the shipped questionnaire."""
    form = load(resources() / "questionnaires" / "household_visit.json")
    draw = Draw(Random(1), seed.today_here())  # noqa: S311 a family, not a secret
    who = people.draw_family(draw, seed.VILLAGES[0])
    life = draw_life(draw, who)
    while True:
        answered = answer_visit(draw, form, life, draw.yesterday, None)
        if answered.members:
            return form, who, answered


@contextmanager
def _store(folder: Path, *, signed_in: bool = True) -> Iterator[Store]:
    """A store with the regions, and with an account unless one signs in later."""
    store = Store.open(folder)
    try:
        load_regions(store, resources() / "reference")
        if signed_in:
            with store.writing() as connection:
                set_meta(connection, Meta.USER_ID, str(new_id()))
                set_meta(connection, Meta.USER_NAME, seed.SITI.name)
                set_meta(connection, Meta.USER_ROLE, seed.SITI.role.value)
        yield store
    finally:
        store.close()


def _record_visit(store: Store) -> tuple[UUID, Answered]:
    """Registers a family and finishes a visit to it; gives the family's id, and what was said."""
    form, who, answered = _interview()
    home = who.household
    head = DraftHead(new_id(), home.id, home.scope, form.id, form.version, utc_now())
    finished = FinishedVisit(
        visited_on=seed.today_here(),
        outcome=answered.outcome,
        answers=answered.household,
        members=answered.members,
    )
    with store.recording() as writer:
        households.register(writer, home, who.members)
        visits.finish(writer, head, finished)
    return home.id, answered


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 the platform is chosen by now

    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication(sys.argv[:1])


def _theme() -> Theme:
    from desktop.ui.theme.theme import Theme  # noqa: PLC0415 brings Qt along

    theme = Theme(resources())
    theme.apply(_application())
    return theme
