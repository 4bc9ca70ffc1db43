#!/usr/bin/env bash
# A consistent copy of each database with SQLite's own shell, one after the other.
# Usage: sqlite3-copies.sh DB_DIR COPIES_DIR
set -euo pipefail
mkdir -p "$2"
for database in "$1"/*.db; do
    sqlite3 -bail "$database" ".backup '$2/$(basename "$database")'"
done
