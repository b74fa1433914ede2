"""Registered numbers: what each register's look like, what is put right in silence, and what is sent back."""

import pytest

from accounts.identifiers import SHAPES, Scheme, org_id, read_number
from accounts.parsing import Refused


@pytest.mark.parametrize("scheme", Scheme)
def test_every_register_takes_its_own_example_and_leaves_a_blank_blank(scheme: Scheme) -> None:
    example = SHAPES[scheme].example
    assert read_number(scheme, example) == example
    assert read_number(scheme, f" {example[:2]} {example[2:]} ") == example
    assert read_number(scheme, f"{scheme.value}-{example}") == example
    assert read_number(scheme, "") == read_number(scheme, "  ") == ""


@pytest.mark.parametrize(
    ("scheme", "typed", "number"),
    [
        (Scheme.CHARITY_ENGLAND_AND_WALES, "279417", "279417"),
        (Scheme.COMPANY, "sc123456", "SC123456"),
        (Scheme.COMPANY, "IP00123R", "IP00123R"),
        (Scheme.COMPANY, "R0000123", "R0000123"),
        (Scheme.CHARITY_SCOTLAND, "sc 025693", "SC025693"),
        (Scheme.CHARITY_NORTHERN_IRELAND, "NIC100012", "100012"),
        (Scheme.MUTUAL, "235c", "235C"),
        (Scheme.SPORTS_CLUB, "DF679063", "df679063"),
    ],
)
def test_a_number_is_kept_as_its_register_writes_it(scheme: Scheme, typed: str, number: str) -> None:
    assert read_number(scheme, typed) == number


@pytest.mark.parametrize(
    ("scheme", "typed", "said"),
    [
        (Scheme.CHARITY_ENGLAND_AND_WALES, "12345", "6 or 7 digits"),
        (Scheme.CHARITY_ENGLAND_AND_WALES, "SC042386", "England and Wales"),
        (Scheme.CHARITY_ENGLAND_AND_WALES, "١٢٣٤٥٦", "6 or 7 digits"),
        (Scheme.COMPANY, "9506232", "zeros in front"),
        (Scheme.COMPANY, "ABCDEFGH", "8 digits and letters"),
        (Scheme.CHARITY_SCOTLAND, "042386", "begin with SC"),
        (Scheme.CHARITY_NORTHERN_IRELAND, "10001", "6 digits"),
        (Scheme.MUTUAL, "235/C", "letters and digits only"),
        (Scheme.MUTUAL, "A" * 21, "20 at most"),
        (Scheme.SPORTS_CLUB, "<script>", "letters and digits only"),
        (Scheme.COMPANY, "\u202e09506232", "hidden character"),
        (Scheme.COMPANY, "\u200b", "invisible"),
        (Scheme.COMPANY, "0" * 300, "300 characters long"),
    ],
)
def test_what_is_wrong_with_a_number_is_named(scheme: Scheme, typed: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_number(scheme, typed)


def test_the_identifier_is_register_and_number() -> None:
    assert org_id("GB-CHC", "1090095") == "GB-CHC-1090095"
