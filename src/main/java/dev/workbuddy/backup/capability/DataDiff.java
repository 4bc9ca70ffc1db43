package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.capability.schema.OnTerminal;
import dev.workbuddy.backup.diff.DiffDatabases;
import dev.workbuddy.backup.diff.DiffRequest;
import dev.workbuddy.backup.diff.DiffResult;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a snapshot with another one, or with the live databases. */
public final class DataDiff {
  private DataDiff() {}

  /**
   * The typed parameters.
   *
   * @param before an id, an unambiguous beginning of one, or {@code latest}
   * @param after the same, or {@code live}
   * @param databases by logical name; empty for all
   * @param tables by name; empty for all
   * @param rows whether to compare row by row
   * @param limit how many differing rows of each table to list
   * @param output a new file for all of them, a JSON document a line; null for none. Only a person
   *     on a terminal chooses where a file is written
   */
  public record Parameters(
      @Described(
              "An id, an unambiguous beginning of one, or latest: the newest complete one that"
                  + " neither raised an alarm nor was taken before a rescue or migration.")
          String before,
      @Described("Another snapshot, named likewise, or live for the databases in use.")
          @ByDefault("live")
          String after,
      @Described("Only these databases, by logical name.") Set<String> databases,
      @Described("Only these tables.") Set<String> tables,
      @Described("Whether to compare row by row.") boolean rows,
      @Described("How many differing rows of each table to list.") @ByDefault("20") int limit,
      @Described("A new file for every differing row, one JSON document a line.") @OnTerminal
          @Nullable Path output) {
    public Parameters {
      databases = Set.copyOf(databases);
      tables = Set.copyOf(tables);
    }
  }

  static Capability<Parameters, DiffResult> in(Workspace workspace) {
    return new Capability<>(
            "data_diff",
            "Shows what differs between a snapshot and another one or the live databases: schema,"
                + " row counts, and row by row if asked.",
            Effect.READS,
            Parameters.class,
            (parameters, progress) ->
                new DiffDatabases(workspace.settings(), workspace.clock())
                    .run(
                        new DiffRequest(
                            parameters.before(),
                            parameters.after(),
                            parameters.databases(),
                            parameters.tables(),
                            parameters.rows(),
                            parameters.limit(),
                            parameters.output()),
                        progress))
        .titled("Compare");
  }
}
