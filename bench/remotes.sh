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

numbers="megabytes runs"
# shellcheck source=bench/common.sh
source "$bench/common.sh"
parse_options "$@"

wb="${WB_BACKUP:-$(dirname "$bench")/wb-backup}"
root=$(dirname "$bench")
unset AWS_CA_BUNDLE
require_tools gh mvn python3 rclone sqlite3
# The tests' classes want the Java that they were compiled for.
for java in "${JAVA_HOME:-}/bin/java" /usr/lib/jvm/*/bin/java "$(type -P java)"; do
    [[ ! -x $java ]] || (($("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p') < 25)) || break
done
[[ -x $wb ]] || fail "no launcher at $wb (build it first)"
[[ -d $root/target/test-classes && -f $root/target/tools/s3proxy.jar ]] || fail "the tests' servers are not built: mvn test-compile"

work=
servers=()
cleanup() {
    ((${#servers[@]} == 0)) || kill "${servers[@]}" 2>/dev/null || true
    [[ -z $work ]] || rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
enter_scratch wb-remotes "$((megabytes * 8))"
mkdir -p sftp webdav s3 disk app/.data/db

export RCLONE_CONFIG=/dev/null XDG_CACHE_HOME="$work/cache"

# start NAME COMMAND...: starts a server; the port that it tells goes to "port".
start() {
    "${@:2}" >"raw/$1.log" 2>&1 &
    servers+=($!)
    local tries
    for ((tries = 0; tries < 400; tries++)); do
        port=$(sed -n 's/.*127\.0\.0\.1:\([1-9][0-9]*\).*/\1/p' "raw/$1.log" | head -1)
        [[ -z $port ]] || return 0
        sleep 0.05
    done
    fail "$1 did not start: $(<"raw/$1.log")"
}

# serve NAME OPTIONS...: starts rclone as that server of the directory of that name.
serve() { start "$1" rclone serve "$1" "$work/$1" --addr 127.0.0.1:0 --dir-cache-time 0s "${@:2}"; }

# The tests' own stand-in for GitHub, with so many releases; what gh needs to reach it goes to the file NAME.env.
serve_github() {
    mkdir -p "$1"
    start "$1" "$java" -cp "$root/target/test-classes:$root/target/classes:$(<raw/classpath)" \
        dev.workbuddy.backup.remote.github.GithubBench "$work/$1" "$2"
    grep -o '^[A-Za-z_]*=.*' "raw/$1.log" >"$1.env"
}

# as NAME COMMAND...: with a gh that reaches the stand-in of that name; without one, as it is.
as() {
    local settings=()
    [[ ! -e $1.env ]] || mapfile -t settings <"$1.env"
    env "${settings[@]}" "${@:2}"
}

serve sftp --user me --pass secret
RCLONE_CONFIG_SFTP_PASS=$(rclone obscure secret)
export RCLONE_CONFIG_SFTP_TYPE=sftp RCLONE_CONFIG_SFTP_HOST=127.0.0.1 RCLONE_CONFIG_SFTP_PORT=$port
export RCLONE_CONFIG_SFTP_USER=me RCLONE_CONFIG_SFTP_PASS
serve webdav
export RCLONE_CONFIG_WEBDAV_TYPE=webdav RCLONE_CONFIG_WEBDAV_URL=http://127.0.0.1:$port RCLONE_CONFIG_WEBDAV_VENDOR=other

cat >s3.properties <<TEXT
s3proxy.authorization=aws-v2-or-v4
s3proxy.endpoint=http://127.0.0.1:0
s3proxy.identity=me
s3proxy.credential=secret
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/s3
TEXT
LOG_LEVEL=info start s3 "$java" -jar "$root/target/tools/s3proxy.jar" --properties s3.properties
export RCLONE_CONFIG_S3_TYPE=s3 RCLONE_CONFIG_S3_PROVIDER=Other RCLONE_CONFIG_S3_ENDPOINT=http://127.0.0.1:$port
export RCLONE_CONFIG_S3_ACCESS_KEY_ID=me RCLONE_CONFIG_S3_SECRET_ACCESS_KEY=secret RCLONE_CONFIG_S3_REGION=us-east-1
(cd "$root" && mvn -q -o dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/raw/classpath" >/dev/null)
serve_github github 0
serve_github github-full 500

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
id=$(basename "$tarball" .tar.gz)
files=("$tarball" "$(dirname "$tarball")/MANIFEST.json" "$(dirname "$tarball")/SHA256SUMS")

# timed NAME COMMAND...: seconds and peak kilobytes of one run, added to raw/NAME.
timed() {
    say "$1"
    sync
    as "${1%%.*}" "$(type -P time)" -a -o "raw/$1" -f '%e %M' "${@:2}" >raw/out 2>raw/err || fail "'${*:2}' failed: $(<raw/err)"
}

use() { printf 'backups: { %s }\n' "$1" >app/config.local.yaml; }
empty() {
    case $1 in
        github) as github gh release delete "$id" --yes --cleanup-tag -R alice/data >/dev/null 2>&1 || true ;;
        s3) rclone purge S3:bucket 2>/dev/null || true ;;
        *) rm -rf "${work:?}/$1"/* ;;
    esac
}

# bare_push PLACE REMOTE and bare_fetch: as one would by hand.
bare_push() {
    case $1 in
        disk) timed "$1.push.bare" sh -c 'cp "$1" disk/copy && sync -f disk/copy' sh "$tarball" ;;
        github) timed "$1.push.bare" gh release create "$id" "${files[@]}" -t "$id" -n bare -R "$2" ;;
        *) timed "$1.push.bare" rclone copyto "$tarball" "$2/copy" ;;
    esac
}
bare_fetch() {
    case $1 in
        disk) timed "$1.fetch.bare" sh -c 'cp disk/copy fetched && sync -f fetched' ;;
        github) timed "$1.fetch.bare" gh release download "$id" -p '*.tar.gz' -O fetched -R "$2" ;;
        *) timed "$1.fetch.bare" rclone copyto "$2/copy" fetched ;;
    esac
}

# measure PLACE REMOTE CONFIGURATION: the bare tool and ours in turns, so that a slow minute slows both.
measure() {
    local round
    use "$3"
    for ((round = 1; round <= runs; round++)); do
        empty "$1"
        bare_push "$1" "$2"
        bare_fetch "$1" "$2"
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

# list_many PLACE REMOTE: seconds that `list --remote` takes where 500 snapshots are.
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
    [[ $1 == disk ]] || timed "$1.list.bare" rclone lsjson -R --files-only "$2"
    timed "$1.list.ours" "$wb" list --remote --quiet --config-dir app
    empty "$1"
}

started_under=$(cut -d' ' -f1-3 /proc/loadavg)
"$wb" --version >/dev/null
measure sftp SFTP: 'rclone: { remote: "SFTP:" }'
list_many sftp SFTP:
measure webdav WEBDAV: 'rclone: { remote: "WEBDAV:" }'
list_many webdav WEBDAV:
measure s3 S3:bucket 'rclone: { remote: "S3:bucket" }'
measure github alice/data 'github: { repo: alice/data }' github:alice/data
timed github-full.list.bare gh api 'repos/alice/data/releases?per_page=100' --paginate
timed github-full.list.ours "$wb" list --remote --quiet --config-dir app
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
for place in ("sftp", "webdav", "s3", "github", "disk"):
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
    listed = "github-full" if place == "github" else place
    if (raw / f"{listed}.list.ours").exists():
        bare = middle(seconds(f"{listed}.list.bare")) if (raw / f"{listed}.list.bare").exists() else ""
        print(f"| {place} | list --remote, 500 snapshots | {bare} | {middle(seconds(f'{listed}.list.ours'))} | | | {megabytes(f'{listed}.list.ours'):.0f} MB |")
PYTHON
