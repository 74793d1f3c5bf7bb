"""All functions of ODK XPath that a questionnaire may call, each as its documentation says.

A function that is in none of these modules is refused when the form is loaded, by its name.
"""

from __future__ import annotations

from desktop.models.questionnaires.functions import (
    chance,
    choices,
    control,
    dates,
    geography,
    nodes,
    numbers,
    text,
)
from desktop.models.questionnaires.xpath import OdkParser

MODULES = (chance, choices, control, dates, geography, nodes, numbers, text)
"""Each added its functions to the parser when it was loaded."""


def parser_with_functions() -> OdkParser:
    """A parser that knows every function of `MODULES`."""
    return OdkParser()
