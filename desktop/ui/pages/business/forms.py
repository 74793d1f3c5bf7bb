"""The forms of a business and of its grant."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.queries.businesses import BusinessView, GrantView, ProgrammeYearView
from desktop.models.records.businesses import BusinessStatus
from desktop.models.rules.identity import check_business_number
from desktop.ui.pages.business.kind_field import KindField
from desktop.ui.pages.business.words import kind_names, status_text
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.text_field import TextField
