package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.restore.KilledAtStep.Death;
import dev.workbuddy.backup.restore.KilledAtStep.Work;
import dev.workbuddy.backup.runs.RestoreRecord;
import dev.workbuddy.backup.runs.RestoreRecord.End;
import dev.workbuddy.backup.runs.RestoreRecord.Operation;
import dev.workbuddy.backup.sqlite.SideFiles;
import dev.workbuddy.backup.testing.JavaCommand;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whenever a restore or a rollback is killed, the data is all old or all new. */
class KilledRestoreTest {
  private static final String BETWEEN = "between the two renames";

  @TempDir static Path templates;
  private static Map<String, List<String>> changed = Map.of();
  private static Map<String, List<String>> snapshotted = Map.of();
  private static Map<String, String> others = Map.of();

  @TempDir Path root;

  /** What a look at the live directory shows. */
  private enum State {
    BEFORE,
    AFTER,
    ABSENT
  }

  /** One template about to restore, one about to roll that restore back. */
  @BeforeAll
  static void templates() throws Exception {
    Tools.require("python3", "kill");
    Site site = Site.in(templates.resolve("RESTORE"));
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    snapshotted = site.content();
    site.snapshot();
    Databases.commitAndDie(site.file(TASKS), 20);
    Databases.execute(site.file(PROJECTS), "DELETE FROM item WHERE id > 9");
    for (String file : SideFiles.of(site.file(NOTES).toString())) {
      Files.deleteIfExists(Path.of(file));
    }
    Files.delete(site.file(NOTES));
    Files.writeString(site.db().resolve("settings.json"), "{}");
    Databases.create(site.db().resolve("tasks/cache.db"), "wal", 4);
    changed = site.content();
    others = others(site);
    Files.createDirectories(templates.resolve("ROLL_BACK"));
    Tree.copy(templates.resolve("RESTORE/data"), templates.resolve("ROLL_BACK/data"));
    Site.in(templates.resolve("ROLL_BACK")).restore("latest");
  }

  @ParameterizedTest
  @CsvSource({
    "RESTORE,   true,  HALT",
    "RESTORE,   false, HALT",
    "RESTORE,   true,  KILL_9",
    "ROLL_BACK, true,  HALT",
    "ROLL_BACK, false, HALT",
    "ROLL_BACK, false, KILL_9",
  })
  void run_killedAtEveryStep_allDataIsOldOrNew(Work work, boolean exchange, Death death)
      throws Exception {
    List<String> steps = new ArrayList<>();
    Map<String, End> recorded = new HashMap<>();
    boolean killed = true;
    while (killed) {
      int number = steps.size() + 1;
      Site site = fresh(work, "at step " + number);
      Ended ended = child(site, work, exchange, number, death);
      killed = ended.exitCode() == death.exitCode;
      if (killed) {
        steps.add(ended.step());
        checkAfterKill(site, work, exchange, ended.step(), recorded);
      } else {
        assertThat(ended.exitCode()).as(ended.step()).isZero();
        assertThat(state(site, work)).isEqualTo(State.AFTER);
      }
    }
    assertThat(steps)
        .containsSubsequence(
            "noting the swap", "swapping", "tidying the old data", "forgetting the swap")
        .doesNotHaveDuplicates();
    assertThat(steps.contains(BETWEEN)).isEqualTo(!exchange);
    assertThat(steps.contains("keeping the old data")).isEqualTo(exchange);
    assertThat(recorded)
        .containsEntry("swapping", End.UNDONE)
        .containsEntry("tidying the old data", End.DONE)
        .containsEntry("forgetting the swap", End.DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keeping the old data", "between the two renames"})
  void recover_killedAtEveryStepItself_theNextOneFinishes(String cut) throws Exception {
    boolean exchange = !cut.equals(BETWEEN);
    Site cutShort = cutShortAt(cut, exchange);
    List<String> steps = new ArrayList<>();
    boolean killed = true;
    while (killed) {
      Path copy = Files.createDirectories(root.resolve("recovery " + steps.size()));
      Tree.copy(cutShort.settings().dataRoot(), copy.resolve("data"));
      Site site = Site.in(copy);
      Ended ended = child(site, Work.RECOVER, exchange, steps.size() + 1, Death.HALT);
      killed = ended.exitCode() == Death.HALT.exitCode;
      if (killed) {
        steps.add(ended.step());
        site.recover();
      } else {
        assertThat(ended.exitCode()).isZero();
      }
      assertThat(state(site, Work.RESTORE)).isEqualTo(State.AFTER);
      assertThat(site.leftovers()).isEmpty();
      checkKept(site, Work.RESTORE, State.AFTER);
    }
    assertThat(steps).contains("tidying the old data", "ending the swap", "forgetting the swap");
  }

  @Test
  void recover_noteOfAFinishedSwapIsGone_keepsTheOldData() throws Exception {
    Site site = cutShortAt("keeping the old data", true);
    Files.delete(note(site));

    assertThat(site.recover()).get().asString().startsWith("finished the restore of snap-");

    assertThat(state(site, Work.RESTORE)).isEqualTo(State.AFTER);
    assertThat(site.leftovers()).isEmpty();
    assertThat(site.content(site.kept().getFirst())).isEqualTo(changed);
    assertThat(site.recorded().getLast().status()).isEqualTo(End.DONE);
    site.rollBack();
    assertThat(site.content()).isEqualTo(changed);
  }

  @Test
  void recover_noteOfASwapInTwoStepsIsGone_theOldDataIsLiveAgain() throws Exception {
    Site site = cutShortAt(BETWEEN, false);
    Files.delete(note(site));

    assertThat(site.recover()).get().asString().contains("the data is as it was before it");

    assertThat(state(site, Work.RESTORE)).isEqualTo(State.BEFORE);
    assertThat(site.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'snapshot_id':'x','staging':'../../etc','kept':'k','replaced':[],'carried':[],'staged':{}}",
        "{'snapshot_id':'x','staging':'db.staging_','kept':'db.pre_restore_/../../x'}",
      })
  void recover_noteThatNobodyWrote_isSetAsideAndTheDirectoriesTell(String note) throws Exception {
    Site site = cutShortAt("keeping the old data", true);
    Files.writeString(note(site), note.replace('\'', '"'));

    assertThat(site.recover())
        .get()
        .asString()
        .contains("the note of a restore that was cut short", "finished the restore of snap-");

    assertThat(state(site, Work.RESTORE)).isEqualTo(State.AFTER);
    assertThat(site.content(site.kept().getFirst())).isEqualTo(changed);
    assertThat(site.leftovers()).containsExactly("db.swap.json.unreadable");
  }

  private static Path note(Site site) {
    return site.db().resolveSibling(site.db().getFileName() + ".swap.json");
  }

  /** An error leaves a restore as a kill does. */
  private Site cutShortAt(String step, boolean exchange) throws IOException {
    Site site = fresh(Work.RESTORE, "cut short");
    AtStep cut = cuttingAt(step);
    Optional<DirectoryExchange> system = exchange ? DirectoryExchange.ofSystem() : Optional.empty();
    assertThatThrownBy(() -> site.restorer(system).run(Site.request("latest"), cut))
        .hasRootCauseMessage("cut short");
    return site;
  }

  private void checkAfterKill(
      Site site, Work work, boolean exchange, String step, Map<String, End> recorded)
      throws IOException {
    State found = state(site, work);
    if (exchange || !step.equals(BETWEEN)) {
      assertThat(found).as(step).isNotEqualTo(State.ABSENT);
    }

    site.recover();

    State recovered = state(site, work);
    assertThat(recovered).as(step).isNotEqualTo(State.ABSENT);
    if (found != State.ABSENT) {
      assertThat(recovered).as(step).isEqualTo(found);
    }
    assertThat(site.leftovers()).as(step).isEmpty();
    checkKept(site, work, recovered);
    checkRecord(site, work, recovered).ifPresent(end -> recorded.put(step, end));
    site.restore("latest");
    assertThat(site.content()).as(step).isEqualTo(snapshotted);
    assertThat(others(site)).as(step).isEqualTo(others);
  }

  /** Only what left nothing behind, since it had not begun to unpack, is on no record. */
  private static Optional<End> checkRecord(Site site, Work work, State state) throws IOException {
    List<RestoreRecord> all = site.recorded();
    if (all.size() == (work == Work.RESTORE ? 0 : 1)) {
      assertThat(state).isEqualTo(State.BEFORE);
      return Optional.empty();
    }
    RestoreRecord last = all.getLast();
    assertThat(all).hasSize(work == Work.RESTORE ? 1 : 2);
    assertThat(last.operation())
        .isEqualTo(work == Work.RESTORE ? Operation.RESTORE : Operation.ROLLBACK);
    assertThat(last.cutShort()).isTrue();
    assertThat(last.status()).isEqualTo(state == State.AFTER ? End.DONE : End.UNDONE);
    assertThat(last.kept())
        .isEqualTo(state == State.AFTER ? site.kept().getFirst().toString() : null);
    return Optional.of(last.status());
  }

  /** The guard hears of it from whoever ends it. */
  @ParameterizedTest
  @ValueSource(strings = {"tidying the old data", "telling of the swap", "ending the swap"})
  void recover_olderDataIsInPlace_theNextSnapshotRaisesNoAlarm(String cut) throws Exception {
    Site site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    BackupResult older = site.snapshot();
    Databases.insert(site.file(TASKS), 5, 500);
    site.clock().advance(Duration.ofDays(1));
    site.snapshot();
    assertThatThrownBy(() -> site.restorer().run(Site.request(older.snapshotId()), cuttingAt(cut)))
        .hasRootCauseMessage("cut short");

    assertThat(site.recover()).get().asString().startsWith("finished the restore of");

    BackupResult next = site.snapshot();
    assertThat(next.openAlarms()).isEmpty();
    assertThat(next.warnings())
        .contains(
            "tasks was put back since the last snapshot: compared with " + older.snapshotId());
    assertThat(site.recorded())
        .singleElement()
        .satisfies(record -> assertThat(record.status()).isEqualTo(End.DONE))
        .satisfies(record -> assertThat(record.cutShort()).isTrue());
  }

  private static AtStep cuttingAt(String step) {
    return new AtStep(
        step,
        () -> {
          throw new IOException("cut short");
        });
  }

  private static void checkKept(Site site, Work work, State state) throws IOException {
    if (work == Work.RESTORE && state == State.BEFORE) {
      assertThat(site.kept()).isEmpty();
      return;
    }
    assertThat(site.kept()).hasSize(1);
    Path kept = site.kept().getFirst();
    boolean keptIsChanged = (work == Work.RESTORE) == (state == State.AFTER);
    assertThat(site.content(kept)).isEqualTo(keptIsChanged ? changed : snapshotted);
    assertThat(Tree.of(kept)).doesNotContainKeys("settings.json", "tasks/cache.db");
  }

  /** Fails where the live directory is neither. */
  private static State state(Site site, Work work) throws IOException {
    if (!Files.exists(site.db())) {
      return State.ABSENT;
    }
    assertThat(others(site)).isEqualTo(others);
    Map<String, List<String>> content = site.content();
    if (content.equals(changed)) {
      return work == Work.RESTORE ? State.BEFORE : State.AFTER;
    }
    assertThat(content).isEqualTo(snapshotted);
    return work == Work.RESTORE ? State.AFTER : State.BEFORE;
  }

  private static Map<String, String> others(Site site) throws IOException {
    Map<String, String> tree = Tree.of(site.db());
    tree.keySet().removeIf(name -> name.startsWith("deep") || name.equals(SwapMarker.FILE_NAME));
    for (VitalDatabase database : Site.DATABASES) {
      tree.remove(database.path());
      SideFiles.of(database.path()).forEach(tree::remove);
    }
    return tree;
  }

  private Site fresh(Work work, String name) throws IOException {
    Path directory = Files.createDirectories(root.resolve(name));
    Tree.copy(templates.resolve(work.name()).resolve("data"), directory.resolve("data"));
    return Site.in(directory);
  }

  /** How a child ended, and the step at which it killed itself. */
  private record Ended(int exitCode, String step) {}

  private static Ended child(Site site, Work work, boolean exchange, int step, Death death)
      throws IOException {
    Path root = Objects.requireNonNull(site.settings().dataRoot().getParent());
    List<String> command = new ArrayList<>(JavaCommand.of(KilledAtStep.class));
    command.addAll(
        List.of(
            root.toString(),
            work.name(),
            Boolean.toString(exchange),
            Integer.toString(step),
            death.name()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.onExit().join().exitValue(), output.strip());
  }
}
