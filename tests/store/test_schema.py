"""The rules of the schema, which are hard to add later: walked over every table."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, ForeignKeyConstraint, Index, Table, UniqueConstraint, create_engine, text
from sqlalchemy.schema import CreateIndex, CreateTable

from svvoice.store import migrating
from svvoice.store.database import Database
from svvoice.store.tables import DIRECTORY, Base
from tests.databases import postgresql_address
from tests.guards import WhoseRowsError, forbid_statements_without_organisation, missing_organisation

TABLES = list(Base.metadata.tables.values())
TENANT = [table for table in TABLES if table.name not in DIRECTORY]


def named(table: Table) -> str:
    return table.name


@pytest.mark.parametrize("table", TENANT, ids=named)
def test_a_tenant_table_has_the_organisation_first_in_its_key(table: Table) -> None:
    assert next(iter(table.primary_key)).name == "organisation_id"
    assert not table.c.organisation_id.nullable


@pytest.mark.parametrize("table", TENANT, ids=named)
def test_whatever_is_unique_in_a_tenant_table_is_unique_in_its_organisation(table: Table) -> None:
    unique: list[UniqueConstraint | Index] = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    unique += [index for index in table.indexes if index.unique]
    for rule in unique:
        assert "organisation_id" in {column.name for column in rule.columns}, rule.name


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_no_key_points_across_organisations(table: Table) -> None:
    for key in (rule for rule in table.constraints if isinstance(rule, ForeignKeyConstraint)):
        target = key.referred_table.name
        if table.name in DIRECTORY:
            assert target in DIRECTORY, (
                "a directory table keeps an id, without a key, of what belongs to an organisation"
            )
        elif target not in DIRECTORY:
            pairs = {(pair.parent.name, pair.column.name) for pair in key.elements}
            assert ("organisation_id", "organisation_id") in pairs


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_every_rule_has_a_name_and_no_id_counts_up(table: Table) -> None:
    rules: list[object] = [*table.constraints, *table.indexes]
    assert all(getattr(rule, "name", None) for rule in rules)
    for column in table.primary_key:
        assert column.identity is None
        assert column.type.python_type is not int or column.name == "version"


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []
    assert migrating.is_current(database)


def test_migrating_down_and_up_again_ends_where_it_began(database: Database) -> None:
    migrating.downgrade(database, "base")
    assert not migrating.is_current(database)
    migrating.upgrade(database)
    assert migrating.is_current(database)


def test_postgresql_itself_takes_every_tenant_table_partitioned_by_organisation() -> None:
    """PostgreSQL refuses a key or unique rule without the partitioning column: so the tables can be spread out."""
    engine: Engine = create_engine(postgresql_address())
    with engine.connect() as connection:
        connection.execute(text("CREATE SCHEMA spread"))
        connection.execute(text("SELECT set_config('search_path', 'spread', true)"))
        for table in Base.metadata.sorted_tables:
            if table.name not in DIRECTORY:
                table.dialect_options["postgresql"]["partition_by"] = "HASH (organisation_id)"
            try:
                connection.execute(CreateTable(table))
            finally:
                table.dialect_options["postgresql"]["partition_by"] = None
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                assert isinstance(index, Index)
                connection.execute(CreateIndex(index))
        connection.rollback()
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT surveys.id FROM surveys", ["surveys"]),
        ("SELECT surveys.id FROM surveys WHERE surveys.organisation_id = ?", []),
        ("UPDATE answers SET on_path=? WHERE answers.response_id = ?", ["answers"]),
        ("DELETE FROM answers WHERE answers.organisation_id = ? AND answers.response_id = ?", []),
        (
            "SELECT a.value FROM answers AS a JOIN responses ON a.response_id = responses.id"
            " WHERE a.organisation_id = ?",
            ["responses"],
        ),
        ("SELECT organisations.name FROM organisations", []),
    ],
)
def test_the_guard_knows_a_statement_that_reads_everybodys_rows(statement: str, tables: list[str]) -> None:
    assert missing_organisation(statement) == tables


def test_the_guard_stops_such_a_statement(database: Database) -> None:
    forbid_statements_without_organisation(database.engine)
    with pytest.raises(WhoseRowsError), database.engine.connect() as connection:
        connection.execute(text("SELECT surveys.slug FROM surveys"))
