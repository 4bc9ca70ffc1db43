package dev.workbuddy.backup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the guard compares with after a restore, a rollback or a rescue, and which alarms these end.
 */
class GuardAfterRestoresTest {
  @TempDir private Path directory;
  private Past past;

  @BeforeEach
  void begin() throws IOException {
    past = new Past(directory.resolve("backups"));
  }

  @Test
  void judge_olderDataWasRestored_comparesWithThatAndSaysSo() throws Exception {
    past.take("notes=500");
    past.take("notes=1000");
    StoredSnapshot older = past.snapshot(past.id(1));
    new BaselineResets(past.store())
        .restored(older, List.of("tasks"), past.now().plus(Duration.ofMinutes(5)));

    GuardResult after = past.take("notes=500");

    assertThat(after.open()).isEmpty();
    assertThat(after.notes())
        .containsExactly("tasks was put back since the last snapshot: compared with " + older.id());
    assertThat(past.take("notes=500").notes()).isEmpty();
    assertThat(past.take("notes=100").raised()).hasSize(1);
  }

  @Test
  void judge_rowsLostRightAfterARestore_isAnAlarm() throws Exception {
    past.take("notes=500");
    past.take("notes=1000");
    new BaselineResets(past.store())
        .restored(
            past.snapshot(past.id(1)), List.of("tasks"), past.now().plus(Duration.ofMinutes(5)));

    past.take("notes=100");

    assertThat(past.open()).containsExactly("table-shrunk tasks.notes");
    assertThat(past.isHeld(past.id(2))).isTrue();
  }

  @Test
  void judge_restoreWasTakenBack_comparesWithWhatWasThereBeforeIt() throws Exception {
    past.take("notes=100");
    BaselineResets restarts = new BaselineResets(past.store());
    var restored = past.now().plus(Duration.ofMinutes(5));
    past.take("notes=900");
    restarts.rolledBack(
        List.of("tasks"), Optional.of(restored), past.now().plus(Duration.ofMinutes(5)));

    assertThat(past.take("notes=100").open()).isEmpty();
    restarts.rolledBack(List.of("tasks"), Optional.empty(), past.now().plusSeconds(60));
    assertThat(past.take("notes=1").open()).as("nothing to compare with").isEmpty();
  }

  @Test
  void restored_whatWasLostIsBack_closesTheAlarmWithARecord() throws Exception {
    past.take("notes=1000 tags=500");
    past.take("notes=200 tags=100");
    String good = past.id(1);

    assertThat(restore(good)).isEmpty();

    assertThat(past.open()).isEmpty();
    assertThat(Alarms.acknowledged(past.directory()))
        .hasSize(2)
        .allSatisfy(
            alarm ->
                assertThat(alarm.ack())
                    .returns("restore", Alarm.Ack::by)
                    .returns("the restore of " + good + " brought it back", Alarm.Ack::why)
                    .returns(true, Alarm.Ack::repaired));
    assertThat(past.isHeld(good)).isTrue();
    assertThat(past.take("notes=1000 tags=500").open()).isEmpty();
    assertThat(past.take("notes=200 tags=500").raised()).as("lost again").hasSize(1);
  }

  @Test
  void restored_lessThanWasLost_leavesTheAlarmOpen() throws Exception {
    past.take("notes=600");
    past.take("notes=1000");
    past.take("notes=200");

    restore(past.id(2));

    assertThat(past.open()).containsExactly("table-shrunk tasks.notes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!missing", "!corrupt", "x=1 y=1", "notes=5 tags=5 v=2"})
  void restored_databaseThatWasGone_closesTheAlarm(String gone) throws Exception {
    past.take("notes=5 tags=5");
    past.take(gone);
    assertThat(past.open()).hasSize(1);

    restore(past.id(1));

    assertThat(past.open()).isEmpty();
  }

  @Test
  void rolledBack_restoreThatClosedAnAlarm_opensItAgain() throws Exception {
    past.take("notes=1000");
    past.take("notes=200");
    var restored = past.now().plus(Duration.ofMinutes(5));
    restore(past.id(1));

    List<String> told =
        new BaselineResets(past.store())
            .rolledBack(List.of("tasks"), Optional.of(restored), restored.plusSeconds(60));

    assertThat(told).singleElement().asString().startsWith("the alarm about tasks.notes is open");
    assertThat(past.open()).containsExactly("table-shrunk tasks.notes");
    assertThat(past.take("notes=200").raised()).isEmpty();
  }

  @Test
  void rolledBack_secondOfTwoRestores_comparesWithWhatTheFirstPutBack() throws Exception {
    past.take("notes=100");
    past.take("notes=500");
    past.take("notes=900");
    BaselineResets restarts = new BaselineResets(past.store());
    Instant first = past.now().plusSeconds(60);
    Instant second = past.now().plusSeconds(120);
    restarts.restored(past.snapshot(past.id(1)), List.of("tasks"), first);
    restarts.restored(past.snapshot(past.id(2)), List.of("tasks"), second);

    restarts.rolledBack(List.of("tasks"), Optional.of(second), past.now().plusSeconds(180));

    assertThat(past.take("notes=500").open()).isEmpty();
    assertThat(past.take("notes=100").raised()).hasSize(1);
  }

  @Test
  void judge_takenBeforeARescue_isNotTheMeasure() throws Exception {
    past.take("notes=1000");
    past.before("rescue").take("notes=900");

    assertThat(past.take("notes=650").raised())
        .singleElement()
        .returns("table-shrunk", Alarm::kind)
        .returns(past.id(2), Alarm::goodSnapshot);
  }

  private List<String> restore(String id) throws IOException {
    return new BaselineResets(past.store())
        .restored(past.snapshot(id), List.of("tasks"), past.now().plus(Duration.ofMinutes(5)));
  }
}
