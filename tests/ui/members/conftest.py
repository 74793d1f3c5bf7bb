"""A desk for dialogs about members, as pages have it."""

from tests.ui.pages.conftest import desk, show, store, went

__all__ = ["desk", "show", "store", "went"]
