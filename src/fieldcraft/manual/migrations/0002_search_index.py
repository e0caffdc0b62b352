"""The full-text index, as each database does it: FTS5 beside SQLite's table, a stored vector in PostgreSQL's."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE manual_entry_index USING fts5(
        layer, title, tags, headings, body, content='manual_entry', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER manual_entry_added AFTER INSERT ON manual_entry BEGIN
        INSERT INTO manual_entry_index(rowid, layer, title, tags, headings, body)
        VALUES (new.id, new.layer, new.title, new.tags, new.headings, new.body); END""",
    """CREATE TRIGGER manual_entry_removed AFTER DELETE ON manual_entry BEGIN
        INSERT INTO manual_entry_index(manual_entry_index, rowid, layer, title, tags, headings, body)
        VALUES ('delete', old.id, old.layer, old.title, old.tags, old.headings, old.body); END""",
    """CREATE TRIGGER manual_entry_changed AFTER UPDATE ON manual_entry BEGIN
        INSERT INTO manual_entry_index(manual_entry_index, rowid, layer, title, tags, headings, body)
        VALUES ('delete', old.id, old.layer, old.title, old.tags, old.headings, old.body);
        INSERT INTO manual_entry_index(rowid, layer, title, tags, headings, body)
        VALUES (new.id, new.layer, new.title, new.tags, new.headings, new.body); END""",
]
POSTGRESQL = [
    """ALTER TABLE manual_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', tags), 'B') ||
        setweight(to_tsvector('english', headings), 'C') || setweight(to_tsvector('english', left(body, 400000)), 'D')
    ) STORED""",
    "CREATE INDEX manual_entry_vector ON manual_entry USING gin (vector)",
]


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER manual_entry_{name}", params=None)
        schema_editor.execute("DROP TABLE manual_entry_index", params=None)
    else:
        schema_editor.execute("ALTER TABLE manual_entry DROP COLUMN vector", params=None)


class Migration(migrations.Migration):
    dependencies = [("manual", "0001_first")]
    operations = [migrations.RunPython(make, unmake)]
