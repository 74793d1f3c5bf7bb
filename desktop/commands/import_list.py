"""`berdaya import LIST`: a district's family list into the store, without a window."""

from __future__ import annotations

import argparse
import sys
from enum import IntEnum
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTranslator

from desktop.imports.failures import ImportFailure
from desktop.imports.plan import ImportPlan, read_list
from desktop.imports.rejects import write_rejected
from desktop.models.operations import imports
from desktop.models.operations.reference import load_regions
from desktop.models.queries.account import account, granted_villages
from desktop.models.queries.imports import GrantedRegions, StoreExisting
from desktop.models.reference import Reference
from desktop.models.rules.dates import to_wib
from desktop.models.rules.money import format_number
from desktop.models.store.engine import StoreFailure
from desktop.models.store.local import Store
from desktop.paths import Paths, resources
from desktop.settings import Settings
from desktop.ui.import_sentences import failure_sentence, finding_sentence
from desktop.ui.sentences import sentence_for

if TYPE_CHECKING:
    from desktop.models.rules.findings import Finding
