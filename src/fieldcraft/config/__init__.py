"""How an installation is set up.

The SQLite library is exchanged here, before Django loads it: versions 3.7.0 to 3.51.2 can corrupt a database in
write-ahead mode with two connections (sqlite.org, "The WAL-reset bug"), and system libraries still carry them.
"""

import sys


def _use_bundled_sqlite() -> None:
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return  # `fieldcraft doctor` says so
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_use_bundled_sqlite()
