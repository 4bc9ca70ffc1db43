package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody's open file is replaced under their hands. */
class DatabaseInUseTest {
  @TempDir Path root;
  private Site site;
  private BackupResult snapshot;

  @BeforeEach
  void changedSinceTheSnapshot() throws Exception {
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    snapshot = site.snapshot();
    Databases.execute(site.file(TASKS), "DELETE FROM item WHERE id > 9");
    Files.writeString(site.db().resolve("settings.json"), "{}");
  }

  static Stream<Optional<DirectoryExchange>> exchanges() {
    return Stream.of(DirectoryExchange.ofSystem(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/task_metadata.db", "projects.db"})
  void run_anotherProcessHasADatabaseOpen_isRefusedNamingItUntilItHasEnded(String database)
      throws Exception {
    Map<String, List<String>> old = site.content();
    Path file = site.db().resolve(database);
    try (OtherProcess holder = OtherProcess.usingDatabase(file)) {
      Map<String, String> before = site.untouchable();

      BackupException refusal = Refusals.of(() -> site.restore(snapshot.snapshotId()));

      assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
      assertThat(refusal.text())
          .contains("pid " + holder.pid(), "python", file.getFileName().toString());
      assertThat(site.untouchable()).isEqualTo(before);
      assertThat(holder.isAlive()).isTrue();
    }

    site.restore(snapshot.snapshotId());

    assertThat(site.content()).isNotEqualTo(old);
    assertThat(site.content(site.kept().getFirst())).isEqualTo(old);
  }

  @Test
  void run_forcedWhileADatabaseIsOpen_isRefusedAllTheSame() throws Exception {
    try (OtherProcess holder = OtherProcess.usingDatabase(site.file(TASKS))) {
      BackupException refusal =
          Refusals.of(
              () -> site.restorer().run(Site.forced(snapshot.snapshotId()), Progress.silent()));

      assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
      assertThat(refusal.text()).contains("pid " + holder.pid());
    }
  }

  @Test
  void run_anotherProcessHasACarriedOverFileOpen_isRefused() throws Exception {
    Path settings = site.db().resolve("settings.json");
    Map<String, String> before = site.untouchable();
    try (OtherProcess holder = OtherProcess.reading(settings)) {
      BackupException refusal = Refusals.of(() -> site.restore(snapshot.snapshotId()));

      assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
      assertThat(refusal.text()).contains("pid " + holder.pid(), "settings.json");
      assertThat(site.untouchable()).isEqualTo(before);
    }
  }

  @Test
  void run_databaseBehindASymbolicLinkIsOpen_isRefused() throws Exception {
    Path elsewhere = root.resolve("elsewhere.db");
    Files.move(site.file(PROJECTS), elsewhere);
    Files.createSymbolicLink(site.file(PROJECTS), elsewhere);
    try (OtherProcess holder = OtherProcess.usingDatabase(elsewhere)) {
      assertThat(Refusals.of(() -> site.restore(snapshot.snapshotId())).text())
          .contains("pid " + holder.pid());
    }
  }

  @Test
  void run_liveDirectoryBehindASymbolicLinkIsInUse_isRefused() throws Exception {
    Path elsewhere = root.resolve("elsewhere");
    Files.move(site.db(), elsewhere);
    Files.createSymbolicLink(site.db(), elsewhere);
    try (OtherProcess holder = OtherProcess.usingDatabase(site.file(PROJECTS))) {
      assertThat(Refusals.of(() -> site.restore(snapshot.snapshotId())).text())
          .contains("pid " + holder.pid());
    }
  }

  @Test
  void run_toAnotherDirectoryWhileADatabaseIsOpen_works() throws Exception {
    try (OtherProcess holder = OtherProcess.usingDatabase(site.file(TASKS))) {
      site.restorer()
          .run(Site.to(snapshot.snapshotId(), root.resolve("target")), Progress.silent());

      assertThat(site.content(root.resolve("target"))).hasSize(3);
      assertThat(holder.isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void run_databaseOpenedBetweenTheGuardAndTheSwap_oldDataIsLiveAgain(
      Optional<DirectoryExchange> exchange) throws Exception {
    Map<String, String> before = site.untouchable();
    Object tasks = Tree.identity(site.file(PROJECTS));
    AtomicReference<@Nullable OtherProcess> opened = new AtomicReference<>();
    AtStep late =
        new AtStep("swapping", () -> opened.set(OtherProcess.usingDatabase(site.file(PROJECTS))));

    BackupException refusal =
        Refusals.of(() -> site.restorer(exchange).run(Site.request(snapshot.snapshotId()), late));

    assertThat(late.fired()).isTrue();
    try (OtherProcess holder = Objects.requireNonNull(opened.get())) {
      assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
      assertThat(refusal.text()).contains("pid " + holder.pid());
      assertThat(Tree.identity(site.file(PROJECTS))).isEqualTo(tasks);
      assertThat(site.untouchable()).isEqualTo(before);
      assertThat(site.leftovers()).isEmpty();
      assertThat(site.kept()).isEmpty();
    }
    site.restore(snapshot.snapshotId());
    assertThat(site.kept()).hasSize(1);
  }

  @Test
  void run_rollBackWhileADatabaseIsOpen_isRefusedUntilItIsClosed() throws Exception {
    Map<String, List<String>> old = site.content();
    site.restore(snapshot.snapshotId());
    Map<String, String> before = site.untouchable();
    try (OtherProcess holder = OtherProcess.usingDatabase(site.file(PROJECTS))) {
      BackupException refusal = Refusals.of(() -> site.rollBack());

      assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
      assertThat(refusal.text()).contains("pid " + holder.pid());
      assertThat(site.untouchable()).isEqualTo(before);
    }

    site.rollBack();

    assertThat(site.content()).isEqualTo(old);
  }

  @Test
  void run_anotherProcessOnlyHasTheKeptDataOpen_restoresAgain() throws IOException {
    site.restore(snapshot.snapshotId());
    try (OtherProcess holder = OtherProcess.reading(PROJECTS.in(site.kept().getFirst()))) {
      site.restore(snapshot.snapshotId());

      assertThat(site.kept()).hasSize(2);
      assertThat(holder.isAlive()).isTrue();
    }
  }
}
