"""Sync under every misfortune, from seeds: `python -m tests.simulation --seeds N --steps N`.

The production code of laptops and province runs under one chance and one clock, on lines and disks
that fail. A seed always tells the same story; one that breaks an invariant is printed with what
happened, and the exit code is 1. With `--mutants` the production code is broken on purpose, one
mistake at a time, and each must be caught.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial

from tests.simulation.stage import Stage, stage
from tests.simulation.world import Plan, Story

_STAGE: list[Stage] = []
_OPEN = ExitStack()
_TRACE = 40
"""How much of a story is told where it ends badly."""


def main() -> int:
    """Plays what was asked for; returns 0 if nothing was broken, or every mutant was."""
    given = _arguments()
    if os.environ.get("PYTHONHASHSEED") != "0":  # sets of texts are walked in another order else
        os.execve(  # noqa: S606 ourselves again
            sys.executable,
            [sys.executable, "-m", "tests.simulation", *sys.argv[1:]],
            os.environ | {"PYTHONHASHSEED": "0"},
        )
    if given.mutants:
        return _hunt(given)
    begun, seen = time.monotonic(), Counter[str]()
    steps, violations = 0, []
    for story in _stories(given, None):
        steps += story.steps
        seen.update(story.faults)
        if story.violation:
            violations.append(story.seed)
            _tell(story)
    seconds = time.monotonic() - begun
    report = {
        "seeds": given.seeds,
        "steps": steps,
        "steps_per_second": round(steps / seconds, 1),
        "seconds": round(seconds),
        "faults": dict(sorted(seen.items())),
        "violations": len(violations),
        "failing_seeds": violations,
    }
    print(json.dumps(report))
    return 1 if violations else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="how many")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=300, help="of each seed")
    parser.add_argument(
        "--devices", default="8", help="how many laptops, or from-to, drawn by the seed: 3-50"
    )
    parser.add_argument("--server", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--mutants", action="store_true", help="break the code on purpose")
    return parser.parse_args()


def _stories(given: argparse.Namespace, mutant: str | None) -> Iterator[Story]:
    """All seeds, played side by side, told in their order."""
    plans = [
        Plan(seed, given.steps, devices_of(given.devices, seed))
        for seed in range(given.first_seed, given.first_seed + given.seeds)
    ]
    prepare = partial(_prepare, given.server == "postgresql", mutant)
    with ProcessPoolExecutor(given.jobs, initializer=prepare) as pool:
        running = [pool.submit(_play, plan) for plan in plans]
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


def _prepare(postgresql: bool, mutant: str | None) -> None:
    _STAGE.append(_OPEN.enter_context(stage(postgresql=postgresql)))
    if mutant is not None:
        from tests.simulation.mutants import BY_NAME  # noqa: PLC0415 only for them

        _OPEN.enter_context(BY_NAME[mutant].make())


def _play(plan: Plan) -> Story:
    return _STAGE[0].play(plan)


def _hunt(given: argparse.Namespace) -> int:
    """Plays seeds with each mistake until one is caught."""
    from tests.simulation.mutants import MUTANTS  # noqa: PLC0415 only for them

    survivors = []
    for mutant in MUTANTS:
        caught = next((one for one in _stories(given, mutant.name) if one.violation), None)
        if caught is None:
            survivors.append(mutant.name)
        words = "SURVIVED" if caught is None else f"seed {caught.seed}, step {caught.steps}"
        print(f"{mutant.name:26} {words:20} {mutant.mistake}", flush=True)
        if caught is not None:
            print(f"{'':26} {(caught.violation or '')[:150]}")
    print(json.dumps({"mutants": len(MUTANTS), "killed": len(MUTANTS) - len(survivors)}))
    return 1 if survivors else 0


def _tell(story: Story) -> None:
    print(f"seed {story.seed}, step {story.steps}: {story.violation}")
    for line in story.trace[-_TRACE:]:
        print(f"    {line}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
