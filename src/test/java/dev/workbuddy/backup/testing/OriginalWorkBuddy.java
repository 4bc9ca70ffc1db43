package dev.workbuddy.backup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Snapshots as the original Python work-buddy takes them, packed by Python itself. */
public final class OriginalWorkBuddy {
  private static final String PACK =
      """
      import json, os, sqlite3, sys, tarfile, tempfile
      target, changed_rows, mentioned, *databases = sys.argv[1:]
      versions, rows = {}, {}
      with tempfile.TemporaryDirectory() as scratch:
          for argument in databases:
              name, source = argument.split("=", 1)
              copy = os.path.join(scratch, os.path.basename(source))
              if not os.path.exists(source):
                  open(copy, "wb").close()
                  if mentioned == "yes":
                      versions[name], rows[name] = 0, {}
                  continue
              live, backup = sqlite3.connect(source), sqlite3.connect(copy)
              live.backup(backup)
              versions[name] = backup.execute("PRAGMA user_version").fetchone()[0]
              tables = [r[0] for r in backup.execute(
                  "SELECT name FROM sqlite_master WHERE type = 'table'")]
              rows[name] = {
                  t: backup.execute('SELECT count(*) FROM "%s"' % t.replace('"', '""')).fetchone()[0]
                  + int(changed_rows) for t in tables}
              live.close()
              backup.close()
          manifest = {
              "snapshot_ts": "2026-05-11T14-23-00Z", "work_buddy_version": "0.9.1",
              "work_buddy_commit": "0123abc", "work_buddy_branch": "main",
              "work_buddy_dirty": True, "host": "laptop", "schema_versions": versions,
              "row_counts": rows, "manifest_version": 1}
          with open(os.path.join(scratch, "MANIFEST.json"), "w") as file:
              json.dump(manifest, file, indent=2, sort_keys=True)
          with tarfile.open(target, "w:gz") as tar:
              for name in sorted(os.listdir(scratch)):
                  tar.add(os.path.join(scratch, name), arcname=name)
      """;

  private OriginalWorkBuddy() {}

  /**
   * Fills a directory as the original leaves one behind: configuration, seven databases, jobs,
   * twelve snapshots of both forms, the record of its last run.
   *
   * @param lastRun when it ran last; its last six snapshots are of that hour and those before
   */
  public static void leave(Path directory, LocalDateTime lastRun) throws IOException {
    Path script = Files.createTempFile("work_buddy", ".py");
    try (InputStream source =
        OriginalWorkBuddy.class.getResourceAsStream("/original/work_buddy.py")) {
      Files.write(script, Objects.requireNonNull(source).readAllBytes());
      Tools.run(
          directory,
          List.of("python3", script.toString(), directory.toString(), lastRun.toString()));
    } finally {
      Files.delete(script);
    }
  }

  /**
   * Packs the databases flat, sorted by name, with its manifest, as the original does.
   *
   * @param changedRows by how much the counts in the manifest are wrong
   * @param mentionsMissing whether the manifest knows of databases that are not there
   * @param databases {@code name=file} each
   */
  public static void pack(
      Path tarball, int changedRows, boolean mentionsMissing, List<String> databases)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", PACK, tarball.toString()));
    command.add(Integer.toString(changedRows));
    command.add(mentionsMissing ? "yes" : "no");
    command.addAll(databases);
    Tools.run(Path.of("."), command);
  }
}
