#!/usr/bin/env bash
# Measures how lost rows are found and brought back, beside sqldiff, and prints one Markdown table.
# Usage: bench/recovery.sh [--megabytes 1000] [--runs 3] [--seconds 40] [--data FILE]
# shellcheck disable=SC2016 # Commands for hyperfine are text that their own shell expands.
set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
megabytes=1000 runs=3 seconds=40 data=

usage() {
    cat <<'TEXT'
Usage: bench/recovery.sh [options]
  --megabytes N   size of the database (default 1000)
  --runs N        rounds; the table shows medians (default 3)
  --seconds N     how long the writer writes beside a rescue; must outlast it (default 40)
  --data FILE     copy this database, made by generate.py --only tasks, instead of making one
Environment:
  BENCH_DIR       where the scratch directory is made (default: TMPDIR or /tmp); on a disk, not on tmpfs
  WB_BACKUP       the launcher to measure (default: wb-backup at the repository's root)
TEXT
}

numbers="megabytes runs seconds" files=data
# shellcheck source=bench/common.sh
source "$bench/common.sh"
parse_options "$@"

# Commands are given to hyperfine as text with relative paths and this name, so that no path needs quoting.
export WB="${WB_BACKUP:-$(dirname "$bench")/wb-backup}"

require_tools hyperfine python3 sqldiff sqlite3
[[ -x $WB ]] || fail "no launcher at $WB"

work=
writer=
cleanup() {
    [[ -z $writer ]] || kill "$writer" 2>/dev/null || true
    [[ -z $work ]] || rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
enter_scratch wb-bench "$((megabytes * 7))"
mkdir -p data/db data/config

make_data() {
    if [[ -n $data ]]; then
        cp "$data" data/db/tasks.db
    else
        say "generating $megabytes MB"
        "$bench/generate.py" data/db --megabytes "$megabytes" --only tasks
    fi
    cat >data/config/config.yaml <<TEXT
paths: { data_root: "$work/data", db_dir: db }
backups: { compression: zstd, databases: { tasks: { path: tasks.db } } }
TEXT
}

wb() { "$WB" "$@" --config-dir data/config; }

# One row in a thousand of each table changed, went or came, all over the file.
change_rows() {
    sqlite3 -bail data/db/tasks.db <<'SQL'
.timeout 5000
BEGIN;
UPDATE task_metadata SET state = 'done', updated_at = updated_at + 1 WHERE id % 1000 = 7;
DELETE FROM task_tags WHERE task_id % 1000 = 3;
DELETE FROM task_state_history WHERE id % 2000 = 11;
INSERT INTO task_state_history
    SELECT NULL, task_id, old_state, new_state, reason, changed_at FROM task_state_history WHERE id % 2000 = 17;
COMMIT;
SQL
}

# What a bug takes: one task in 65 with all that belongs to it, of 1 GB a little more than 100,000 rows.
lose_rows() {
    sqlite3 -bail data/db/tasks.db <<'SQL'
.timeout 5000
BEGIN;
CREATE TEMP TABLE gone AS SELECT id FROM task_metadata WHERE id % 65 = 0;
DELETE FROM task_tags WHERE task_id IN (SELECT id FROM gone);
SELECT changes();
DELETE FROM task_state_history WHERE task_id IN (SELECT id FROM gone);
SELECT changes();
DELETE FROM task_metadata WHERE id IN (SELECT id FROM gone);
SELECT changes();
COMMIT;
SQL
}

# The guard's percentage of the last run.
guard_share() {
    python3 -c '
import json, sys
run = json.load(sys.stdin)
print(100 * sum(phase["millis"] for phase in run["phases"] if phase["name"] == "guard") / run["duration_millis"])
' <data/backups/last_run.json
}

# timed NAME ROUND COMMAND
timed() {
    say "$1, round $2"
    hyperfine --style none --runs 1 --export-json "raw/time.$1.$2.json" "$3" >/dev/null || fail "'$3' failed"
}

# peak NAME COMMAND...: the largest resident set of the process; the launcher execs Java, so that is the JVM.
peak() {
    say "peak memory: $1"
    command time -f %M -o "raw/memory.$1.$megabytes" "${@:2}" >/dev/null || fail "'${*:2}' failed"
}

measure_diff() {
    local round theirs ours
    cp data/db/tasks.db before.db
    wb now --quiet >/dev/null
    change_rows
    cp data/db/tasks.db after.db
    for ((round = 1; round <= runs; round++)); do
        wb now --quiet >/dev/null
        guard_share >"raw/guard.$round"
    done
    mapfile -t snapshots < <(wb list --json | grep -o 'snap-[0-9T-]*Z' | sort -u)
    export OLD="${snapshots[0]}" NEW="${snapshots[1]}"
    cat before.db after.db >/dev/null
    timed diff-first 1 '"$WB" diff "$OLD" "$NEW" --rows --config-dir data/config'
    for ((round = 1; round <= runs; round++)); do
        timed sqldiff "$round" 'sqldiff --primarykey before.db after.db'
        timed diff-snapshots "$round" '"$WB" diff "$OLD" "$NEW" --rows --config-dir data/config'
        timed diff-live "$round" '"$WB" diff "$OLD" live --rows --config-dir data/config'
    done
    peak diff-snapshots "$WB" diff "$OLD" "$NEW" --rows --config-dir data/config
    peak diff-live "$WB" diff "$OLD" live --rows --config-dir data/config
    peak sqldiff sqldiff --primarykey before.db after.db
    theirs=$(sqldiff --primarykey before.db after.db | grep -cE '^(INSERT|UPDATE|DELETE)')
    wb diff "$OLD" "$NEW" --rows --limit 0 --output rows.jsonl >/dev/null
    ours=$(wc -l <rows.jsonl)
    ((ours == theirs)) || fail "wb-backup finds $ours differing rows, sqldiff $theirs"
    echo "$ours" >raw/rows.differing
    rm before.db after.db
}

measure_rescue() {
    local round
    for ((round = 1; round <= runs; round++)); do
        lose_rows | awk '{sum += $1} END {print sum}' >raw/rows.lost
        "$bench/writer.py" data/db/tasks.db --seconds "$seconds" --out raw/commits >"raw/writer.$round.json" &
        writer=$!
        timed rescue "$round" '"$WB" rescue "$NEW" --apply --yes --config-dir data/config'
        kill -0 "$writer" || fail "the writer ended before the rescue; give it more --seconds"
        wait "$writer" || fail "the writer failed"
        writer=
    done
    lose_rows >/dev/null
    peak rescue "$WB" rescue "$NEW" --apply --yes --config-dir data/config
    [[ $(sqlite3 data/db/tasks.db 'SELECT count(*) FROM task_metadata WHERE id % 65 = 0') != 0 ]] ||
        fail "the lost rows did not come back"
}

started_under=$(cut -d' ' -f1-3 /proc/loadavg)
make_data
"$WB" --version >/dev/null || fail "$WB --version failed"
measure_diff
measure_rescue

mkdir -p "$bench/results"
result="$bench/results/recovery-$(date -u +%Y-%m-%dT%H-%M-%SZ)"
cp -r raw "$result"
{
    cat <<TEXT
- Machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ {printf "%.0f", $2 / 1e6}' /proc/meminfo) GB memory, Linux $(uname -r), scratch on $(stat -f -c %T .)
- Load average at the start: $started_under
- Data: $(stat -c %s data/db/tasks.db | awk '{printf "%.0f", $1 / 1e6}') MB, $(<raw/rows.differing) differing rows, $(<raw/rows.lost) lost rows; $runs rounds; $(date -u +%Y-%m-%d)
- sqldiff of SQLite $(sqlite3 --version | cut -d' ' -f1); $("$WB" --version | head -1)

TEXT
    "$bench/recovery_report.py" raw
} | tee "$result.md"
