package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.Migrate;
import dev.workbuddy.backup.migrate.MigrateResult;
import dev.workbuddy.backup.migrate.SchemaReport;
import dev.workbuddy.backup.migration.StepSummary;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "migrate",
    description = "Show or change the schema versions of the live databases.",
    synopsisSubcommandLabel = "COMMAND")
final class MigrateCommand {
  @ParentCommand private WbBackup root;

  @Command(
      name = "status",
      description = "Show each database's schema version and pending migration steps.")
  int status() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().migrateStatus(),
        new Migrate.StatusParameters(),
        MigrateCommand::print);
  }

  @Command(
      name = "run",
      description = "Bring the live databases to today's schema; takes a snapshot first.")
  int run(
      @Option(
              names = "--only",
              paramLabel = "NAME",
              split = ",",
              description = "Only these databases, by logical name.")
          @Nullable Set<String> only,
      @Option(names = "--no-snapshot", description = "Take no snapshot first.") boolean noSnapshot,
      @Option(names = "--dry-run", description = "Show what would be done, and change nothing.")
          boolean dryRun)
      throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().migrateRun(),
        new Migrate.RunParameters(only == null ? Set.of() : only, !noSnapshot, dryRun),
        MigrateCommand::print);
  }

  @Command(name = "new", description = "Create the file of a database's next migration step.")
  int add(
      @Parameters(paramLabel = "NAME", description = "A short description of the step.")
          String name,
      @Option(
              names = "--db",
              paramLabel = "DATABASE",
              required = true,
              description = "The database, by logical name.")
          String database)
      throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().migrateNew(),
        new Migrate.NewParameters(name, database),
        (step, out) -> out.println("Wrote " + step.file()));
  }

  private static void print(SchemaReport report, PrintStream out) {
    Table table = new Table().text("DATABASE").text("STATE").number("VERSION").number("TOP");
    table.text("STEPS");
    for (SchemaReport.Entry entry : report.databases()) {
      table.row(
          entry.database(),
          entry.state().word(),
          number(entry.version()),
          number(entry.top()),
          steps(entry));
    }
    table.print(out);
    report.databases().stream()
        .flatMap(entry -> Stream.ofNullable(entry.problem()))
        .forEach(problem -> out.printf("%s%n  %s%n", problem.text(), problem.hint()));
    report.warnings().forEach(warning -> out.println("Warning: " + warning));
  }

  private static String number(@Nullable Integer version) {
    return version == null ? "-" : version.toString();
  }

  private static String steps(SchemaReport.Entry entry) {
    Stream<String> baseline = entry.baseline() ? Stream.of("to be taken as it is") : Stream.empty();
    Stream<String> edited =
        entry.edited().isEmpty()
            ? Stream.empty()
            : Stream.of("edited since: " + words(entry.edited()));
    Stream<String> pending =
        entry.pending().isEmpty()
            ? Stream.empty()
            : Stream.of("pending: " + words(entry.pending()));
    return Stream.of(baseline, edited, pending)
        .flatMap(each -> each)
        .collect(Collectors.joining("; "));
  }

  private static String words(List<StepSummary> steps) {
    return steps.stream()
        .map(step -> step.version() + " " + step.description())
        .collect(Collectors.joining(", "));
  }

  private static void print(MigrateResult result, PrintStream out) {
    if (result.snapshotId() != null) {
      out.println("The snapshot from before is " + result.snapshotId());
    }
    new TreeMap<>(result.migrated())
        .forEach(
            (database, climb) -> {
              out.println("  " + database);
              Climbs.print(climb, result.dryRun(), out);
            });
    if (result.migrated().isEmpty()) {
      out.println("Nothing to migrate.");
    }
    result.warnings().forEach(warning -> out.println("Warning: " + warning));
  }
}
