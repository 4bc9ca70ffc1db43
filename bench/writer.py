#!/usr/bin/env python3
"""An application that commits small transactions at a steady pace and notes how long each commit took."""

import argparse
import json
import sqlite3
import sys
import time
from pathlib import Path


def write(database, seconds, interval):
    """Returns the milliseconds from BEGIN to the end of COMMIT of each transaction, and the ticks missed.

    A tick that passed while an earlier commit was still going on is counted, not made up for: a burst
    afterwards would be another load than the steady one.
    """
    latencies, missed = [], 0
    start = due = time.monotonic()
    while due - start < seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        began = time.perf_counter()
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "INSERT INTO bench_writes (written_at, note) VALUES (?, ?)", (time.time(), "a row of usual size " * 8))
        database.execute("UPDATE bench_total SET rows = rows + 1")
        database.execute("COMMIT")
        latencies.append((time.perf_counter() - began) * 1000)
        due += interval
        while due < time.monotonic():
            due += interval
            missed += 1
    return latencies, missed


def quantile(ordered, share):
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path, help="an existing WAL-mode database; tables bench_* are made in it")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--interval-ms", type=float, default=10)
    parser.add_argument(
        "--synchronous", choices=["NORMAL", "FULL"], default="FULL",
        help="FULL, SQLite's default, waits for the disk at each commit; NORMAL only at checkpoints")
    parser.add_argument("--out", type=Path, required=True, help="each commit's milliseconds, one a line")
    arguments = parser.parse_args()
    if not arguments.database.is_file():
        sys.exit(f"writer.py: no such database: {arguments.database}")
    database = sqlite3.connect(arguments.database, timeout=10, isolation_level=None)
    (mode,) = database.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        sys.exit(f"writer.py: {arguments.database} is in {mode} mode; the measurement is about WAL")
    database.execute(f"PRAGMA synchronous = {arguments.synchronous}")
    database.executescript(
        """CREATE TABLE IF NOT EXISTS bench_writes (id INTEGER PRIMARY KEY, written_at REAL, note TEXT);
           CREATE TABLE IF NOT EXISTS bench_total (rows INTEGER NOT NULL);
           INSERT INTO bench_total SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM bench_total);""")
    latencies, missed = write(database, arguments.seconds, arguments.interval_ms / 1000)
    database.close()
    arguments.out.write_text("".join(f"{latency:.3f}\n" for latency in latencies))
    ordered = sorted(latencies)
    print(json.dumps({
        "commits": len(ordered), "missed_ticks": missed, "median_ms": round(quantile(ordered, 0.5), 3),
        "p99_ms": round(quantile(ordered, 0.99), 3), "max_ms": round(ordered[-1], 3)}))


if __name__ == "__main__":
    main()
