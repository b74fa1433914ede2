"""Each noun and its table are in step, and the database itself holds what the noun declares."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction

from accounts.columns import NUMERIC, Column, Kind, Noun, columns
from accounts.fields import ExactDecimalField
from accounts.models import Account, AccountOwned
from accounts.nouns import AccountDetails
from accounts.parsing import DECIMAL_PLACES, SHARE_PLACES, WHOLE_DIGITS
from outcomes.facts import MODELS
from outcomes.models import Evidence
from outcomes.nouns import BY_SLUG, ROWS, Observation
from tests import factories

TABLES: dict[type[Noun], type[models.Model]] = {AccountDetails: Account, **MODELS}
KEPT_BESIDE_THE_FACTS = {
    Account: {"id", "organisation", "state", "version", "created_at", "changed_at", "first_submitted_at"},
    AccountOwned: {"id", "account", "position", "version"},
}
# What it is about may be a row of any of many nouns: a ref, held to its account by the rules of coherence.
POINTERS_IN_WORDS = {(Evidence, "about_row")}
A_FIELD_FOR_EACH_KIND: dict[Kind, type[models.Field]] = {
    Kind.REF: models.CharField,
    Kind.TEXT: models.CharField,
    Kind.LINK: models.CharField,
    Kind.PERIOD: models.CharField,
    Kind.LONG_TEXT: models.TextField,
    Kind.NUMBER: ExactDecimalField,
    Kind.MONEY: ExactDecimalField,
    Kind.SHARE: ExactDecimalField,
    Kind.WHOLE: models.BigIntegerField,
    Kind.YES_NO: models.BooleanField,
    Kind.CHOICE: models.CharField,
    Kind.DATE: models.DateField,
}
each_noun = pytest.mark.parametrize("noun", TABLES, ids=lambda noun: noun.slug)


def kept_beside(model: type[models.Model]) -> set[str]:
    return KEPT_BESIDE_THE_FACTS[Account if model is Account else AccountOwned]


def fields_of(model: type[models.Model], column: Column) -> list[models.Field]:
    """Return the fields that hold a column: one of its name, or a foreign key for each noun that it may point to."""
    own = [field for field in model._meta.concrete_fields if field.name not in kept_beside(model)]
    named = [field for field in own if field.name == column.name]
    return named or [field for field in own if field.name.startswith(f"{column.name}_") and field.is_relation]


def test_every_noun_has_a_table_and_every_table_a_noun():
    assert set(MODELS) == set(ROWS)
    assert set(MODELS.values()) == set(AccountOwned.__subclasses__())
    assert all(model.noun is noun for noun, model in TABLES.items())


@each_noun
def test_every_column_has_its_field_and_no_field_is_without_a_column(noun: type[Noun]):
    model = TABLES[noun]
    held = [field.name for column in columns(noun) for field in fields_of(model, column)]
    declared = [field.name for field in model._meta.concrete_fields if field.name not in kept_beside(model)]
    assert sorted(held) == sorted(declared)
    assert all(fields_of(model, column) for column in columns(noun))


@each_noun
def test_every_field_is_of_the_kind_that_its_column_says(noun: type[Noun]):
    model = TABLES[noun]
    for column in columns(noun):
        if column.refers_to and (model, column.name) not in POINTERS_IN_WORDS:
            continue
        (field,) = fields_of(model, column)
        assert type(field) is A_FIELD_FOR_EACH_KIND[column.kind], column.name
        if isinstance(field, models.CharField) and column.kind is not Kind.CHOICE:
            assert field.max_length == column.longest, column.name
        if isinstance(field, ExactDecimalField):
            places = SHARE_PLACES if column.kind is Kind.SHARE else DECIMAL_PLACES
            assert field.decimal_places == places, column.name
            assert field.max_digits >= places + (1 if column.kind is Kind.SHARE else WHOLE_DIGITS), column.name


@each_noun
def test_every_field_may_be_blank_where_its_column_may(noun: type[Noun]):
    model = TABLES[noun]
    for column in columns(noun):
        for field in fields_of(model, column):
            one_of_several = len(fields_of(model, column)) > 1
            in_words = isinstance(field, models.CharField | models.TextField)
            assert field.null == ((one_of_several or not column.required) and not in_words), column.name
            assert field.blank == (one_of_several or not column.required), column.name


@each_noun
def test_every_choice_offers_just_the_answers_of_its_column(noun: type[Noun]):
    for column in columns(noun):
        if column.choices is not None:
            (field,) = fields_of(TABLES[noun], column)
            assert [value for value, _label in field.choices] == [option.value for option in column.choices]
            assert max(len(option.value) for option in column.choices) <= field.max_length


@each_noun
def test_every_pointer_is_a_foreign_key_to_the_tables_that_it_may_point_to_and_protects_them(noun: type[Noun]):
    model = TABLES[noun]
    for column in columns(noun):
        if column.refers_to and (model, column.name) not in POINTERS_IN_WORDS:
            fields = fields_of(model, column)
            assert {field.related_model for field in fields} == {MODELS[BY_SLUG[slug]] for slug in column.refers_to}
            assert all(field.remote_field.on_delete is models.PROTECT for field in fields)


def unacceptable(noun: type[Noun], column: Column) -> Iterator[Any]:
    """Yield what the database must refuse in a column."""
    step = Decimal(1) if column.kind is Kind.WHOLE else Decimal(1).scaleb(-DECIMAL_PLACES)
    if column.minimum is not None:
        yield column.minimum - step
    if column.maximum is not None:
        yield column.maximum + step
    if column.choices is not None:
        yield "nonsense"
        if column.required:
            yield ""
    if column.required and not column.refers_to:
        yield None


def a_row_of(noun: type[Noun]) -> models.QuerySet[Any]:
    """Return one row of a complete account, its unneeded figures left blank so that none contradicts another."""
    account = factories.account(factories.complete_facts())
    model = TABLES[noun]
    key = account.pk if model is Account else model.objects.filter(account=account).first().pk
    row = model.objects.filter(pk=key)
    figures = [column.name for column in columns(noun) if column.kind in NUMERIC and noun is not Observation]
    if figures:
        row.update(**dict.fromkeys(figures))
    return row


@pytest.mark.django_db
@each_noun
def test_the_database_refuses_what_is_out_of_range_no_choice_or_missing(noun: type[Noun]):
    row, model = a_row_of(noun), TABLES[noun]
    for column in columns(noun):
        names = f"{column.name}|observation_figure_when_measured"  # either of two, as the engine likes
        for bad in unacceptable(noun, column):
            with pytest.raises(IntegrityError, match=names), transaction.atomic():
                row.update(**{column.name: bad})
            with pytest.raises(IntegrityError, match=names), transaction.atomic():
                model.objects.bulk_update([model(pk=row.get().pk, **{column.name: bad})], [column.name])


@pytest.mark.django_db
@pytest.mark.parametrize("noun", [noun for noun in TABLES if noun is not Observation], ids=lambda noun: noun.slug)
def test_the_database_takes_the_very_ends_of_each_range(noun: type[Noun]):
    """Without this the test above could pass because nothing at all may be written."""
    row = a_row_of(noun)
    for column in columns(noun):
        for limit in (column.minimum, column.maximum):
            if limit is not None:
                assert row.update(**{column.name: limit}) == 1
                assert getattr(row.get(), column.name) == limit
                row.update(**{column.name: None})


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ROWS, ids=lambda noun: noun.slug)
def test_a_ref_names_one_row_of_a_noun_in_an_account(noun: type[Noun]):
    account = factories.account(factories.complete_facts())
    held = MODELS[noun].objects.filter(account=account)
    row = held.first()
    assert held.filter(ref=row.ref).count() == 1
    row.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        MODELS[noun].objects.bulk_create([row])
    other = factories.account(factories.complete_facts())
    assert MODELS[noun].objects.filter(account=other, ref=row.ref).count() == 1
