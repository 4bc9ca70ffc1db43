#!/usr/bin/env bash
# What an administrator would write today: .backup of each database, then tar through zstd.
# Usage: sqlite3-zstd.sh DB_DIR OUT_DIR
set -euo pipefail
"$(dirname "${BASH_SOURCE[0]}")/sqlite3-copies.sh" "$1" "$2/copies"
tar -cf - -C "$2/copies" . | zstd -q -3 -T2 >"$2/backup.tar.zst"
rm -r "$2/copies"
