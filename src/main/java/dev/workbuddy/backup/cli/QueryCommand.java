package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataQuery;
import dev.workbuddy.backup.io.Printer;
import dev.workbuddy.backup.query.QueryResult;
import dev.workbuddy.backup.tables.SqlValue;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "query", description = "Run a read-only SQL query on a database of a snapshot.")
final class QueryCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "An id, the beginning of one, or latest, as for restore.")
  private String id;

  @Parameters(index = "1", paramLabel = "DB", description = "The database, by logical name.")
  private String database;

  @Parameters(index = "2", paramLabel = "SQL", description = "One statement that reads.")
  private String sql;

  @Option(
      names = "--with",
      paramLabel = "NAME",
      split = ",",
      description = "Other databases of the snapshot, for NAME.table in the SQL.")
  private Set<String> neighbours = new LinkedHashSet<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Return at most N rows (default 1000).")
  private int limit;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Stop the query after this time (default 60).")
  private int timeout;

  @Option(names = "--csv", description = "Print comma-separated values; NULL is left empty.")
  private boolean csv;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataQuery(),
        new DataQuery.Parameters(
            id, database, sql, neighbours, Math.max(0, limit), Math.max(1, timeout)),
        csv ? this::printCsv : this::printTable);
  }

  private void printTable(QueryResult result, PrintStream out) {
    Table table = new Table();
    result.columns().forEach(table::text);
    for (List<SqlValue> row : result.rows()) {
      table.row(row.stream().map(RowText::plain).toArray(String[]::new));
    }
    table.print(out);
    tell(result);
  }

  /** Data for programs, byte by byte; on a terminal, which would act on it, as text. */
  private void printCsv(QueryResult result, Printer out) {
    Consumer<String> lines =
        Terminal.showsResults()
            ? line -> out.document(line.replace("\r\n", "\n"))
            : out.exact()::print;
    lines.accept(line(result.columns()));
    for (List<SqlValue> row : result.rows()) {
      lines.accept(line(row.stream().map(QueryCommand::field).toList()));
    }
    tell(result);
  }

  /** On standard error, so that it never looks like data. */
  private void tell(QueryResult result) {
    result.warnings().forEach(text -> root.environment().err().println("Warning: " + text));
    if (result.truncated()) {
      root.environment()
          .err()
          .printf("There are more than these %d rows; see --limit.%n", result.rows().size());
    }
  }

  private static String line(List<String> fields) {
    return fields.stream().map(QueryCommand::quoted).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String quoted(String field) {
    return field.matches("(?s).*[\",\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }

  private static String field(SqlValue cell) {
    return switch (cell) {
      case SqlValue.Null _ -> "";
      case SqlValue.Text text -> text.value();
      case SqlValue.Bytes bytes -> bytes.hex();
      default -> cell.literal();
    };
  }
}
