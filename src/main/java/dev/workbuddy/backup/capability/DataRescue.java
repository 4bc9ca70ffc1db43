package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.rescue.RescueOptions;
import dev.workbuddy.backup.rescue.RescueRequest;
import dev.workbuddy.backup.rescue.RescueResult;
import dev.workbuddy.backup.rescue.RescueRows;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings lost rows back into the live databases. */
public final class DataRescue {
  private static final int MOST_NAMED = 10;

  private DataRescue() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}
   * @param databases by logical name; empty for all
   * @param tables by name; empty for all
   * @param where a condition in SQL on the rows of the one table in {@code tables}; null for all
   * @param includeChanged whether rows that differ become what they were, too
   * @param overwrite whether newer rows give way to lost ones that have the same unique value
   * @param keyless whether rows without a key come back even where another row has their number
   * @param recreate whether tables that were dropped are made again
   * @param triggers whether the live database's triggers see the rows come
   * @param batch how many rows one transaction brings back at most; 0 for as many as a writer can
   *     wait for
   * @param apply whether to do it rather than show what would be done
   */
  public record Parameters(
      @Described(
              "An id, an unambiguous beginning of one, or latest: the newest complete one that"
                  + " neither raised an alarm nor was taken before a rescue or migration.")
          String snapshotId,
      @Described("Only these databases, by logical name.") Set<String> databases,
      @Described("Only these tables.") Set<String> tables,
      @Described("A condition in SQL on the rows of the one table that is named.")
          @Nullable String where,
      @Described("Whether rows that differ become what they were, too.") boolean includeChanged,
      @Described("Whether newer rows give way to lost ones with the same unique value.")
          boolean overwrite,
      @Described(
              "Whether rows without a primary key come back even where another row, perhaps a newer"
                  + " form of them, has their number by now.")
          boolean keyless,
      @Described(
              "Whether tables that were dropped are made again, with their indexes, triggers and"
                  + " views.")
          boolean recreate,
      @Described("Whether the live database's triggers see the rows come.") boolean triggers,
      @Described(
              "How many rows one transaction brings back at most; 0 is as many as a writer can wait"
                  + " for.")
          @ByDefault("0")
          int batch,
      @Described("Whether to do it rather than show what would be done.") boolean apply) {
    private Parameters rehearsed() {
      return with(snapshotId, false);
    }

    private Parameters with(String id, boolean applied) {
      return new Parameters(
          id,
          databases,
          tables,
          where,
          includeChanged,
          overwrite,
          keyless,
          recreate,
          triggers,
          batch,
          applied);
    }

    public Parameters {
      databases = Set.copyOf(databases);
      tables = Set.copyOf(tables);
    }
  }

  static Capability<Parameters, RescueResult> in(Workspace workspace) {
    return new Capability<>(
            "data_rescue",
            "Brings back rows that a snapshot has and the live databases lack, and keeps everything"
                + " written since; without apply, only shows what it would do.",
            Effect.DESTROYS,
            Parameters.class,
            (parameters, progress) -> call(workspace, parameters, progress))
        .titled("Bring lost rows back")
        .doing(parameters -> parameters.apply() ? Effect.DESTROYS : Effect.READS)
        .rehearsedBy(rehearsal());
  }

  private static Preview<Parameters, RescueResult> rehearsal() {
    return new DryRunPreview<>(
        Parameters::rehearsed,
        DataRescue::state,
        DataRescue::stakes,
        (plan, operation) ->
            (parameters, progress) ->
                operation.run(parameters.with(plan.snapshotId(), parameters.apply()), progress));
  }

  /**
   * The application may write on meanwhile: what is agreed to is the plan, not the moment. The
   * warnings also say how the snapshot was found.
   */
  private static List<String> state(RescueResult plan) {
    return List.of(plan.snapshotId(), Json.line(plan.databases()), Json.line(plan.left()));
  }

  private static Impact stakes(RescueResult plan) {
    List<Impact.Loss> tables =
        plan.databases().stream()
            .flatMap(
                database ->
                    database.tables().stream()
                        .filter(table -> table.missing() > 0 || table.overwrites())
                        .map(table -> returning(database.database(), table)))
            .sorted(Comparator.comparingLong(Impact.Loss::returning).reversed())
            .toList();
    return new Impact(question(plan, tables), null, tables, plan.warnings());
  }

  /**
   * How many rows the live table has, a rescue does not count; what it would do to them, it does.
   */
  private static Impact.Loss returning(String database, RescueResult.TableRescue table) {
    long changed = table.changed() == null ? 0 : table.changed();
    return new Impact.Loss(
        database,
        table.table(),
        null,
        table.replaces() ? table.conflicts() : 0,
        table.overwrites() ? changed : 0,
        table.coming());
  }

  private static String question(RescueResult plan, List<Impact.Loss> tables) {
    String largest =
        tables.stream()
            .limit(MOST_NAMED)
            .map(
                table ->
                    "%d of %s.%s".formatted(table.returning(), table.database(), table.table()))
            .collect(Collectors.joining(", "));
    long more = Math.max(0, tables.size() - MOST_NAMED);
    return "Bring back %d rows of %s (%s%s)? %d newer rows would give way, and %d get older values. A"
            .formatted(
                tables.stream().mapToLong(Impact.Loss::returning).sum(),
                plan.snapshotId(),
                largest.isEmpty() ? "no table" : largest,
                more == 0 ? "" : ", and of %d more tables".formatted(more),
                tables.stream().mapToLong(Impact.Loss::lost).sum(),
                tables.stream().mapToLong(Impact.Loss::reverted).sum())
        + " snapshot of the live databases is taken first."
        + recreated(plan);
  }

  private static String recreated(RescueResult plan) {
    long objects =
        plan.databases().stream().mapToLong(database -> database.recreated().size()).sum();
    return objects == 0
        ? ""
        : " %d dropped tables, indexes, views and triggers are made again.".formatted(objects);
  }

  private static void requireBatch(int batch) {
    if (batch < 0) {
      throw new BackupException(
          ErrorCode.USAGE,
          "a batch of " + batch + " rows",
          "Give at least 1, or 0 for as many as a writer can wait for.");
    }
  }

  private static RescueResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    requireBatch(parameters.batch());
    Settings settings = workspace.settings();
    TakeSnapshot snapshots =
        new TakeSnapshot(settings, workspace.tool().get(), workspace.machine());
    RescueRows rescue = new RescueRows(settings, snapshots, workspace.clock(), workspace.waiting());
    RescueRequest request =
        new RescueRequest(
            parameters.snapshotId(),
            parameters.databases(),
            parameters.tables(),
            parameters.where(),
            new RescueOptions(
                parameters.includeChanged(),
                parameters.overwrite(),
                parameters.keyless(),
                parameters.recreate(),
                parameters.triggers(),
                parameters.batch()));
    if (!parameters.apply()) {
      return rescue.plan(request, progress);
    }
    List<Alarm> open = AfterRepair.open(settings);
    RescueResult result = rescue.run(request, progress);
    return result.ended(
        AfterRepair.closed(settings, open), AfterRepair.tell(workspace, settings, Set.of()));
  }
}
