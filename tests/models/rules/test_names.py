"""Names: different spellings of the same person meet, different people do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.names import (
    normalise_name,
    same_person_likelihood,
    search_tokens,
    similar_words,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("SITI  AMINAH", "siti aminah"),
        ("H. Ahmad Fauzi", "ahmad fauzi"),
        ("Hj.Siti Aminah", "siti aminah"),
        ("KH. Drs. Ahmad", "ahmad"),
        ("Alm. H. Sarip", "sarip"),
        ("Sarip (alm)", "sarip"),
        ("Sarip, alm.", "sarip"),
        ("Almarhumah Sarmi", "sarmi"),
        ("Ma'mun", "mamun"),
        ("Ma\u2019mun", "mamun"),
        ("Jos\u00e9", "jose"),
        ("Udin bin Sanusi", "udin bin sanusi"),
        ("Ahmad, S.Pd.", "ahmad"),
        ("Ahmad S.Pd.I", "ahmad"),
        ("Ahmad, SE, MM", "ahmad"),
        ("St. Aminah", "st aminah"),
        ("Ahmad H.", "ahmad h"),
        ("Nur-Aini", "nur aini"),
        ("Haji", "haji"),
        ("Alm.", "alm"),
        ("h", "h"),
        ("-", ""),
        ("", ""),
    ],
)
def test_normalise(written: str, name: str) -> None:
    assert normalise_name(written) == name


@given(st.text(max_size=30))
def test_a_normal_name_holds_only_words(text: str) -> None:
    name = normalise_name(text)
    assert name == " ".join(name.split())
    assert not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Nur Aini", ["nur", "aini", "nuraini"]),
        ("Nuraini", ["nuraini"]),
        ("Siti Nur Aini", ["siti", "nur", "aini", "sitinur", "nuraini"]),
        ("Ani Ani", ["ani", "aniani"]),
        ("", []),
    ],
)
def test_search_tokens(name: str, tokens: list[str]) -> None:
    assert search_tokens(name) == tokens


@pytest.mark.parametrize(
    ("word", "vocabulary", "found"),
    [
        ("siti", ["siti", "sita", "sati", "ratu"], ["siti", "sita", "sati"]),
        ("aminha", ["aminah"], ["aminah"]),  # swapped
        ("amnah", ["aminah"], ["aminah"]),  # missing
        ("amiinah", ["aminah"], ["aminah"]),  # added
        ("amonuh", ["aminah"], []),  # two wrong in six
        ("muhamad", ["muhammad", "mahmud"], ["muhammad"]),
        ("mohammed", ["muhammad"], ["muhammad"]),  # two wrong in eight
        ("mohemmed", ["muhammad"], []),  # three wrong
        ("udi", ["udin", "adi", "udi"], ["udi"]),
        ("siti", [], []),
    ],
)
def test_similar_words(word: str, vocabulary: list[str], found: list[str]) -> None:
    assert similar_words(word, vocabulary) == found


def test_nearest_comes_first() -> None:
    assert similar_words("suherman", ["sukermen", "suhermen", "suherman"]) == [
        "suherman",
        "suhermen",
        "sukermen",
    ]


@pytest.mark.parametrize(
    ("name_a", "name_b"),
    [
        ("Nur Aini", "NURAINI"),
        ("H. Ahmad Fauzi", "ahmad fauzi (alm)"),
        ("Aminah Siti", "Siti Aminah"),
        ("Moh. Ali", "Muhammad Ali"),
        ("Tb. Udin", "Tubagus Udin"),
    ],
)
def test_surely_the_same_name(name_a: str, name_b: str) -> None:
    assert same_person_likelihood(name_a, name_b) == 1.0


@pytest.mark.parametrize(
    ("name_a", "name_b", "lowest", "highest"),
    [
        ("Siti Aminah", "Siti Amniah", 0.9, 0.99),
        ("Suherman", "Suhermen", 0.8, 0.99),
        ("Siti Aminah", "Joko Santoso", 0.0, 0.4),
        ("Siti", "", 0.0, 0.0),
        ("", "", 0.0, 0.0),
    ],
)
def test_likelihood(name_a: str, name_b: str, lowest: float, highest: float) -> None:
    assert lowest <= same_person_likelihood(name_a, name_b) <= highest
    assert same_person_likelihood(name_a, name_b) == same_person_likelihood(name_b, name_a)
