package dev.workbuddy.backup.migration;

import java.util.List;

/**
 * Where a database stands beside its ladder.
 *
 * @param version the database's
 * @param top the ladder's
 * @param pending what a run would do; nothing where the database is newer than the ladder
 * @param edited steps whose code is not what was applied
 */
public record MigrationStatus(int version, int top, Migration pending, List<StepSummary> edited) {
  public MigrationStatus {
    edited = List.copyOf(edited);
  }

  static MigrationStatus of(SchemaState state, Ladder ladder) {
    Migration pending =
        state.version() > ladder.top()
            ? Migration.none(state.version())
            : ladder.plan(state.version(), state.hasTables());
    return new MigrationStatus(state.version(), ladder.top(), pending, state.edited(ladder));
  }

  public boolean isTooNew() {
    return version > top;
  }
}
