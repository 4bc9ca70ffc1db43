#!/usr/bin/env python3
"""Writes five SQLite databases of realistic content, the same ones for the same arguments."""

import argparse
import itertools
import json
import random
import sqlite3
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

SEED = 20260101
MEGABYTE = 1_000_000
PARENTS_PER_BATCH = 500
FIRST_SECOND = 1_700_000_000
STATES = ["inbox", "next", "waiting", "someday", "done", "archived"]
PEOPLE = ["alex", "sam", "robin", "kim", "jo", "toni", "chris", "maxi"]

SHARES = {"tasks": 0.40, "projects": 0.25, "messages": 0.20, "threads": 0.10, "entities": 0.05}

SCHEMAS = {
    "tasks": """
        CREATE TABLE task_metadata (
            id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, title TEXT NOT NULL, note TEXT,
            state TEXT NOT NULL, priority INTEGER, estimate REAL, attributes TEXT NOT NULL,
            created_at TEXT NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX task_by_state ON task_metadata (state, updated_at);
        CREATE INDEX task_by_creation ON task_metadata (created_at);
        CREATE TABLE task_tags (
            task_id INTEGER NOT NULL REFERENCES task_metadata (id), tag TEXT NOT NULL,
            PRIMARY KEY (task_id, tag)) WITHOUT ROWID;
        CREATE INDEX tag_by_name ON task_tags (tag);
        CREATE TABLE task_state_history (
            id INTEGER PRIMARY KEY, task_id INTEGER NOT NULL REFERENCES task_metadata (id),
            old_state TEXT, new_state TEXT NOT NULL, reason TEXT, changed_at TEXT NOT NULL);
        CREATE INDEX history_by_task ON task_state_history (task_id, changed_at);""",
    "projects": """
        CREATE TABLE projects (
            id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, status TEXT NOT NULL,
            description TEXT, settings TEXT NOT NULL, budget REAL, created_at TEXT NOT NULL);
        CREATE INDEX project_by_status ON projects (status);
        CREATE TABLE observations (
            id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES projects (id),
            source TEXT NOT NULL, content TEXT NOT NULL, weight REAL NOT NULL, observed_at TEXT NOT NULL);
        CREATE INDEX observation_by_project ON observations (project_id, observed_at);""",
    "messages": """
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, sender TEXT NOT NULL,
            recipient TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, headers TEXT NOT NULL,
            reply_to INTEGER REFERENCES messages (id), sent_at TEXT NOT NULL);
        CREATE INDEX message_by_recipient ON messages (recipient, sent_at);
        CREATE TABLE receipts (
            message_id INTEGER NOT NULL REFERENCES messages (id), reader TEXT NOT NULL,
            read_at INTEGER NOT NULL, PRIMARY KEY (message_id, reader)) WITHOUT ROWID;""",
    "threads": """
        CREATE TABLE threads (
            id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
            status TEXT NOT NULL, created_at TEXT NOT NULL);
        CREATE TABLE events (
            id INTEGER PRIMARY KEY, thread_id INTEGER NOT NULL REFERENCES threads (id),
            kind TEXT NOT NULL, payload TEXT NOT NULL, duration REAL, at TEXT NOT NULL);
        CREATE INDEX event_by_thread ON events (thread_id, at);
        CREATE INDEX event_by_kind ON events (kind);""",
    "entities": """
        CREATE TABLE entities (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, summary TEXT,
            attributes TEXT NOT NULL, fingerprint BLOB NOT NULL, seen_at INTEGER NOT NULL);
        CREATE INDEX entity_by_name ON entities (kind, name);
        CREATE TABLE relations (
            source INTEGER NOT NULL REFERENCES entities (id), target INTEGER NOT NULL REFERENCES entities (id),
            kind TEXT NOT NULL, confidence REAL NOT NULL);
        CREATE INDEX relation_by_source ON relations (source);
        CREATE INDEX relation_by_target ON relations (target);""",
}


class Content:
    """An endless supply of words, times and identifiers from one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        # All databases speak one language; what they say in it is their own.
        self.units, self.weights = language(random.Random(SEED))
        self.drawn = []

    def words(self, count):
        # Drawn in bulk: one call per word would be ten times slower.
        if len(self.drawn) < count:
            units = self.random.choices(self.units, cum_weights=self.weights, k=50_000)
            self.drawn = " ".join(units).split(" ")
        taken = self.drawn[-count:]
        del self.drawn[-count:]
        return taken

    def phrase(self, least, most):
        return " ".join(self.words(self.random.randint(least, most)))

    def text(self, sentences):
        return " ".join(self.phrase(5, 18).capitalize() + "." for _ in range(sentences))

    def uid(self):
        return f"{self.random.getrandbits(64):016x}"

    def second(self, row):
        # Rows are mostly written in order of time; a few minutes of disorder is what real logs show.
        return FIRST_SECOND + row * 20 + self.random.randrange(300)

    def time(self, row):
        return datetime.fromtimestamp(self.second(row), timezone.utc).isoformat()

    def some(self, choices):
        return self.random.choice(choices)

    def number(self, most):
        return self.random.randrange(most)

    def real(self):
        return self.random.random()


def language(rng):
    """Words and set phrases, with cumulative weights by Zipf's law: the n-th is 1/n as frequent as the first.

    Without the phrases, text would compress worse than any that people or programs write.
    """
    words = invented_words(rng, 20_000)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    to_words = list(itertools.accumulate(weights))
    phrases = [" ".join(rng.choices(words, cum_weights=to_words, k=rng.randint(2, 6))) for _ in range(10_000)]
    weights += [0.8 / rank for rank in range(1, len(phrases) + 1)]
    return words + phrases, list(itertools.accumulate(weights))


def invented_words(rng, count):
    syllables = [c + v + e for c in "bcdfghklmnprstvw" for v in "aeiou" for e in ("", "n", "r", "s", "l")]
    words = {}
    while len(words) < count:
        words.setdefault("".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 2, 3, 3, 4)))))
    # Frequent words are short in every language.
    return sorted(words, key=lambda word: len(word) + rng.random() * 4)


# One batch each: {statement: rows}. Parents are numbered on from `first`, so that children can name them.


def tasks(content, first, count):
    tasks, tags, history = [], set(), []
    for row in range(first, first + count):
        attributes = {
            "contexts": content.words(2), "energy": content.some(["low", "medium", "high"]),
            "source": {"file": "/".join(content.words(3)) + ".md", "line": content.number(400)},
            "recurring": content.number(10) == 0, "score": round(content.real(), 4)}
        tasks.append((
            row, content.uid(), content.phrase(3, 9), content.text(3) if content.number(3) else None,
            content.some(STATES), content.number(5), content.real() * 8, json.dumps(attributes),
            content.time(row), content.second(row + 500)))
        tags.update((row, tag) for tag in content.words(2))
        for step in range(content.number(4)):
            history.append((
                row, content.some(STATES), content.some(STATES),
                content.phrase(2, 8) if content.number(2) else None, content.time(row + step * 90)))
    return {
        "INSERT INTO task_metadata VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)": tasks,
        "INSERT INTO task_tags VALUES (?, ?)": sorted(tags),
        "INSERT INTO task_state_history VALUES (NULL, ?, ?, ?, ?, ?)": history}


def projects(content, first, count):
    projects, observations = [], []
    for row in range(first, first + count):
        settings = {"owner": content.some(PEOPLE), "labels": content.words(4),
                    "limits": {"hours": content.number(400), "people": content.number(9)}}
        projects.append((
            row, f"{'-'.join(content.words(2))}-{row}", content.phrase(2, 5), content.some(STATES),
            content.text(4), json.dumps(settings), round(content.real() * 90_000, 2), content.time(row)))
        for step in range(content.number(12)):
            observations.append((
                row, content.some(["journal", "commit", "chat", "calendar"]), content.text(2),
                content.real(), content.time(row + step * 2_000)))
    return {
        "INSERT INTO projects VALUES (?, ?, ?, ?, ?, ?, ?, ?)": projects,
        "INSERT INTO observations VALUES (NULL, ?, ?, ?, ?, ?)": observations}


def messages(content, first, count):
    messages, receipts = [], []
    for row in range(first, first + count):
        headers = {"message-id": f"<{content.uid()}@example.org>", "importance": "normal",
                   "x-agent": content.some(PEOPLE), "hops": content.number(6)}
        reader = content.some(PEOPLE)
        messages.append((
            row, content.uid(), content.some(PEOPLE), reader, content.phrase(3, 8),
            content.text(content.random.randint(1, 12)), json.dumps(headers),
            content.random.randint(1, row) if row > 1 and content.number(2) else None, content.time(row)))
        receipts.append((row, reader, content.second(row + 40)))
    return {
        "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)": messages,
        "INSERT INTO receipts VALUES (?, ?, ?)": receipts}


def threads(content, first, count):
    threads, events = [], []
    for row in range(first, first + count):
        threads.append((row, content.uid(), content.phrase(3, 7), content.some(STATES), content.time(row)))
        for step in range(content.number(20)):
            payload = {"tool": content.some(["read", "edit", "search", "run"]), "call": content.uid(),
                       "arguments": {"path": "/".join(content.words(3)), "limit": content.number(500)},
                       "result": content.phrase(5, 40)}
            events.append((
                row, content.some(["call", "result", "message", "error"]), json.dumps(payload),
                content.real() * 3, content.time(row + step)))
    return {
        "INSERT INTO threads VALUES (?, ?, ?, ?, ?)": threads,
        "INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?)": events}


def entities(content, first, count):
    entities, relations = [], []
    for row in range(first, first + count):
        attributes = {"aliases": content.words(3), "mentions": content.number(2_000),
                      "position": [round(content.real() * 90, 5), round(content.real() * 180, 5)]}
        entities.append((
            row, content.some(["person", "place", "tool", "idea"]), content.phrase(1, 3),
            content.text(2), json.dumps(attributes), content.random.randbytes(16), content.second(row)))
        for _ in range(content.number(4)):
            relations.append((
                row, content.random.randint(1, row), content.some(["knows", "uses", "part-of"]), content.real()))
    return {
        "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?)": entities,
        "INSERT INTO relations VALUES (?, ?, ?, ?)": relations}


BATCHES = {"tasks": tasks, "projects": projects, "messages": messages, "threads": threads, "entities": entities}


def generate(file, name, size):
    database = sqlite3.connect(file, isolation_level=None)
    # Nobody needs a half-written database after a crash here: no journal and no syncs while generating.
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")
    database.executescript(SCHEMAS[name] + "PRAGMA user_version = 1;")
    content = Content(f"{SEED} {name}")
    first = 1
    while bytes_of(database) < size:
        database.execute("BEGIN")
        for statement, rows in BATCHES[name](content, first, PARENTS_PER_BATCH).items():
            database.executemany(statement, rows)
        database.execute("COMMIT")
        first += PARENTS_PER_BATCH
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def bytes_of(database):
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    (page,) = database.execute("PRAGMA page_size").fetchone()
    return pages * page


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path, help="made if absent; must not hold the databases yet")
    parser.add_argument("--megabytes", type=float, default=1000, help="of all five together (default 1000)")
    parser.add_argument("--only", choices=SHARES, help="make this database alone, of the whole size")
    arguments = parser.parse_args()
    arguments.directory.mkdir(parents=True, exist_ok=True)
    shares = {arguments.only: 1} if arguments.only else SHARES
    files = {name: arguments.directory / f"{name}.db" for name in shares}
    if present := [str(file) for file in files.values() if file.exists()]:
        sys.exit(f"generate.py: already there: {', '.join(present)}")
    with ProcessPoolExecutor(max_workers=2) as pool:
        running = [
            pool.submit(generate, files[name], name, arguments.megabytes * MEGABYTE * share)
            for name, share in shares.items()]
        for job in running:
            job.result()


if __name__ == "__main__":
    main()
