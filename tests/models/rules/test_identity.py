"""Identity numbers: every rule and edge of national id, family card, business id and phone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.findings import Finding, Severity
from desktop.models.rules.identity import (
    IdentityError,
    IdentityFinding,
    Sex,
    check_business_id_number,
    check_family_card_number,
    check_national_id,
    check_phone,
    group_digits,
    group_phone,
    mask_number,
    national_id_facts,
    normalise_number,
    normalise_phone,
    shown_last,
)

TODAY = date(2026, 11, 2)
MAN = "3604121204800003"
WOMAN = "3604125204800003"


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code.value for finding in findings]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3604121204800003", "3604121204800003"),
        ("3604 1212 0480 0003", "3604121204800003"),
        ("36.04.12.120480.0003", "3604121204800003"),
        ("360412-120480-0003", "3604121204800003"),
        ("360412\u2013120480\u20110003", "3604121204800003"),
        ("'3604121204800003", "3604121204800003"),
        (" \u20193604121204800003\u00a0", "3604121204800003"),
        ("\ufeff3604121204800003\t", "3604121204800003"),
        ("", ""),
    ],
)
def test_normalise_number(written: str, number: str) -> None:
    assert normalise_number(written) == number


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (MAN, []),
        (WOMAN, []),
        ("'3604 1212 0480 0003", []),
        ("3604120101000001", []),
        ("3604123112990001", []),
        ("3604127112990001", []),
        ("3604124101990001", []),
        ("", ["not_sixteen_digits"]),
        ("360412120480000", ["not_sixteen_digits"]),
        ("36041212048000031", ["not_sixteen_digits"]),
        ("36041212048000O3", ["not_sixteen_digits"]),
        ("3.60412E+15", ["not_sixteen_digits"]),
        ("\u0663604121204800003"[:16], ["not_sixteen_digits"]),
        ("3604120004800003", ["day_out_of_range"]),
        ("3604123204800003", ["day_out_of_range"]),
        ("3604124004800003", ["day_out_of_range"]),
        ("3604127204800003", ["day_out_of_range"]),
        ("3604129904800003", ["day_out_of_range"]),
        ("3604121200800003", ["impossible_date"]),
        ("3604121213800003", ["impossible_date"]),
        ("3604123104800003", ["impossible_date"]),
        ("3604127104800003", ["impossible_date"]),
        ("3604123002800003", ["impossible_date"]),
        ("3604122902810003", ["impossible_date"]),
        ("3604122902800003", []),
        ("3604126902800003", []),
        ("3604122902000003", []),
        ("3604121204800000", ["serial_zero"]),
        ("3604120013800000", ["day_out_of_range", "serial_zero"]),
        ("3604123104800000", ["impossible_date", "serial_zero"]),
    ],
)
def test_national_id_by_itself(number: str, expected: list[str]) -> None:
    findings = check_national_id(number, today=TODAY)
    assert codes(findings) == expected
    assert all(finding.severity is Severity.ERROR for finding in findings)


@pytest.mark.parametrize(
    ("number", "birth_date", "sex", "expected"),
    [
        (MAN, date(1980, 4, 12), Sex.MALE, []),
        (WOMAN, date(1980, 4, 12), Sex.FEMALE, []),
        (MAN, date(1980, 12, 4), None, ["birth_day_month_swapped"]),
        (WOMAN, date(1980, 12, 4), Sex.FEMALE, ["birth_day_month_swapped"]),
        (MAN, date(1981, 4, 12), None, ["birth_date_differs"]),
        (MAN, date(2080, 4, 12), None, ["birth_date_differs"]),
        (MAN, None, Sex.FEMALE, ["sex_differs"]),
        (WOMAN, date(1979, 1, 1), Sex.MALE, ["birth_date_differs", "sex_differs"]),
        # Both 1920 and 2020 fit: the entered date decides, so neither differs.
        ("3604121204200003", date(1920, 4, 12), None, []),
        ("3604121204200003", date(2020, 4, 12), None, []),
        ("3604121204200003", date(2021, 4, 12), None, ["birth_date_differs"]),
    ],
)
def test_national_id_against_what_was_entered(
    number: str, birth_date: date | None, sex: Sex | None, expected: list[str]
) -> None:
    findings = check_national_id(number, today=TODAY, birth_date=birth_date, sex=sex)
    assert codes(findings) == expected
    assert all(finding.severity is Severity.WARNING for finding in findings)


def test_a_warning_tells_both_values() -> None:
    (finding,) = check_national_id(MAN, today=TODAY, birth_date=date(1981, 4, 12))
    assert finding.details == {"number": "1980-04-12", "entered": "1981-04-12"}


def test_an_unknown_area_only_warns() -> None:
    asked: list[str] = []

    def nowhere(prefix: str) -> bool:
        asked.append(prefix)
        return False

    (finding,) = check_national_id(MAN, today=TODAY, is_known_area=nowhere)
    assert (finding.code, finding.severity) == (IdentityFinding.AREA_UNKNOWN, Severity.WARNING)
    assert finding.details == {"area": "360412"}
    assert asked == ["360412"]
    assert check_national_id(MAN, today=TODAY, is_known_area=lambda _: True) == []


@pytest.mark.parametrize(
    ("day_month_year", "entered", "born"),
    [
        ("120480", None, date(1980, 4, 12)),
        ("120410", None, date(2010, 4, 12)),
        ("021126", None, None),  # born today, or a hundred years ago
        ("031126", None, date(1926, 11, 3)),  # tomorrow in this century
        ("021116", None, None),  # 110 years old today, or 10
        ("021116", date(1916, 11, 2), date(1916, 11, 2)),
        ("021116", date(2015, 1, 1), date(2016, 11, 2)),
        ("021115", None, date(2015, 11, 2)),  # 111 years old is too old
        ("290200", None, date(2000, 2, 29)),  # 1900 was no leap year
        ("290228", None, date(1928, 2, 29)),
        ("290220", None, None),
    ],
)
def test_century(day_month_year: str, entered: date | None, born: date | None) -> None:
    facts = national_id_facts(f"360412{day_month_year}0001", today=TODAY, birth_date=entered)
    assert facts.birth_date == born


def test_facts() -> None:
    facts = national_id_facts("'3604 1252 0480 0003", today=TODAY)
    assert (facts.area_code, facts.sex, facts.serial) == ("360412", Sex.FEMALE, "0003")
    assert facts.birth_date == date(1980, 4, 12)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("123", IdentityFinding.NOT_SIXTEEN_DIGITS),
        ("3604123204800003", IdentityFinding.DAY_OUT_OF_RANGE),
        ("3604123104800003", IdentityFinding.IMPOSSIBLE_DATE),
        ("3604121204800000", IdentityFinding.SERIAL_ZERO),
    ],
)
def test_no_facts_of_a_number_that_cannot_be(number: str, code: IdentityFinding) -> None:
    with pytest.raises(IdentityError) as caught:
        national_id_facts(number, today=TODAY)
    assert caught.value.code is code


@given(
    born=st.dates(date(1927, 1, 1), date(2015, 12, 31)),
    sex=st.sampled_from(Sex),
    serial=st.integers(1, 9999),
)
def test_facts_of_any_person(born: date, sex: Sex, serial: int) -> None:
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    number = f"360412{day:02}{born:%m%y}{serial:04}"
    assert check_national_id(number, today=TODAY, birth_date=born, sex=sex) == []
    facts = national_id_facts(number, today=TODAY, birth_date=born)
    assert (facts.birth_date, facts.sex, facts.serial) == (born, sex, f"{serial:04}")


@given(st.text(max_size=20))
def test_any_text_is_judged_without_failing(text: str) -> None:
    assert all(
        isinstance(finding, Finding)
        for check in (check_national_id, check_family_card_number)
        for finding in check(text, today=TODAY)
    )
    check_phone(text)
    mask_number(text)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("3604121207120001", []),
        ("'3604 1212 0712 0001", []),
        ("3604125207120001", ["day_out_of_range"]),  # no 40 is added on a family card
        ("3604120007120001", ["day_out_of_range"]),
        ("3604123102120001", ["impossible_date"]),
        ("3604121207120000", ["serial_zero"]),
        ("360412120712001", ["not_sixteen_digits"]),
    ],
)
def test_family_card_number(number: str, expected: list[str]) -> None:
    assert codes(check_family_card_number(number, today=TODAY)) == expected


def test_family_card_of_an_unknown_area_only_warns() -> None:
    (finding,) = check_family_card_number(
        "3604011207050001", today=TODAY, is_known_area=lambda _: False
    )
    assert (finding.code, finding.severity) == (IdentityFinding.AREA_UNKNOWN, Severity.WARNING)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1234567890123", []),
        ("1234 5678 90123", []),
        ("123456789012", ["not_thirteen_digits"]),
        ("12345678901234", ["not_thirteen_digits"]),
        ("12345678901X3", ["not_thirteen_digits"]),
        ("", ["not_thirteen_digits"]),
    ],
)
def test_business_id_number(number: str, expected: list[str]) -> None:
    assert codes(check_business_id_number(number)) == expected


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("(0812) 3456 7890", "+6281234567890"),
        ("'081234567890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("+62 812.3456.7890", "+6281234567890"),
        ("0812345678", "+62812345678"),
        ("081234567", None),
        ("08123456789012", None),
        ("81234567890", None),
        ("+6081234567890", None),
        ("0254200300", None),
        ("+62081234567890", None),
        ("tidak ada", None),
        ("", None),
    ],
)
def test_phone(written: str, phone: str | None) -> None:
    assert normalise_phone(written) == phone
    assert bool(check_phone(written)) is (phone is None and written != "")


@given(st.from_regex(r"\A\+628[0-9]{8,11}\Z"))
def test_a_stored_phone_stays_as_it_is(phone: str) -> None:
    assert normalise_phone(phone) == phone


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (MAN, "3604 \u2022\u2022\u2022\u2022 \u2022\u2022\u2022\u2022 0003"),
        ("'3604 1212 0480 0003", "3604 \u2022\u2022\u2022\u2022 \u2022\u2022\u2022\u2022 0003"),
        ("1234567890", "\u2022\u2022\u2022\u2022 \u2022\u2022\u2022\u2022 90"),
        ("7", "7"),
        ("", ""),
    ],
)
def test_mask(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@pytest.mark.parametrize(
    ("number", "grouped"),
    [
        ("3604120405800003", "3604 1204 0580 0003"),
        ("3604 1204 0580 0003", "3604 1204 0580 0003"),
        ("1234567890123", "1234 5678 9012 3"),
        ("", ""),
    ],
)
def test_group_digits(number: str, grouped: str) -> None:
    assert group_digits(number) == grouped


@pytest.mark.parametrize(
    ("phone", "grouped"),
    [
        ("+6281234567890", "0812 3456 7890"),
        ("081234567890", "0812 3456 7890"),
        ("+628123456789", "0812 3456 789"),
        ("+62812345678", "0812 3456 78"),
        ("+62812345678901", "0812 3456 78901"),
        ("021 5550100", "021 5550100"),
        ("", ""),
    ],
)
def test_group_phone(phone: str, grouped: str) -> None:
    assert group_phone(phone) == grouped


def test_the_last_digits_are_those_that_a_masked_number_shows() -> None:
    assert mask_number(MAN).endswith(shown_last(MAN))
    assert shown_last("3604 1212 0480 0003") == "0003"
