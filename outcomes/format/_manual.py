"""The tables of `docs/account-format.md`, made from the declarations of the nouns."""

from collections.abc import Iterator

from accounts import parsing
from accounts.columns import Column, Kind, Noun, columns
from accounts.nouns import AccountDetails
from outcomes.nouns import BY_SLUG, ROWS, attribute


def manual_tables() -> str:
    """Return the tables of every noun and field, as Markdown."""
    parts = [_table(AccountDetails, AccountDetails.slug, "an object")]
    parts += [_table(noun, attribute(noun), "a list of objects") for noun in ROWS]
    return "\n".join(parts)


def _table(noun: type[Noun], name: str, shape: str) -> str:
    lines = [
        f"### `{name}`: {shape}",
        "",
        noun.about,
        "",
        "| field | on screen | value | what it says |",
        "| --- | --- | --- | --- |",
        *(_line(each) for each in columns(noun)),
        "",
    ]
    return "\n".join(lines)


def _line(column: Column) -> str:
    name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
    cells = (name, column.label, ", ".join(_value(column)), column.help)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _value(column: Column) -> Iterator[str]:
    options = [f"`{option.value}`" for option in column.choices or ()]
    sheets = [f"`{attribute(BY_SLUG[slug])}`" for slug in column.refers_to]
    of = "of " if sheets else ""
    yield f"{_KINDS[column.kind]} {of}{', '.join(options + sheets)}".strip()
    if column.kind in {Kind.TEXT, Kind.LONG_TEXT}:
        yield f"at most {column.longest} characters"
    if column.kind is Kind.WHOLE:
        yield f"{parsing.plain(column.minimum or 0)} to {parsing.plain(column.maximum or 0)}"
    if column.kind in {Kind.NUMBER, Kind.MONEY} and column.minimum is not None:
        yield f"{parsing.plain(column.minimum)} or more"


_KINDS = {
    Kind.REF: "ref",
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "text of several lines",
    Kind.NUMBER: "decimal",
    Kind.MONEY: "decimal, in the account's currency",
    Kind.SHARE: "decimal from `0` to `1`",
    Kind.WHOLE: "whole number",
    Kind.YES_NO: "`true` or `false`",
    Kind.CHOICE: "one of",
    Kind.DATE: "date",
    Kind.PERIOD: "`2024-25` or `2024`",
    Kind.LINK: "web address",
}
