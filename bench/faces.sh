#!/usr/bin/env bash
# Measures how quickly agents and browsers are served, and how much memory that takes.
# Usage: bench/faces.sh [--runs 10]; it needs Python, chromium and chromedriver, and the program built.
set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
unset WORK_BUDDY_DATA_DIR WORK_BUDDY_CONFIG_DIR WB_BACKUP_TOKEN
exec python3 "$bench/faces.py" --program "${WB_BACKUP:-$(dirname "$bench")/wb-backup}" "$@"
