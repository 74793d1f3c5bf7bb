"""Small forms and rows that the tests of questionnaires share."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.models.questionnaires.form import Questionnaire
from desktop.models.questionnaires.loader import read
from desktop.models.questionnaires.session import AnswerSession
from desktop.models.questionnaires.states import Instance

SHIPPED = Path(__file__).parents[3] / "resources" / "questionnaires" / "household_visit.json"
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
ANI, BUDI, CICI = (UUID(int=number) for number in (1, 2, 3))


def text(words: str) -> dict[str, str]:
    return {"id": words, "en": f"{words} (en)"}


def question(name: str, kind: str = "text", **keys: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {"name": name, "type": kind, "label": text(name)}
    if kind.startswith("select"):
        asked["choices"] = [choice(code) for code in keys.pop("codes", ("yes", "no"))]
    return asked | keys


def choice(code: str, **attributes: str) -> dict[str, Any]:
    offered: dict[str, Any] = {"name": code, "label": text(f"pilihan {code}")}
    return offered | ({"attributes": attributes} if attributes else {})


def section(name: str, *questions: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"name": name, "title": text(name), "questions": list(questions)} | keys


def form(*sections: dict[str, Any], **keys: Any) -> Questionnaire:
    return read(json.dumps(raw(*sections, **keys)))


def raw(*sections: dict[str, Any], **keys: Any) -> dict[str, Any]:
    whole = {"id": "test", "version": 1, "title": text("Uji"), "sections": list(sections)}
    return whole | keys


def opened(questionnaire: Questionnaire, **keys: Any) -> AnswerSession:
    given: dict[str, Any] = {"facts": {}, "instances": {}, "today": TODAY, "now": NOW} | keys
    return AnswerSession(questionnaire, **given)


def person(identity: UUID, **facts: str | int) -> Instance:
    known: Mapping[str, str | int] = facts
    return Instance(identity, known)
