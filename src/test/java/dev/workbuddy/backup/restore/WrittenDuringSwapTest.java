package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.DirectoryExchange;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application commits at the moment of a swap is found again, wherever it went. */
class WrittenDuringSwapTest {
  private static final String BEFORE = "swapping";
  private static final String AFTER = "looking for users of the old data";

  @TempDir Path root;
  private final AtomicReference<@Nullable OtherProcess> opened = new AtomicReference<>();
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
    Files.writeString(site.db().resolve("log.txt"), "carried over");
  }

  @AfterEach
  void closeTheHolder() throws IOException {
    OtherProcess holder = opened.getAndSet(null);
    if (holder != null) {
      holder.close();
    }
  }

  static Stream<Optional<DirectoryExchange>> exchanges() {
    return Stream.of(DirectoryExchange.ofSystem(), Optional.empty());
  }

  static Stream<Arguments> exchangesAndDatabases() {
    return exchanges()
        .flatMap(e -> Stream.of(TASKS, PROJECTS).map(database -> Arguments.of(e, database)));
  }

  /** Two things at their steps: somebody opens a file and stays, and later something happens. */
  private AtStep.Steps holderThen(AtStep.Action action) {
    return new AtStep.Steps(
        new AtStep(BEFORE, () -> opened.set(OtherProcess.reading(site.file(PROJECTS)))),
        new AtStep(AFTER, action));
  }

  @ParameterizedTest
  @MethodSource("exchangesAndDatabases")
  void run_holderStaysAndAnotherCommitsMeanwhile_theRowIsWhereTheRefusalSays(
      Optional<DirectoryExchange> exchange, VitalDatabase database) throws Exception {
    Map<String, String> before = site.untouchable();
    AtStep.Steps steps = holderThen(() -> OtherProcess.insert(site.file(database), "acknowledged"));

    BackupException refusal =
        Refusals.of(() -> site.restorer(exchange).run(Site.request(snapshot.snapshotId()), steps));

    assertThat(steps.fired()).isTrue();
    Path refused = saysWhere(refusal);
    assertThat(Databases.content(database.in(refused))).asString().contains("acknowledged");
    assertThat(refused.resolve(SwapMarker.FILE_NAME)).doesNotExist();
    assertThat(withoutRefused()).isEqualTo(before);
    closeTheHolder();
    site.restore(snapshot.snapshotId());
    assertThat(Databases.content(database.in(refused))).asString().contains("acknowledged");
  }

  @Test
  void run_holderStaysAndACommitIsOnlyInTheWal_itIsKeptToo() throws Exception {
    AtStep.Steps steps = holderThen(() -> Databases.commitAndDie(site.file(TASKS), 3));

    BackupException refusal =
        Refusals.of(() -> site.restorer().run(Site.request(snapshot.snapshotId()), steps));

    assertThat(steps.fired()).isTrue();
    assertThat(Databases.content(TASKS.in(saysWhere(refusal))))
        .asString()
        .contains("left in the wal 2");
  }

  @Test
  void run_holderStaysAndAnotherOnlyReadsOrWritesCarriedFiles_nothingIsKept() throws Exception {
    AtStep.Steps steps =
        holderThen(
            () -> {
              OtherProcess.usingDatabase(site.file(TASKS)).close();
              Files.writeString(site.db().resolve("log.txt"), "more");
            });

    BackupException refusal =
        Refusals.of(() -> site.restorer().run(Site.request(snapshot.snapshotId()), steps));

    assertThat(steps.fired()).isTrue();
    assertThat(refusal.hint()).contains("Nothing was changed");
    assertThat(site.db().resolve("log.txt")).hasContent("more");
    assertThat(site.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void rollBack_holderStaysAndAnotherCommitsMeanwhile_theRowIsWhereTheRefusalSays(
      Optional<DirectoryExchange> exchange) throws Exception {
    site.restore(snapshot.snapshotId());
    Map<String, List<String>> restored = site.content();
    AtStep.Steps steps =
        holderThen(
            () -> {
              OtherProcess.insert(site.file(PROJECTS), "acknowledged");
              Databases.commitAndDie(site.file(TASKS), 3);
            });

    BackupException refusal = Refusals.of(() -> site.rollBack(exchange, steps));

    assertThat(steps.fired()).isTrue();
    Path refused = saysWhere(refusal);
    assertThat(Databases.content(PROJECTS.in(refused))).asString().contains("acknowledged");
    assertThat(Databases.content(TASKS.in(refused))).asString().contains("left in the wal 2");
    assertThat(site.content()).isEqualTo(restored);
    closeTheHolder();
    site.rollBack();
    assertThat(Databases.content(site.file(TASKS))).asString().contains("left in the wal 2");
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void run_holderClosesAfterAMoment_theRestoreSucceedsAndItsCommitIsInTheKeptData(
      Optional<DirectoryExchange> exchange) throws Exception {
    AtStep late =
        new AtStep(
            BEFORE,
            () -> {
              OtherProcess.insert(site.file(PROJECTS), "just before");
              opened.set(OtherProcess.usingDatabase(site.file(PROJECTS)));
            });

    RestoreResult result =
        site.restorer(exchange, _ -> closeUnchecked())
            .run(Site.request(snapshot.snapshotId()), late);

    assertThat(late.fired()).isTrue();
    assertThat(opened.get()).as("somebody waited").isNull();
    Path kept = Path.of(Objects.requireNonNull(result.kept()));
    assertThat(Databases.content(PROJECTS.in(kept))).asString().contains("just before");
    assertThat(Databases.content(site.file(PROJECTS))).asString().doesNotContain("just before");
    assertThat(site.leftovers()).isEmpty();
  }

  /** Else it would commit into files that nobody looks at, or mix their log with the new data. */
  @ParameterizedTest
  @MethodSource("exchangesAndDatabases")
  void run_somebodyHasOnlyJustOpenedTheOldDatabase_isNotLetOn(
      Optional<DirectoryExchange> exchange, VitalDatabase database) throws Exception {
    AtStep late = new AtStep(AFTER, () -> OtherProcess.insertInVain(database.in(oldData())));

    site.restorer(exchange).run(Site.request(snapshot.snapshotId()), late);

    assertThat(late.fired()).isTrue();
    Databases.insert(site.file(database), 1, 1);
  }

  @Test
  void run_databaseLockedJustBeforeTheSwap_isRefusedNamingTheProcess() throws Exception {
    Map<String, String> before = site.untouchable();
    AtStep late =
        new AtStep(BEFORE, () -> opened.set(OtherProcess.usingDatabase(site.file(TASKS))));

    BackupException refusal =
        Refusals.of(() -> site.restorer().run(Site.request(snapshot.snapshotId()), late));

    assertThat(late.fired()).isTrue();
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
    assertThat(refusal.text()).contains("pid " + Objects.requireNonNull(opened.get()).pid());
    closeTheHolder();
    assertThat(site.untouchable()).isEqualTo(before);
  }

  /** A process that is killed after it has swapped back leaves this; so does an error. */
  @Test
  void recover_refusedDataWithWritesNotYetPutAside_isPutAside() throws Exception {
    AtStep cut =
        new AtStep(
            BEFORE,
            () -> {
              OtherProcess.insert(PROJECTS.in(beside("db.staging_")), "acknowledged");
              throw new IOException("cut short");
            });

    assertThat(catchThrowable(() -> site.restorer().run(Site.request(snapshot.snapshotId()), cut)))
        .hasRootCauseMessage("cut short");
    site.recover();

    assertThat(Databases.content(PROJECTS.in(site.refused().getFirst())))
        .asString()
        .contains("acknowledged");
    assertThat(site.settings().dataRoot().resolve("db.swap.json")).doesNotExist();
  }

  private Path saysWhere(BackupException refusal) throws IOException {
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
    assertThat(site.refused()).hasSize(1);
    Path refused = site.refused().getFirst();
    assertThat(refusal.hint()).contains(refused.toString()).doesNotContain("Nothing was changed");
    return refused;
  }

  private Map<String, String> withoutRefused() throws IOException {
    Map<String, String> tree = site.untouchable();
    tree.keySet().removeIf(name -> name.startsWith("db.refused_"));
    return tree;
  }

  /** Where the old directory is while the new one is live. */
  private Path oldData() throws IOException {
    Path exchanged = beside("db.staging_");
    return Files.exists(exchanged) ? exchanged : beside("db.pre_restore_");
  }

  private Path beside(String prefix) throws IOException {
    try (Stream<Path> entries = Files.list(site.settings().dataRoot())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElse(root.resolve("nowhere"));
    }
  }

  private void closeUnchecked() {
    try {
      closeTheHolder();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
