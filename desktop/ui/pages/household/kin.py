"""A family that came from another one, on the family's page, with the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.pages.household.facts import words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card

if TYPE_CHECKING:
    from desktop.models.queries.kin import Kin
    from desktop.ui.desk import Desk


class KinCard(Card):
    """The family that a member founded, or that this one was founded from.

    Args:
        desk: the collaborators of all pages.
        kin: that family.
        is_origin: whether this one was founded from it.
    """

    def __init__(self, desk: Desk, kin: Kin, *, is_origin: bool) -> None:
        super().__init__()
        self.set_title(
            self.tr("This family was split from another one")
            if is_origin
            else self.tr("A member has a family of their own")
        )
        said = self.tr("{founder} has a family of their own now; it is visited by itself.")
        if is_origin:
            said = self.tr(
                "It was the family of {head} before. What was recorded until then stands there."
            )
        self.add(words(said.format(founder=kin.founder, head=kin.head_name), "muted"))
        see = Button(desk.theme, self.tr("See that family"), icon="users")
        see.setObjectName("see_kin")
        see.clicked.connect(lambda: desk.go("household", household_id=kin.household_id))
        self.add_action(see)
