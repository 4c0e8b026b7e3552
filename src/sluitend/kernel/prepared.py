"""Questions that are put into SQL once: each time after that only their values differ.

Making SQL of an ORM expression takes longer than the database takes to answer, and every page asks the same
dozen. What is kept is text, the same for everybody: who asks and about what comes in as a value each time,
and row-level security stands under it as under any other statement.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import FETCH_ONE, JSONField, Model, QuerySet, UUIDField, Value
from django.db.models.query import get_related_populators
from psycopg.pq import Format

from sluitend.kernel.choices import PLACE, in_text, is_word

type Row = tuple[Any, ...]
type Shape = tuple[type[Model], tuple[tuple[str, ...], ...] | None]
"""A kind of row, and of each of a few rows where a value goes: nothing of many."""
FEW = 2
"""A list a column costs more than a value a column for so many rows."""

WHOSE_OR_WHEN = (date, timedelta, UUID)
"""What differs from one time to the next, always: in the text of a question it would stay as it was."""

_waiting: ContextVar[list[Sequence[Model]] | None] = ContextVar("waiting", default=None)


class Given(Value):
    """The place of a value in a question.

    Args:
        name: under which the value is given.
        among: the value is a list, and any of it will do.
    """

    def __init__(self, name: str, *, among: bool = False) -> None:
        super().__init__(name)
        self.among = among

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Leave room for the value, as one parameter: a list of any length is the same statement."""
        return "ANY(%s)" if self.among else "%s", (self,)


class Prepared:
    """A query set as SQL.

    Whatever differs from one time to the next must be `Given`: a moment, a day, whose; else it is a
    `TypeError`. Keep what makes one behind `functools.cache`, with in its arguments what changes the text
    itself, such as how many parts.
    """

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        compiler = rows.query.get_compiler(rows.db)
        text, parameters = compiler.as_sql()
        if frozen := [each for each in parameters if isinstance(each, WHOSE_OR_WHEN)]:
            raise TypeError(f"must be Given, or it is frozen: {frozen}")
        # What is given is sent, and read by the library, each time: some have a hundred such words.
        self._sql, self._parameters = in_text(text, parameters, is_word)
        chosen = [expression for expression, _sql, _alias in compiler.select[: compiler.col_count]]
        self._converters = compiler.get_converters(chosen)
        self._models = _Models(compiler, rows.db) if rows.query.default_cols else None
        # Of JSON Django reads the text itself. All else costs less as the database has it: a moment is given
        # no zone in Python, and a sealed value is half as long.
        as_text = any(isinstance(each.output_field, JSONField) for each in chosen)
        self._format = Format.TEXT if as_text else Format.BINARY

    def rows(self, **given: Any) -> list[Row]:
        """Return the columns of every row that is found."""
        with connection.cursor() as cursor:
            cursor.cursor.format = self._format
            cursor.execute(self._sql, [_filled(each, given) for each in self._parameters])
            found: list[Row] = cursor.fetchall()
        return [self._converted(row) for row in found] if self._converters else found

    def one(self, **given: Any) -> Row | None:
        """Return the columns of the first row, or None when nothing is found."""
        return next(iter(self.rows(**given)), None)

    def column(self, **given: Any) -> list[Any]:
        """Return the only column of every row."""
        return [value for (value,) in self.rows(**given)]

    def counted(self, **given: Any) -> dict[Any, int]:
        """Return how many rows have which value in the only column."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT found.one, COUNT(*) FROM ({self._sql}) AS found(one) GROUP BY 1",  # noqa: S608  (our own text)
                [_filled(each, given) for each in self._parameters],
            )
            return dict(cursor.fetchall())

    def models[M: Model](self, kind: type[M], **given: Any) -> list[M]:
        """Return every row of a question for whole rows as a model.

        Args:
            kind: of model that the question is about.
            given: values.
        """
        made = [self._models.made(row) for row in self.rows(**given)] if self._models else []
        return cast("list[M]", made)

    def number(self, **given: Any) -> int:
        """Return how many rows there are."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT COUNT(*) FROM ({self._sql}) AS found",  # noqa: S608  (our own text)
                [_filled(each, given) for each in self._parameters],
            )
            return int(cursor.fetchone()[0])

    def _converted(self, row: Row) -> Row:
        columns = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                columns[place] = convert(columns[place], expression, connection)
        return tuple(columns)


class _Models:
    """Makes models of rows, each with what was selected along with it."""

    def __init__(self, compiler: Any, database: str) -> None:
        made = compiler.klass_info
        first, *_others, last = made["select_fields"]
        self._kind, self._database, self._own = made["model"], database, slice(first, last + 1)
        self._names = [expression.target.attname for expression, _sql, _alias in compiler.select[self._own]]
        self._along = get_related_populators(made, compiler.select, database, FETCH_ONE)

    def made(self, row: Row) -> Model:
        """Return one row as a model."""
        model: Model = self._kind.from_db(self._database, self._names, row[self._own])
        for each in self._along:
            each.populate(row, model)
        return model


def insert[M: Model](rows: Sequence[M]) -> None:
    """Add rows of one kind in one statement that asks nothing back: the intake role may read nothing.

    Args:
        rows: of one kind, at least one. Within `insert_together` they wait for its end.
    """
    waiting = _waiting.get()
    if waiting is None:
        _add([rows])
    else:
        waiting.append(rows)


@contextmanager
def insert_together() -> Iterator[None]:
    """Add everything that is given to `insert` meanwhile in one statement at the end, or nothing of it.

    A report is six rows: six times to the database and back cost more than what it does there. What is added
    so cannot be asked for meanwhile, and that something stands there already is said at the end.
    """
    waiting: list[Sequence[Model]] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting:
        _add(waiting)


def change[M: Model](rows: Sequence[M], names: Sequence[str]) -> None:
    """Write these fields of rows of one kind, each with what it has in memory, in one statement.

    Args:
        rows: of one kind, at least one, each in the table already.
        names: of fields of that kind.
    """
    sql, fields = _changing(type(rows[0]), tuple(names))
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows] for field in fields
    ]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(sql, values)


@cache
def _changing(kind: type[Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    """Return the statement, which takes a list a column with the key first, and the fields."""
    options = kind._meta  # noqa: SLF001 - Django documents it
    quoted = connection.ops.quote_name
    fields: list[Any] = [options.pk, *(options.get_field(name) for name in names)]
    table, key, *columns = [quoted(each) for each in (options.db_table, *(field.column for field in fields))]
    new = ", ".join(f"{column} = new.{column}" for column in columns)
    given = f"UNNEST({_lists(fields)}) AS new ({', '.join([key, *columns])})"
    return f"UPDATE {table} SET {new} FROM {given} WHERE {table}.{key} = new.{key}", fields  # noqa: S608  (our own text)


def _lists(fields: Sequence[Any]) -> str:
    """Return places for a list a column, without a length: a cast to that would cut off, and say nothing."""
    return ", ".join(f"%s::{each.db_type(connection).partition('(')[0]}[]" for each in fields)


def _add(groups: Sequence[Sequence[Model]]) -> None:
    own = connections[DEFAULT_DB_ALIAS]  # asked once: what stands for it asks again for each value
    shapes, values = zip(*(_shaped(rows, own) for rows in groups), strict=True)
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(_adding_all(shapes), list(chain.from_iterable(values)))
    for rows in groups:
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - Django documents it


def _shaped(rows: Sequence[Model], own: BaseDatabaseWrapper) -> tuple[Shape, list[Any]]:
    """Return how rows go into SQL, and what is given beside it: a list a column, or a few rows their values.

    What is nothing, yes or no stands in the text. The library reads a statement with more than fifty values
    anew each time, which takes longer than the database does; a report has half of its columns empty.
    """
    kind = type(rows[0])
    fields, ids = _adding(kind)[1], _ids_of(kind)

    def stored(row: Model, field: Any) -> Any:
        value = field.pre_save(row, add=True)
        if value.__class__ is UUID and field.attname in ids:
            return value
        return field.get_db_prep_save(value, own)

    if len(rows) > FEW:
        return (kind, None), [[stored(row, field) for row in rows] for field in fields]
    values = [[stored(row, field) for field in fields] for row in rows]
    places = tuple(tuple(map(_in_text, each)) for each in values)
    pairs = zip(chain.from_iterable(values), chain.from_iterable(places), strict=True)
    return (kind, places), [each for each, place in pairs if place == PLACE]


def _in_text(value: Any) -> str:
    return "NULL" if value is None else str(value).upper() if isinstance(value, bool) else PLACE


@lru_cache(maxsize=256)  # what somebody leaves empty is in the shape: nobody fills a memory with that
def _adding_all(shapes: tuple[Shape, ...]) -> str:
    *first, last = [_adding_one(*shape) for shape in shapes]
    named = ", ".join(f"added_{number} AS ({text})" for number, text in enumerate(first))
    return f"WITH {named} {last}" if named else last


def _adding_one(kind: type[Model], places: tuple[tuple[str, ...], ...] | None) -> str:
    into, fields = _adding(kind)
    if places is None:
        return f"{into} SELECT * FROM UNNEST({_lists(fields)})"  # noqa: S608  (our own text)
    return f"{into} VALUES {', '.join(f'({", ".join(each)})' for each in places)}"


@cache
def _ids_of(kind: type[Model]) -> frozenset[str]:
    """Return the columns that hold an id, which goes in as it is."""
    options = kind._meta  # noqa: SLF001 - Django documents it
    holding = [(each, getattr(each, "target_field", each)) for each in options.concrete_fields]
    return frozenset(each.attname for each, held in holding if isinstance(held, UUIDField))


@cache
def _adding(kind: type[Model]) -> tuple[str, list[Any]]:
    """Return into what rows go, and the columns."""
    options = kind._meta  # noqa: SLF001 - Django documents it
    fields: list[Any] = [each for each in options.concrete_fields if not each.generated]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(each.column) for each in fields)
    return f"INSERT INTO {quoted(options.db_table)} ({columns})", fields


def _filled(parameter: Any, given: dict[str, Any]) -> Any:
    if not isinstance(parameter, Given):
        return parameter
    value = given[parameter.value]
    return in_braces(value) if parameter.among else value


def in_braces(values: Any) -> Any:
    """Return a list of ids as one text, and any other as it is: the library asks of each id what it is."""
    if isinstance(values, (list, tuple)) and values and all(each.__class__ is UUID for each in values):
        return f"{{{','.join([each.hex for each in values])}}}"
    return values


def among(name: str) -> Given:
    """Return the place of a list of which any value will do."""
    return Given(name, among=True)
