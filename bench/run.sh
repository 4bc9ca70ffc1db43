#!/usr/bin/env bash
# Measures wb-backup and its peers on the same data in the same run and prints one Markdown table.
# Usage: bench/run.sh [--megabytes 1000] [--runs 3] [--seconds 20] [--memory] [--peers-only]
# shellcheck disable=SC2016 # Commands for hyperfine and the loads are text that their own shell expands.
set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
megabytes=1000 runs=3 seconds=20 memory=no peers_only=no

usage() {
    cat <<'TEXT'
Usage: bench/run.sh [options]
  --megabytes N   size of the five databases together (default 1000)
  --runs N        rounds; the table shows medians (default 3)
  --seconds N     length of each measurement of the writer (default 20)
  --memory        peak memory at 100, 1000 and 4000 MB too, not only at --megabytes (slow; 16 GB of disk)
  --peers-only    leave wb-backup out
Environment:
  BENCH_DIR       where the scratch directory is made (default: TMPDIR or /tmp); on a disk, not on tmpfs
  WB_BACKUP       the launcher to measure (default: wb-backup at the repository's root)
TEXT
}

numbers="megabytes runs seconds" flags="memory peers_only"
# shellcheck source=bench/common.sh
source "$bench/common.sh"
parse_options "$@"

# Commands are given to hyperfine as text with relative paths and these two names, so that no path needs quoting.
export PEERS="$bench/peers" WB="${WB_BACKUP:-$(dirname "$bench")/wb-backup}"

require_tools bsdtar hyperfine pigz python3 setsid sqlite3 tar zstd
[[ $peers_only == yes || -x $WB ]] || fail "no launcher at $WB (build it, or use --peers-only)"

work=
load=
cleanup() {
    [[ -z $load ]] || kill -- "-$load" 2>/dev/null || true
    [[ -z $work ]] || rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

largest=$megabytes
if [[ $memory == yes ]] && ((largest < 4000)); then largest=4000; fi
# Live, staged and replaced databases, a peer's copies, and the archives: the most that lies there at once.
enter_scratch wb-bench "$((largest * 4))"

# make_data NAME MEGABYTES: a data root NAME with its configurations, NAME/config/gzip and NAME/config/zstd.
make_data() {
    local compression database
    say "generating $2 MB"
    "$bench/generate.py" "$1/db" --megabytes "$2"
    for compression in gzip zstd; do
        mkdir -p "$1/config/$compression"
        {
            printf 'paths: { data_root: "%s", db_dir: db }\n' "$work/$1"
            printf 'backups:\n  compression: %s\n  databases:\n' "$compression"
            for database in "$1"/db/*.db; do
                database=$(basename "$database" .db)
                printf '    %s: { path: %s.db }\n' "$database" "$database"
            done
        } >"$1/config/$compression/config.yaml"
    done
}

# timed NAME ROUND PREPARE COMMAND: one run, its outputs removed and the disk quiet beforehand.
timed() {
    say "$1, round $2"
    hyperfine --style none --runs 1 --export-json "raw/time.$1.$2.json" --prepare "$3; sync" "$4" >/dev/null ||
        fail "'$4' failed"
}

# archived NAME FILE: notes the archive's size, having made sure that it holds every database.
archived() {
    local databases
    databases=$(bsdtar -tf "$2" | grep -c '\.db$' || true)
    ((databases == 5)) || fail "$2 holds $databases databases instead of 5"
    stat -c %s "$2" >"raw/size.$1"
}

take() { "$WB" now --quiet --config-dir "$1" >/dev/null || fail "now failed with exit code $?"; }

# Peers and ours take turns, so that a machine that slows down for a minute slows down all of them.
time_snapshots() {
    local round
    for ((round = 1; round <= runs; round++)); do
        timed sqlite3-pigz "$round" 'rm -rf out/pigz; mkdir -p out/pigz' '"$PEERS"/sqlite3-pigz.sh data/db out/pigz'
        timed sqlite3-zstd "$round" 'rm -rf out/zstd; mkdir -p out/zstd' '"$PEERS"/sqlite3-zstd.sh data/db out/zstd'
        timed python-backup "$round" 'rm -rf out/python' '"$PEERS"/python_backup.py data/db out/python'
        [[ $peers_only == no ]] || continue
        timed now-gzip "$round" 'rm -rf data/backups' '"$WB" now --config-dir data/config/gzip'
        ((round < runs)) || archived now-gzip data/backups/snap-*/snap-*.tar.gz
        timed now-zstd "$round" 'rm -rf data/backups' '"$WB" now --config-dir data/config/zstd'
        ((round < runs)) || archived now-zstd data/backups/snap-*/snap-*.tar.zst
    done
    archived sqlite3-pigz out/pigz/backup.tar.gz
    archived sqlite3-zstd out/zstd/backup.tar.zst
    archived python-backup out/python/backup.tar.gz
}

time_restores() {
    local compression round
    for compression in gzip zstd; do
        [[ $peers_only == yes ]] || { rm -rf data/backups && take "data/config/$compression"; }
        for ((round = 1; round <= runs; round++)); do
            [[ $compression == zstd ]] || timed python-restore "$round" 'rm -rf restored' \
                '"$PEERS"/python_restore.py out/python/backup.tar.gz restored'
            [[ $peers_only == yes ]] || timed "restore-$compression" "$round" 'rm -rf data/db.pre_restore_*' \
                "\"\$WB\" restore latest --yes --config-dir data/config/$compression"
        done
    done
    rm -rf restored data/backups data/db.pre_restore_*
}

# peak NAME COMMAND...: the largest resident set of the process; the launcher execs Java, so that is the JVM.
peak() {
    say "peak memory: $1"
    command time -f %M -o "raw/memory.$1" "${@:2}" >/dev/null || fail "'${*:2}' failed"
}

measure_memory() {
    local size root sizes=("$megabytes")
    [[ $memory == no ]] || sizes=(100 1000 4000)
    for size in "${sizes[@]}"; do
        root=data
        ((size == megabytes)) || { root=memory && make_data "$root" "$size"; }
        peak "now-zstd.$size" "$WB" now --config-dir "$root/config/zstd"
        rm -rf "$root/backups"
        peak "now-gzip.$size" "$WB" now --config-dir "$root/config/gzip"
        peak "restore-gzip.$size" "$WB" restore latest --yes --config-dir "$root/config/gzip"
        rm -rf "$root"/backups "$root"/db.pre_restore_* memory
    done
}

# Start-up counts most here; "cold" is a fresh process, with the files in the page cache.
time_small_commands() {
    local listed
    make_data tiny 1
    "$WB" now --config-dir tiny/config/gzip >/dev/null &
    note_java $!
    wait $! || fail "now failed with exit code $?"
    "$bench/clone_snapshots.py" tiny/backups --count 60
    listed=$("$WB" list --json --config-dir tiny/config/gzip | grep -o 'snap-[0-9T-]*Z' | sort -u | wc -l)
    ((listed == 60)) || fail "list shows $listed snapshots instead of 60"
    say "list and --version"
    hyperfine --style none -N --warmup 2 --runs 15 --export-json raw/time.list.1.json \
        "'$WB' list --config-dir tiny/config/gzip" >/dev/null || fail "list failed"
    hyperfine --style none -N --warmup 2 --runs 15 --export-json raw/time.version.1.json \
        "'$WB' --version" >/dev/null || fail "--version failed"
}

# note_java PID: which Java the launcher chose, seen from the process that it became.
note_java() {
    local java
    echo unknown >raw/java
    while java=$(readlink "/proc/$1/exe"); do
        if [[ $java == */java ]]; then
            "$java" -version 2>&1 | sed -n 's/.*Runtime Environment //p' >raw/java
            return
        fi
        sleep 0.01
    done
}

# What runs beside the writer until the file "stop" appears. A finished round adds a line to "rounds".
export LOAD_pigz='cat data/db/*.db | pigz -6 -p2 >/dev/null'
export LOAD_now='rm -rf data/backups && "$WB" now --quiet --config-dir data/config/gzip >/dev/null'
export LOAD_alone='sleep 0.1'

# latency LOAD MODE ROUND: the writer's commits beside that load.
latency() {
    local name="LOAD_$1"
    say "writer, $1, synchronous=$2, round $3"
    rm -f stop rounds
    : >rounds
    # A session of its own, so that an interrupted benchmark can end all of it.
    setsid bash -c 'while [[ ! -e stop ]]; do eval "$1" || { echo failed >>rounds; exit 1; }; echo done >>rounds; done' \
        load "${!name}" &
    load=$!
    "$bench/writer.py" data/db/tasks.db --seconds "$seconds" --synchronous "$2" --out raw/commits \
        >"raw/latency.$1.$2.$3.json"
    touch stop
    wait "$load" || fail "the load beside the writer failed: ${!name}"
    load=
    # One that outlasted the writer counts: a large snapshot may take longer than the whole measurement.
    wc -l <rounds >"raw/rounds.$1.$2.$3"
}

measure_latency() {
    local round mode
    for ((round = 1; round <= runs; round++)); do
        for mode in NORMAL FULL; do
            latency alone "$mode" "$round"
            latency pigz "$mode" "$round"
            [[ $peers_only == yes ]] || latency now "$mode" "$round"
        done
    done
}

describe_machine() {
    local java=unknown
    [[ ! -e raw/java ]] || java=$(<raw/java)
    cat <<TEXT
- Machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ {printf "%.0f", $2 / 1e6}' /proc/meminfo) GB memory, Linux $(uname -r), scratch on $(stat -f -c %T .)
- Load average at the start: $started_under
- Java: $java
- Peers: sqlite3 $(sqlite3 --version | cut -d' ' -f1), $(pigz --version 2>&1), zstd $(zstd --version | grep -o 'v[0-9.]*'), $(python3 -c 'import sqlite3, platform; print("Python", platform.python_version(), "with SQLite", sqlite3.sqlite_version)'), $(hyperfine --version)
- Data: $(cat data/db/*.db | wc -c | awk '{printf "%.0f", $1 / 1e6}') MB in five databases; $runs rounds; $(date -u +%Y-%m-%d)
TEXT
    [[ $peers_only == yes ]] || printf -- '- wb-backup: %s\n' "$("$WB" --version | head -1)"
}

started_under=$(cut -d' ' -f1-3 /proc/loadavg)
make_data data "$megabytes"
stat -c %s data/db/*.db | awk '{sum += $1} END {print sum}' >raw/size.databases
# The first start may build the launcher's class archive, and the first read may come from the disk.
[[ $peers_only == yes ]] || "$WB" --version >/dev/null || fail "$WB --version failed"
cat data/db/*.db >/dev/null
time_snapshots
time_restores
if [[ $peers_only == no ]]; then
    measure_memory
    time_small_commands
fi
measure_latency

mkdir -p "$bench/results"
result="$bench/results/$(date -u +%Y-%m-%dT%H-%M-%SZ)"
cp -r raw "$result"
{
    describe_machine
    echo
    "$bench/report.py" raw
} | tee "$result.md"
