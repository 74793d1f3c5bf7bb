"""What PySide does at every import once it is loaded, and need not do for us.

It reads the source of each module, to see whether that module speaks of PySide and may ask for one
of its `__feature__`s. Nobody here does. For SQLAlchemy and pydantic alone that costs 20 MB, and a
tenth of the start.
"""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 brings what is switched off here

_HOOK = "shibokensupport.feature"
_READER = "_mod_uses_pyside"


def leave_sources_unread() -> None:
    """Lets PySide judge modules by their name; where it works otherwise, nothing is changed."""
    hook = sys.modules.get(_HOOK)
    if hook is not None and _READER in vars(hook):
        vars(hook)[_READER] = _is_ours


def _is_ours(module: ModuleType) -> bool:
    return module.__name__.startswith("desktop")
