"""The rows of a table, and the columns that read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Final, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.models.rules.dates import format_date, format_time, to_wib
from desktop.models.rules.money import format_number, format_rupiah
from desktop.ui.widgets.badge import TransportState, WorkState, state_text

ColumnKind = Literal["text", "number", "money", "date", "work", "transport"]
Align = Literal["left", "right"]
Index = QModelIndex | QPersistentModelIndex

_RIGHT: Final[frozenset[ColumnKind]] = frozenset({"number", "money"})
_ALIGNMENT: Final = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


_WRITERS: Final[dict[ColumnKind, Callable[[Any], str]]] = {
    "number": format_number,
    "money": format_rupiah,
    "work": lambda state: state_text(WorkState(state)),
    "transport": lambda state: state_text(TransportState(state)),
}


class CellRole(IntEnum):
    """What a delegate may ask of a cell beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole
    VALUE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        title: The header, translated.
        get: How to read a row: the name of an attribute or mapping key, or a function of the row.
        kind: What the values are. `number` and `money` are whole numbers, `date` a date or an
            instant, `work` and `transport` the values of the two state marks; None shows nothing.
        align: Where the values stand; numbers right, everything else left, unless told.
        width: Pixels at 100%; 0 takes what the header and the kind need.
        stretch: Whether the column takes the width that is left.
        key: A name for signals; the name in `get` unless told.
        edit: Takes a row and the new value and changes the row; says False to refuse. Columns
            without it are read only.
        sortable: Whether pressing the header asks for another order.
        words: Other words than the usual ones for a row's mark.
    """

    title: str
    get: str | Callable[[Any], Any]
    kind: ColumnKind = "text"
    align: Align | None = None
    width: int = 0
    stretch: bool = False
    key: str = ""
    edit: Callable[[Any, Any], bool | None] | None = None
    sortable: bool = False
    words: Callable[[Any], str] | None = None

    @property
    def name(self) -> str:
        """The name used in signals."""
        return self.key or (self.get if isinstance(self.get, str) else self.title)

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Where header and values stand: always alike."""
        return _ALIGNMENT[self.align or ("right" if self.kind in _RIGHT else "left")]

    def value(self, row: Any) -> Any:
        """The value of this column in a row."""
        if callable(self.get):
            return self.get(row)
        return row[self.get] if isinstance(row, dict) else getattr(row, self.get)

    def text(self, row: Any) -> str:
        """The same as it is read."""
        return self.words(row) if self.words else cell_text(self.kind, self.value(row))


def cell_text(kind: ColumnKind, value: object) -> str:
    """A value as it is read: `Rp 2.500.000`, `24/05/2022`, `Verified`."""
    if value is None:
        return ""
    if kind in _WRITERS:
        return _WRITERS[kind](value)
    if isinstance(value, datetime):
        return f"{format_date(to_wib(value).date(), 'id', 'short')} {format_time(value)}"
    return format_date(value, "id", "short") if isinstance(value, date) else str(value)


class RowsModel(QAbstractTableModel):
    """A list of rows, whatever they are, read through columns.

    Args:
        columns: The columns, left to right.
        parent: The owner.
    """

    edited = Signal(object, str)
    """A row was changed by hand: the row and the name of the column."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Any] = []

    @property
    def rows(self) -> list[Any]:
        """The rows, top to bottom."""
        return self._rows

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows, all at once."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def replace_row(self, place: int, row: Any) -> None:
        """Show one row anew; selection and scrolling stay.

        Raises:
            IndexError: There is no such row.
        """
        self._rows[place] = row
        last = self.index(place, len(self.columns) - 1)
        self.dataChanged.emit(self.index(place, 0), last)

    def rowCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008 - Qt's signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008 - Qt's signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> Any:
        """The text, the value or the row of a cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role in (Qt.ItemDataRole.EditRole, CellRole.VALUE):
            return column.value(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        return row if role == CellRole.ROW else None

    def setData(self, index: Index, value: Any, role: int = 2, /) -> bool:
        """Hand a new value to the column's `edit`; False if it refused."""
        column = self.columns[index.column()]
        if role != Qt.ItemDataRole.EditRole or column.edit is None:
            return False
        row = self._rows[index.row()]
        if column.edit(row, value) is False:
            return False
        # Other cells of the row may be computed from this one.
        last = self.index(index.row(), len(self.columns) - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        self.edited.emit(row, column.name)
        return True

    def flags(self, index: Index, /) -> Qt.ItemFlag:
        """Whether a cell can be changed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.columns[index.column()].edit is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0, /) -> Any:
        """Title and alignment of a column; rows have no headers."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].alignment
        return None
