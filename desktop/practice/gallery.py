"""A picture of every page, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt

from desktop.practice.answering import TYPED, answer
from desktop.practice.hands import Hands
from desktop.practice.shots import StuckError, grab
from desktop.sync.progress import Progress
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.pages.importing.page import ImportPage
from desktop.ui.pages.sync.conflict_card import ConflictCard
from desktop.ui.pages.sync.decision_card import DecisionCard
from desktop.ui.pages.sync.duplicate_card import DuplicateCard
from desktop.ui.pages.sync.page import SyncPage
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH, SectionList
from desktop.ui.printing.devices import picture
from desktop.ui.printing.dialog import FamilySheetDialog
from desktop.ui.printing.family_sheet import lay_out
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

C = TypeVar("C", bound=DecisionCard)

_HALF_WAY: Final = Progress(120, 0, 38_000, 9_000, 71_000, 23.0)
"""A sync as it is on a slow line; against a province on the same machine it is over too soon."""

LOOKS: Final = ("light", "dark")
VISIT_SECTIONS: Final = (
    *("visit", "receipts", "members", "food", "spending", "income", "water", "sanitation"),
    *("information", "housing", "photos", "findings", "follow_up"),
)
"""All that the shipped questionnaire can ask."""
NAMES: Final = (
    *("welcome", "home", "households", "household", "household_members", "household_visits"),
    *("household_businesses", "household_photos", "household_form", "visits"),
    *(f"visit_{section}" for section in VISIT_SECTIONS),
    *("visit_finish", "visit_finish_150", "visit_members_150", "sheet", "sheet_dialog"),
    *("businesses", "business", "business_chart", "import", "sync", "sync_going", "conflict"),
    *("conflict_other", "conflict_150", "duplicate", "duplicate_150", "household_conflict"),
    *("settings", "home_150"),
)
"""The pictures of each look."""
_SECTIONS: Final = ("home", "households", "visits", "businesses", "sync", "settings")
_TABS: Final = (
    *("household", "household_members", "household_visits", "household_businesses"),
    "household_photos",
)
_ASKS_ALL: Final[dict[str, str]] = {"also_asked": "123456"}
"""At a monthly visit, the keys that open every other section."""
_SHEET_WIDTH: Final = 874
"""A5 at 150 dots an inch."""
_LIST: Final = (
    "NO;NIK;NAMA KEPALA KELUARGA;TANGGAL LAHIR;ALAMAT;RT;RW;DESA/KEL;KECAMATAN",
    "1;3602140504809101;Sarman Contoh;05/04/1980;Kp. Cibogo;003;001;Citeras;Rangkasbitung",
    "2;3602144512859102;Rohimah Contoh;05/12/1985;Kp. Sawah;001;002;Citeras;Rangkasbitung",
    "3;36021410107;Karta Contoh;01/01/1970;Kp. Parung;002;002;Nameng;Rangkasbitung",
    "4;3602141707759103;Encep Contoh;17/07/1975;Kp. Muara;004;001;Nameng;Rangkasbitung",
    "5;;Juhariah Contoh;;Kp. Tutul;001;001;Desa Tidak Ada;Rangkasbitung",
)
"""A short list of families that do not exist, with the troubles that lists have."""


def welcome(hands: Hands, folder: Path) -> None:
    """The first page, which is seen once."""
    for look in reversed(LOOKS):
        hands.wear(appearance=look)
        hands.picture(folder / look / "welcome.png")


def every_page(hands: Hands, folder: Path, business_id: UUID) -> list[str]:
    """All other pages; the family page has to be open. Gives what was written."""
    household = hands.page(HouseholdPage)
    assert household.family is not None  # noqa: S101 it is open
    household_id = household.family.id
    listed = folder / "daftar-latihan.csv"
    listed.write_text("\n".join(_LIST) + "\n", encoding="utf-8")
    for look in LOOKS:
        place = folder / look
        hands.wear(appearance=look)
        for name in _SECTIONS:
            hands.press(name)
            hands.picture(place / f"{name}.png")
        _family(hands, place, household_id)
        hands.app.desk.go("business", business_id=business_id)
        hands.picture(place / "business.png")
        scroll_to(hands, end=True)
        hands.picture(place / "business_chart.png")
        hands.app.desk.go("import")
        hands.page(ImportPage).choose(listed)
        hands.picture(place / "import.png")
        _visit(hands, place, household_id)
        _conflict(hands, place)
        hands.press("home")
        hands.wear(text_size=150)
        hands.picture(place / "home_150.png")
        for name, kind in (("conflict_150", ConflictCard), ("duplicate_150", DuplicateCard)):
            to_card(hands, kind)
            hands.picture(place / f"{name}.png")
        hands.wear(text_size=100)
    listed.unlink()
    return sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.png"))


def _family(hands: Hands, place: Path, household_id: UUID) -> None:
    hands.app.desk.go("household", household_id=household_id)
    hands.settle()
    for number, name in enumerate(_TABS):
        hands.page(HouseholdPage).tabs.setCurrentIndex(number)
        hands.picture(place / f"{name}.png")
    hands.page(HouseholdPage).tabs.setCurrentIndex(0)
    _sheet(hands, place)
    hands.press("correct")
    hands.picture(place / "household_form.png")


def _sheet(hands: Hands, place: Path) -> None:
    """What the family keeps of its last visit: the page as it is printed, and its dialog."""
    hands.press(hands.page(HouseholdPage).print_button)
    dialog = hands.app.window.findChildren(FamilySheetDialog)[0]
    grab(dialog, place / "sheet_dialog.png")
    page = picture(lay_out(dialog.sheet), hands.app.desk.theme.icons, _SHEET_WIDTH)
    page.save(str(place / "sheet.png"))
    dialog.close()
    hands.app.window.activateWindow()
    hands.settle()


def to_card(hands: Hands, kind: type[C]) -> C:
    """The first card of a kind on the page of what has to be decided, with the keyboard on it.

    Raises:
        StuckError: there is none.
    """
    hands.press("sync")
    hands.settle()
    cards = hands.page(SyncPage).questions.cards.values()
    wanted = next((card.conflict for card in cards if isinstance(card, kind)), None)
    if wanted is None:
        raise StuckError(f"nothing to decide on a {kind.__name__}")
    hands.app.desk.go("sync", conflict_id=wanted.ids[0])
    hands.settle()
    card = hands.page(SyncPage).questions.cards[wanted.key]
    assert isinstance(card, kind)  # noqa: S101 it is the same question
    return card


def _conflict(hands: Hands, place: Path) -> None:
    """From home to the card, another value begun, and back to the family that it is about."""
    hands.press("home")
    hands.press("to_decide")
    to_card(hands, DuplicateCard)
    hands.picture(place / "duplicate.png")
    card = to_card(hands, ConflictCard)
    hands.picture(place / "conflict.png")
    hands.key(Qt.Key(Qt.Key.Key_1 + len(card.conflict.writings)))
    hands.type("0800 9555 666")
    hands.picture(place / "conflict_other.png")
    hands.key(Qt.Key.Key_Escape)
    hands.app.desk.go("household", household_id=card.conflict.about.household_id)
    hands.picture(place / "household_conflict.png")
    hands.press("sync")
    page = hands.page(SyncPage)
    page.going.begin()
    page.going.tell(_HALF_WAY)
    hands.picture(place / "sync_going.png")
    page.going.hide()


def _visit(hands: Hands, place: Path, household_id: UUID) -> None:
    """A visit that is all answered; its draft stays on this laptop."""
    hands.app.desk.go("visit", household_id=household_id)
    hands.settle()
    strip = hands.page(VisitPage).recovered
    if strip.isVisible():
        hands.press(strip.findChildren(Button)[0])
    answer(hands, typed=TYPED | _ASKS_ALL)
    for section in VISIT_SECTIONS:
        _section(hands, section, place / f"visit_{section}.png")
    _section(hands, FINISH, place / "visit_finish.png")
    hands.wear(text_size=150)
    hands.app.desk.go("visit", household_id=household_id)
    hands.settle()
    for section, name in (("members", "visit_members_150"), (FINISH, "visit_finish_150")):
        _section(hands, section, place / f"{name}.png")
    hands.wear(text_size=100)


def _section(hands: Hands, section: str, path: Path) -> None:
    sections = hands.part(SectionList)
    sections.setCurrentRow(sections.names().index(section))
    scroll_to(hands, end=False)
    hands.picture(path)


def scroll_to(hands: Hands, *, end: bool) -> None:
    """Scrolls what is shown of the page to its top, or to its end."""
    hands.settle()
    bar = hands.part(ScrollPage).verticalScrollBar()
    bar.setValue(bar.maximum() if end else 0)
