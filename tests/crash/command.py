"""What `python -m tests.crash` does: kills, or power cuts, or mistakes that must be found out.

Real processes are killed with SIGKILL at random moments; after each kill everything that was told to
be saved or sent must be there, whole, and nothing else. The last line is JSON:

- `kills`, and `inside_transaction`: those at which the process, stopped in its tracks just before,
  held the write lock of its SQLite file or had an open transaction id in PostgreSQL (never guessed:
  see `tests/crash/transactions.py`); `half_written`: those that left valid frames in the WAL without
  their commit frame;
- `saved`, `confirmed`: transactions told to be saved, ops told to be with the province;
- `checks`, `violations`, `kills_per_second`.

The exit code is 1 if there was a violation. With `--power-loss` nothing is killed: the system calls of
a stretch of work are recorded, and the disk is looked at as a power cut would have left it at each
of them. With `--mutants` the programs are broken on purpose; each mistake must be found out.
"""

import argparse
import json
import os
import time
from collections import Counter
from contextlib import closing

from tests.crash.mutants import BY_NAME, MUTANTS, Mutant
from tests.crash.power import Sweep, sweep
from tests.crash.processes import side_by_side
from tests.crash.stories import Plan, Tally, play
from tests.crash.warm import warmed_up
from tests.servers import PostgresCluster

_KILLS_OF_A_STORY = 20
_KILLS_OF_A_HUNT = 150


def main() -> int:
    """Does what was asked for; returns 0 if nothing was broken, or every mutant was found out."""
    given = _arguments()
    if given.server == "postgresql" and PostgresCluster.find_programs() is None:
        raise SystemExit("PostgreSQL is not installed")
    with warmed_up():
        return _hunt(given) if given.mutants else _run(given)


def _run(given: argparse.Namespace) -> int:
    begun = time.monotonic()
    tally = _swept(given, given.mutant) if given.power_loss else _killed(given)
    for violation in tally.violations:
        print(violation)
    seconds = time.monotonic() - begun
    print(json.dumps(_report(given, tally.counts, len(tally.violations), seconds)))
    return 1 if tally.violations else 0


def _killed(given: argparse.Namespace) -> Tally:
    tally = Tally()
    for one in side_by_side([(play, (plan,)) for plan in _plans(given, given.mutant)], given.jobs):
        tally.join(one)
    return tally


def _swept(given: argparse.Namespace, mutant: str | None) -> Tally:
    plan = Sweep(given.first_seed, given.acts, given.moments, given.refusals, mutant)
    return sweep(plan, given.jobs)


def _plans(given: argparse.Namespace, mutant: str | None = None) -> list[Plan]:
    stories = -(-given.kills // _KILLS_OF_A_STORY)
    return [
        Plan(
            given.first_seed + number,
            min(_KILLS_OF_A_STORY, given.kills - number * _KILLS_OF_A_STORY),
            given.target,
            given.server,
            mutant,
            as_command=mutant is None and number == 0,
        )
        for number in range(stories)
    ]


def _report(
    given: argparse.Namespace, counts: Counter[str], violations: int, seconds: float
) -> dict[str, object]:
    report = {
        **dict(sorted(counts.items())),
        "violations": violations,
        "seconds": round(seconds, 1),
    }
    if given.power_loss:
        return {"target": "power", **report}
    rate = round(counts["kills"] / seconds, 2)
    return {"target": given.target, "server": given.server, **report, "kills_per_second": rate}


def _hunt(given: argparse.Namespace) -> int:
    """Kills broken programs until they are found out."""
    survivors = []
    for mutant in MUTANTS:
        found = _found_out(given, mutant)
        print(f"{mutant.name:22} {'SURVIVED' if found is None else found.violations[0][:150]}")
        if found is None:
            survivors.append(mutant.name)
    print(json.dumps({"mutants": len(MUTANTS), "killed": len(MUTANTS) - len(survivors)}))
    return 1 if survivors else 0


def _found_out(given: argparse.Namespace, mutant: Mutant) -> Tally | None:
    """The first story in which a mistake shows."""
    if mutant.target == "power-loss":
        given.refusals = 0
        tally = _swept(given, mutant.name)
        return tally if tally.violations else None
    given.target, given.kills = mutant.target, _KILLS_OF_A_HUNT
    with closing(
        side_by_side([(play, (plan,)) for plan in _plans(given, mutant.name)], given.jobs)
    ) as stories:
        return next((one for one in stories if one.violations), None)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.crash",
        description=__doc__,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--kills", type=int, default=100, help="how many")
    parser.add_argument("--target", choices=("client", "server"), default="client")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--server", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="stories at once")
    parser.add_argument("--power-loss", action="store_true", help="kill nobody, cut the power")
    parser.add_argument("--acts", type=int, default=60, help="recorded after the first ones")
    parser.add_argument("--moments", type=int, help="of the power cut; every call if not said")
    parser.add_argument("--refusals", type=int, help="of each kind of call; each if not said")
    parser.add_argument("--mutant", choices=sorted(BY_NAME), help="break the programs in one way")
    parser.add_argument("--mutants", action="store_true", help="break them in every way, in turn")
    return parser.parse_args()
