"""Makes a directory as the original work-buddy leaves it behind: its configuration with sections of its own, seven
databases, jobs, twelve snapshots of both forms that it wrote, and the record of its last run.

Usage: work_buddy.py DIRECTORY NOW, where NOW is the time of its last run, such as 2026-07-21T10:00:00.
Only facts of its formats are used here, none of its code.
"""
import datetime
import hashlib
import json
import pathlib
import sqlite3
import sys
import tarfile
import tempfile

DATABASES = {
    "tasks": ("task_metadata.db", 11, ("task_metadata", "task_action_items", "task_tags")),
    "projects": ("projects.db", 7, ("projects", "project_history")),
    "messages": ("messages.db", 0, ("messages",)),
    "threads": ("threads.db", 0, ("threads", "thread_events")),
    "entities": ("entities.db", 1, ("entities", "aliases")),
    "settings": ("settings.db", 2, ("settings",)),
    "truth_registry": ("truth_registry.db", 1, ("truth_stores",)),
}
OLDER = {"tasks": 9, "projects": 6, "messages": 0, "threads": 0, "entities": 1}
STORE = "6f1f0c52-9a8e-4b0e-8d0e-3f6f2f4f7a11"
UNREACHABLE = "0c6e4c1b-77aa-4c3d-9a55-5ad8a9a7f0d2"

LADDERS = {
    "tasks": ("obsidian.tasks.migrations", "TASK_MIGRATIONS"),
    "projects": ("projects.migrations", "PROJECT_MIGRATIONS"),
    "entities": ("entities.migrations", "ENTITY_MIGRATIONS"),
    "settings": ("settings.migrations", "SETTINGS_MIGRATIONS"),
    "truth_registry": ("truth.registry_migrations", "TRUTH_REGISTRY_MIGRATIONS"),
}
LADDER = """\
class Ladder:
    target_version = {top}

    def run(self, connection):
        if connection.execute("PRAGMA user_version").fetchone()[0] < self.target_version:
            connection.execute("CREATE TABLE IF NOT EXISTS made_by_a_migration (id INTEGER PRIMARY KEY)")
            connection.execute("PRAGMA user_version = %d" % self.target_version)


{name} = Ladder()
"""

SECTIONS = """\
# work-buddy configuration of an ordinary user
vault_root: "/home/me/vault"
repos_root: '/home/me/repos'
bundles_dir: bundles
timezone: "Europe/Berlin"
gateway:
  result_cap_chars: 100000
paths:
  data_root: ".data"
git: { active_days: 30, detail_days: 7 }
obsidian:
  journal_dir: "journal"
  exclude_folders: [".obsidian", ".trash"]
vault_index:
  vaults: {}
tasks:
  db_path: "tasks/task_metadata.db"
workflows: &lifecycle
  run_lifecycle:
    idle_timeout_hours: 24
embedding:
  service_port: 5124
  models:
    leaf-mt: { name: "MongoDB/mdbr-leaf-mt", dims: 1024, eager: true }
messaging:
  db_path: "messages/messages.db"
hindsight:
  bank_mission: >-
    Persistent memory.
    Prioritize: preferences, habits, constraints.
dashboard: { read_only: false, external_url: "" }
tray: { enabled: false }
chrome: { ledger_window_days: 7 }
llm:
  default_model: "claude-haiku"
  profiles: ~
inference:
  profiles:
    "local:embedding":
      max_concurrent: 1
index:
  db_path: null
  partitions:
    vault: { fts_weights: [1.0, 2.0, 1.0] }
chats: { specstory_days: 7 }
ir: { recency: { floor: .15 } }
telegram:
  allowed_chat_ids: []
triage: {}
email:
  provider: none
calendar:
  <<: *lifecycle
sidecar:
  services: []
  started: 2026-05-11
journal: { day_boundary_hour: 5 }
knowledge: yes
notifications: [browser, telegram]
consent: ~
personas:
  - name: reviewer
    prompt: |
      Be brief.
backups:
  github:
    repo: work-buddy-data
    cadence_minutes: 60
features:
  hindsight: { wanted: false, reason: "no server" }
  telegram: false
  obsidian:
    wanted: true
  github_backups: { wanted: true, reason: "one disk is not enough" }
"""

LOCAL = """\
# this machine
dashboard:
  external_url: "https://machine.example.ts.net"
vault_root: "/home/me/other-vault"
"""

JOBS = """\
artifact-cleanup claude-code-usage-scan consolidated-index-rebuild docs-index-rebuild email-triage-scan event-source-poll
example-task-briefing index-chrome-refresh index-contracts-refresh index-conversation-refresh index-journal-refresh
index-knowledge-refresh index-projects-refresh index-summary-refresh index-vault-refresh inline-sync journal-triage-scan
project-sync service-heartbeat summarization-worker task-note-index task-sync triage-pool-sweep vault-recon""".split()


def main(root, now):
    (root / "config.yaml").write_text(SECTIONS)
    (root / "config.local.yaml").write_text(LOCAL)
    (root / "pyproject.toml").write_text('[project]\nname = "work-buddy"\nversion = "0.9.1"\n')
    package(root)
    jobs(root / "sidecar_jobs")
    live = root / ".data" / "db"
    live.mkdir(parents=True)
    for name, (file, version, tables) in DATABASES.items():
        database(live / file, version, tables, 40 if name == "tasks" else 7)
    backups = root / ".data" / "backups"
    ids = [snapshot(backups, now - datetime.timedelta(days=60 + 5 * n), live, OLDER, False) for n in range(6)]
    newer = {name: version for name, (_, version, _) in DATABASES.items()}
    ids += [snapshot(backups, now - datetime.timedelta(hours=n), live, newer, True) for n in range(6)]
    last_run(backups, max(ids), now)


def package(root):
    """As much of the application as somebody needs who asks it for its ladders."""
    (root / "work_buddy" / "backups").mkdir(parents=True)
    for file in ("__init__.py", "paths.py", "backups/__init__.py", "backups/local.py"):
        (root / "work_buddy" / file).write_text("")
    for database, (module, ladder) in LADDERS.items():
        file = root / "work_buddy" / (module.replace(".", "/") + ".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        for parent in file.parents:
            if parent == root:
                break
            (parent / "__init__.py").touch()
        file.write_text(LADDER.format(name=ladder, top=DATABASES[database][1]))


def jobs(directory):
    directory.mkdir()
    for name in JOBS:
        directory.joinpath(name + ".md").write_text(
            '---\nschedule: "*/15 * * * *"\njitter_seconds: 120\nrecurring: true\ntype: capability\n'
            f"capability: {name.replace('-', '_')}\nparams: {{}}\n---\nWhat {name} does.\n")
    directory.joinpath("data-backup.md").write_text(
        '---\nschedule: "0 * * * *"\njitter_seconds: 30\nrecurring: true\ntype: capability\n'
        "capability: data_backup\nparams: {}\n---\nHourly snapshot of the databases.\n")


def database(path, version, tables, rows):
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for table in tables:
            connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
            connection.executemany(
                f"INSERT INTO {table} (text) VALUES (?)", [(f"{table} {n}",) for n in range(rows)])
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def snapshot(backups, when, live, versions, with_stores):
    identifier = when.strftime("snap-%Y-%m-%dT%H-%M-%SZ")
    directory = backups / identifier
    directory.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        staging = pathlib.Path(scratch)
        counts = {}
        for name, version in versions.items():
            copy = staging / DATABASES[name][0]
            source, target = sqlite3.connect(live / copy.name), sqlite3.connect(copy)
            source.backup(target)
            target.execute(f"PRAGMA user_version = {version}")
            target.commit()
            counts[name] = {
                table: target.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in DATABASES[name][2]}
            source.close()
            target.close()
        manifest = {
            "snapshot_ts": when.strftime("%Y-%m-%dT%H-%M-%SZ"), "host": "laptop", "manifest_version": 1,
            "work_buddy_version": "0.9.1", "work_buddy_commit": None, "work_buddy_branch": "main",
            "work_buddy_dirty": False, "schema_versions": versions, "row_counts": counts}
        if with_stores:
            manifest["truth_stores"] = stores(staging)
        (staging / "MANIFEST.json").write_text(json.dumps(manifest, indent=2, sort_keys=True))
        with tarfile.open(directory / "work-buddy-backup.tar.gz", "w:gz") as tar:
            for entry in sorted(staging.iterdir()):
                tar.add(entry, arcname=entry.name)
    return identifier


def stores(staging):
    directory = staging / "truth_stores" / STORE
    directory.mkdir(parents=True)
    claims = b'{"store_info": {"store_id": "%s"}}\n{"claim": "the sky is blue"}\n' % STORE.encode()
    (directory / "claims.jsonl").write_bytes(claims)
    (directory / "store.yaml").write_text("profile: personal\n")
    member = f"truth_stores/{STORE}/"
    return [
        {"store_id": STORE, "path": "/home/me/truth", "backup_status": "included",
         "profile_member": member + "store.yaml", "export_member": member + "claims.jsonl",
         "export_sha256": hashlib.sha256(claims).hexdigest()},
        {"store_id": UNREACHABLE, "path": "/media/usb/truth", "backup_status": "unreachable"}]


def last_run(backups, identifier, now):
    (backups / "last_run.json").write_text(json.dumps({
        "status": "ok", "ts": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "snapshot_id": identifier, "size_bytes": 3211284,
        "duration_s": 2.1, "manual": False, "remote": {"status": "ok", "tag": identifier, "repo": "me/work-buddy-data"},
    }, indent=2, sort_keys=True))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), datetime.datetime.fromisoformat(sys.argv[2]))
