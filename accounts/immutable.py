"""Rows that are written once: triggers that refuse a change or a removal, on SQLite and on PostgreSQL.

Code that never updates a row is a promise; the trigger is the guard. Migrations call `forbid`.
"""

from collections.abc import Sequence
from typing import Any

ONCE_SET = "once_set"
EMPTYING = "TRUNCATE"
_REFUSAL = "rows of %s are never changed or removed"


def forbid(
    editor: Any, table: str, *, verbs: Sequence[str] = ("UPDATE", "DELETE"), columns: Sequence[str] = ()
) -> None:
    """Make the database refuse these verbs on a table; with `columns`, an UPDATE is refused only for those."""
    for verb in verbs:
        of = f" OF {', '.join(columns)}" if verb == "UPDATE" and columns else ""
        for statement in _statements(editor.connection.vendor, table, verb, of):
            editor.execute(statement)


def keep_filled(editor: Any, table: str) -> None:
    """Make PostgreSQL refuse to empty a table at once, which no guard of its rows sees. SQLite has no such verb."""
    if editor.connection.vendor == "postgresql":
        forbid(editor, table, verbs=[EMPTYING])


def allow(editor: Any, table: str, *, verbs: Sequence[str] = ("UPDATE", "DELETE")) -> None:
    """Take the guard away again: for reversing a migration."""
    for verb in verbs:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, verb)}{on}")


def keep(editor: Any, table: str, columns: Sequence[str], *, name: str = ONCE_SET) -> None:
    """Make the database refuse to change these columns once the first of them holds something.

    A table that has several such sets gives each a name.
    """
    of = f" OF {', '.join(columns)}"
    set_already = f"OLD.{columns[0]} IS NOT NULL"
    for statement in _statements(editor.connection.vendor, table, "UPDATE", of, set_already, name):
        editor.execute(statement)


def let_go(editor: Any, table: str, *, name: str = ONCE_SET) -> None:
    """Take away the guard of columns that are set once: for reversing a migration."""
    on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, 'UPDATE', name)}{on}")


def _name(table: str, verb: str, when: str = "") -> str:
    return f"{table}_no_{verb.lower()}{f'_{when}' if when else ''}"


def _statements(vendor: str, table: str, verb: str, of: str, when: str = "", called: str = "") -> list[str]:
    name, refusal = _name(table, verb, called), _REFUSAL % table
    on = f"BEFORE {verb}{of} ON {table}"
    if vendor == "sqlite":
        condition = f" WHEN {when}" if when else ""
        return [f"CREATE TRIGGER {name} {on}{condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"]
    condition = f" WHEN ({when})" if when else ""
    each = "STATEMENT" if verb == EMPTYING else "ROW"
    return [
        (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql"
        ),
        f"CREATE TRIGGER {name} {on} FOR EACH {each}{condition} EXECUTE FUNCTION {name}()",
    ]
