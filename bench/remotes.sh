#!/usr/bin/env bash
# Measures pushes and fetches beside the bare tools, on servers of this machine, and prints one Markdown table.
# Usage: bench/remotes.sh [--megabytes 500] [--runs 3]
# shellcheck disable=SC2016 # Commands for other shells are text that they expand themselves.
set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
megabytes=500 runs=3

usage() {
    cat <<'TEXT'
Usage: bench/remotes.sh [options]
  --megabytes N   size of the tarball (default 500)
  --runs N        rounds; the table shows medians (default 3)
Environment:
  BENCH_DIR       where the scratch directory is made (default: TMPDIR or /tmp)
  WB_BACKUP       the launcher to measure (default: wb-backup at the repository's root)
TEXT
}

say() { printf 'bench: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

while (($#)); do
    case $1 in
        --megabytes | --runs)
            [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || fail "$1 wants a positive whole number"
            declare "${1#--}=$2"
            shift 2
            ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && exit 2 ;;
    esac
done

wb="${WB_BACKUP:-$(dirname "$bench")/wb-backup}"
unset WORK_BUDDY_DATA_DIR WORK_BUDDY_CONFIG_DIR AWS_CA_BUNDLE
for tool in python3 rclone sqlite3; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done
[[ -n $(type -P time) ]] || fail "GNU time is not installed"
[[ -x $wb ]] || fail "no launcher at $wb (build it first)"

work=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/wb-remotes.XXXXXX")
servers=()
cleanup() {
    ((${#servers[@]} == 0)) || kill "${servers[@]}" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
cd "$work"
mkdir -p raw sftp webdav disk app/.data/db
free=$(($(df --output=avail -B1000000 . | tail -1)))
((free > megabytes * 8)) || fail "$work has $free MB free, $((megabytes * 8)) MB are needed (see BENCH_DIR)"

export RCLONE_CONFIG=/dev/null XDG_CACHE_HOME="$work/cache"

# serve NAME OPTIONS...: starts rclone as that server of the directory of that name; its port goes to "port".
serve() {
    rclone serve "$1" "$work/$1" --addr 127.0.0.1:0 --dir-cache-time 0s "${@:2}" >"raw/$1.log" 2>&1 &
    servers+=($!)
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        port=$(sed -n 's/.*127\.0\.0\.1:\([1-9][0-9]*\).*/\1/p' "raw/$1.log" | head -1)
        [[ -z $port ]] || return 0
        sleep 0.05
    done
    fail "rclone serve $1 did not start: $(<"raw/$1.log")"
}

serve sftp --user me --pass secret
RCLONE_CONFIG_SFTP_PASS=$(rclone obscure secret)
export RCLONE_CONFIG_SFTP_TYPE=sftp RCLONE_CONFIG_SFTP_HOST=127.0.0.1 RCLONE_CONFIG_SFTP_PORT=$port
export RCLONE_CONFIG_SFTP_USER=me RCLONE_CONFIG_SFTP_PASS
serve webdav
export RCLONE_CONFIG_WEBDAV_TYPE=webdav RCLONE_CONFIG_WEBDAV_URL=http://127.0.0.1:$port RCLONE_CONFIG_WEBDAV_VENDOR=other

# One row of a column of random bytes is as good as incompressible, so the tarball has the size asked for.
say "taking a snapshot of $megabytes MB"
sqlite3 app/.data/db/main.db 'PRAGMA page_size=65536; PRAGMA journal_mode=WAL; CREATE TABLE t (b BLOB);' >/dev/null
sqlite3 app/.data/db/main.db "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $megabytes)
    INSERT INTO t SELECT randomblob(1000000) FROM n;"
cat >app/config.yaml <<TEXT
paths: { data_root: "$work/app/.data" }
backups:
  namespace: bench
  databases:
    main: { path: main.db }
TEXT
"$wb" now --quiet --config-dir app >/dev/null || fail "now failed"
tarball=$(echo app/.data/backups/snap-*/snap-*.tar.gz)

# timed NAME COMMAND...: seconds and peak kilobytes of one run, added to raw/NAME.
timed() {
    say "$1"
    sync
    command time -a -o "raw/$1" -f '%e %M' "${@:2}" >raw/out 2>raw/err || fail "'${*:2}' failed: $(<raw/err)"
}

use() { printf 'backups: { %s }\n' "$1" >app/config.local.yaml; }
empty() { rm -rf "${work:?}/$1"/*; }

# measure PLACE REMOTE CONFIGURATION: the bare tool and ours in turns, so that a slow minute slows both.
measure() {
    local round
    use "$3"
    for ((round = 1; round <= runs; round++)); do
        empty "$1"
        case $1 in
            disk) timed "$1.push.bare" sh -c 'cp "$1" disk/copy && sync -f disk/copy' sh "$tarball" ;;
            *) timed "$1.push.bare" rclone copyto "$tarball" "$2/copy" ;;
        esac
        case $1 in
            disk) timed "$1.fetch.bare" sh -c 'cp disk/copy fetched && sync -f fetched' ;;
            *) timed "$1.fetch.bare" rclone copyto "$2/copy" fetched ;;
        esac
        rm -f fetched
        empty "$1"
        timed "$1.push.ours" "$wb" push latest --json --config-dir app
        sed -n 's/.*"millis" *: *\([0-9]*\).*/\1/p' raw/out | head -1 >>"raw/$1.push.within"
        timed "$1.again.ours" "$wb" push latest --quiet --config-dir app
        mv app/.data/backups aside
        timed "$1.fetch.ours" "$wb" pull latest --quiet --from "${4:-rclone:$2}" --config-dir app
        rm -rf app/.data/backups
        mv aside app/.data/backups
    done
    empty "$1"
}

# list_many PLACE NAME: seconds that `list --remote` takes where 500 snapshots are.
list_many() {
    "$wb" push latest --quiet --config-dir app >/dev/null
    python3 - "$1" <<'PYTHON'
import datetime, pathlib, shutil, sys
place = next(pathlib.Path(sys.argv[1]).rglob("SHA256SUMS")).parent
start = datetime.datetime(2020, 1, 1)
for number in range(499):
    name = (start + datetime.timedelta(hours=number)).strftime("snap-%Y-%m-%dT%H-%M-%SZ")
    copy = place.parent / name
    copy.mkdir()
    for file in place.iterdir():
        if file.name.startswith("snap-"):
            (copy / file.name.replace(place.name, name)).write_bytes(b"x")
        else:
            shutil.copy(file, copy / file.name)
PYTHON
    timed "$1.list.ours" "$wb" list --remote --quiet --config-dir app
    empty "$1"
}

started_under=$(cut -d' ' -f1-3 /proc/loadavg)
"$wb" --version >/dev/null
measure sftp SFTP: 'rclone: { remote: "SFTP:" }'
list_many sftp
measure webdav WEBDAV: 'rclone: { remote: "WEBDAV:" }'
list_many webdav
measure disk disk "directory: { path: \"$work/disk\" }" "directory:$work/disk"
list_many disk

python3 - "$runs" "$megabytes" "$started_under" <<'PYTHON'
import os, pathlib, statistics, sys
raw = pathlib.Path("raw")

def seconds(name):
    return [float(line.split()[0]) for line in (raw / name).read_text().splitlines()]

def megabytes(name):
    return max(int(line.split()[1]) for line in (raw / name).read_text().splitlines()) / 1000

def middle(values):
    return f"{statistics.median(values):.2f} s ({min(values):.2f}–{max(values):.2f})"

print(f"- {os.cpu_count()} cores, load at the start {sys.argv[3]}, tarball of {sys.argv[2]} MB, {sys.argv[1]} rounds\n")
print("| place | what | bare tool | wb-backup | ratio | of it the push itself | peak memory |")
print("| --- | --- | --- | --- | --- | --- | --- |")
for place in ("sftp", "webdav", "disk"):
    for what in ("push", "fetch"):
        bare, ours = seconds(f"{place}.{what}.bare"), seconds(f"{place}.{what}.ours")
        within = raw / f"{place}.{what}.within"
        inner = ""
        if within.exists() and within.read_text().strip():
            own = [int(line) / 1000 for line in within.read_text().split()]
            inner = f"{statistics.median(own):.2f} s, {statistics.median(own) / statistics.median(bare):.2f} ×"
        ratio = statistics.median(ours) / statistics.median(bare)
        print(f"| {place} | {what} | {middle(bare)} | {middle(ours)} | {ratio:.2f} × | {inner} | {megabytes(f'{place}.{what}.ours'):.0f} MB |")
    print(f"| {place} | push again | | {middle(seconds(f'{place}.again.ours'))} | | | |")
    print(f"| {place} | list --remote, 500 snapshots | | {middle(seconds(f'{place}.list.ours'))} | | | {megabytes(f'{place}.list.ours'):.0f} MB |")
PYTHON
