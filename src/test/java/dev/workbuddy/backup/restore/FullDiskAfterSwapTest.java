package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.RestoreRecord.End;
import dev.workbuddy.backup.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The disk is full as soon as the new data is live: every operation that swaps, and every step that
 * comes after that. The answer is what is true.
 */
class FullDiskAfterSwapTest {
  private static final List<String> STEPS =
      List.of(
          "looking for users of the old data",
          "keeping the old data",
          "tidying the old data",
          "telling of the swap",
          "ending the swap",
          "forgetting the swap");

  @TempDir Path root;

  /** What swaps directories. */
  enum Work {
    RESTORE,
    RESTORE_ONLY,
    ROLL_BACK
  }

  static Stream<Arguments> everyStepOfEveryWork() {
    return Stream.of(Work.values())
        .flatMap(
            work ->
                Stream.of(true, false)
                    .flatMap(
                        exchange ->
                            STEPS.stream()
                                .filter(step -> exchange || !step.equals("keeping the old data"))
                                .map(step -> Arguments.of(work, exchange, step))));
  }

  /** How it ended, whichever it was. */
  private record Answer(Status status, List<String> warnings) {}

  @ParameterizedTest
  @MethodSource("everyStepOfEveryWork")
  void run_diskIsFullAfterTheSwap_isDoneAndOnRecordAsSoonAsThereIsRoom(
      Work work, boolean exchange, String step) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), 40)) {
      Site site = Site.in(disk.root());
      Databases.create(site.file(TASKS), "wal", 1);
      Databases.create(site.file(PROJECTS), "delete", 2);
      Files.writeString(site.db().resolve("settings.json"), "{}");
      Map<String, List<String>> snapshotted = site.content();
      site.snapshot();
      Databases.execute(site.file(TASKS), "DELETE FROM item WHERE id > 9");
      Map<String, List<String>> changed = site.content();
      if (work == Work.ROLL_BACK) {
        site.restore("latest");
      }
      AtStep full = new AtStep(step, disk::fill);

      Answer answer = run(work, site, exchange, full);

      assertThat(full.fired()).isTrue();
      assertThat(answer.status()).as("%s", answer).isEqualTo(Status.DONE);
      Map<String, List<String>> wanted = work == Work.ROLL_BACK ? changed : snapshotted;
      assertThat(site.content()).isEqualTo(wanted);
      Files.delete(disk.root().resolve("filler"));
      site.recover();
      assertThat(site.content()).isEqualTo(wanted);
      assertThat(site.leftovers()).isEmpty();
      assertThat(site.recorded().getLast().status()).isEqualTo(End.DONE);
      assertThat(site.content(site.kept().getLast()))
          .isEqualTo(work == Work.ROLL_BACK ? snapshotted : only(work, changed));
      assertThat(Files.exists(site.db().resolve("settings.json"))).isTrue();
    }
  }

  private static Answer run(Work work, Site site, boolean exchange, AtStep progress)
      throws IOException {
    Optional<DirectoryExchange> system = exchange ? DirectoryExchange.ofSystem() : Optional.empty();
    return switch (work) {
      case RESTORE, RESTORE_ONLY -> {
        RestoreRequest request =
            work == Work.RESTORE ? Site.request("latest") : Site.only("latest", "tasks");
        RestoreResult result = site.restorer(system).run(request, progress);
        yield new Answer(result.status(), result.warnings());
      }
      case ROLL_BACK -> {
        RollbackResult result = site.rollBack(system, progress);
        yield new Answer(result.status(), result.warnings());
      }
    };
  }

  /** Where only some are restored, the others stay where they are. */
  private static Map<String, List<String>> only(Work work, Map<String, List<String>> all) {
    return work == Work.RESTORE_ONLY ? Map.of("tasks", all.getOrDefault("tasks", List.of())) : all;
  }
}
