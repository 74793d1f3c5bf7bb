"""Rupiah: everything people type is read, refused for a reason, and written back."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.money import (
    LARGEST_AMOUNT,
    MoneyError,
    MoneyProblem,
    format_number,
    format_rupiah,
    parse_rupiah,
)

AMOUNTS = st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2500000", 2_500_000),
        ("Rp2.500.000", 2_500_000),
        ("Rp. 2.500.000,-", 2_500_000),
        ("Rp 2.500.000,--", 2_500_000),
        ("Rp\u00a02.500.000", 2_500_000),
        ("rp.2.500.000", 2_500_000),
        ("IDR 2.500.000", 2_500_000),
        ("2,5 juta", 2_500_000),
        ("2.5 juta", 2_500_000),
        ("2,5jt", 2_500_000),
        ("2,5 jt.", 2_500_000),
        ("Rp 2,5 Juta", 2_500_000),
        ("2 juta", 2_000_000),
        ("0,5 jt", 500_000),
        ("1,2345 juta", 1_234_500),
        ("750rb", 750_000),
        ("750 ribu", 750_000),
        ("12,5 rb", 12_500),
        ("1,5 miliar", 1_500_000_000),
        ("2 milyar", 2_000_000_000),
        ("5000 rupiah", 5_000),
        ("1.250.000,00", 1_250_000),
        ("1250000,0", 1_250_000),
        ("2.500", 2_500),
        ("1,250,000", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("2,500.00", 2_500),
        ("-50.000", -50_000),
        ("\u221250.000", -50_000),
        ("-Rp 50.000", -50_000),
        ("Rp -50.000", -50_000),
        ("- 2,5 jt", -2_500_000),
        ("  0  ", 0),
        ("-0", 0),
    ],
)
def test_read(text: str, amount: int) -> None:
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", MoneyProblem.EMPTY),
        (" \u00a0", MoneyProblem.EMPTY),
        ("Rp", MoneyProblem.NOT_AN_AMOUNT),
        ("tidak tahu", MoneyProblem.NOT_AN_AMOUNT),
        ("1e6", MoneyProblem.NOT_AN_AMOUNT),
        ("2,5 m", MoneyProblem.NOT_AN_AMOUNT),
        ("2 juta 500 ribu", MoneyProblem.NOT_AN_AMOUNT),
        ("1.000 - 2.000", MoneyProblem.NOT_AN_AMOUNT),
        ("10 000", MoneyProblem.NOT_AN_AMOUNT),
        ("$5", MoneyProblem.NOT_AN_AMOUNT),
        ("-Rp -5.000", MoneyProblem.NOT_AN_AMOUNT),
        ("\u0661\u0662\u0663", MoneyProblem.NOT_AN_AMOUNT),
        ("9" * 5000, MoneyProblem.NOT_AN_AMOUNT),
        ("2,500", MoneyProblem.AMBIGUOUS),
        ("2.5", MoneyProblem.AMBIGUOUS),
        ("2.50", MoneyProblem.AMBIGUOUS),
        ("0.500", MoneyProblem.AMBIGUOUS),
        ("2.500 juta", MoneyProblem.AMBIGUOUS),
        ("2,500 juta", MoneyProblem.AMBIGUOUS),
        ("1.250.000 juta", MoneyProblem.AMBIGUOUS),
        ("2.500,000", MoneyProblem.AMBIGUOUS),
        ("1.2500.000", MoneyProblem.AMBIGUOUS),
        ("2.500.00", MoneyProblem.AMBIGUOUS),
        ("1.250,000,00", MoneyProblem.AMBIGUOUS),
        ("1.250.000,50", MoneyProblem.FRACTION),
        ("2,5", MoneyProblem.FRACTION),
        ("2,5 rupiah", MoneyProblem.FRACTION),
        ("1,2345 ribu", MoneyProblem.FRACTION),
        ("1" + "0" * 15, MoneyProblem.TOO_LARGE),
        ("1000000 miliar", MoneyProblem.TOO_LARGE),
    ],
)
def test_refused(text: str, problem: MoneyProblem) -> None:
    with pytest.raises(MoneyError) as caught:
        parse_rupiah(text)
    assert caught.value.code is problem


@pytest.mark.parametrize(
    ("amount", "written", "bare"),
    [
        (0, "Rp\u00a00", "0"),
        (999, "Rp\u00a0999", "999"),
        (2_500_000, "Rp\u00a02.500.000", "2.500.000"),
        (-50_000, "-Rp\u00a050.000", "-50.000"),
    ],
)
def test_write(amount: int, written: str, bare: str) -> None:
    assert format_rupiah(amount) == written
    assert format_rupiah(amount, symbol=False) == bare
    assert format_number(amount) == bare


@given(amount=AMOUNTS, symbol=st.booleans(), tail=st.sampled_from(["", ",-", ",00"]))
def test_what_is_written_is_read_back(amount: int, symbol: bool, tail: str) -> None:
    assert parse_rupiah(format_rupiah(amount, symbol=symbol) + tail) == amount


@given(AMOUNTS)
def test_bare_digits_are_read(amount: int) -> None:
    assert parse_rupiah(str(amount)) == amount


@given(st.text(alphabet="0123456789.,- Rpjtribu", max_size=45))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(MoneyError):
        assert isinstance(parse_rupiah(text), int)
