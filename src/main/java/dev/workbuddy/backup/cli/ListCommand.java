package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataBackupList;
import dev.workbuddy.backup.capability.SnapshotList;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "list", description = "List the snapshots, newest first.")
final class ListCommand implements Callable<Integer> {
  private static final int SUBJECTS = 3;
  private static final String PROVEN = "proven";
  private static final String DRILL_FAILED = "NOT PROVEN: its last drill failed";

  @ParentCommand private WbBackup root;

  @Option(names = "--remote", description = "List what the remotes hold as well.")
  private boolean remote;

  @Option(
      names = "--from",
      paramLabel = "REMOTE",
      description =
          "List what this remote holds as well, configured or not: directory:/path,"
              + " rclone:remote:path or github:owner/name.")
  private @Nullable String from;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataBackupList(),
        new DataBackupList.Parameters(remote, null, from),
        ListCommand::print);
  }

  private static void print(SnapshotList list, PrintStream out) {
    if (list.snapshots().isEmpty()) {
      out.println(
          list.remotes().isEmpty()
              ? "No snapshots yet. `wb-backup now` takes one."
              : "No snapshots on this machine.");
    } else {
      printLocal(list, out);
    }
    list.remotes().forEach(place -> print(place, out));
    AlarmTexts.print(list.openAlarms(), null, out);
    list.recovered()
        .forEach(
            rows ->
                out.printf(
                    "RECOVERED %s. Delete %s when you need them no more.%n",
                    rows.text(), Path.of(rows.file()).getParent()));
  }

  private static void print(SnapshotList.Place place, PrintStream out) {
    out.printf("%n%s%n", place.name());
    if (!place.detail().isEmpty()) {
      out.printf("  %s%n  %s%n", place.detail(), place.hint());
    }
    if (place.snapshots().isEmpty()) {
      return;
    }
    Table table =
        new Table().text("SNAPSHOT").text("MACHINE").number("SIZE").text("STATE").text("NOTES");
    for (SnapshotList.Copy copy : place.snapshots()) {
      table.row(
          copy.id().toString(),
          Objects.requireNonNullElse(copy.namespace(), "?"),
          Space.text(copy.bytes()),
          copy.state().word(),
          notes(copy));
    }
    table.print(out);
  }

  private static String notes(SnapshotList.Copy copy) {
    return Stream.of(
            copy.proven() == null ? "" : PROVEN,
            copy.drillFailed() == null ? "" : DRILL_FAILED,
            copy.hold() == null ? "" : "held: " + copy.hold().reason())
        .filter(note -> !note.isEmpty())
        .collect(Collectors.joining("  "));
  }

  private static void printLocal(SnapshotList list, PrintStream out) {
    Table table =
        new Table()
            .text("SNAPSHOT")
            .number("AGE")
            .number("SIZE")
            .number("DATABASES")
            .number("ROWS")
            .text("STATE")
            .text("NOTES");
    for (SnapshotList.Entry entry : list.snapshots()) {
      table.row(
          entry.id().toString(),
          Texts.age(entry.ageSeconds()),
          Space.text(entry.bytes()),
          Integer.toString(entry.databases().size()),
          Texts.grouped(entry.rows()),
          entry.state().word(),
          notes(entry, list.openAlarms()));
    }
    table.print(out);
  }

  private static String notes(SnapshotList.Entry entry, List<Alarm> open) {
    StringBuilder notes = new StringBuilder();
    if (entry.proven() != null) {
      notes.append(PROVEN).append("  ");
    }
    if (entry.drillFailed() != null) {
      notes.append(DRILL_FAILED).append("  ");
    }
    if (!entry.alarms().isEmpty()) {
      notes.append(alarm(entry, open)).append("  ");
    }
    if (entry.hold() != null) {
      notes.append("held: ").append(entry.hold().reason()).append("  ");
    }
    if (entry.label() != null) {
      notes.append(entry.label()).append("  ");
    }
    if (entry.fault() != null) {
      notes.append(entry.fault().text());
    }
    return notes.toString().strip();
  }

  private static String alarm(SnapshotList.Entry entry, List<Alarm> open) {
    Set<String> ids = open.stream().map(Alarm::id).collect(Collectors.toSet());
    List<Alarm> still = entry.alarms().stream().filter(alarm -> ids.contains(alarm.id())).toList();
    return still.isEmpty()
        ? "alarm, acknowledged"
        : "ALARM: "
            + still.stream()
                .map(Alarm::subject)
                .distinct()
                .limit(SUBJECTS)
                .collect(Collectors.joining(", "));
  }
}
