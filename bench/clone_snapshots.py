#!/usr/bin/env python3
"""Makes a history of many snapshots out of one real one, under ids an hour apart.

Taking them would need a clock that runs faster: ids carry the time, and the sweep after each run would
leave only a few of the same hour.
"""

import argparse
import hashlib
import json
import shutil
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

FIRST = datetime(2026, 1, 1, tzinfo=timezone.utc)


def clone(snapshot, moment):
    snapshot_id = f"snap-{moment:%Y-%m-%dT%H-%M-%SZ}"
    twin = snapshot.parent / snapshot_id
    shutil.copytree(snapshot, twin)
    for file in twin.iterdir():
        if snapshot.name in file.name:
            file.rename(twin / file.name.replace(snapshot.name, snapshot_id))
    manifest = json.loads((twin / "MANIFEST.json").read_text().replace(snapshot.name, snapshot_id))
    manifest["snapshot_ts"] = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    (twin / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n")
    sums = twin / "SHA256SUMS"
    names = [line.split(maxsplit=1)[1].lstrip("*") for line in sums.read_text().splitlines()]
    names = [name.replace(snapshot.name, snapshot_id) for name in names]
    digests = {name: hashlib.sha256((twin / name).read_bytes()).hexdigest() for name in names}
    sums.write_text("".join(f"{digest}  {name}\n" for name, digest in digests.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("backups", type=Path, help="directory that holds one snapshot")
    parser.add_argument("--count", type=int, default=60, help="snapshots afterwards (default 60)")
    arguments = parser.parse_args()
    found = sorted(arguments.backups.glob("snap-*/MANIFEST.json"))
    if len(found) != 1:
        sys.exit(f"clone_snapshots.py: {arguments.backups} holds {len(found)} snapshots instead of one")
    for number in range(arguments.count - 1):
        clone(found[0].parent, FIRST + timedelta(hours=number))


if __name__ == "__main__":
    main()
