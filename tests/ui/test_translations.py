"""Both languages are whole: every sentence is there, fits its source, and is what Qt loads."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)

from desktop.app import _CATALOGUES
from desktop.imports.candidates import RowFinding
from desktop.imports.columns import Field
from desktop.imports.failures import FailureCode
from desktop.models.attachments.faults import AttachmentFault
from desktop.models.operations.decisions import DecisionFault
from desktop.models.operations.visits import VisitFault
from desktop.models.rules.dates import DateProblem
from desktop.models.rules.identity import IdentityFinding
from desktop.models.rules.money import MoneyProblem
from desktop.models.store.backup_file import BackupFault
from desktop.models.store.blobs import BlobFault
from desktop.models.store.engine import StoreFault
from desktop.sync.faults import SyncFault
from desktop.sync.messages import QuarantineReason
from desktop.ui import import_sentences, receipts, sentences
from desktop.ui.backup_sentences import BACKUP
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.money_field import MoneyField
from resources.translations.update import collect, release
from tests.ui.conftest import RESOURCES

FOLDER = RESOURCES / "translations"
FORMS = sorted((RESOURCES / "questionnaires").glob("*.json"))
PLACEHOLDER = re.compile(r"\{\w*\}|%n|%\d|&(?=\w)")
LETTER = re.compile(r"[^\W\d_]")

SAME = frozenset(
    {
        "Bank",
        "Ctrl+N",
        "Ctrl+P",
        "Ctrl+S",
        "Ctrl+T",
        "KB",
        "KK {number}",
        "NIB",
        "NIK",
        "NIK {number}",
        "RT",
        "RT / RW",
        "RT/RW",
        "RW",
        "Rp 0",
        "Status",
    }
)
"""What is written alike in both languages."""

SAME_ANSWERS = frozenset({"450 VA", "900 VA"})
ENGLISH = re.compile(
    r"\b(and|are|back|family|for|from|is|not|of|please|save|the|this|to|with|your)\b", re.IGNORECASE
)
INDONESIAN = re.compile(
    r"\b(atau|belum|dan|dari|dengan|keluarga|sudah|tidak|untuk|usaha|yang)\b", re.IGNORECASE
)
"""Words that only one of the languages has, and that nearly every longer sentence has."""

BUTTONS = {
    QDialogButtonBox.StandardButton.Ok: "Oke",
    QDialogButtonBox.StandardButton.Save: "Simpan",
    QDialogButtonBox.StandardButton.Cancel: "Batal",
    QDialogButtonBox.StandardButton.Close: "Tutup",
    QDialogButtonBox.StandardButton.Yes: "Ya",
    QDialogButtonBox.StandardButton.No: "Tidak",
    QDialogButtonBox.StandardButton.Open: "Buka",
    QDialogButtonBox.StandardButton.Discard: "Buang",
    QDialogButtonBox.StandardButton.Apply: "Terapkan",
    QDialogButtonBox.StandardButton.Reset: "Kembalikan",
}
EDITING = {"Urungkan", "Ulangi", "Potong", "Salin", "Tempel", "Hapus", "Pilih semua"}


@dataclass(frozen=True)
class Message:
    """A sentence of a `.ts` file: its source, and its forms in the other language."""

    context: str
    source: str
    forms: tuple[str, ...]
    is_plural: bool
    is_finished: bool

    @property
    def place(self) -> str:
        return f"{self.context}: {self.source}"


def read(path: Path) -> list[Message]:
    """The messages of a `.ts` file."""
    return [
        _message(context.findtext("name", ""), message)
        for context in ElementTree.parse(path).iter("context")  # noqa: S314 our own file
        for message in context.iter("message")
    ]


def _message(context: str, message: ElementTree.Element) -> Message:
    translation = message.find("translation")
    assert translation is not None
    is_plural = message.get("numerus") == "yes"
    forms = [form.text or "" for form in translation.iter("numerusform")]
    return Message(
        context,
        message.findtext("source", ""),
        tuple(forms if is_plural else [translation.text or ""]),
        is_plural,
        translation.get("type") is None,
    )


def plain(text: str) -> str:
    """A text without the marks of its accelerators and what follows a tab."""
    return text.replace("&", "").split("\t")[0]


INDONESIAN_FILES = [path for path in sorted(FOLDER.glob("*.ts")) if path.stem.endswith("_id")]
FILES = sorted(FOLDER.glob("*.ts"))
by_name = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
in_indonesian = pytest.mark.parametrize("path", INDONESIAN_FILES, ids=lambda path: path.stem)


@by_name
def test_every_sentence_is_translated(path: Path) -> None:
    empty = [
        message.place
        for message in read(path)
        if not message.is_finished or not all(form.strip() for form in message.forms)
    ]
    assert not empty, "without a translation"


@by_name
def test_plural_forms_are_as_many_as_the_language_has(path: Path) -> None:
    forms = 1 if path in INDONESIAN_FILES else 2
    wrong = [each.place for each in read(path) if each.is_plural and len(each.forms) != forms]
    assert not wrong, f"not {forms} forms"


@by_name
def test_placeholders_and_accelerators_are_kept(path: Path) -> None:
    wrong = [
        (message.source, form)
        for message in read(path)
        for form in message.forms
        if Counter(PLACEHOLDER.findall(form)) != Counter(PLACEHOLDER.findall(message.source))
    ]
    assert not wrong


@by_name
def test_the_last_sign_is_kept(path: Path) -> None:
    wrong = [
        (message.source, form)
        for message in read(path)
        for form in message.forms
        if _last_sign(form) != _last_sign(message.source)
    ]
    assert not wrong


def _last_sign(text: str) -> str:
    return text[-1] if text[-1] in ".:?!… " else ""


def test_english_has_exactly_the_plurals() -> None:
    plurals = {
        (message.context, message.source)
        for message in read(FOLDER / "berdaya_id.ts")
        if message.is_plural
    }
    english = {(each.context, each.source) for each in read(FOLDER / "berdaya_en.ts")}
    assert english == plurals


@in_indonesian
def test_nothing_is_left_in_english(path: Path) -> None:
    left = [
        message.place
        for message in read(path)
        for form in message.forms
        if form == message.source and _says_something(form) and form not in SAME
    ]
    left += [
        form
        for message in read(path)
        for form in message.forms
        if ENGLISH.search(PLACEHOLDER.sub("", form))
    ]
    assert not left


def _says_something(text: str) -> bool:
    return LETTER.search(PLACEHOLDER.sub("", text)) is not None


def test_the_code_speaks_english() -> None:
    mixed = [
        message.place
        for message in read(FOLDER / "berdaya_id.ts")
        if INDONESIAN.search(PLACEHOLDER.sub("", message.source))
    ]
    assert not mixed, "Indonesian belongs in the .ts file"


@by_name
def test_a_sentence_is_told_once(path: Path) -> None:
    counts = Counter((message.context, message.source) for message in read(path))
    assert not [place for place, count in counts.items() if count > 1]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_files_hold_what_the_code_says(language: str, collected: Path) -> None:
    name = f"berdaya_{language}.ts"
    in_code = {(message.context, message.source) for message in read(collected / name)}
    in_file = {(message.context, message.source) for message in read(FOLDER / name)}
    renew = "run: python -m resources.translations.update"
    assert in_file == in_code, renew


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `.ts` files as the code alone makes them."""
    folder = tmp_path_factory.mktemp("collected")
    collect(folder)
    return folder


def test_the_program_loads_what_the_files_hold(tmp_path: Path) -> None:
    release(tmp_path)
    for path in FILES:
        released = path.with_suffix(".qm")
        renew = "run: python -m resources.translations.update --release"
        assert released.read_bytes() == (tmp_path / released.name).read_bytes(), renew


def test_every_catalogue_is_there() -> None:
    named = {name for names in _CATALOGUES.values() for name in names}
    assert named == {path.stem for path in FILES}


# The questionnaires bring their own words.


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_questionnaires_speak_both_languages(path: Path) -> None:
    texts = list(_texts(json.loads(path.read_text(encoding="utf-8")), path.stem))
    assert texts
    for place, text in texts:
        assert text["id"].strip(), place
        assert text["en"].strip(), place
        assert text["id"] != text["en"] or text["en"] in SAME_ANSWERS, place
        assert not ENGLISH.search(text["id"]), place
        assert not INDONESIAN.search(text["en"]), place


def _texts(part: object, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(part, dict) and set(part) == {"id", "en"}:
        yield place, part
    elif isinstance(part, Mapping):
        for name, inner in part.items():
            yield from _texts(inner, f"{place}/{name}")
    elif isinstance(part, list):
        for index, inner in enumerate(part):
            yield from _texts(inner, f"{place}/{index}")


# What is raised below the ui has its sentence here.

NOT_OF_A_ROW = {Field.ROW_NUMBER, Field.REJECTION}


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (StoreFault, sentences.STORE),
        (SyncFault, sentences.SYNC),
        ([*AttachmentFault, *BlobFault], sentences.ATTACHMENTS),
        (DecisionFault, sentences.DECISIONS),
        (VisitFault, sentences.VISITS),
        (BackupFault, BACKUP),
        (FailureCode, import_sentences.FAILURES),
        ([*RowFinding, *IdentityFinding], import_sentences.FINDINGS),
        (set(Field) - NOT_OF_A_ROW, import_sentences.FIELDS),
    ],
    ids=["store", "sync", "attachments", "decisions", "visits", "backup", "list", "row", "column"],
)
def test_every_code_has_its_sentence(codes: Iterable[StrEnum], table: Mapping[str, object]) -> None:
    assert {str(code) for code in codes} == {str(code) for code in table}


def test_every_reason_to_set_aside_has_its_sentence() -> None:
    """Those that only a fault of a program brings about share one."""
    assert set(receipts.REASONS) <= set(QuarantineReason)
    assert receipts.OTHER_REASON


def test_every_problem_of_a_field_has_its_sentence(app: QApplication) -> None:
    del app
    for money in set(MoneyProblem) - {MoneyProblem.EMPTY}:
        assert MoneyField()._sentence(money), money
    for day in set(DateProblem) - {DateProblem.EMPTY}:
        assert DateField()._sentence(day), day


# Qt's own words, and ours, as they are loaded.


@pytest.fixture
def indonesian(app: QApplication) -> Iterator[QApplication]:
    """The application as it is in Indonesian."""
    translators = []
    for name in _CATALOGUES["id"]:
        translator = QTranslator()
        assert translator.load(name, str(FOLDER)), name
        app.installTranslator(translator)
        translators.append(translator)
    yield app
    for translator in translators:
        app.removeTranslator(translator)


def test_qt_says_what_is_translated() -> None:
    """Qt brings German: what it does not know in German, it does not say any more."""
    german = QTranslator()
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    assert german.load("qtbase_de", place), place
    unknown = [
        message.place
        for message in read(FOLDER / "qt_id.ts")
        if not german.translate(message.context, message.source)
    ]
    assert not unknown


@pytest.mark.usefixtures("indonesian")
@pytest.mark.parametrize("field", [QLineEdit, QPlainTextEdit])
def test_menus_of_text_fields(field: type[QLineEdit | QPlainTextEdit]) -> None:
    editor = field()
    menu = editor.createStandardContextMenu()
    said = {plain(action.text()) for action in menu.actions() if action.text()}
    assert said >= EDITING
    assert not [words for words in said if ENGLISH.search(words)]


@pytest.mark.usefixtures("indonesian")
@pytest.mark.parametrize(("button", "words"), BUTTONS.items(), ids=BUTTONS.values())
def test_buttons_of_dialogs(button: QDialogButtonBox.StandardButton, words: str) -> None:
    box = QDialogButtonBox(button)
    assert plain(box.button(button).text()) == words


@pytest.mark.usefixtures("indonesian")
def test_the_dialog_for_files(tmp_path: Path) -> None:
    dialog = QFileDialog(None, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
    shown = [widget.text() for widget in dialog.findChildren(QLabel)]
    shown += [widget.text() for widget in dialog.findChildren(QPushButton)]
    shown += [widget.toolTip() for widget in dialog.findChildren(QToolButton)]
    shown += [action.text() for action in dialog.findChildren(QAction)]
    said = {plain(words) for words in shown}
    assert said >= {"Lihat di:", "Nama berkas:", "Jenis berkas:", "Buka", "Batal", "Hapus"}
    sources = {plain(each.source) for each in read(FOLDER / "qt_id.ts") if each.source not in SAME}
    assert not said & sources


@pytest.mark.usefixtures("indonesian")
def test_the_text_of_a_window() -> None:
    """A plural of one form, and a sentence with a name in it."""
    application = QApplication.instance()
    assert application is not None
    assert application.translate("VisitsPage", "%n overdue.", "", 3) == "3 terlambat."
    assert application.translate("Window", "Families") == "Keluarga"
