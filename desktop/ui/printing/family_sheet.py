"""The sheet for a family on paper: where everything stands on one page of A5.

What there is to say decides how large the letters are: as large as fits, and never a second page.
On larger paper the same page is drawn larger.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from desktop.models.rules.deprivations import Result
from desktop.reports import family_words as say
from desktop.reports.family_sheet import AskKind, StepKind
from desktop.reports.family_words import Turn
from desktop.ui.printing.block import Block
from desktop.ui.printing.items import BLACK, WHITE, Arrow, Frame, Icon, Rule, Type, mm
from desktop.ui.widgets.heat_strip import eight_factors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.reports.family_sheet import Ask, FactorLine, FamilySheet, Step
    from desktop.ui.printing.items import Item

WIDTH_MM: Final = 148.0
HEIGHT_MM: Final = 210.0
MARGIN_MM: Final = 9.0

LARGEST: Final = 1.25
SMALLEST: Final = 0.77
_STEP: Final = 0.02
_MOST_LINES: Final = (6, 3, 2)
"""How many lines the words of a step may take; fewer only where nothing else helps."""

_TITLE: Final = Type(10.5, 600)
_HEAD: Final = Type(17, 700)
_PLACE: Final = Type(10.5)
_HEADING: Final = Type(12, 700)
_NAME: Final = Type(11, 600)
_WORDS: Final = Type(10.5)
_FOOT: Final = Type(8)

_STEP_ICONS: Final = {
    StepKind.VISIT: "calendar",
    StepKind.PROMISE: "clipboard-check",
    StepKind.GRANT: "gift",
}
_ASK_ICONS: Final = {
    AskKind.FACILITATOR: "user",
    AskKind.VILLAGE: "building-community",
    AskKind.OFFICE: "building-bank",
}


_BOX: Final = 12.5
_MARK: Final = 5.8
_BESIDE: Final = 9.0
"""Millimetres: the frame of a factor; an icon beside words; where words beside it begin."""
_GAP: Final = 3.2
_MOST_GAP: Final = 8.0
"""Millimetres between parts of the page: at least, at a scale of 1, and at most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page laid out.

    Attributes:
        items: what is on it.
        width: without the margins, in units of the page.
        height: the same; more than A5 has only where even the smallest letters do not fit: then the
            whole page is drawn smaller.
        scale: of the letters.
    """

    items: tuple[Item, ...]
    width: float
    height: float
    scale: float


def lay_out(sheet: FamilySheet, smallest: float = SMALLEST) -> Sheet:
    """Places all that the sheet says on the page, in letters as large as fit.

    Args:
        sheet: what it says.
        smallest: the least scale of letters before words are left out; less on larger paper.
    """
    width, height = mm(WIDTH_MM - 2 * MARGIN_MM), mm(HEIGHT_MM - 2 * MARGIN_MM)

    def needed(scale: float, most: int) -> float:
        blocks = _blocks(sheet, width, scale, most)
        return sum(block.height for block in blocks) + mm(_GAP * scale) * (len(blocks) - 1)

    scale, most = LARGEST, _MOST_LINES[0]
    steps = range(round((LARGEST - smallest) / _STEP))
    taken = bisect_left(steps, True, key=lambda n: needed(LARGEST - n * _STEP, most) <= height)
    if taken < len(steps):
        scale = LARGEST - taken * _STEP
    else:
        scale = smallest
        fitting = (lines for lines in _MOST_LINES if needed(smallest, lines) <= height)
        most = next(fitting, _MOST_LINES[-1])
    height = max(height, needed(scale, most))
    blocks = _blocks(sheet, width, scale, most)
    return Sheet(tuple(_stacked(blocks, height)), width, height, scale)


def _stacked(blocks: Sequence[Block], height: float) -> Iterator[Item]:
    """The items of the blocks below each other; the last stands at the foot of the page."""
    rest = (height - sum(block.height for block in blocks)) / (len(blocks) - 1)
    gap = min(rest, mm(_MOST_GAP))
    top = 0.0
    for block in blocks[:-1]:
        yield from block.moved(0, top)
        top += block.height + gap
    yield from blocks[-1].moved(0, height - blocks[-1].height)


def _blocks(sheet: FamilySheet, width: float, scale: float, most: int) -> list[Block]:
    made = [_header(sheet, Block(width, scale))]
    if sheet.factors:
        made.append(_factors(sheet.factors, Block(width, scale)))
    made.append(_changes(sheet, Block(width, scale)))
    made.append(_steps(sheet.steps, Block(width, scale), most))
    made.append(_asks(sheet.asks, Block(width, scale)))
    made.append(_foot(sheet, Block(width, scale)))
    return made


def _header(sheet: FamilySheet, block: Block) -> Block:
    visited = block.words(sheet.visited, _TITLE)
    metrics = QFontMetricsF(visited.type.font())
    taken = metrics.horizontalAdvance(sheet.title) + metrics.horizontalAdvance(sheet.visited)
    if taken < block.width:
        block.height = 0
        block.words(sheet.title, _TITLE, block.width - metrics.horizontalAdvance(sheet.title))
    block.words(sheet.head, _HEAD, most=3)
    block.words(sheet.place, _PLACE, most=2)
    block.down(1.5)
    block.put(Rule(QRectF(0, block.height, block.width, block.mm(0.6))))
    block.down(0.6)
    return block


def _factors(factors: Sequence[FactorLine], block: Block) -> Block:
    """Two columns, read line by line."""
    _heading(say.FACTORS_TITLE, block)
    icons = {factor.key: factor.icon for factor in eight_factors()}
    between = mm(4)
    width = (block.width - between) / 2
    for pair in zip(factors[::2], factors[1::2], strict=True):
        cells = [_factor(one, icons[one.factor.value], Block(width, block.scale)) for one in pair]
        for number, cell in enumerate(cells):
            for item in cell.moved(number * (width + between), block.height):
                block.put(item)
        block.height += max(cell.height for cell in cells)
        block.down(1.8)
    block.down(-1.8)
    return block


def _factor(one: FactorLine, icon: str, block: Block) -> Block:
    """The frame with its icon; beside it, in the middle, the name, the state, how it changed."""
    side, inset = block.mm(_BOX), block.mm(2.1)
    box = QRectF(0, 0, side, side)
    words = Block(block.width - side - block.mm(2.5), block.scale)
    words.words(one.name, _NAME)
    words.words(one.state, _WORDS)
    if one.turn is not None:
        _turn(one.turn, one.state, words)
    block.height = max(side, words.height)
    block.put(Frame(box, one.result))
    colour = WHITE if one.result is Result.NOT_DEPRIVED else BLACK
    block.put(Icon(box.adjusted(inset, inset, -inset, -inset), icon, colour))
    for item in words.moved(block.width - words.width, (block.height - words.height) / 2):
        block.put(item)
    return block


def _turn(turn: Turn, state: str, block: Block) -> None:
    """An arrow and its word: behind the state if there is room, else below it."""
    metrics = QFontMetricsF(_WORDS.times(block.scale).font())
    side, gap = metrics.capHeight(), block.mm(1)
    word = say.TURNS[turn]
    left = metrics.horizontalAdvance(state) + 2.5 * gap
    if left + side + gap + metrics.horizontalAdvance(word) <= block.width:
        block.height -= metrics.height()
    else:
        left = 0.0
    top = block.height + metrics.ascent() - side
    block.put(Arrow(QRectF(left, top, side, side), is_up=turn is Turn.BETTER))
    block.words(word, _WORDS, left + side + gap)


def _changes(sheet: FamilySheet, block: Block) -> Block:
    if sheet.instead:
        block.words(sheet.instead, _WORDS)
        return block
    if sheet.changes_title:
        _heading(sheet.changes_title, block)
    for change in sheet.changes:
        left = 0.0
        if change.turn is not None:
            metrics = QFontMetricsF(_WORDS.times(block.scale).font())
            side = metrics.capHeight()
            place = QRectF(0, block.height + metrics.ascent() - side, side, side)
            block.put(Arrow(place, is_up=change.turn is Turn.BETTER))
            left = side + block.mm(1.5)
        block.words(change.words, _WORDS, left)
    return block


def _steps(steps: Sequence[Step], block: Block, most: int) -> Block:
    _heading(say.NEXT_TITLE, block)
    for number, step in enumerate(steps):
        block.down(1.4 if number else 0)
        block.icon(_STEP_ICONS[step.kind], _MARK, _NAME)
        block.words(step.heading, _NAME, block.mm(_BESIDE), most=2)
        if step.words:
            block.words(step.words, _WORDS, block.mm(_BESIDE), most=most)
    return block


def _asks(asks: Sequence[Ask], block: Block) -> Block:
    _heading(say.ASK_TITLE, block)
    for number, ask in enumerate(asks):
        block.down(1.2 if number else 0)
        block.icon(_ASK_ICONS[ask.kind], _MARK, _NAME)
        block.words(ask.name, _NAME, block.mm(_BESIDE), most=2)
        if ask.words:
            block.words(ask.words, _NAME, block.mm(_BESIDE))
        if ask.line:
            block.down(1)
            label = block.words(ask.line, _WORDS, block.mm(_BESIDE))
            metrics = QFontMetricsF(label.type.font())
            left = label.rect.left() + metrics.horizontalAdvance(ask.line) + block.mm(1.5)
            base = label.rect.top() + metrics.ascent()
            block.put(Rule(QRectF(left, base, block.mm(55), block.mm(0.25))))
    return block


def _foot(sheet: FamilySheet, block: Block) -> Block:
    block.put(Rule(QRectF(0, block.height, block.width, block.mm(0.25))))
    block.down(1.2)
    block.words(sheet.foot, _FOOT)
    block.words(sheet.printed, _FOOT)
    return block


def _heading(text: str, block: Block) -> None:
    block.words(text, _HEADING)
    block.down(1.6)
