"""A whole run from one seed."""

from pathlib import Path
from random import Random
from typing import Final
from unittest import mock

from server.queries import snapshots
from tests.simulation.chance import Clock, one_chance
from tests.simulation.province import OpenProvince
from tests.simulation.rules import Rule, Violation
from tests.simulation.steps import STEPS
from tests.simulation.story import Plan, Story
from tests.simulation.world import World

_LONG_LOG: Final = 4
"""Entries from which on a scope is first fetched as a snapshot: few, so that it happens often."""


def play(plan: Plan, open_province: OpenProvince, blank: Path, folder: Path) -> Story:
    """Plays a plan in an empty folder; what was broken, or broke off, is in the story.

    Args:
        plan: what is played.
        open_province: makes the province of this run.
        blank: the folder of a store that nobody has used yet.
        folder: where the laptops' disks are made.
    """
    story = Story(plan)
    chance, clock = Random(f"berdaya {plan.seed}"), Clock()  # noqa: S311 a story, not a secret
    with one_chance(chance, clock), mock.patch.object(snapshots, "OFFER_FROM", _LONG_LOG):
        world = World(story, chance, clock, blank, folder)
        try:
            world.begin(open_province)
            _run(world)
        except Violation as broken:
            story.violation, story.broken = str(broken), [rule.name for rule in broken.rules]
        except Exception as broken:  # noqa: BLE001 whatever it is, the story must be told
            story.violation = f"{type(broken).__name__}: {broken}"
            story.broken = [Rule.NO_FAILURE.name]
        finally:
            world.end()
    return story


def _run(world: World) -> None:
    """All steps, and then peace."""
    for laptop in world.laptops:
        laptop.sync(world.line(laptop))  # it learns its grants
    world.check()
    plan, chance = world.story.plan, world.chance
    names = list(STEPS)
    weights = [_weight(name, plan) for name in names]
    for step in range(plan.steps):
        world.clock.advance(seconds=chance.randint(1, 600))
        laptop = chance.choice(world.laptops)
        name = chance.choices(names, weights)[0]
        world.story.trace.append(f"{step} {laptop.name} {name}")
        STEPS[name][1](world, laptop)
        world.check()
        world.story.steps = step + 1
    world.settle()


def _weight(name: str, plan: Plan) -> float:
    """How often a step is taken."""
    return 0 if name in plan.never else STEPS[name][0] + 10 * (name in plan.often)
