"""The sheet on paper: everything it says is there, nothing is cut, one page, readable in black."""

import os
import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktop.models.queries.family_sheet import GrantStanding, Promise
from desktop.reports.family_sheet import FamilySheet
from desktop.ui.printing.devices import Paper, pdf, picture, print_out, save_pdf
from desktop.ui.printing.family_sheet import HEIGHT_MM, MARGIN_MM, SMALLEST, WIDTH_MM, lay_out
from desktop.ui.printing.items import DPI, Frame, Words, mm
from desktop.ui.theme.theme import Theme
from tests.reports.sheets import LONG_NAME, TODAY, basis, made, standing, visit
from tests.ui.conftest import Listener
from tests.ui.printing.conftest import black_share

LONG = (
    "Antar ke kantor desa untuk mengurus kartu keluarga yang baru, lalu ke kantor kecamatan untuk "
    "perekaman KTP elektronik anak yang sudah berumur tujuh belas tahun, dan kembali membawa surat"
)
POINTS = {Paper.A5: (420, 595), Paper.A4: (595, 842)}


def fullest(words: str = LONG, name: str = LONG_NAME) -> FamilySheet:
    """Everything there can be, as long as it can be."""
    grants = (
        GrantStanding("disbursed", "Usaha Ekonomi Produktif 2026", True, date(2026, 10, 5)),
        GrantStanding("approved", "Usaha Ekonomi Produktif Lanjutan 2027", False, None),
    )
    days = [date(2026, 12, day) for day in (5, 12, 19, 26)]
    told = visit(
        "----++++",
        "++++----",
        *(Promise(words, "regency", day) for day in days),
        Promise(words, LONG_NAME, date(2026, 12, 27), "Warung Sembako Berkah Sumber Rejeki"),
        facilitator=LONG_NAME,
    )
    known = basis(
        name,
        village="Sukamulya Kidul Pasirangin",
        hamlet="Kampung Babakan Sumber Rejeki Kaler",
        regency="Kabupaten Tangerang",
        grants=grants,
    )
    return made(told, known)


def carried() -> FamilySheet:
    """A visit that asked of food alone, since a month with a long name."""
    now = standing("--++--??", since=date(2026, 9, 30))
    return replace(fullest(), factors=made(replace(visit(before="+-++--??"), now=now)).factors)


SHEETS = {
    "plain": made(visit("+-+-?+--", "+--+?+--", Promise("Antar ke kantor desa", "family", TODAY))),
    "first": made(visit("????????")),
    "refused": made(visit(outcome="refused")),
    "fullest": fullest(),
    "carried": carried(),
    "endless": fullest(LONG * 4, "Muhammad" * 20),
}


def spoken(sheet: FamilySheet) -> set[str]:
    """Every word that the sheet says."""
    return {word for words in sheet.words() for word in re.findall(r"[\w./-]+", words)}


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("paper", Paper)
def test_everything_lies_on_the_page_and_nothing_over_anything(
    theme: Theme, name: str, paper: Paper
) -> None:
    page = lay_out(SHEETS[name], paper.smallest)

    whole = QRectF(0, 0, page.width, page.height).adjusted(-1, -1, 1, 1)
    assert all(whole.contains(item.rect) for item in page.items)
    kinds = [item for item in page.items if isinstance(item, Words | Frame)]
    for one, other in combinations(kinds, 2):
        shared = one.rect.intersected(other.rect)
        assert shared.height() < 2, f"{one} lies over {other}"


@pytest.mark.parametrize("name", ["plain", "first", "refused"])
def test_what_it_says_is_whole_and_large(theme: Theme, name: str) -> None:
    page = lay_out(SHEETS[name])

    words = [item for item in page.items if isinstance(item, Words)]
    assert all(item.is_whole for item in words)
    drawn = {word for item in words for line in item.lines for word in line.split()}
    assert {word.strip(".,:()") for word in drawn} >= {
        word.strip(".") for word in spoken(SHEETS[name])
    }
    assert page.scale >= 1.0


def test_the_most_there_can_be_is_still_one_page(theme: Theme) -> None:
    page = lay_out(SHEETS["fullest"])

    assert page.scale >= SMALLEST
    assert page.height == pytest.approx(mm(HEIGHT_MM - 2 * MARGIN_MM))
    cut = [item for item in page.items if isinstance(item, Words) and not item.is_whole]
    assert all("Antar" in item.lines[0] for item in cut), "only a long promise is shortened"


def test_larger_paper_tells_more(theme: Theme) -> None:
    sheet = fullest(LONG[:120], "Siti Contoh")
    page = lay_out(sheet, Paper.A4.smallest)

    assert all(item.is_whole for item in page.items if isinstance(item, Words))


def test_what_never_fits_is_drawn_smaller_as_a_whole(theme: Theme) -> None:
    page = lay_out(SHEETS["endless"], smallest=1.2)

    assert page.height > mm(HEIGHT_MM - 2 * MARGIN_MM)
    image = picture(page, theme.icons, 420)
    edge = image.width() * MARGIN_MM / WIDTH_MM - 1
    for place in ((0, 0, image.width(), edge), (0, image.height() - edge, image.width(), edge)):
        assert black_share(image, *place) == 0


def test_a_pdf_is_one_page_of_its_paper_with_letters_in_it(theme: Theme) -> None:
    for name, sheet in SHEETS.items():
        for paper, (width, height) in POINTS.items():
            content = pdf(lay_out(sheet, paper.smallest), theme.icons, paper)
            assert content.startswith(b"%PDF-")
            assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1, (name, paper)
            box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
            assert box is not None
            assert (round(float(box[1])), round(float(box[2]))) == (width, height)
            assert b"/FontFile2" in content, "Inter travels with it"


def test_names_do_not_stand_in_what_a_pdf_says_of_itself(theme: Theme) -> None:
    content = pdf(lay_out(SHEETS["plain"]), theme.icons, Paper.A5)

    assert "Lembar keluarga".encode("utf-16-be") in content
    assert "Siti".encode("utf-16-be") not in content


def shares(image: QImage, scale: float, places: list[QRectF]) -> list[float]:
    """How black each of these is."""
    origin = mm(MARGIN_MM) * scale
    return [
        black_share(
            image,
            origin + place.left() * scale,
            origin + place.top() * scale,
            place.width() * scale,
            place.height() * scale,
        )
        for place in places
    ]


@pytest.mark.parametrize("dots", [300, 100])
def test_states_are_told_apart_in_black_and_white(theme: Theme, dots: int) -> None:
    """Full, hatched, empty: on a good printer, and on a bad one."""
    page = lay_out(made(visit("+-?+-?+-")))
    image = picture(page, theme.icons, round(WIDTH_MM / 25.4 * dots))

    frames = [item for item in page.items if isinstance(item, Frame)]
    bands = [
        item.rect.adjusted(mm(0.9), mm(2.5), mm(1.9) - item.rect.width(), -mm(2.5))
        for item in frames
    ]
    inside = shares(image, dots / DPI, bands)
    assert min(inside[0::3]) > 0.95, "a full frame is black inside"
    assert max(inside[1::3]) < 0.05, "an empty one is white inside"
    assert all(0.15 < share < 0.7 for share in inside[2::3]), "a hatched one is neither"


def test_everything_is_black_whatever_the_theme_is(theme: Theme, app: QApplication) -> None:
    theme.apply(app, "dark", 1.5)
    dark = picture(lay_out(SHEETS["plain"]), theme.icons, 400)
    theme.apply(app, "light", 1.0)
    light = picture(lay_out(SHEETS["plain"]), theme.icons, 400)

    assert dark == light
    greys = {
        light.pixelColor(x, y).saturation() for x in range(0, 400, 3) for y in range(0, 500, 3)
    }
    assert greys == {0}


def test_a_pdf_takes_the_place_of_an_older_one(theme: Theme, tmp_path: Path) -> None:
    path = tmp_path / "Lembar keluarga.pdf"
    path.write_bytes(b"old")

    save_pdf(lay_out(SHEETS["plain"]), theme.icons, Paper.A5, path)

    assert path.read_bytes().startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == [path]


def test_a_pdf_that_cannot_be_written_leaves_the_older_one(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Lembar keluarga.pdf"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no room"):
        save_pdf(lay_out(SHEETS["plain"]), theme.icons, Paper.A5, path)

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("paper", Paper)
def test_a_printer_gets_one_page_on_its_own_paper(
    theme: Theme, tmp_path: Path, paper: Paper
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(paper.size)

    assert print_out(lay_out(SHEETS["plain"]), theme.icons, printer)

    content = (tmp_path / "printed.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1


def test_a_printer_that_does_not_answer_is_told(
    theme: Theme, tmp_path: Path, qt_listener: Listener
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))

    assert not print_out(lay_out(SHEETS["plain"]), theme.icons, printer)
    assert qt_listener.heard == ["QPainter::begin(): Returned false"]
    qt_listener.heard.clear()
