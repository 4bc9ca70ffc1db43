#!/usr/bin/env bash
# What an administrator would write: .backup of each database, then tar through pigz.
# Usage: sqlite3-pigz.sh DB_DIR OUT_DIR
set -euo pipefail
"$(dirname "${BASH_SOURCE[0]}")/sqlite3-copies.sh" "$1" "$2/copies"
tar -cf - -C "$2/copies" . | pigz -6 -p2 >"$2/backup.tar.gz"
rm -r "$2/copies"
