package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataDiff;
import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.diff.RowChange;
import dev.workbuddy.backup.diff.SchemaChange;
import dev.workbuddy.backup.tables.SqlValue;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "diff",
    description = "Compare a snapshot with another one, or with the live databases.")
final class DiffCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A snapshot: an id, the beginning of one, or latest, as for restore.")
  private String before;

  @Parameters(
      index = "1",
      paramLabel = "B",
      arity = "0..1",
      defaultValue = "live",
      description = "A second snapshot, or live (default: live).")
  private String after;

  @Mixin private TableOptions scope = new TableOptions();

  @Option(
      names = "--rows",
      description = "Compare row by row: by primary key, or by content where there is none.")
  private boolean rows;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "List at most N differing rows per table (default 20).")
  private int limit;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "With --rows: write all of them to a new file, one JSON document per line.")
  private @Nullable Path output;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    Path file = output == null ? null : root.environment().workingDirectory().resolve(output);
    return session.run(
        session.capabilities().dataDiff(),
        new DataDiff.Parameters(
            before,
            after,
            scope.databases(),
            scope.tables(),
            rows || file != null,
            Math.max(0, limit),
            file),
        DiffCommand::print);
  }

  private static void print(DiffResult result, PrintStream out) {
    out.printf("From %s to %s%n", result.before(), result.after());
    for (DiffResult.DatabaseDiff database : result.databases()) {
      boolean same =
          database.schema().isEmpty()
              && database.tables().stream().noneMatch(DiffResult.TableDiff::differs);
      out.printf("%s%s%n", database.database(), same ? "  " + sameness(database) : "");
      database.schema().forEach(change -> out.println("  " + words(change)));
      database.tables().stream().filter(t -> t.differs()).forEach(table -> print(table, out));
    }
    if (result.output() != null) {
      out.println("All differing rows are in " + result.output());
    }
    result.warnings().forEach(warning -> out.println("Warning: " + warning));
  }

  /** Equal numbers of rows are not equal rows. */
  private static String sameness(DiffResult.DatabaseDiff database) {
    return database.tables().stream().allMatch(table -> table.rows() != null)
        ? "no difference"
        : "no difference in schema and row counts; --rows compares the rows";
  }

  private static String words(SchemaChange change) {
    String what = "%s %s".formatted(change.type(), change.name());
    if (change.type().equals("column")) {
      what = "column %s.%s".formatted(change.table(), change.name());
    }
    return what + " " + change.change().word();
  }

  private static void print(DiffResult.TableDiff table, PrintStream out) {
    out.printf("  %s  %s -> %s%n", table.table(), rows(table.before()), rows(table.after()));
    DiffResult.RowsDiff rows = table.rows();
    if (rows == null) {
      return;
    }
    out.printf(
        "    %s added, %s removed, %s changed%s%n",
        Texts.grouped(rows.added()),
        Texts.grouped(rows.removed()),
        Texts.grouped(rows.changed()),
        rows.keyed() ? "" : " (no usable key: rows counted by content)");
    if (!rows.uncompared().isEmpty()) {
      out.println("    not compared, on one side only: " + String.join(", ", rows.uncompared()));
    }
    rows.changes().forEach(change -> out.println("    " + words(change)));
    if (rows.leftOut() > 0) {
      out.printf("    … and %s more%n", Texts.grouped(rows.leftOut()));
    }
  }

  private static String rows(@Nullable Long count) {
    return count == null ? "no table" : Texts.count(count, "row", "rows");
  }

  private static String words(RowChange change) {
    String copies = change.copies() == 1 ? "" : " (" + change.copies() + " times)";
    return switch (change.change()) {
      case ADDED -> "+ " + RowText.of(change.after()) + copies;
      case REMOVED -> "- " + RowText.of(change.before()) + copies;
      case CHANGED ->
          "~ "
              + RowText.of(change.key())
              + ": "
              + change.before().entrySet().stream()
                  .map(
                      cell ->
                          "%s %s -> %s"
                              .formatted(
                                  cell.getKey(),
                                  RowText.of(cell.getValue()),
                                  RowText.of(
                                      change
                                          .after()
                                          .getOrDefault(cell.getKey(), new SqlValue.Null()))))
                  .collect(Collectors.joining(", "));
    };
  }
}
