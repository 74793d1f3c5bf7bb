"""Sync under every misfortune, from seeds: `python -m tests.simulation --seeds N --steps N`.

The production code of laptops and province runs under one chance and one clock, on lines and disks
that fail. A seed always tells the same story; one that breaks a rule is printed with what happened,
and the exit code is 1. The last line is JSON. With `--mutants` the production code is broken on
purpose, one mistake at a time: each must be caught, and each rule must be broken by one. A run that
is broken off (Ctrl+C) reports what it has played, and is no success.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

from tests.simulation.faults import Fault
from tests.simulation.rules import Rule
from tests.simulation.stage import Stage, stage
from tests.simulation.story import Plan, Story

_STAGE: list[Stage] = []
_OPEN = ExitStack()
_TRACE = 40
"""How much of a story is told where it ends badly."""
_TOLD_EVERY = 50
"""Seeds after which it is said how far a run is."""

_Given = TypeVar("_Given")
_Done = TypeVar("_Done")


def main() -> int:
    """Plays what was asked for; returns 0 if nothing was broken, or every mutant was."""
    given = _arguments()
    if os.environ.get("PYTHONHASHSEED") != "0":  # sets of texts are walked in another order else
        os.execve(  # noqa: S606 ourselves again
            sys.executable,
            [sys.executable, "-m", "tests.simulation", *sys.argv[1:]],
            os.environ | {"PYTHONHASHSEED": "0"},
        )
    if given.mutants is not None:
        return _hunt(given)
    plans = _plans(given)
    begun, seen = time.monotonic(), Counter[str](dict.fromkeys(Fault, 0))
    seeds, steps, laptops, violations = 0, 0, 0, []
    with suppress(KeyboardInterrupt):
        for story in _side_by_side(given, _play, plans):
            seeds += 1
            steps += story.steps
            laptops += story.plan.devices
            seen.update(story.faults)
            if story.violation:
                violations.append(story.plan.seed)
                _tell(story)
            if seeds % _TOLD_EVERY == 0:
                print(f"{seeds} seeds, {len(violations)} failed", file=sys.stderr, flush=True)
    seconds = time.monotonic() - begun
    report = {
        "seeds": seeds,
        "steps": steps,
        "steps_per_second": round(steps / seconds, 1),
        "seconds": round(seconds),
        "devices": given.devices,
        "laptops": laptops,
        "faults": dict(sorted(seen.items())),
        "violations": len(violations),
        "failing_seeds": violations,
    }
    print(json.dumps(report))
    return 1 if violations or seeds < len(plans) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="how many")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", type=int, nargs="+", metavar="SEED", help="these, and no others")
    parser.add_argument("--steps", type=int, default=300, help="of each seed")
    parser.add_argument(
        "--devices", default="8", help="how many laptops, or from-to, drawn by the seed: 3-50"
    )
    parser.add_argument("--server", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--mutants",
        nargs="*",
        metavar="NAME",
        help="break the code on purpose: in every way, or in these; each has --seeds to be caught",
    )
    return parser.parse_args()


def _plans(given: argparse.Namespace) -> list[Plan]:
    return [
        Plan(seed, given.steps, devices_of(given.devices, seed))
        for seed in given.only or range(given.first_seed, given.first_seed + given.seeds)
    ]


def _side_by_side(
    given: argparse.Namespace, work: Callable[[_Given], _Done], items: Iterable[_Given]
) -> Iterator[_Done]:
    """What became of each item, in their order, worked on by several processes."""
    prepare = partial(_prepare, given.server == "postgresql")
    with ProcessPoolExecutor(given.jobs, initializer=prepare) as pool:
        running = [pool.submit(work, item) for item in items]
        try:
            for one in running:
                yield one.result()
        finally:
            for one in running:
                one.cancel()


def devices_of(given: str, seed: int) -> int:
    """How many laptops a seed has: a number, or one out of a range."""
    least, _, most = given.partition("-")
    return int(least) + seed * 7 % (int(most or least) - int(least) + 1)


def _prepare(postgresql: bool) -> None:
    _STAGE.append(_OPEN.enter_context(stage(postgresql=postgresql)))


def _play(plan: Plan) -> Story:
    return _STAGE[0].play(plan)


def _hunt(given: argparse.Namespace) -> int:
    """Plays seeds with each mistake until one is caught; tells which rule each one broke."""
    from tests.simulation.mutants import BY_NAME  # noqa: PLC0415 only for them

    names = given.mutants or list(BY_NAME)
    survivors, breakers = [], defaultdict(list)
    hunts = _side_by_side(given, partial(_catch, _plans(given)), names)
    for name, caught in zip(names, hunts, strict=True):
        if caught is None:
            survivors.append(name)
            print(f"{name:26} SURVIVED {BY_NAME[name].mistake}", flush=True)
            continue
        place = f"seed {caught.plan.seed}, step {caught.steps}"
        print(f"{name:26} {place:20} {BY_NAME[name].mistake}")
        print(f"{'':26} {(caught.violation or '')[:150]}", flush=True)
        for rule in dict.fromkeys(caught.broken):
            breakers[rule].append(name)
    unbroken = [rule.name for rule in Rule if rule.name not in breakers]
    for rule in Rule:
        print(f"{rule.name:20} {', '.join(breakers[rule.name]) or '-'}")
    report = {
        "mutants": len(names),
        "killed": len(names) - len(survivors),
        "survivors": survivors,
        "unbroken_rules": unbroken,
    }
    print(json.dumps(report))
    return 1 if survivors or (unbroken and not given.mutants) else 0


def _catch(plans: list[Plan], name: str) -> Story | None:
    """The first story that ends badly with a mistake: where it breaks a rule, not only the program."""
    from tests.simulation.mutants import BY_NAME  # noqa: PLC0415 only for them

    mutant, broken_off = BY_NAME[name], None
    with mutant.make():
        for plan in plans:
            story = _play(replace(plan, often=mutant.often, never=mutant.never))
            if story.violation and story.broken != [Rule.NO_FAILURE.name]:
                story.broken += broken_off.broken if broken_off else []
                return story
            broken_off = broken_off or (story if story.violation else None)
    return broken_off


def _tell(story: Story) -> None:
    print(f"seed {story.plan.seed}, step {story.steps}: {story.violation}")
    for line in story.trace[-_TRACE:]:
        print(f"    {line}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
