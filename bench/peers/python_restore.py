#!/usr/bin/env python3
"""A restore as one would write it in Python: unpack, integrity_check, count every table, one after the other."""

import argparse
import sqlite3
import sys
import tarfile
from contextlib import closing
from pathlib import Path


def examine(file):
    with closing(sqlite3.connect(file)) as database:
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            sys.exit(f"python_restore.py: {file.name}: {verdict}")
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("to", type=Path, help="directory to unpack into")
    arguments = parser.parse_args()
    with tarfile.open(arguments.archive) as archive:
        archive.extractall(arguments.to, filter="data")
    for file in sorted(arguments.to.glob("*.db")):
        print(file.name, examine(file))


if __name__ == "__main__":
    main()
