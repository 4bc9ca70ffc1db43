#!/usr/bin/env python3
"""The copying and packing of the original Python work-buddy: Connection.backup, then tarfile at its default level.

Its manifest (row counts, schema versions) is left out, in its favour.
"""

import argparse
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", type=Path, help="directory of the live databases")
    parser.add_argument("out", type=Path, help="directory for backup.tar.gz")
    arguments = parser.parse_args()
    copies = arguments.out / "copies"
    copies.mkdir(parents=True)
    for file in sorted(arguments.databases.glob("*.db")):
        with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(copies / file.name)) as copy:
            live.backup(copy)
    with tarfile.open(arguments.out / "backup.tar.gz", "w:gz") as archive:
        archive.add(copies, arcname=".")
    shutil.rmtree(copies)


if __name__ == "__main__":
    main()
