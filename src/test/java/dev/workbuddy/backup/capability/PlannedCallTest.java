package dev.workbuddy.backup.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an agreed call does where things change between the last look at the plan and the deed. */
class PlannedCallTest {
  private final AtomicLong seconds =
      new AtomicLong(Instant.parse("2026-03-04T05:06:07Z").getEpochSecond());

  @TempDir private Path directory;
  private Capabilities capabilities;

  @BeforeEach
  void oneDatabaseAndARemote() throws Exception {
    Files.createDirectories(directory.resolve(".data/db"));
    Files.createDirectory(directory.resolve("store"));
    Databases.run(
        live(), "CREATE TABLE entry (id INTEGER PRIMARY KEY)", "INSERT INTO entry VALUES (1)");
    configure(9);
    capabilities =
        Workspaces.in(directory, () -> Instant.ofEpochSecond(seconds.incrementAndGet()), _ -> {});
  }

  private Path live() {
    return directory.resolve(".data/db/notes.db");
  }

  private static String rows(Path database) throws SQLException {
    return Databases.askOne(database, "SELECT count(*) FROM entry");
  }

  private void configure(int manual) throws IOException {
    Files.writeString(
        directory.resolve("config.yaml"),
        """
        backups:
          databases: { notes: { path: notes.db } }
          minimum_keep: 1
          retention: { manual: %d, hourly: 0, daily: 0, weekly: 0, monthly: 0, annual: 0 }
          directory: { path: %s }
        """
            .formatted(manual, directory.resolve("store")));
  }

  private <P extends Record, R extends Outcome> R call(
      Capability<P, R> capability, String name, Object value) throws Exception {
    return capability.call(parameters(capability, name, value), Progress.silent());
  }

  private static <P extends Record> P parameters(
      Capability<P, ?> capability, String name, Object value) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    return capability.read(
        value instanceof Boolean flag
            ? arguments.put(name, flag)
            : arguments.put(name, value.toString()));
  }

  private SnapshotId snapshot() throws Exception {
    BackupResult taken = call(capabilities.dataBackup(), "manual", true);
    return SnapshotId.parse(taken.snapshotId()).orElseThrow();
  }

  private <P extends Record, R extends Outcome> PlannedCall<P, R> planned(
      Capability<P, R> capability, String name, Object value) throws Exception {
    return capability.planned(parameters(capability, name, value), Progress.silent());
  }

  @Test
  void prune_moreIsDueAtTheLastMoment_deletesOnlyWhatWasShownHereAndOnTheRemote() throws Exception {
    SnapshotId first = snapshot();
    SnapshotId second = snapshot();
    SnapshotId third = snapshot();
    configure(2);
    PlannedCall<DataPrune.Parameters, PruneResult> shown =
        planned(capabilities.dataPrune(), "dry_run", false);
    configure(1);

    PruneResult done = shown.carryOutAtOnce(Progress.silent());

    assertThat(done.deleted()).containsExactly(first);
    assertThat(done.remotes().getFirst().deleted()).containsExactly(first);
    assertThat(done.decisions())
        .contains(
            new PruneResult.Decision(second, true, List.of("not in the plan that was agreed to")));
    assertThat(directory.resolve(".data/backups").resolve(second.toString())).isDirectory();
    assertThat(directory.resolve(".data/backups").resolve(third.toString())).isDirectory();
  }

  @Test
  void rollback_anotherRestoreAtTheLastMoment_isRefused() throws Exception {
    String id = snapshot().toString();
    call(capabilities.dataRestore(), "snapshot_id", id);
    PlannedCall<DataRollback.Parameters, ?> shown =
        planned(capabilities.dataRollback(), "dry_run", false);
    call(capabilities.dataRestore(), "snapshot_id", id);
    Databases.run(live(), "INSERT INTO entry VALUES (2)");

    BackupException refused =
        catchThrowableOfType(BackupException.class, () -> shown.carryOutAtOnce(Progress.silent()));

    assertThat(refused.code()).isEqualTo(ErrorCode.CONFIRMATION_INVALID);
    assertThat(rows(live())).isEqualTo("2");
  }

  @Test
  void restoreLatest_anotherIsTheLatestAtTheLastMoment_restoresTheOneThatWasShown()
      throws Exception {
    snapshot();
    PlannedCall<DataRestore.Parameters, ?> shown =
        planned(capabilities.dataRestore(), "snapshot_id", "latest");
    Databases.run(live(), "INSERT INTO entry VALUES (2)");
    snapshot();

    shown.carryOutAtOnce(Progress.silent());

    assertThat(rows(live())).isEqualTo("1");
  }

  @Test
  void restoreFromAPlaceOnANewMachine_restoresWhatThePlanFetched(@TempDir Path machine)
      throws Exception {
    String id = snapshot().toString();
    Capabilities fresh =
        Workspaces.in(machine, () -> Instant.ofEpochSecond(seconds.incrementAndGet()), _ -> {});
    ObjectNode arguments =
        JsonNodeFactory.instance
            .objectNode()
            .put("snapshot_id", "latest")
            .put("from", "directory:" + directory.resolve("store"));
    var shown = fresh.dataRestore().planned(fresh.dataRestore().read(arguments), Progress.silent());
    Databases.run(live(), "INSERT INTO entry VALUES (2)");
    snapshot();

    var done = shown.carryOut(Progress.silent());

    assertThat(done.plan().snapshotId()).isEqualTo(id);
    assertThat(rows(machine.resolve(".data/db/notes.db"))).isEqualTo("1");
    assertThat(done.warnings()).anyMatch(warning -> warning.contains("nothing is backed up yet"));
  }
}
