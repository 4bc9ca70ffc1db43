package dev.workbuddy.backup.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.config.GuardSettings;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms over several snapshots: raised once, open until somebody acts, held, remembered. */
class GuardTest {
  @TempDir private Path directory;
  private Past past;

  @BeforeEach
  void begin() throws IOException {
    past = new Past(directory.resolve("backups"));
  }

  @Test
  void judge_firstSnapshot_raisesNothingAndWritesNothing() throws Exception {
    assertThat(past.take("notes=0").open()).isEmpty();
    assertThat(past.take(Map.of("tasks", "notes=1", "other", "!missing")).open()).isEmpty();
    assertThat(past.directory().resolve("alarms.json")).doesNotExist();
  }

  @Test
  void judge_tableShrinks_raisesAnAlarmHoldsTheGoodOneAndTellsTheManifest() throws Exception {
    past.take("notes=990");
    past.take("notes=1000");
    past.take("notes=200");

    Alarm alarm = Alarms.open(past.directory()).getFirst();
    assertThat(alarm.kind()).isEqualTo("table-shrunk");
    assertThat(alarm.detail())
        .isEqualTo(
            "tasks.notes has 200 rows; before it had 1,000 (%s): 80 %% are gone"
                .formatted(past.id(1)));
    assertThat(alarm.goodSnapshot()).isEqualTo(past.id(1));
    assertThat(alarm.raisedIn()).isEqualTo(past.id(0));
    assertThat(past.snapshot(past.id(0)).readManifest().orElseThrow().alarms())
        .containsExactly(alarm);
    assertThat(past.isHeld(past.id(1))).isTrue();
    assertThat(past.isHeld(past.id(2))).isFalse();
    assertThat(past.snapshot(past.id(1)).hold())
        .returns(Hold.GUARD, Hold::by)
        .returns("last good one before the alarm about tasks.notes", Hold::reason);
  }

  @Test
  void judge_laterRuns_neitherRaiseItAgainNorForgetIt() throws Exception {
    past.take("notes=1000");
    String raised = past.take("notes=200").open().getFirst().id();
    for (String state : List.of("notes=200", "notes=210", "notes=150", "notes=9", "v=3")) {
      GuardResult later = past.take(state);
      assertThat(later.raised()).isEmpty();
      assertThat(later.open()).extracting(Alarm::id).containsExactly(raised);
    }
    assertThat(Alarms.open(past.directory()).getFirst().detail())
        .startsWith("the table tasks.notes is gone; it had 1,000 rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"w=3", "notes=0 w=3", "notes=200 w=3"})
  void judge_lossWasRescuedAndHappensAgain_raisesAnAlarmAgain(String lost) throws Exception {
    past.take("notes=1000 w=3");
    String good = past.id(0);
    past.take(lost);
    new BaselineResets(past.store())
        .rescued(
            good,
            Map.of("tasks", Map.of("notes", 1000L, "w", 3L)),
            past.now().plus(Duration.ofMinutes(5)));
    assertThat(Alarms.open(past.directory())).isEmpty();

    GuardResult again = past.take(lost);

    assertThat(again.raised())
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.table()).isEqualTo("notes"))
        .satisfies(alarm -> assertThat(alarm.goodSnapshot()).isEqualTo(good));
  }

  @Test
  void judge_rowsComeBack_saysSoButStaysOpen() throws Exception {
    past.take("notes=1000");
    past.take("notes=200");
    past.take("notes=900");
    assertThat(past.open()).containsExactly("table-shrunk tasks.notes");
    past.take("notes=1004");

    assertThat(past.open()).containsExactly("table-shrunk tasks.notes +");
    assertThat(Alarms.open(past.directory()).getFirst().detail())
        .startsWith("tasks.notes has 1,004 rows again");
  }

  @Test
  void judge_tableThatGrewSinceLosesMoreThanEver_isAnAlarmOfItsOwn() throws Exception {
    past.take("notes=1000");
    past.take("notes=200");
    past.take("notes=5000");
    past.take("notes=100");

    assertThat(past.open()).hasSize(2);
    assertThat(past.isHeld(past.id(1))).isTrue();
    assertThat(past.isHeld(past.id(3))).isTrue();
  }

  @Test
  void acknowledge_releasesTheHoldAndTheNewStateIsTheNormal() throws Exception {
    past.take("notes=1000 tags=500");
    past.take("notes=200 tags=500");
    past.take("notes=210 tags=500");
    String good = past.id(2);

    var result = past.acknowledge(false);

    assertThat(result.acknowledged()).hasSize(1);
    assertThat(result.holds()).containsExactly(Map.entry(good, Optional.empty()));
    assertThat(past.isHeld(good)).isFalse();
    assertThat(past.open()).isEmpty();
    assertThat(past.take("notes=200 tags=500").open()).as("no trend from before").isEmpty();
    assertThat(past.take("notes=100 tags=500").raised()).as("half of the new normal").hasSize(1);
    assertThat(past.take("notes=100 tags=100").raised()).as("another table").hasSize(1);
  }

  @Test
  void acknowledge_keepHold_leavesItAsThePersonsOwn() throws Exception {
    past.take("notes=1000");
    past.take("notes=200");
    past.acknowledge(true);

    assertThat(past.snapshot(past.id(1)).hold())
        .returns("somebody", Hold::by)
        .returns(
            "last good one before the alarm about tasks.notes; kept: it was meant", Hold::reason);
    past.take("notes=2");
    past.acknowledge(false);
    assertThat(past.isHeld(past.id(2))).isTrue();
  }

  @Test
  void acknowledge_snapshotThatAPersonHeldBefore_staysHeld() throws Exception {
    past.take("notes=1000");
    Hold own = new Hold("anchor", "somebody", past.now());
    past.store().hold(past.snapshot(past.id(0)), own);
    past.take("notes=200");

    assertThat(past.acknowledge(false).holds()).isEmpty();
    assertThat(past.snapshot(past.id(1)).hold()).isEqualTo(own);
  }

  @Test
  void acknowledge_oneOfTwoWithTheSameGoodSnapshot_keepsTheHoldForTheOther() throws Exception {
    past.take("notes=1000 tags=100");
    List<Alarm> raised = past.take("notes=200 tags=1").raised();
    AcknowledgeAlarms use = new AcknowledgeAlarms(past.store(), directory.resolve("lock"));
    Alarm.Ack word = new Alarm.Ack("somebody", "meant", past.now(), false);

    var first = use.run(raised.getFirst().id().substring(0, 6), word);
    assertThat(first.open()).containsExactly(raised.getLast());
    assertThat(past.isHeld(past.id(1))).isTrue();
    assertThatThrownBy(() -> use.run(raised.getFirst().id(), word))
        .hasMessageContaining("no open alarm has the id");
    use.run(raised.getLast().id(), word);
    assertThat(past.isHeld(past.id(1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "not-a-file", "empty", "corrupt", "not-a-database"})
  void judge_databaseIsGone_raisesOnceAndRecoversWhenItIsBack(String reason) throws Exception {
    past.take("notes=5");
    past.take("!" + reason);
    past.take("!" + reason);
    String kind =
        List.of("corrupt", "not-a-database").contains(reason)
            ? "database-corrupt"
            : "database-missing";

    assertThat(past.open()).containsExactly(kind + " tasks");
    assertThat(past.isHeld(past.id(2))).isTrue();
    past.take("notes=5");
    assertThat(past.open()).containsExactly(kind + " tasks +");
  }

  @ParameterizedTest
  @ValueSource(strings = {"locked", "unreadable"})
  void judge_databaseCouldNotBeRead_isNoAlarmYetAndTheOneBeforeStaysTheMeasure(String reason)
      throws Exception {
    past.take("notes=1000");
    past.take("!" + reason);
    assertThat(past.open()).isEmpty();

    past.take("notes=1");
    assertThat(past.open()).containsExactly("table-shrunk tasks.notes");
    assertThat(past.isHeld(past.id(2))).isTrue();
  }

  @Test
  void acknowledge_databaseIsGone_isNotRaisedAgain() throws Exception {
    past.take("notes=5");
    past.take("!missing");
    past.acknowledge(false);

    assertThat(past.take("!missing").open()).isEmpty();
    assertThat(past.take("other=1").open()).isEmpty();
    assertThat(past.take("!missing").raised()).hasSize(1);
  }

  @Test
  void judge_anotherDatabaseInThePlace_isOneAlarmNotOneForEachTable() throws Exception {
    past.take("a=100 b=100 c=100");
    past.take("x=1 y=2");

    assertThat(past.open()).containsExactly("database-replaced tasks");
    past.take("x=1 y=2");
    assertThat(past.open()).hasSize(1);
    past.take("a=100 b=100 c=100");
    assertThat(past.open()).contains("database-replaced tasks +");
  }

  @Test
  void judge_newestManifestIsUnreadable_comparesWithTheOneBefore() throws Exception {
    past.take("notes=1000");
    past.take("notes=1000");
    Files.writeString(
        past.directory().resolve(past.id(0)).resolve(Manifest.FILE_NAME), "{ \"manifest_vers");

    past.take("notes=10");

    assertThat(past.open()).containsExactly("table-shrunk tasks.notes");
    assertThat(past.isHeld(past.id(2))).isTrue();
  }

  @Test
  void judge_switchedOff_raisesNothingButForgetsNothing() throws Exception {
    past.take("notes=1000 tags=1000");
    past.take("notes=1 tags=1000");
    past.with(new GuardSettings(false, GuardSettings.defaults().standard(), List.of()));

    assertThat(past.take("notes=1 tags=1").open()).hasSize(1);
  }

  @Test
  void judge_snapshotOfAnotherMachine_isNotTheMeasureOfThisOne() throws Exception {
    past.take("notes=100");
    past.on("there").take("notes=5000");

    assertThat(past.on("here").take("notes=100").open()).isEmpty();
    assertThat(past.on("new").take("notes=1").open()).as("a new machine has no other").hasSize(1);
  }
}
