#!/usr/bin/env python3
"""Takes each SQLite file below a directory through save, verify, restore, diff, loss and rescue.

Each file lives in an application of its own, so that none can help or hurt another. What the program says of a step is
compared with the bytes: a restored file must be the one that the manifest names, an unchanged one must have no
differences, and a rescue that says that all is well must have brought every row back.
"""
import argparse, hashlib, json, os, pathlib, shutil, sqlite3, subprocess, sys, tempfile

MAGIC = b"SQLite format 3\x00"
HEADINGS = ("file", "bytes", "saved", "verified", "restored", "unchanged", "rescued")


def candidates(directory):
    for path in sorted(pathlib.Path(directory).rglob("*")):
        if path.is_file() and not path.is_symlink():
            with open(path, "rb") as file:
                if file.read(16) == MAGIC:
                    yield path


class Application:
    """One database with a configuration for it, and the program."""

    def __init__(self, program, scratch, source):
        self.program, self.scratch = program, scratch
        self.live = scratch / "data" / "db" / "corpus.db"
        self.live.parent.mkdir(parents=True)
        shutil.copyfile(source, self.live)
        for suffix in ("-wal", "-journal"):
            if os.path.exists(f"{source}{suffix}"):
                shutil.copyfile(f"{source}{suffix}", f"{self.live}{suffix}")
        (scratch / "config.yaml").write_text(
            "paths: { data_root: data }\nbackups: { databases: { corpus: { path: corpus.db } } }\n")

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--json"], cwd=self.scratch, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=600)
        try:
            document = json.loads(done.stdout)
        except json.JSONDecodeError:
            document = {"error": {"code": "no-document", "message": (done.stderr or "nothing said")[-200:]}}
        return done.returncode, document


def said(document):
    """Why a step did not do it, in the program's words."""
    error = document.get("error")
    if error:
        return f"{error['code']}: {error['message']}"
    missing = [one["detail"] for one in document.get("missing", [])]
    missing += document.get("warnings", [])
    for database in document.get("databases", []):
        missing += [f"{left['table']} left out: {left['reason']}" for left in database.get("left_out", [])]
        for table in database.get("tables", []):
            missing += [f"{table['table']}: {one['rule']}" for one in table.get("forbidding", [])]
            missing += [f"{table['table']}: {one['index']}" for one in table.get("conflicting", [])]
    damage = [one["text"] for snapshot in document.get("snapshots", []) for one in snapshot.get("damage", [])]
    return "; ".join(missing + damage) or "?"


def differs(table):
    rows = table.get("rows") or {}
    return table["before"] != table["after"] or any(rows.get(kind) for kind in ("added", "removed", "changed"))


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def tables(connection):
    """Ordinary and virtual tables, but for what virtual ones keep for themselves."""
    try:
        return [quoted(name) for (name,) in connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")]
    except sqlite3.Error:
        return []


def content(connection, table):
    """The rows of a table in an order of their own; None where Python cannot read them."""
    connection.text_factory = bytes
    try:
        return sorted(repr(row) for row in connection.execute(f"SELECT * FROM {table}"))
    except sqlite3.Error:
        return None


def contents(file):
    connection = sqlite3.connect(file)
    try:
        found = {table: content(connection, table) for table in tables(connection)}
        return {table: rows for table, rows in found.items() if rows is not None}
    finally:
        connection.close()


def readable(file):
    """How many rows a plain look from the first to the first bad one finds in all tables of a damaged file."""
    connection, rows = sqlite3.connect(file), 0
    try:
        connection.execute("PRAGMA writable_schema = ON")
        for table in tables(connection):
            try:
                for _ in connection.execute(f"SELECT * FROM {table} NOT INDEXED"):
                    rows += 1
            except sqlite3.Error:
                pass
    except sqlite3.Error:
        pass
    finally:
        connection.close()
    return rows


def lose(file):
    """Deletes rows of the largest table that lets Python do so: every other one, or all. False where none does."""
    before = contents(file)
    connection = sqlite3.connect(file)
    try:
        for table in sorted(before, key=lambda name: -len(before[name])):
            for which in ("WHERE rowid % 2 = 0", ""):
                try:
                    connection.execute(f"DELETE FROM {table} {which}")
                    if len(before[table]) > 1 and content(connection, table) != before[table]:
                        connection.commit()
                        return True
                except sqlite3.Error:
                    pass
                connection.rollback()
        return False
    finally:
        connection.close()


def judge(program, source, lies):
    row = dict.fromkeys(HEADINGS, "")
    row["file"], row["bytes"] = source.name, str(source.stat().st_size)

    def lie(step, what):
        lies.append(f"{source}: {step}: {what}")
        row[step] = "LIE: " + what

    with tempfile.TemporaryDirectory(prefix="wb-corpus-") as scratch:
        application = Application(program, pathlib.Path(scratch), source)
        code, now = application.run("now", "--no-push")
        if code != 0:
            row["saved"] = "refused: " + said(now)
            row["rescued"] = recovered(application)
            return row
        flags = [one["words"] for one in now["databases"][0].get("objections", [])]
        row["saved"] = "flagged: " + flags[0] if flags else "saved"

        code, verified = application.run("verify")
        row["verified"] = verified["snapshots"][0]["soundness"] if code == 0 else ""
        if code != 0:
            lie("verified", f"now accepted it: {said(verified)}")

        source_rows = contents(source)
        _, shown = application.run("show", "latest")
        wanted = shown["manifest"]["databases"]["corpus"]["sha256"]
        for side in application.live.parent.glob("corpus.db*"):
            side.unlink()
        code, restored = application.run("restore", "latest", "--yes", "--force")
        if code != 0:
            lie("restored", f"now accepted it: {said(restored)}")
            return row
        if digest(application.live) != wanted:
            lie("restored", "other bytes than the manifest names")
        else:
            row["restored"] = "identical"
        others = [table for table, rows in contents(application.live).items() if rows != source_rows.get(table, rows)]
        if others:
            lie("restored", f"{others[0]} has other rows than the file that was saved")

        code, diff = application.run("diff", "latest", "--rows")
        tables = [table for database in diff.get("databases", []) for table in database["tables"]]
        different = [table["table"] for table in tables if differs(table)]
        row["unchanged"] = "yes" if code == 0 else f"named ({code}): {said(diff)}"
        if different:
            lie("unchanged", f"{len(different)} tables differ in equal files: {different[0]}")

        rescue(application, row, lie)
    return row


def recovered(application):
    """Of a refused file: how many rows were kept, and how many a plain look finds."""
    kept = application.scratch / "data" / "backups" / "recovered" / "corpus" / "recovered.db"
    rows = sum(len(found) for found in contents(kept).values()) if kept.exists() else 0
    return f"kept {rows} of {readable(application.live)} rows"


def rescue(application, row, lie):
    before = contents(application.live)
    if not lose(application.live):
        row["rescued"] = "nothing to lose"
        return
    code, rescued = application.run("rescue", "latest", "--apply", "--yes")
    now = contents(application.live)
    different = [table for table, rows in before.items() if now.get(table) != rows]
    if not different:
        row["rescued"] = "identical"
    elif code == 0:
        lie("rescued", f"exit 0, and {different[0]} is not what it was")
    else:
        row["rescued"] = f"named ({code}): {said(rescued)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory")
    parser.add_argument("--program", required=True)
    parser.add_argument("--limit", type=int, default=10**9, help="only so many files")
    options = parser.parse_args()
    lies, rows = [], []
    for source in list(candidates(options.directory))[: options.limit]:
        try:
            row = judge(options.program, source, lies)
        except subprocess.TimeoutExpired as slow:
            row = dict.fromkeys(HEADINGS, "")
            row["file"], row["saved"] = source.name, f"refused: {slow.cmd[1]} took more than {slow.timeout:.0f} s"
        rows.append(row)
        print(" | ".join(printable(row[heading])[:100] for heading in HEADINGS), flush=True)
    print()
    summary(rows, lies)
    sys.exit(1 if lies else 0)


def printable(text):
    return "".join(c if c.isprintable() else "?" for c in text).replace("|", "/")


def summary(rows, lies):
    counts = {
        "files": len(rows),
        "saved": sum(not row["saved"].startswith("refused") for row in rows),
        "flagged": sum(row["saved"].startswith("flagged") or row["verified"] == "flagged" for row in rows),
        "refused": sum(row["saved"].startswith("refused") for row in rows),
        "restored identical": sum(row["restored"] == "identical" for row in rows),
        "rescued identical": sum(row["rescued"] == "identical" for row in rows),
        "steps that lied": len(lies),
    }
    for name, count in counts.items():
        print(f"{name:20} {count}")
    for lie in lies:
        print("LIE", printable(lie))


if __name__ == "__main__":
    main()
