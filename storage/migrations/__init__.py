r"""The migrations of the one schema for both engines.

`storage.migrate.upgrade()` runs them. A change of the tables gets a new one:

    alembic -c storage/migrations/alembic.ini -x url=sqlite:///old.sqlite3 revision --autogenerate -m "what changes"

where `old.sqlite3` is a database at the newest migration (`... upgrade head` makes one). Until the first release
there is only one, and it is made anew instead:

    rm storage/migrations/versions/0001_*.py && alembic -c storage/migrations/alembic.ini \
        -x url=sqlite:///$(mktemp -d)/empty.sqlite3 revision --autogenerate --rev-id 0001 -m "first tables"
"""
