"""What must hold, by name; `invariants` checks it, and for each rule some mutant breaks it."""

from collections.abc import Sequence
from enum import StrEnum


class Rule(StrEnum):
    """Every invariant. The first ones are checked after each step, the later ones once all is still."""

    DENSE_LOG = "a scope's log has no gap"
    SENT_IS_THERE = "what is called sent is with the province"
    NO_FURTHER = "no cursor is past the end of the log"
    PREFIX = "what is applied is the log up to the cursor"
    WHOLE = "a scope is applied up to where the province once ended, not in part"
    OWN_WRITES = "a laptop shows its own newest values"
    PENDING_KEPT = "nothing is removed while an op of ours waits in it"
    NO_LEAK = "nobody is told of a scope that they do not hold, or of who had left it"
    NO_FAILURE = "no program breaks off"
    REST = "everybody comes to rest"
    LOG_STAYS = "an entry of the log never changes"
    MERGE = "each op did what the rules say"
    REPLAY = "rows are the log played from its start"
    CONFLICTS = "each value overwritten unseen is in a conflict record, and no other"
    DUPLICATES = (
        "who shares a number with somebody is asked about it, in their scope, and nobody else"
    )
    ONCE = "every op is with the province once"
    AUTHOR = "every op has its author and its values"
    WRITTEN_BY_SOMEBODY = "the province has no op that nobody wrote"
    GRANTED = "what was written while granted is applied, however late it comes"
    RELEASED = "nothing waits for a row that is there"
    CHAINS = "laptop and province have the same op at each place of a device's log"
    CONVERGED = "a laptop has what the province has in its scopes, and nothing else"
    NOTHING_WAITS = "no op is left on its way"
    STATES = "a laptop shows each record in the state that the log says"


class Violation(AssertionError):
    """Something that must hold does not."""

    def __init__(self, rule: Rule, detail: str) -> None:
        super().__init__(f"not so: {rule}: {detail}")
        self.rules = [rule]


class Violations(Violation):
    """Several of them at once."""

    def __init__(self, several: Sequence[Violation]) -> None:
        AssertionError.__init__(self, "; ".join(map(str, several)))
        self.rules = [rule for one in several for rule in one.rules]
