"""People's names, compared and searched: the same person is written in many ways.

"H. Nur Aini" and "Nuraini (alm)" should meet. Nothing here is for display; the name as written is
what is kept and shown.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

# fmt: off
TITLES: Final = frozenset([
    "h", "hj", "haji", "hajah", "hajjah", "kh", "drs", "dra", "dr", "drg", "ir", "prof", "ust",
    "ustad", "ustadz", "ustadzah", "bpk", "bapak", "ibu", "sdr", "sdri", "tn", "ny", "nn",
])
"""Words before a name that are not part of it."""

LATE: Final = frozenset(["alm", "almh", "almarhum", "almarhumah"])
"""Words that say the person has died, written before or after the name."""

DEGREES: Final = frozenset([
    "sag", "sap", "se", "sh", "shi", "si", "skm", "skom", "skep", "sp", "spd", "spdi", "spsi",
    "ssi", "ssos", "sst", "st", "stp", "mag", "mh", "mkes", "mkom", "mm", "mpd", "msi", "msos",
    "amd", "amk", "akeb", "amapd",
])
"""Academic degrees behind a name, without their dots."""
# fmt: on

ABBREVIATIONS: Final = {
    "moh": "muhammad",
    "mohd": "muhammad",
    "muh": "muhammad",
    "muhd": "muhammad",
    "mhd": "muhammad",
    "st": "siti",
    "tb": "tubagus",
}
"""Written short on one card and in full on the next; told apart only when comparing two names."""

HEAD_MARK: Final = "\ue000"
"""Stands before the words of a head's name in the index, so that they are found as such."""

GAP: Final = " ".join(["\ue001"] * 4)
"""Stands between two members' names in the index: words of two are never near each other."""

NEAR: Final = 3
"""Words of one name have at most so many others between them; a gap is wider."""

_APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u00b4]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def normalise_name(text: str) -> str:
    """Reduce a name to what two spellings of it share: "H. Ma'mun, S.Pd. (alm)" -> "mamun".

    Lower case, no accents, apostrophes, titles or degrees, one space between words. A name made
    only of titles keeps them, so that no name becomes empty.
    """
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    name, _, behind_comma = bare.partition(",")
    # A degree is known by the dots inside it or the comma before it: "St." may well be Siti.
    kept = [word for word in name.split() if "." not in word.strip(".") or not _is_degree(word)]
    kept += [word for word in behind_comma.replace(",", " ").split() if not _is_degree(word)]
    words = [word for word in _NOT_WORD.split(" ".join(kept)) if word]
    named = [word for word in words if word not in LATE]
    while named and named[0] in TITLES:
        named.pop(0)
    return " ".join(named or words)


def search_tokens(name: str) -> list[str]:
    """Return the words of a name and its adjacent pairs joined: nur, aini, nuraini."""
    words = normalise_name(name).split()
    pairs = [first + second for first, second in pairwise(words)]
    return list(dict.fromkeys(words + pairs))


def similar_words(word: str, vocabulary: Sequence[str]) -> list[str]:
    """Return the words within a slip of the keyboard of this one, nearest first.

    A missing, added, wrong or swapped letter counts one. One is forgiven in 4 to 7 letters, two
    from 8 on, none below.

    Args:
        word: a normalised word.
        vocabulary: normalised words to choose from.
    """
    from rapidfuzz import process  # noqa: PLC0415 (only a search that found nothing pays for it)
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extract(
        word, vocabulary, scorer=OSA.distance, score_cutoff=_forgiven(word), limit=None
    )
    return [match for match, _, _ in found]


def same_person_likelihood(name_a: str, name_b: str) -> float:
    """Return how alike two names are, 0 to 1, whatever their spacing or the order of words."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (only the search for duplicates pays for it)

    words_a, words_b = _full_words(name_a), _full_words(name_b)
    if not words_a or not words_b:
        return 0.0
    return max(
        OSA.normalized_similarity("".join(words_a), "".join(words_b)),
        OSA.normalized_similarity(" ".join(sorted(words_a)), " ".join(sorted(words_b))),
    )


def _is_degree(word: str) -> bool:
    return _NOT_WORD.sub("", word) in DEGREES


def _forgiven(word: str) -> int:
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def _full_words(name: str) -> list[str]:
    return [ABBREVIATIONS.get(word, word) for word in normalise_name(name).split()]
