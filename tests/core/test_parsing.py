"""What people and machines may write in a cell, and what is made of it."""

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import example, given, strategies as st

from accounts import parsing
from accounts.columns import Choice, Column, Kind, column, columns
from accounts.nouns import AccountDetails
from accounts.parsing import Refused
from outcomes.nouns import ROWS, Adjustment, Evidence, Factor, Outcome, Valuation


class Season(Choice):
    WINTER = "winter_time", "Winter: the cold part"
    SUMMER = "summer_time", "Summer"


def of(kind, **declared):
    return Column(label="Anything", kind=kind, **declared)


NUMBER = of(Kind.NUMBER)
COUNTED = of(Kind.NUMBER, minimum=Decimal(0))
MONEY = of(Kind.MONEY)
SHARE = of(Kind.SHARE, minimum=Decimal(0), maximum=Decimal(1))
WHOLE = of(Kind.WHOLE, minimum=Decimal(0), maximum=Decimal(1_000_000_000))
YES_NO = of(Kind.YES_NO)
SEASON = of(Kind.CHOICE, choices=Season)
DATE = of(Kind.DATE)
PERIOD = of(Kind.PERIOD, longest=7)
LINK = of(Kind.LINK, longest=500)
TEXT = of(Kind.TEXT)
LONG_TEXT = of(Kind.LONG_TEXT, longest=5_000)
OWN_REF = of(Kind.REF, longest=40)
POINTER = of(Kind.REF, longest=40, refers_to=("outcomes",))
EVERY_KIND = (NUMBER, MONEY, SHARE, WHOLE, YES_NO, SEASON, DATE, PERIOD, LINK, TEXT, LONG_TEXT, OWN_REF)


# --- Figures that a person types --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("0", "0"),
        ("12", "12"),
        ("-12", "-12"),
        ("+12", "12"),
        ("−12", "-12"),
        ("12.50", "12.5"),
        (".5", "0.5"),
        ("12.", "12"),
        ("007", "7"),
        ("1,000", "1000"),
        ("1,234,567.89", "1234567.89"),
        ("-1,000", "-1000"),
        (" 1 000 ", "1000"),
        ("1\u00a0000\u00a0000", "1000000"),
        ("12\u202f500.25", "12500.25"),
        ("-0", "0"),
        (12, "12"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (1234.5, "1234.5"),
        (Decimal("12.50"), "12.5"),
    ],
)
def test_a_number_is_understood_as_people_in_britain_write_it(typed, figure):
    assert parsing.read(NUMBER, typed) == Decimal(figure)


@pytest.mark.parametrize("typed", ["£12.50", "£ 12.50", "12.50 €", "$12.50", "12.50£", "+£12.50", "12.50"])
def test_an_amount_may_carry_a_currency_sign(typed):
    assert parsing.read(MONEY, typed) == Decimal("12.5")


@pytest.mark.parametrize("typed", ["-£5", "−£5", "£-5", "£ -5", "-5€", "- £5"])
def test_a_harm_may_carry_its_sign_on_either_side_of_the_currency(typed):
    assert parsing.read(MONEY, typed) == -5


@pytest.mark.parametrize(
    "typed",
    [
        "1e5",
        "1_000",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "١٢٣",
        "１２",
        "5²",
        "½",
        "12,50",
        "1,00",
        "0,125",
        "1,0000",
        "1.000,50",
        "1,000 000",
        "1 00",
        "--5",
        "-£-5",
        "£5€",
        "£5%",
        "5%%",
        "(500)",
        "12p",
        "£1k",
        "0x10",
        "1.2.3",
        ".",
        "-",
        "£",
        "twelve",
        "=1+1",
        "12\u200b",
        "\u200b",
        "\u202e21",
        "1" * 61,
    ],
)
def test_what_is_not_one_number_is_refused_and_said_back(typed):
    with pytest.raises(Refused, match="is not a number that we can read") as refusal:
        parsing.read(MONEY, typed)
    assert "\u202e" not in str(refusal.value)


@pytest.mark.parametrize(
    "typed",
    [math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("Infinity"), True, dt.date(2024, 1, 1), object(), []],
)
def test_a_cell_that_holds_no_number_is_refused(typed):
    with pytest.raises(Refused, match="Enter a number"):
        parsing.read(NUMBER, typed)


def test_a_quantity_takes_neither_a_percent_sign_nor_a_currency_sign():
    with pytest.raises(Refused, match="without a percent sign"):
        parsing.read(COUNTED, "12%")
    with pytest.raises(Refused, match="without a currency sign"):
        parsing.read(COUNTED, "£12")
    with pytest.raises(Refused, match="without a percent sign"):
        parsing.read(MONEY, "12%")
    with pytest.raises(Refused, match="without a currency sign"):
        parsing.read(SHARE, "£12")


def test_a_number_below_its_least_is_refused_with_the_least():
    with pytest.raises(Refused, match="Enter a number that is 0 or more"):
        parsing.read(COUNTED, "-1")


def test_a_whole_number_is_refused_outside_its_range_or_with_a_part():
    assert parsing.read(WHOLE, "1,000") == 1000
    assert isinstance(parsing.read(WHOLE, 12.0), int)
    with pytest.raises(Refused, match="from 0 to 1000000000"):
        parsing.read(WHOLE, "1,000,000,001")
    with pytest.raises(Refused, match="Enter a whole number"):
        parsing.read(WHOLE, "1.5")


@pytest.mark.parametrize("typed", ["999,999,999,999", "0.000001"])
def test_the_largest_and_the_finest_number_are_taken(typed):
    assert parsing.read(NUMBER, typed) == Decimal(typed.replace(",", ""))


def test_a_number_too_large_or_too_fine_is_refused_with_the_limit():
    with pytest.raises(Refused, match="at most 12 digits"):
        parsing.read(NUMBER, "1,000,000,000,000")
    with pytest.raises(Refused, match="at most 12 digits"):
        parsing.read(NUMBER, 10**400)
    with pytest.raises(Refused, match="Round it to 6 or fewer"):
        parsing.read(NUMBER, "0.0000001")
    with pytest.raises(Refused, match="Round it to 6 or fewer"):
        parsing.read(NUMBER, "1." + "0" * 40 + "1")


# --- Shares -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("12%", "0.12"),
        ("12 %", "0.12"),
        ("12", "0.12"),
        ("0.5%", "0.005"),
        ("0", "0"),
        ("100", "1"),
        ("100%", "1"),
        ("3.5", "0.035"),
        (10, "0.1"),
        (3.5, "0.035"),
        ("0.000001%", "0.00000001"),
    ],
)
def test_a_share_is_typed_as_a_percentage(typed, share):
    assert parsing.read(SHARE, typed) == Decimal(share)


@pytest.mark.parametrize("typed", ["0.5", "1", 0.1, 1, "0.035"])
def test_a_share_that_could_mean_two_things_is_asked_about(typed):
    with pytest.raises(Refused, match=r"could mean .*Add a % sign"):
        parsing.read(SHARE, typed)


def test_a_cell_formatted_as_a_percentage_holds_a_part_of_one():
    assert parsing.read(SHARE, 0.12, percent_cell=True) == Decimal("0.12")
    assert parsing.read(SHARE, 1, percent_cell=True) == 1
    assert parsing.read(SHARE, "12%", percent_cell=True) == Decimal("0.12")
    with pytest.raises(Refused, match="1200% is outside 0% to 100%"):
        parsing.read(SHARE, 12, percent_cell=True)


@pytest.mark.parametrize(("typed", "said"), [("130%", "130%"), ("-5", "-5%"), ("100.01", "100.01%")])
def test_a_share_outside_its_range_is_refused_as_it_was_typed(typed, said):
    with pytest.raises(Refused, match=f"{said} is outside 0% to 100%"):
        parsing.read(SHARE, typed)


def test_a_share_too_fine_to_keep_is_refused_and_never_rounded():
    for typed in ("0.0000001%", "0.5" + "0" * 35 + "1%"):
        with pytest.raises(Refused, match="Round it to 6 or fewer"):
            parsing.read(SHARE, typed)


# --- Words ------------------------------------------------------------------------------------------------------------


def test_words_are_trimmed_and_put_into_one_normal_form():
    assert parsing.read(TEXT, "  Te\u0302st ") == "Têst"
    assert parsing.read(TEXT, "Llŷn, ŵy a’r “ddau”") == "Llŷn, ŵy a’r “ddau”"


def test_a_figure_in_a_cell_for_words_reads_as_the_cell_shows_it():
    assert parsing.read(TEXT, 2024) == "2024"
    assert parsing.read(TEXT, 2024.0) == "2024"
    assert parsing.read(TEXT, 0.1) == "0.1"
    assert parsing.read(TEXT, dt.datetime.fromisoformat("2024-03-31")) == "2024-03-31"
    assert parsing.read(PERIOD, 2024.0) == "2024"
    assert parsing.read(OWN_REF, 7.0) == "7"


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_a_character_that_reverses_reading_is_refused(hidden):
    for kind in (TEXT, LONG_TEXT, POINTER):
        with pytest.raises(Refused, match="reverses the order of reading"):
            parsing.read(kind, f"safe{hidden}txt")


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x7f", "\x85", "\x0b"])
def test_a_control_character_is_refused(hidden):
    for kind in (TEXT, LONG_TEXT):
        with pytest.raises(Refused, match="hidden control character"):
            parsing.read(kind, f"a{hidden}b")


def test_lines_are_kept_in_long_text_and_refused_in_a_line():
    assert parsing.read(LONG_TEXT, "one\r\ntwo\rthree\u2028four\tfive") == "one\ntwo\nthree\nfour\tfive"
    with pytest.raises(Refused, match="line break"):
        parsing.read(TEXT, "one\ntwo")


def test_half_a_character_is_refused():
    with pytest.raises(Refused, match="broken character"):
        parsing.read(TEXT, "a\ud800b")


@pytest.mark.parametrize("typed", ["\u200b", "\u200b \u2060", "\ufeff", "\u3164", "\u2800", "\u00ad"])
def test_a_name_of_invisible_characters_is_refused(typed):
    with pytest.raises(Refused, match="looks empty"):
        parsing.read(TEXT, typed)


def test_text_that_is_too_long_is_refused_with_its_length():
    assert len(parsing.read(TEXT, "a" * 200)) == 200
    with pytest.raises(Refused, match="201 characters long; there is room for 200"):
        parsing.read(TEXT, "a" * 201)


def test_text_that_starts_like_a_formula_is_text():
    assert parsing.read(TEXT, '=HYPERLINK("x")') == '=HYPERLINK("x")'


# --- Answers, dates, periods, links, refs ----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["yes", "Yes", " Y ", "true", "TRUE", True, "Ydy"])
def test_yes_is_understood(typed):
    assert parsing.read(YES_NO, typed) is True


@pytest.mark.parametrize("typed", ["no", "N", "false", False, "Na"])
def test_no_is_understood(typed):
    assert parsing.read(YES_NO, typed) is False


@pytest.mark.parametrize("typed", ["maybe", "1", 0, 1, "x"])
def test_what_is_neither_yes_nor_no_is_refused(typed):
    with pytest.raises(Refused, match="Answer yes or no"):
        parsing.read(YES_NO, typed)


@pytest.mark.parametrize("typed", ["winter_time", "Winter", "WINTER: the  cold part", " winter "])
def test_an_option_is_known_by_its_value_its_label_or_the_head_of_its_label(typed):
    assert parsing.read(SEASON, typed) is Season.WINTER


def test_no_two_options_of_a_column_answer_to_the_same_word():
    for noun in (AccountDetails, *ROWS):
        for each in columns(noun):
            for option in each.choices or ():
                for word in (option.value, option.label, option.label.partition(":")[0]):
                    assert parsing.read(each, word) is option


def test_an_answer_that_is_no_option_is_refused_with_the_options():
    with pytest.raises(Refused, match="Choose one of: Winter: the cold part; Summer"):
        parsing.read(SEASON, "autumn")


@pytest.mark.parametrize(
    "typed",
    [
        "31/03/2026",
        "31.03.2026",
        "31-3-2026",
        "2026-03-31",
        "31 March 2026",
        "31st mar 2026",
        "31  Mawrth 2026",
        "31/03/26",
        "31.3.26",
        "31 March 26",
        dt.date(2026, 3, 31),
        dt.datetime.fromisoformat("2026-03-31T10:30"),
    ],
)
def test_a_date_is_understood_day_first(typed):
    assert parsing.read(DATE, typed) == dt.date(2026, 3, 31)


@pytest.mark.parametrize(("typed", "year"), [("1/2/00", 2000), ("1/2/03", 2003), ("1/2/69", 2069)])
def test_two_digits_of_a_year_are_of_this_century(typed, year):
    assert parsing.read(DATE, typed) == dt.date(year, 2, 1)


@pytest.mark.parametrize("typed", ["31/03/70", "31/03/99", "31 March 85", "24-03-31", "31-03-26"])
def test_two_digits_that_could_be_another_year_are_asked_for_in_full(typed):
    with pytest.raises(Refused) as refused:
        parsing.read(DATE, typed)
    said = refused.value.message % refused.value.params
    assert said == f"Which year is “{typed.casefold()}”? Write it with four digits, like 31/03/2026."


@pytest.mark.parametrize("typed", ["03/31/2026", "31/02/2026", "31/02/26", "2026-13-01", "0/1/2026"])
def test_a_day_that_does_not_exist_is_refused(typed):
    with pytest.raises(Refused, match="There is no such day"):
        parsing.read(DATE, typed)


@pytest.mark.parametrize(
    "typed", ["31/03/126", "March 2026", "31 Brumaire 2026", "٣١/٠٣/٢٠٢٦", "31/03-2026", 46112, "soon"]
)
def test_what_is_not_a_date_is_refused(typed):
    with pytest.raises(Refused, match="is not a date that we can read"):
        parsing.read(DATE, typed)


@pytest.mark.parametrize("typed", ["31/03/0204", "31/03/9999", dt.date(1899, 12, 31)])
def test_a_year_that_cannot_be_meant_is_refused(typed):
    with pytest.raises(Refused, match="between 1900 and 2199"):
        parsing.read(DATE, typed)


@pytest.mark.parametrize(
    ("typed", "period"),
    [("2024-25", "2024-25"), ("2024/25", "2024-25"), ("2024–25", "2024-25"), ("1999-00", "1999-00"), (2024, "2024")],
)
def test_a_period_is_a_financial_or_a_calendar_year(typed, period):
    assert parsing.read(PERIOD, typed) == period


@pytest.mark.parametrize(
    "typed", ["24-25", "2024-2025", "٢٠٢٤", "2024-25x", dt.datetime.fromisoformat("2011-12-01"), "Q1"]
)
def test_what_is_not_a_period_is_refused(typed):
    with pytest.raises(Refused, match="Write the period as a financial year"):
        parsing.read(PERIOD, typed)


def test_a_financial_year_that_does_not_run_into_the_next_is_refused():
    with pytest.raises(Refused, match="2024-26 is not a financial year"):
        parsing.read(PERIOD, "2024-26")


def test_a_link_is_a_web_address():
    assert parsing.read(LINK, " https://example.org/a?b=c ") == "https://example.org/a?b=c"
    for typed in ("javascript:alert(1)", "ftp://example.org", "example.org", "https://", "https://a b"):
        with pytest.raises(Refused, match="Enter a web address"):
            parsing.read(LINK, typed)


def test_a_ref_is_short_and_plain():
    assert parsing.read(OWN_REF, "S-1_a") == "S-1_a"
    for typed in ("S 1", "é1", "-1", "S1;"):
        with pytest.raises(Refused, match="Use letters, digits"):
            parsing.read(OWN_REF, typed)


def test_a_person_may_point_to_a_row_by_its_name():
    assert parsing.read(POINTER, "More social contact") == "More social contact"


# --- Blanks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [None, "", "   ", "\n", "\u00a0"])
def test_words_left_out_are_empty_and_figures_left_out_are_unknown(typed):
    assert parsing.read(TEXT, typed) == ""
    assert parsing.read(PERIOD, typed) == ""
    assert parsing.read(POINTER, typed) == ""
    assert parsing.read(NUMBER, typed) is None
    assert parsing.read(YES_NO, typed) is None
    assert parsing.read(SEASON, typed) is None
    assert parsing.read(DATE, typed) is None


def test_a_zero_is_an_answer_and_no_blank():
    assert parsing.read(NUMBER, 0) == 0
    assert parsing.read(NUMBER, 0) is not None
    assert parsing.read(YES_NO, False) is False


def test_what_is_required_cannot_be_left_blank():
    with pytest.raises(Refused, match="cannot be left blank"):
        parsing.read(of(Kind.TEXT, required=True), " ")
    with pytest.raises(Refused, match="cannot be left blank"):
        parsing.exact(of(Kind.YES_NO, required=True), None)


def test_a_noun_holds_the_same_blanks_as_the_reader_gives():
    for noun in ROWS:
        blank = noun(**{each.name: "x" for each in columns(noun) if each.required})
        for each in columns(noun):
            if not each.required:
                assert getattr(blank, each.name) == parsing.read(each, None), (noun.slug, each.name)


# --- What a machine sends ---------------------------------------------------------------------------------------------


def test_a_machine_sends_decimals_in_strings():
    assert parsing.exact(NUMBER, "12.50") == Decimal("12.5")
    assert parsing.exact(MONEY, "-5.00") == -5
    assert parsing.exact(SHARE, "0.10") == Decimal("0.1")
    assert parsing.exact(SHARE, "1") == 1


@pytest.mark.parametrize("given_figure", [12, 12.5, math.nan, True, [], {}, Decimal(1)])
def test_a_machine_sends_no_number_outside_a_string(given_figure):
    for kind in (NUMBER, MONEY, SHARE):
        with pytest.raises(Refused, match="decimal number in a string"):
            parsing.exact(kind, given_figure)


@pytest.mark.parametrize(
    "given_figure",
    [
        "1,000",
        "£12",
        "12%",
        "1e5",
        "1_000",
        "NaN",
        "Infinity",
        "١٢",
        " 1",
        "1\n",
        "+1",
        ".5",
        "5.",
        "007",
        "-0",
        "-0.00",
        "",
        "5²",
    ],
)
def test_a_machine_writes_a_number_in_one_way_only(given_figure):
    with pytest.raises(Refused, match="decimal number in a string"):
        parsing.exact(NUMBER, given_figure)


def test_a_machine_sends_whole_numbers_as_numbers():
    assert parsing.exact(WHOLE, 12) == 12
    for given_figure in ("12", 12.0, True, "x"):
        with pytest.raises(Refused, match="whole number, such as 12"):
            parsing.exact(WHOLE, given_figure)
    with pytest.raises(Refused, match="from 0 to 1000000000"):
        parsing.exact(WHOLE, -1)


def test_a_machine_meets_the_same_ranges_as_a_person():
    with pytest.raises(Refused, match="130% is outside 0% to 100%"):
        parsing.exact(SHARE, "1.3")
    with pytest.raises(Refused, match="0 or more"):
        parsing.exact(COUNTED, "-1")


@pytest.mark.parametrize(
    ("kind", "given_value", "said"),
    [
        (YES_NO, "yes", "true or false"),
        (YES_NO, 1, "true or false"),
        (YES_NO, "", "true or false"),
        (SEASON, "Winter", "Choose one of"),
        (SEASON, "", "Choose one of"),
        (SEASON, 1, "must be text"),
        (DATE, "31/03/2026", "a date such as"),
        (DATE, "20260331", "a date such as"),
        (DATE, "31/03/26", "a date such as"),
        (DATE, "26-03-31", "a date such as"),
        (DATE, "2026-W13-2", "a date such as"),
        (DATE, "2026-03-31T00:00", "a date such as"),
        (DATE, "2026-02-30", "no such day"),
        (DATE, "", "a date such as"),
        (PERIOD, "2024/25", "financial year"),
        (PERIOD, " 2024", "financial year"),
        (TEXT, 5, "must be text"),
        (TEXT, ["a"], "must be text"),
        (POINTER, "More social contact", "must be a ref"),
        (OWN_REF, " S1", "must be a ref"),
        (OWN_REF, "S" * 41, "must be a ref"),
    ],
)
def test_a_machine_is_held_to_the_canonical_form(kind, given_value, said):
    with pytest.raises(Refused, match=said):
        parsing.exact(kind, given_value)


# --- There and back ---------------------------------------------------------------------------------------------------

_decimals = st.decimals(-999_999_999_999, 999_999_999_999, allow_nan=False, allow_infinity=False, places=6)
_letters = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\u115f\u1160\u2800\u3164\uffa0"),
    min_size=1,
    max_size=20,
)
_words = st.lists(_letters, min_size=1, max_size=5).map(" ".join)
_VALUES = {
    Kind.NUMBER: _decimals,
    Kind.MONEY: _decimals,
    Kind.SHARE: st.decimals(0, 1, places=8),
    Kind.WHOLE: st.integers(0, 1_000_000_000),
    Kind.YES_NO: st.booleans(),
    Kind.CHOICE: st.sampled_from(Season),
    Kind.DATE: st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
    Kind.PERIOD: st.integers(1000, 9999).map(lambda y: f"{y}-{(y + 1) % 100:02}") | st.integers(1000, 9999).map(str),
    Kind.LINK: st.from_regex(r"\Ahttps?://[a-z0-9.-]+(/[a-zA-Z0-9/?&=%._~-]*)?\Z"),
    Kind.TEXT: _words,
    Kind.LONG_TEXT: st.lists(_words, min_size=1, max_size=3).map("\n".join),
    Kind.REF: st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,39}\Z"),
}


def _normal(kind, value):
    """Text has one normal form (NFC); a value that was read is in it already."""
    return parsing.read(kind, value) if isinstance(value, str) and not isinstance(value, Choice) else value


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda each: each.kind.value)
@given(data=st.data())
def test_what_is_shown_can_be_typed_again_and_gives_the_same_value(kind, data):
    value = _normal(kind, data.draw(_VALUES[kind.kind]))
    again = parsing.read(kind, parsing.show(kind, value))
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda each: each.kind.value)
def test_a_blank_is_shown_as_nothing_and_reads_back_as_blank(kind):
    assert parsing.show(kind, kind.blank) == ""
    assert parsing.read(kind, parsing.show(kind, kind.blank)) == kind.blank


@given(
    st.text(max_size=80) | st.floats() | st.integers() | st.booleans() | st.none() | st.dates() | st.binary(max_size=8)
)
@example("\ud800")
@example("9" * 5000)
def test_whatever_is_typed_gives_a_value_or_a_sentence(typed):
    for kind in (*EVERY_KIND, POINTER):
        for reader in (parsing.read, parsing.exact):
            assert _value_or_sentence(reader, kind, typed) != ("refused", "")


def _value_or_sentence(reader, kind, typed):
    try:
        return "taken", reader(kind, typed)
    except Refused as refusal:
        return "refused", str(refusal)


@given(_decimals)
def test_a_plain_number_has_no_exponent_and_no_idle_zeros(figure):
    text = parsing.plain(figure)
    assert Decimal(text) == figure
    assert "E" not in text
    assert text != "-0"
    assert not ("." in text and text.endswith(("0", ".")))


def test_a_plain_number_of_a_power_of_ten_keeps_its_zeros():
    assert parsing.plain(Decimal("1E+3")) == "1000"
    assert parsing.plain(Decimal("-0.00")) == "0"
    assert parsing.plain(100) == "100"


# --- Declarations -----------------------------------------------------------------------------------------------------


def test_a_column_knows_its_name_and_where_it_points():
    assert column(Outcome, "stakeholder").refers_to == ("stakeholders",)
    assert column(Adjustment, "factor").choices is Factor
    assert [each.name for each in columns(Valuation)][:3] == ["ref", "outcome", "proxy"]
    with pytest.raises(KeyError):
        column(Outcome, "colour")


def test_every_pointer_points_to_nouns_that_exist():
    slugs = {noun.slug for noun in ROWS}
    assert {slug for noun in ROWS for each in columns(noun) for slug in each.refers_to} <= slugs
    assert column(Evidence, "about_row").refers_to


def test_every_column_has_a_label_and_every_example_reads_as_typed():
    for noun in (AccountDetails, *ROWS):
        for each in columns(noun):
            assert each.label, (noun.slug, each.name)
            if each.example:
                parsing.read(each, each.example)
