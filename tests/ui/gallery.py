"""Pictures of the widgets: `python -m tests.ui.gallery FOLDER` renders a page in every dress.

The pictures are for people to look at; the tests of the widgets hold what can be measured.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.notices import Action, Notices
from desktop.ui.theme.theme import Mode, Theme
from desktop.ui.theme.tokens import S3, S4, S6
from desktop.ui.widgets.badge import Badge, Tag, TransportMark, TransportState, WorkState
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice_field import ChoiceField, MultiChoiceField
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.heat_strip import HeatColumn, HeatStrip, eight_factors
from desktop.ui.widgets.mini_bars import Bar, MiniBars
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.notice_bar import NoticeBar
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.rows_model import Column
from desktop.ui.widgets.scroll_page import Columns, ScrollPage
from desktop.ui.widgets.search_field import SearchField
from desktop.ui.widgets.segmented import Segmented
from desktop.ui.widgets.side_bar import SideBar, StatusLine
from desktop.ui.widgets.text_field import LongTextField, NumberField, TextField

RESOURCES = Path(__file__).parents[2] / "resources"
DRESSES: tuple[tuple[str, Mode, float], ...] = (
    ("light", "light", 1.0),
    ("dark", "dark", 1.0),
    ("large", "light", 1.5),
)
PAGES = (
    ("home", "Beranda", "home"),
    ("families", "Keluarga", "users"),
    ("visits", "Kunjungan", "map-pin"),
    ("business", "Usaha", "building-store"),
    ("groups", "Kelompok", "users-group"),
    ("referrals", "Rujukan", "send"),
    ("aid", "Bantuan", "gift"),
    ("reports", "Laporan", "chart-bar"),
    ("sync", "Sinkronisasi", "refresh"),
    ("settings", "Pengaturan", "settings"),
)
VILLAGES = tuple(Option(name, name) for name in ("Sukamaju", "Cikeusik", "Banjarsari"))


@dataclass
class Family:
    """A made-up family."""

    name: str
    village: str
    members: int
    income: int
    work: str
    transport: str


FAMILIES = [
    Family("Siti Rahmawati", "Sukamaju", 4, 1_250_000, "verified", "confirmed"),
    Family("Ahmad Fauzi", "Cikeusik", 6, 980_000, "draft", "local"),
    Family("Nur Aini", "Sukamaju", 3, 2_100_000, "submitted", "confirmed"),
    Family("Udin Saepudin", "Banjarsari", 5, 715_000, "returned", "confirmed"),
    Family("Dewi Lestari", "Cikeusik", 2, 1_640_000, "submitted", "waiting"),
    Family("Bambang Sutrisno", "Banjarsari", 4, 11_320_000, "draft", "waiting"),
    Family("Maryam", "Sukamaju", 7, 450_000, "verified", "confirmed"),
]


def side_bar(theme: Theme, current: str) -> SideBar:
    """The side bar with all pages."""
    side = SideBar(theme, "Berdaya")
    for key, text, icon in PAGES:
        side.add_item(key, text, icon)
    side.set_current(current)
    side.set_count("home", 5)
    side.set_count("sync", 12)
    side.set_status(
        [
            StatusLine("Tersimpan di laptop ini", level="good"),
            StatusLine("12 menunggu dikirim", "cloud-up"),
            StatusLine("Terakhir diterima provinsi: kemarin 19.40", "clock"),
        ],
        "Kirim sekarang",
    )
    return side


def families_table(theme: Theme) -> DataTable:
    """The families, with both marks."""
    table = DataTable(
        theme,
        [
            Column("Kepala keluarga", "name", stretch=True, sortable=True),
            Column("Desa", "village", width=88),
            Column("Jiwa", "members", kind="number", width=48),
            Column("Penghasilan", "income", kind="money", width=112),
            Column("Status", "work", kind="work", width=112),
        ],
    )
    table.set_rows(FAMILIES)
    table.set_sorted("name")
    table.fit_rows()
    table.select(1)
    return table


def family_form(theme: Theme) -> FormGrid:
    """A form with every line below a field."""
    form = FormGrid(theme, label_width=96)
    nik, village, income = TextField(), ComboField(theme, VILLAGES), MoneyField()
    nik.set_value("3601 1204 0580 0003")
    village.set_value("Cikeusik")
    income.set_value(1_250_000)
    form.add_row("NIK", nik, required=True)
    form.add_row("Desa", village)
    form.add_row("Penghasilan", income).set_previous("Kunjungan lalu: Rp 900.000")
    birth = DateField()
    birth.setText("31/02/1980")
    form.add_row("Tanggal lahir", birth).check()
    return form


def families_page(theme: Theme, notices: Notices) -> QWidget:
    """A list beside a form, above a chart: the page that sets the look."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(S6, S4, S6, S4)
    column.setSpacing(S3)
    header = PageHeader(theme, "Keluarga penerima manfaat")
    header.add_action(Tag(theme, "Tidak ada internet", role="warning", ground="warning_soft"))
    header.add_action(Button(theme, "Tambah keluarga", kind="primary", icon="plus"))
    column.addWidget(header)
    column.addWidget(NoticeBar(theme, notices))
    scroll = ScrollPage()
    column.addWidget(scroll, 1)
    upper = Columns(theme, 880)
    listing = Card()
    listing.add(SearchField(theme, "Cari nama, NIK, atau dusun…"))
    listing.add(families_table(theme))
    listing.body.addStretch(1)
    editor = Card("Ahmad Fauzi")
    editor.add(family_form(theme))
    editor.body.addStretch(1)
    buttons = QHBoxLayout()
    buttons.addStretch(1)
    buttons.addWidget(Button(theme, "Batal"))
    save = Button(theme, "Simpan", kind="primary")
    save.setObjectName("focused")
    buttons.addWidget(save)
    editor.body.addLayout(buttons)
    upper.add(listing, 3)
    upper.add(editor, 2)
    scroll.add(upper, 3)
    chart = MiniBars(theme, "Kunjungan terverifikasi per bulan")
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt"]
    values = (62, 71, 68, 84, 90, 112, 104, 126, 131, 149)
    bars = [Bar(month, value) for month, value in zip(months, values, strict=True)]
    chart.set_data(bars, 120, "Target 120")
    below = Card()
    below.add(chart)
    scroll.add(below, 2)
    return page


def parts_page(theme: Theme, _notices: Notices) -> QWidget:
    """Everything the other page does not show."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(S6, S4, S6, S4)
    column.setSpacing(S3)
    header = PageHeader(theme, "Kunjungan ke-3", "Ahmad Fauzi · Cikeusik · fase 2", back=True)
    header.add_action(Segmented(theme, [Option("one", "Satu per satu"), Option("all", "Semua")]))
    header.add_action(Button(theme, "Selesai", kind="primary", icon="check"))
    column.addWidget(header)
    columns = Columns(theme, 880)
    columns.add(_left_parts(theme))
    columns.add(_right_parts(theme))
    scroll = ScrollPage()
    scroll.add(columns)
    column.addWidget(scroll, 1)
    return page


def _left_parts(theme: Theme) -> QWidget:
    side = QWidget()
    left = QVBoxLayout(side)
    left.setContentsMargins(0, 0, 0, 0)
    left.setSpacing(S3)
    choices = Card("Pertanyaan")
    form = FormGrid(theme, label_width=112)
    water = ChoiceField(
        theme,
        [
            Option("1", "Ledeng meteran"),
            Option("8", "Sumur terlindung", "ada dinding dan tutup"),
            Option("12", "Sumur tak terlindung"),
        ],
    )
    water.set_value("8")
    water.setObjectName("focused")
    form.add_row("Sumber air minum", water).set_previous("Kunjungan lalu: Sumur tak terlindung")
    devices = MultiChoiceField(
        theme,
        [Option("phone", "Telepon"), Option("tv", "TV"), Option("radio", "Radio")],
        columns=3,
    )
    devices.set_value(frozenset({"phone", "radio"}))
    form.add_row("Punya", devices)
    area = NumberField(maximum=500)
    area.setText("lima puluh")
    form.add_row("Luas lantai", area, hint="Dalam meter persegi").check()
    form.add_row("Catatan", LongTextField(lines=2, placeholder="Apa yang berubah?"))
    choices.add(form)
    choices.body.addStretch(1)
    left.addWidget(choices, 1)
    marks = Card("Dua tanda")
    for states in (tuple(WorkState), tuple(TransportState)):
        row = FlowRow()
        for state in states:
            is_work = isinstance(state, WorkState)
            row.add(Badge(theme, state) if is_work else TransportMark(theme, state))
        marks.add(row)
    left.addWidget(marks)
    return side


def _right_parts(theme: Theme) -> QWidget:
    side = QWidget()
    right = QVBoxLayout(side)
    right.setContentsMargins(0, 0, 0, 0)
    right.setSpacing(S3)
    strip = HeatStrip(theme)
    cycle = ("deprived", "not_deprived", "not_deprived", "unknown")
    visits = [
        HeatColumn(label, {f.key: cycle[(i * j + j) % 4] for i, f in enumerate(eight_factors())})
        for j, label in enumerate(("Mar 26", "Jun 26", "Sep 26"))
    ]
    strip.set_visits(visits)
    factors = Card("Delapan faktor")
    factors.add_action(Button(theme, "Cetak", kind="quiet", icon="printer"))
    factors.add(strip)
    right.addWidget(factors)
    ledger = Card("Buku bulanan")
    ledger.add(_ledger(theme))
    progress = Progress(theme)
    progress.set_progress(320, 900, "320 dari 900 KB, kira-kira 2 menit lagi")
    ledger.add(progress)
    right.addWidget(ledger)
    empty = Card()
    empty.add(EmptyState(theme, "camera", "Foto kunjungan akan ada di sini.", "Ambil foto"))
    right.addWidget(empty, 1)
    return side


def _ledger(theme: Theme) -> DataTable:
    table = DataTable(
        theme,
        [
            Column("Bulan", "month", stretch=True),
            Column("Omzet", "revenue", kind="money", edit=lambda r, v: r.update(revenue=v)),
            Column("Biaya", "expenses", kind="money", edit=lambda r, v: r.update(expenses=v)),
            Column("Laba", lambda r: r["revenue"] - r["expenses"], kind="money", key="profit"),
        ],
    )
    table.set_rows(
        [
            {"month": "Agustus 2026", "revenue": 2_400_000, "expenses": 1_650_000},
            {"month": "September 2026", "revenue": 1_100_000, "expenses": 1_350_000},
        ]
    )
    table.fit_rows()
    return table


def window(theme: Theme, notices: Notices, page: QWidget, current: str) -> QWidget:
    """The side bar beside a page."""
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(side_bar(theme, current))
    row.addWidget(page, 1)
    return frame


def question(theme: Theme) -> Dialog:
    """A dialog that asks before something is lost."""
    dialog = Dialog(theme, "Buang draf ini?")
    dialog.add_text("Kunjungan ke Ahmad Fauzi belum selesai. Jawaban yang sudah ditulis hilang.")
    dialog.add_buttons("Buang", "Simpan saja", danger=True)
    return dialog


def shoot(app: QApplication, widget: QWidget, path: Path, size: tuple[int, int]) -> None:
    """Show a widget, put the keyboard where the picture wants it, and save what is seen."""
    if size != (0, 0):
        widget.resize(*size)
    widget.show()
    widget.activateWindow()
    focused = widget.findChild(QWidget, "focused")
    if focused is not None:
        focused.setFocus()
    for _round in range(3):
        app.processEvents()
    widget.grab().save(str(path))
    widget.close()
    widget.deleteLater()


def main(folder: Path) -> None:
    """Render all pages in all dresses into a folder."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([])
    theme = Theme(RESOURCES)
    folder.mkdir(parents=True, exist_ok=True)
    for name, mode, scale in DRESSES:
        theme.apply(app, mode, scale)
        notices = Notices()
        for title, build in (("families", families_page), ("parts", parts_page)):
            page = window(theme, notices, build(theme, notices), "families")
            notices.warning(
                "Satu kunjungan dikembalikan oleh kabupaten",
                "Udin Saepudin: foto rumah kurang jelas.",
                Action("Lihat", lambda: None),
            )
            shoot(app, page, folder / f"{title}-{name}.png", (1366, 768))
        shoot(app, question(theme), folder / f"dialog-{name}.png", (0, 0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
