#!/usr/bin/env python3
"""Turns what recovery.sh measured into one Markdown table. Every target has its row, met or not."""

import argparse
import json
from pathlib import Path

from report import PROGRAM, Measured, against, below, plain, row


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path, help="the directory of one run's measurements")
    directory = parser.parse_args().raw
    measured = Measured(directory)
    sqldiff, rescue = measured.seconds("sqldiff"), measured.seconds("rescue")
    waits = [json.loads(file.read_text())["max_ms"] / 1000 for file in directory.glob("writer.*.json")]

    row("what", "median", "range", "ratio", "target", "met")
    row(*["---"] * 6)
    plain("differences: sqldiff --primarykey", sqldiff, "s")
    against(f"differences: {PROGRAM}, two snapshots", measured.seconds("diff-snapshots"), "sqldiff", sqldiff, "s",
            faster=2)
    against(f"differences: {PROGRAM}, snapshot and live", measured.seconds("diff-live"), "sqldiff", sqldiff, "s",
            faster=2)
    plain(f"differences: {PROGRAM}, two snapshots, for the first time", measured.seconds("diff-first"), "s")
    below("lost rows come back, beside a writer", rescue, 10, "s")
    below("that writer's longest commit", waits, 5, "s")
    below("the guard's part of a snapshot", [float(file.read_text()) for file in directory.glob("guard.*")], 1, "%")
    for size in measured.sizes_of_memory_runs():
        plain("peak memory: sqldiff", megabytes(measured, f"memory.sqldiff.{size}"), "MB", 0)
        for name in ("diff-snapshots", "diff-live", "rescue"):
            below(f"peak memory: {name}", megabytes(measured, f"memory.{name}.{size}"), 300, "MB", 0)


def megabytes(measured, name):
    kilobytes = measured.number(name)
    return kilobytes and [kilobytes * 1024 / 1e6]


if __name__ == "__main__":
    main()
