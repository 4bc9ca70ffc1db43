#!/usr/bin/env python3
"""Turns what run.sh measured into one Markdown table. Every target has its row, met or not."""

import argparse
import json
import statistics
from pathlib import Path

PROGRAM = "wb-backup"


class Measured:
    """The files of one run; what was not measured is None, never a guess."""

    def __init__(self, directory):
        self.directory = directory

    def seconds(self, name):
        runs = [json.loads(file.read_text()) for file in self.directory.glob(f"time.{name}.*.json")]
        return [seconds for run in runs for seconds in run["results"][0]["times"]] or None

    def milliseconds(self, load, mode, key):
        files = self.directory.glob(f"latency.{load}.{mode}.*.json")
        return [json.loads(file.read_text())[key] for file in files] or None

    def rounds(self, load, mode):
        return [int(file.read_text()) for file in self.directory.glob(f"rounds.{load}.{mode}.*")] or None

    def number(self, name):
        file = self.directory / name
        return float(file.read_text()) if file.exists() else None

    def sizes_of_memory_runs(self):
        return sorted({int(file.name.rsplit(".", 1)[1]) for file in self.directory.glob("memory.*")})


def verdict(met):
    return {None: "", True: "yes", False: "**no**"}[met]


def row(*cells):
    print("| " + " | ".join(cells) + " |")


def shown(values, digits):
    """Median and range of the values."""
    if not values:
        return "not measured", ""
    ordered = sorted(values)
    return f"{statistics.median(ordered):.{digits}f}", f"{ordered[0]:.{digits}f}–{ordered[-1]:.{digits}f}"


def plain(what, values, unit, digits=2):
    median, spread = shown(values, digits)
    row(what, f"{median} {unit}" if values else median, spread, "", "", "")


def against(what, values, peer, peer_values, unit, most=None, faster=None, digits=2):
    """A row of ours beside a peer's: at most `most` times its value, or at least `faster` times as fast."""
    median, spread = shown(values, digits)
    target = f"≤ {most} ×" if most else f"≥ {faster} × faster"
    if not values or not peer_values:
        row(what, median, spread, f"{peer}: not measured", target, "**not measured**")
        return
    ratio = statistics.median(values) / statistics.median(peer_values)
    if most:
        row(what, f"{median} {unit}", spread, f"{ratio:.2f} × {peer}", target, verdict(ratio <= most))
    else:
        row(what, f"{median} {unit}", spread, f"{1 / ratio:.2f} × faster than {peer}", target,
            verdict(1 / ratio >= faster))


def below(what, values, limit, unit, digits=2):
    median, spread = shown(values, digits)
    target = f"< {limit} {unit}"
    if not values:
        row(what, median, spread, "", target, "**not measured**")
        return
    row(what, f"{median} {unit}", spread, "", target, verdict(statistics.median(values) < limit))


def archive(what, measured, name):
    size, whole = measured.number(f"size.{name}"), measured.number("size.databases")
    if size is None:
        row(what, "not measured", "", "", "", "")
        return
    row(what, f"{size / 1e6:.1f} MB", "", f"databases are {whole / size:.2f} × that", "", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path, help="the directory of one run's measurements")
    measured = Measured(parser.parse_args().raw)

    pigz, zstd = measured.seconds("sqlite3-pigz"), measured.seconds("sqlite3-zstd")
    python, python_restore = measured.seconds("python-backup"), measured.seconds("python-restore")
    gzip_now, zstd_now = measured.seconds("now-gzip"), measured.seconds("now-zstd")

    row("what", "median", "range", "ratio", "target", "met")
    row(*["---"] * 6)
    plain("snapshot: sqlite3 + pigz -6", pigz, "s")
    plain("snapshot: sqlite3 + zstd -3", zstd, "s")
    plain("snapshot: Python", python, "s")
    against(f"snapshot: {PROGRAM}, gzip", gzip_now, "sqlite3 + pigz", pigz, "s", most=1.1)
    against(f"snapshot: {PROGRAM}, gzip", gzip_now, "Python", python, "s", faster=2.5)
    against(f"snapshot: {PROGRAM}, zstd", zstd_now, "sqlite3 + zstd", zstd, "s", most=1.1)
    against(f"snapshot: {PROGRAM}, zstd", zstd_now, "sqlite3 + pigz", pigz, "s", faster=2.7)
    plain("restore: Python, gzip", python_restore, "s")
    against(f"restore: {PROGRAM}, gzip", measured.seconds("restore-gzip"), "Python", python_restore, "s", faster=2)
    plain(f"restore: {PROGRAM}, zstd", measured.seconds("restore-zstd"), "s")

    archive("archive: sqlite3 + pigz -6", measured, "sqlite3-pigz")
    archive("archive: Python", measured, "python-backup")
    archive(f"archive: {PROGRAM}, gzip", measured, "now-gzip")
    archive("archive: sqlite3 + zstd -3", measured, "sqlite3-zstd")
    archive(f"archive: {PROGRAM}, zstd", measured, "now-zstd")

    for mode in ("NORMAL", "FULL"):
        for key, name in (("median_ms", "median"), ("p99_ms", "99th percentile")):
            what = f"commit, synchronous={mode}, {name}"
            beside_pigz = measured.milliseconds("pigz", mode, key)
            plain(f"{what}: nothing else running", measured.milliseconds("alone", mode, key), "ms", 3)
            plain(f"{what}: beside pigz", beside_pigz, "ms", 3)
            against(f"{what}: beside {PROGRAM}", measured.milliseconds("now", mode, key), "beside pigz", beside_pigz,
                    "ms", most=1.5, digits=3)
        plain(f"commit, synchronous={mode}, longest: beside pigz", measured.milliseconds("pigz", mode, "max_ms"), "ms", 1)
        plain(f"commit, synchronous={mode}, longest: beside {PROGRAM}",
              measured.milliseconds("now", mode, "max_ms"), "ms", 1)
        plain(f"snapshots taken beside that writer, synchronous={mode}", measured.rounds("now", mode), "", 0)

    for size in measured.sizes_of_memory_runs() or [0]:
        for command in ("now-gzip", "now-zstd", "restore-gzip"):
            kilobytes = measured.number(f"memory.{command}.{size}")
            below(f"peak memory, {command.replace('-', ', ')}, {size} MB of databases",
                  kilobytes and [kilobytes * 1024 / 1e6], 250, "MB", 0)
    below("list, 60 snapshots", measured.seconds("list"), 0.4, "s", 3)
    below("--version", measured.seconds("version"), 0.2, "s", 3)


if __name__ == "__main__":
    main()
