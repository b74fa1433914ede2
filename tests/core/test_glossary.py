"""Every word of the trade is explained, in plain words and with an example; no field is left without a word of help."""

import re

from accounts.columns import columns
from accounts.nouns import AccountDetails
from outcomes import glossary
from outcomes.glossary import EXAMPLES, TERMS
from outcomes.nouns import ROWS, Factor

EVERY_NOUN = (AccountDetails, *ROWS)
NAMED = """
account, stakeholder, subgroup, involvement, input, output, outcome, chain-of-events, indicator, observation,
baseline, counterfactual, quantity, valuation, proxy, relative-importance, anchor, deadweight, displacement,
attribution, drop-off, duration, discount-rate, price-base, price-index, significance, relevance, material,
value-map, sensitivity, scenario, ratio, evidence, assurance, co-production, forecast, evaluative
"""


def test_every_word_of_the_trade_is_there_once() -> None:
    assert set(re.split(r",\s+", NAMED.strip())) <= set(glossary.BY_SLUG)
    assert len(glossary.BY_SLUG) == len(TERMS)


def test_every_term_has_plain_words_a_question_and_an_example() -> None:
    for term in TERMS:
        assert len(term.words) > 20, term.slug
        assert len(term.example) > 20, term.slug
        assert term.question.endswith("?"), term.slug


def test_almost_every_example_has_a_number() -> None:
    without = {
        term.slug for term in TERMS if not re.search(r"[0-9]|[Tt]wo|[Tt]hree|[Nn]ine|Eight|Fourteen", term.example)
    }
    assert without <= {"relevance"}


def test_plain_words_go_on_from_the_name_and_do_not_shout() -> None:
    for term in TERMS:
        assert term.words[0].islower(), term.slug
        assert not term.words.endswith("."), term.slug
        assert "!" not in term.words + term.example, term.slug


def test_every_noun_has_its_term() -> None:
    assert {glossary.of_noun(noun).noun for noun in EVERY_NOUN} == set(EVERY_NOUN)


def test_every_factor_has_its_term() -> None:
    assert [glossary.of_factor(factor).slug for factor in Factor] == [
        "deadweight",
        "displacement",
        "attribution",
        "drop-off",
    ]


def test_every_field_of_every_noun_is_explained() -> None:
    bare = [
        f"{noun.slug}.{each.name}"
        for noun in EVERY_NOUN
        for each in columns(noun)
        if not glossary.is_explained(noun, each)
    ]
    assert bare == []


def test_a_term_stands_beside_columns_that_exist() -> None:
    for term in TERMS:
        for noun, names in term.beside.items():
            assert set(names) <= {each.name for each in columns(noun)}, term.slug
            assert all(glossary.beside(noun, name) is term for name in names)


def test_an_example_is_given_only_where_the_declaration_has_none() -> None:
    for noun, examples in EXAMPLES.items():
        declared = {each.name: each for each in columns(noun)}
        assert [name for name in examples if declared[name].help or declared[name].example] == [], noun.slug


def test_what_is_declared_goes_before_what_the_glossary_has() -> None:
    (name, *_rest) = [each for each in columns(AccountDetails) if each.name == "name"]
    assert glossary.example_of(AccountDetails, name) == name.example != ""
