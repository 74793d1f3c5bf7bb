"""What of XLSForm is supported, by name. Whatever is not here is refused when a workbook is compiled."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.questionnaires.form import QuestionType

TYPES: Mapping[str, QuestionType] = {
    "text": QuestionType.TEXT,
    "string": QuestionType.TEXT,
    "integer": QuestionType.INTEGER,
    "int": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "range": QuestionType.RANGE,
    "select_one": QuestionType.SELECT_ONE,
    "select_multiple": QuestionType.SELECT_MULTIPLE,
    "select_one_from_file": QuestionType.SELECT_ONE,
    "select_multiple_from_file": QuestionType.SELECT_MULTIPLE,
    "rank": QuestionType.RANK,
    "date": QuestionType.DATE,
    "time": QuestionType.TIME,
    "datetime": QuestionType.DATE_TIME,
    "dateTime": QuestionType.DATE_TIME,
    "geopoint": QuestionType.GEOPOINT,
    "gps": QuestionType.GEOPOINT,
    "location": QuestionType.GEOPOINT,
    "image": QuestionType.IMAGE,
    "photo": QuestionType.IMAGE,
    "audio": QuestionType.AUDIO,
    "file": QuestionType.FILE,
    "barcode": QuestionType.BARCODE,
    "note": QuestionType.NOTE,
    "calculate": QuestionType.CALCULATE,
    "hidden": QuestionType.HIDDEN,
    "acknowledge": QuestionType.ACKNOWLEDGE,
    "trigger": QuestionType.ACKNOWLEDGE,
}
"""The first word of a type in the sheet, and what kind of question it makes."""

STRUCTURE = frozenset({"begin_group", "end_group", "begin_repeat", "end_repeat", "csv-external"})

OPENING: Mapping[str, str] = {"start": "now()", "today": "today()"}
"""What is known when a form is opened, and the expression that tells it."""

ALWAYS_KEPT = frozenset(
    {
        *("end", "username", "deviceid", "phonenumber", "email", "simserial", "subscriberid"),
        *("audit", "start-geopoint", "background-audio"),
    }
)
"""Rows that ask for what is kept with every visit, or must not be taken unasked."""

SURVEY_COLUMNS = frozenset(
    {
        *("type", "name", "label", "hint", "guidance_hint", "required", "required_message"),
        *("relevant", "relevance", "constraint", "constraint_message", "calculation", "calculate"),
        *("choice_filter", "appearance", "default", "parameters", "repeat_count", "read_only"),
        *("readonly", "image", "media::image", "comment", "comments"),
    }
)
CHOICES_COLUMNS = frozenset({"label", "image", "media::image"})
"""Columns of choices with words; all others are attributes that a filter can read."""
CHOICES_REFUSED = frozenset({"audio", "video", "big-image", "media::audio"})
"""Those that would be other media than pictures."""

SETTINGS_COLUMNS = frozenset(
    {
        "form_title",
        "form_title_english",
        "title",
        "form_id",
        "id_string",
        "version",
        "default_language",
        "style",
    }
)
WARNINGS_COLUMNS = frozenset({"question", "name", "expression", "message"})

TRANSLATED = frozenset(
    {
        *("label", "hint", "guidance_hint", "required_message", "constraint_message", "message"),
        *("image", "media::image"),
    }
)
"""Columns that may be there once for each language."""

PARAMETERS: Mapping[QuestionType, frozenset[str]] = {
    QuestionType.RANGE: frozenset({"start", "end", "step"}),
    QuestionType.SELECT_ONE: frozenset({"value", "label"}),
    QuestionType.SELECT_MULTIPLE: frozenset({"value", "label"}),
}

PARAMETERS_ELSEWHERE = frozenset({"max-pixels"})
"""Every photo is made smaller here, by one measure."""

APPEARANCES = frozenset(
    {
        *("minimal", "autocomplete", "numbers", "multiline", "field-list"),
        *("rupiah", "ask-anew", "signature", "draw"),
    }
)
"""Those that change how a question looks here, or ask for what it looks like anyway."""

APPEARANCES_ELSEWHERE = frozenset(
    {
        *("likert", "compact", "quick", "quickcompact", "columns", "columns-pack", "no-buttons"),
        *("list", "horizontal", "horizontal-compact", "picker", "rating", "vertical"),
        *("no-ticks", "thousands-sep", "new", "no-calendar"),
    }
    | {f"columns-{number}" for number in range(1, 11)}
    | {f"w{number}" for number in range(1, 11)}
)
"""Those by which other programs lay a question out, and for which there is one good way here."""

SHEETS_REFUSED = ("entities", "external_choices", "osm")
"""Sheets of XLSForm whose rows would be passed over."""
