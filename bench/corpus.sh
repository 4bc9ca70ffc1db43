#!/usr/bin/env bash
# Takes each SQLite file below a directory through save, verify, restore, diff, loss and rescue, and prints what came of
# it. Usage: bench/corpus.sh DIR [--limit N]; it needs Python 3.11.4 or newer, and the program built.
# Ends with 0 only where no step said that something was done which was not.
set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
unset WORK_BUDDY_DATA_DIR WORK_BUDDY_CONFIG_DIR WB_BACKUP_TOKEN
exec python3 "$bench/corpus.py" --program "${WB_BACKUP:-$(dirname "$bench")/wb-backup}" "$@"
