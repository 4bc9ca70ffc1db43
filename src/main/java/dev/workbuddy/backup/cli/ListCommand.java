package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataBackupList;
import dev.workbuddy.backup.capability.SnapshotList;
import dev.workbuddy.backup.io.Space;
import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "list", description = "List the snapshots, newest first.")
final class ListCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(names = "--remote", description = "List what the remotes hold as well.")
  private boolean remote;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataBackupList(),
        new DataBackupList.Parameters(remote),
        ListCommand::print);
  }

  private static void print(SnapshotList list, PrintStream out) {
    if (list.snapshots().isEmpty()) {
      out.println("No snapshots yet. `wb-backup now` takes one.");
    } else {
      printLocal(list, out);
    }
    list.remotes().forEach(place -> print(place, out));
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
          copy.hold() == null ? "" : "held: " + copy.hold().reason());
    }
    table.print(out);
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
          notes(entry));
    }
    table.print(out);
  }

  private static String notes(SnapshotList.Entry entry) {
    StringBuilder notes = new StringBuilder();
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
}
