"""The code of a report: short enough to type, and a slip of the finger is noticed."""

import itertools

import pytest

from reports import codes

CODE = codes.code_of("a" * 64, "en-gb")


def test_a_code_is_twelve_letters_and_digits_that_cannot_be_mistaken_for_others():
    assert len(CODE) == codes.LENGTH
    assert set(CODE) <= set(codes.ALPHABET)
    assert not set("ILOU") & set(codes.ALPHABET)


def test_each_document_and_each_language_has_a_code_of_its_own_and_always_the_same():
    assert codes.code_of("a" * 64, "en-gb") == CODE
    assert len({CODE, codes.code_of("a" * 64, "cy"), codes.code_of("b" * 64, "en-gb")}) == 3


def test_a_code_is_read_however_it_is_written():
    shown = codes.shown(CODE)
    assert len(shown) == 14
    for typed in (CODE, shown, shown.lower(), f"  {shown} ", shown.replace("-", " "), shown.replace("-", "–")):
        assert codes.read(typed) == CODE


def test_letters_that_look_like_digits_are_taken_for_them():
    with_noughts = next(
        code for number in range(10_000) if {"0", "1"} <= set(code := codes.code_of(f"{number:064}", "en-gb"))
    )
    assert codes.read(with_noughts.replace("0", "o").replace("1", "l")) == with_noughts
    assert codes.read(with_noughts.replace("0", "O").replace("1", "I")) == with_noughts


def test_every_wrong_character_is_noticed():
    for at, letter in itertools.product(range(codes.LENGTH), codes.ALPHABET):
        if letter != CODE[at]:
            with pytest.raises(codes.NotACode):
                codes.read(CODE[:at] + letter + CODE[at + 1 :])


def test_every_two_characters_that_changed_places_are_noticed():
    for one, other in itertools.combinations(range(codes.LENGTH), 2):
        letters = list(CODE)
        letters[one], letters[other] = letters[other], letters[one]
        if letters != list(CODE):
            with pytest.raises(codes.NotACode):
                codes.read("".join(letters))


@pytest.mark.parametrize("typed", ["", "-", CODE[:-1], CODE + "0", "U" * 12, "é" * 12, "ß" * 6, "\u0661" * 12])
def test_what_is_no_code_is_refused(typed: str):
    with pytest.raises(codes.NotACode):
        codes.read(typed)
