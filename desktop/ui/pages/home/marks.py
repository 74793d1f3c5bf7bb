"""The colour of what is to be done: what is late or was given back stands out, the rest is calm."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from desktop.models.queries.home import Task, TaskKind
from desktop.ui.theme.tokens import Role
from desktop.ui.widgets.rows_model import CellRole
from desktop.ui.widgets.table_painting import CellDelegate

KIND: Final = "kind"
"""The name of the column."""

_ROLES: Final[dict[TaskKind, Role]] = {
    TaskKind.DRAFT: "muted",
    TaskKind.RETURNED: "warning",
    TaskKind.CONFLICT: "warning",
    TaskKind.OVERDUE: "warning",
    TaskKind.FOLLOW_UP: "text",
    TaskKind.DUE: "primary",
}


class TaskDelegate(CellDelegate):
    """Paints the kind of a task in its colour; the words alone say the same."""

    def role(self, index: QModelIndex | QPersistentModelIndex) -> Role:
        """The colour of the words in a cell."""
        if self._model.columns[index.column()].name != KIND:
            return super().role(index)
        task: Task = index.data(CellRole.ROW)
        return _ROLES[task.kind]
