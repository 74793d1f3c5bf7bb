"""Two hundred short stories, every seed that ever ended badly, and some mistakes that must be caught.

They are played by the command, in a process of its own: only there a seed tells the same story twice.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.simulation.faults import Fault
from tests.simulation.mutants import BY_NAME, MUTANTS

FAILED_ONCE = {
    "3-10": {
        45: "a page older than those of another village brought half of a moved family back",
        103: "an epoch begun again after a restore forgot which one it had left",
        211: "a decision waited for ever for its conflict, which a restore had lost",
        1032: "a row with an edit of ours was purged when a restored province had lost it",
        2018: "the last common op was guessed, not compared",
        2030: "a clone without ops of its own was not told what the other had made",
        2072: "a row kept for our edits did not show all of them",
        3008: "entries were left out whose outcomes a restore had made us forget",
        3131: "outcomes of a new life were forgotten with those of the old one",
        3138: "an op set aside in a scope taken and given back was shown without the word below it",
        4088: "an op stayed in quarantine though a clone's copy of it was in the log",
    },
    "3-12": {
        10002: "a move that the office answered still counted",
        20031: "a question about a decision stayed behind when its family moved",
        90022: "the check took for known what had come to a scope and gone before it was told",
        20078: "a scope that was to be fetched anew was emptied before it was",
    },
    "3-16": {
        61028: "an answer to a question that a restore had lost waited for it for ever",
        61096: "a row that had moved kept what lay over it in the scope that it left",
        62090: "a snapshot was laid over an op of another scope",
        62096: "a scope was removed under a row that still named one of it",
    },
    "3-50": {
        120054: "the check left some ops over a row out, and not the others",
        50005: "the check asked for a row where it is, not where its own waits for it",
        60022: "an op that was let in after its scope was gone lay over its row for ever",
        700183: "an op in the place of another copy's was let go of as safe, for its copy was in the log",
        800275: "an answered op left its row behind in a scope that was lost, and told of again later",
        60000: "a figure that the log says was not in its row: it had been written back too early",
        30516: "the check asked for the state of a record of which a laptop has its own words alone",
        70156: "a row was removed with what lay over it, though its scope was to be fetched anew",
        200536: "a row was removed as its old scope told, though shown in one that was to be fetched anew",
        200716: "a log that forked was called the child of ops that its laptop did not have",
        200746: "a family was lost with the scope it had come to, and the one it came from not told anew",
        200778: "an op was left without the family that it named, once the one over it was answered",
        300077: "the check read a move that it had yet to play",
        300096: "an op that lay over nothing any more did again when it was stamped again",
        300199: "the same, told by a clone of a clone",
        400330: "an op that a disk brought twice was answered once, and let in once",
        500318: "the check asked for a family to go that an op of ours named, under another one",
        300311: "ops of a lost scope lay again over a row that had moved on to another one",
        300351: "a member was made of our ops again, but not the family that had left this laptop",
        300624: "an edit of a family that had left this laptop lay over nothing after a restore",
    },
    "3-20": {
        63180: "a log that was re-rooted by a restore was asked for its beginning for ever",
    },
}
"""Laptops -> seed -> what was wrong.

They tell other stories since there are more kinds of steps, and are kept for their luck, with a
hundred steps each: they had two or three hundred.
"""


def _play(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 ourselves
        [sys.executable, "-m", "tests.simulation", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def test_two_hundred_seeds_break_nothing_whatever_befalls_them() -> None:
    report = _play("--seeds", "200", "--steps", "40", "--devices", "3-6")

    assert report["violations"] == 0
    assert report["steps"] == 200 * 40
    faults = report["faults"]
    assert faults.keys() == {fault.value for fault in Fault}
    assert {name for name, often in faults.items() if often < 2} == set()


@pytest.mark.parametrize("devices", FAILED_ONCE)
def test_seeds_that_failed_once(devices: str) -> None:
    seeds = FAILED_ONCE[devices]
    report = _play("--only", *map(str, seeds), "--steps", "100", "--devices", devices)

    assert {seed: seeds[seed] for seed in report["failing_seeds"]} == {}
    assert report["seeds"] == len(seeds)


def test_a_seed_tells_the_same_story_twice() -> None:
    once, again = (_play("--seeds", "2", "--steps", "80", "--jobs", "1") for _ in range(2))

    assert once["faults"] == again["faults"]


def test_mutants_that_are_hard_to_find_are_found() -> None:
    names = ("prefix-in-part", "purge-at-once", "log-with-gaps", "withdrawn-kept")
    report = _play("--mutants", *names, "--seeds", "20", "--steps", "100", "--devices", "4-6")

    assert report["survivors"] == []


def test_every_mutant_is_a_mistake_of_its_own() -> None:
    assert len(MUTANTS) >= 15
    assert len(BY_NAME) == len(MUTANTS)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_mistake_can_be_made(name: str) -> None:
    """What it breaks is still there to be broken, and is whole again afterwards."""
    before = _production()
    with BY_NAME[name].make():
        assert _production() != before
    assert _production() == before


def _production() -> dict[tuple[str, ...], int]:
    """Every name in the modules of the programs and in their classes: which object it stands for."""
    found: dict[tuple[str, ...], int] = {}
    for module in list(sys.modules.values()):
        if module.__name__.startswith(("desktop.", "server.")):
            for name, value in vars(module).items():
                found[module.__name__, name] = id(value)
                if isinstance(value, type):
                    inside = vars(value).items()
                    found |= {(module.__name__, name, one): id(what) for one, what in inside}
    return found
