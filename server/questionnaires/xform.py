"""The XForm that pyxform makes of a workbook, taken apart: its data, binds, controls, words and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from server.questionnaires.findings import SURVEY, Finding, RefusedWorkbook
from server.questionnaires.sheets import language_code

_H, _X = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2002/xforms}"
JR, _ODK = "{http://openrosa.org/javarosa}", "{http://www.opendatakit.org/xforms}"
_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
_SHEET = re.compile(r"On the '(\w+)' sheet")
_ITEXT = re.compile(r"jr:itext\('(?P<id>[^']*)'\)")
_ITEMSET = re.compile(
    r"instance\('(?P<list>[^']+)'\)/root/item(?:\[(?P<filter>.*)\])?",
    re.DOTALL,
)
OUTPUT = "\ue000"
"""Stands in words before and behind the number of an output."""

_CONTROLS = frozenset({"input", "select", "select1", "upload", "trigger", "range", "rank"})
_MARKUP = re.compile(r"</?[A-Za-z][^>]*>|\*\*|__")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in each language, with the expressions whose values it says, and its media."""

    by_language: Mapping[str, str]
    outputs: tuple[str, ...] = ()
    media: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """Where a question's choices are from."""

    list: str
    filter: str | None
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """What is asked at one path of the data."""

    appearance: str = ""
    label: Words | None = None
    hint: Words | None = None
    guidance: Words | None = None
    offer: Offer | None = None
    range: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class XForm:
    """A form, by the paths of its data (`/data/food/worried`)."""

    data: ET.Element
    binds: Mapping[str, Mapping[str, str]]
    controls: Mapping[str, Control]
    repeats: Mapping[str, str | None]
    """Path of a repeat -> the expression that counts its rows."""
    defaults: Mapping[str, str]
    """Path -> expression of a default that is computed."""
    lists: Mapping[str, list[Mapping[str, str]]]
    files: Mapping[str, str]
    """Name of a look-up table -> the file that holds it."""
    itext: Mapping[str, Words]

    def message(self, written: str | None) -> Words | None:
        """The words of a message in a bind: its own, or those that it names."""
        if not written:
            return None
        match = _ITEXT.fullmatch(written.strip())
        return self.itext.get(match["id"]) if match else Words({"": _plain(written)})


def convert(path: Path) -> tuple[XForm, list[Finding]]:
    """Has pyxform read a workbook and takes the result apart.

    Returns:
        The form, and what pyxform remarks.

    Raises:
        RefusedWorkbook: pyxform does not take it.
    """
    from pyxform.errors import PyXFormError  # noqa: PLC0415 only who writes questionnaires
    from pyxform.xls2xform import convert as to_xform  # noqa: PLC0415 (see above)

    try:
        made = to_xform(str(path), validate=False, pretty_print=False, file_type=".xlsx")
    except PyXFormError as error:
        raise RefusedWorkbook([_finding(str(error), stops=True)]) from error
    return take_apart(made.xform), [_finding(one, stops=False) for one in made.warnings]


def take_apart(text: str) -> XForm:
    """An XForm's parts."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 (see above)

    root = fromstring(text)
    model = _one(root, f"{_H}head/{_X}model")
    body = _one(root, f"{_H}body")
    itext = _itext(model)
    primary, *others = model.findall(f"{_X}instance")
    data = primary[0]
    return XForm(
        data=data,
        binds={one.attrib["nodeset"]: one.attrib for one in model.findall(f"{_X}bind")},
        controls=dict(_controls(body, itext)),
        repeats={
            one.attrib["nodeset"]: _expression(one.get(f"{JR}count"))
            for one in body.iter(f"{_X}repeat")
        },
        defaults={
            one.attrib["ref"]: one.attrib.get("value", "").strip()
            for one in root.iter(f"{_X}setvalue")
            if "odk-instance-first-load" in one.get("event", "")
            or "odk-new-repeat" in one.get("event", "")
        },
        lists={one.attrib["id"]: list(_items(one)) for one in others if "src" not in one.attrib},
        files={
            one.attrib["id"]: one.attrib["src"].rpartition("/")[2]
            for one in others
            if one.get("src", "").startswith("jr://file")
        },
        itext=itext,
    )


def plain_name(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]


def is_template(element: ET.Element) -> bool:
    """Whether an element is the pattern of a repeat's rows."""
    return f"{JR}template" in element.attrib


def _one(parent: ET.Element, path: str) -> ET.Element:
    found = parent.find(path)
    if found is None:
        raise ValueError(f"the form has no {path}")
    return found


def _controls(body: ET.Element, itext: Mapping[str, Words]) -> Iterator[tuple[str, Control]]:
    for element in body.iter():
        kind = plain_name(element.tag)
        reference = element.get("ref")
        if reference is None or kind not in _CONTROLS | {"group"}:
            continue
        yield (
            reference,
            Control(
                appearance=element.get("appearance", ""),
                label=_words(element.find(f"{_X}label"), itext),
                hint=_words(element.find(f"{_X}hint"), itext),
                guidance=_guidance(element.find(f"{_X}hint"), itext),
                offer=_offer(element.find(f"{_X}itemset")),
                range={
                    key: element.attrib[key]
                    for key in ("start", "end", "step")
                    if key in element.attrib
                },
            ),
        )


def _offer(itemset: ET.Element | None) -> Offer | None:
    if itemset is None:
        return None
    nodeset = itemset.attrib["nodeset"].strip()
    match = _ITEMSET.fullmatch(nodeset)
    value, label = itemset.find(f"{_X}value"), itemset.find(f"{_X}label")
    if match is None or value is None or label is None:
        raise RefusedWorkbook([Finding(f"Choices from {nodeset!r} are not supported.", SURVEY)])
    said = label.get("ref", "")
    return Offer(
        list=match["list"],
        filter=_expression(match["filter"]),
        value=value.get("ref", "name"),
        label="itextId" if "itextId" in said else said,
    )


def _items(instance: ET.Element) -> Iterator[Mapping[str, str]]:
    for item in instance.iter(f"{_X}item"):
        yield {plain_name(child.tag): child.text or "" for child in item}


def _words(element: ET.Element | None, itext: Mapping[str, Words]) -> Words | None:
    if element is None:
        return None
    match = _ITEXT.fullmatch(element.get("ref", ""))
    if match:
        return itext.get(match["id"])
    outputs: dict[str, int] = {}
    return Words({"": _written(element, outputs)}, tuple(outputs))


def _guidance(element: ET.Element | None, itext: Mapping[str, Words]) -> Words | None:
    match = None if element is None else _ITEXT.fullmatch(element.get("ref", ""))
    return itext.get(f"{match['id']}:guidance") if match else None


def _itext(model: ET.Element) -> Mapping[str, Words]:
    """All texts by their id; the longer explanation of a hint has `:guidance` behind its id."""
    texts: dict[str, dict[str, str]] = {}
    outputs: dict[str, dict[str, int]] = {}
    media: dict[str, dict[str, str]] = {}
    for translation in model.iter(f"{_X}translation"):
        language = language_code(translation.attrib["lang"]) or ""
        for text in translation:
            for value in text:
                form = value.get("form", "")
                name = text.attrib["id"] + (":guidance" if form == "guidance" else "")
                if form == "image":
                    file = (value.text or "").rpartition("/")[2]
                    media.setdefault(name, {})[form] = file
                    continue
                written = _written(value, outputs.setdefault(name, {}))
                if written != "-":  # what pyxform says where nothing is said
                    texts.setdefault(name, {})[language] = written
    return {
        name: Words(texts.get(name, {}), tuple(outputs.get(name, {})), media.get(name, {}))
        for name in texts.keys() | media.keys()
    }


def _written(element: ET.Element, outputs: dict[str, int]) -> str:
    """The words of an element; the values it says are numbered in `outputs`, in which they collect."""
    parts = [element.text or ""]
    for child in element:
        expression = _expression(child.get("value")) or ""
        number = outputs.setdefault(expression, len(outputs))
        parts += [f"{OUTPUT}{number}{OUTPUT}", child.tail or ""]
    return _plain("".join(parts))


def _plain(written: str) -> str:
    """Words without markup: the screens show plain text."""
    lines = (" ".join(line.split()) for line in _MARKUP.sub("", written).splitlines())
    return "\n".join(lines).strip()


def _expression(written: str | None) -> str | None:
    return written.strip() if written and written.strip() else None


def _finding(message: str, *, stops: bool) -> Finding:
    match, sheet = _ROW.search(message), _SHEET.search(message)
    text = " ".join(_ROW.sub("", message).split())
    where = sheet[1] if sheet else SURVEY if match else ""
    return Finding(text, where, int(match[1]) if match else None, stops=stops)
