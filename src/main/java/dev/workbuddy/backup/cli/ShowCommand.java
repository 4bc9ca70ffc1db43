package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataBackupShow;
import dev.workbuddy.backup.capability.SnapshotDetails;
import dev.workbuddy.backup.io.Moment;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.contents.OriginalStores;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "show", description = "Show what one snapshot holds.")
final class ShowCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(paramLabel = "ID", description = "An id, the beginning of one, or latest.")
  private String id;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataBackupShow(),
        new DataBackupShow.Parameters(id),
        ShowCommand::print);
  }

  private static void print(SnapshotDetails details, PrintStream out) {
    out.println(details.snapshot().id() + "  " + details.snapshot().state().word());
    line(out, "tarball", details.tarball() + " (" + Space.text(details.snapshot().bytes()) + ")");
    if (details.snapshot().fault() != null) {
      line(out, "fault", details.snapshot().fault().text());
    }
    if (details.snapshot().hold() != null) {
      var hold = details.snapshot().hold();
      line(
          out,
          "held",
          "%s (by %s, %s)".formatted(hold.reason(), hold.by(), Moment.text(hold.at())));
    }
    if (details.manifest() != null) {
      print(details.manifest(), out);
    }
    details.truthStores().forEach(store -> print(store, out));
  }

  private static void print(OriginalStores.Store store, PrintStream out) {
    out.printf("%ntruth store %s  %s: %s%n", store.id(), store.path(), store.status());
    store.files().forEach(file -> out.println("  " + file));
  }

  private static void print(Manifest manifest, PrintStream out) {
    line(out, "taken", manifest.snapshotTs() + " on " + manifest.host());
    if (manifest.label() != null) {
      line(out, "label", manifest.label());
    }
    if (manifest.workBuddyCommit() != null || manifest.workBuddyVersion() != null) {
      line(out, "application", application(manifest));
    }
    if (manifest.tool() != null) {
      Manifest.Tool tool = manifest.tool();
      line(
          out,
          "written by",
          "%s %s, SQLite %s".formatted(tool.name(), tool.version(), tool.sqliteVersion()));
    }
    for (String name : new TreeMap<>(manifest.schemaVersions()).keySet()) {
      database(manifest, name, out);
    }
    for (Alarm alarm : manifest.alarms()) {
      out.printf("ALARM %s: %s%n", alarm.id(), alarm.detail());
    }
    for (Manifest.Missing missing : manifest.missing()) {
      out.printf("NOT SAVED: %s (%s): %s%n", missing.database(), missing.file(), missing.detail());
    }
  }

  private static String application(Manifest manifest) {
    StringBuilder text = new StringBuilder();
    text.append(manifest.workBuddyVersion() == null ? "" : manifest.workBuddyVersion() + " ");
    text.append(manifest.workBuddyCommit() == null ? "" : "at " + manifest.workBuddyCommit());
    text.append(manifest.workBuddyBranch() == null ? "" : " on " + manifest.workBuddyBranch());
    text.append(Boolean.TRUE.equals(manifest.workBuddyDirty()) ? ", with uncommitted changes" : "");
    return text.toString().strip();
  }

  private static void database(Manifest manifest, String name, PrintStream out) {
    Manifest.Database entry = manifest.databases().get(name);
    String size = entry == null ? "" : ", " + Space.text(entry.bytes()) + ", " + entry.file();
    out.printf("%n%s  schema version %d%s%n", name, manifest.schemaVersions().get(name), size);
    Map<String, Long> tables = manifest.rowCounts().getOrDefault(name, Map.of());
    new TreeMap<>(tables)
        .forEach((table, rows) -> out.printf("  %-32s %12s%n", table, Texts.grouped(rows)));
    if (entry != null) {
      entry
          .objections()
          .forEach(one -> out.printf("  flagged: %s: %s%n", one.object(), one.text()));
      entry.unchecked().forEach(one -> out.printf("  unchecked: %s%n", one.text()));
    }
  }

  private static void line(PrintStream out, String key, String value) {
    out.printf("  %-12s %s%n", key, value);
  }
}
