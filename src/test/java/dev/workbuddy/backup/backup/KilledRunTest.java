package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RunHistory;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run may be killed at any moment; the next one cleans up and goes on. */
@Timeout(120)
class KilledRunTest {
  private static final String KILLED = "exit 137";

  @TempDir Path scratch;

  @Test
  void run_afterOneKilledAtEachMoment_cleansUpAndTheHistoryIsWhole() throws Exception {
    Tools.require("kill");
    Scene scene = new Scene(scratch, Scene.FIVE.subList(0, 2), Compression.GZIP).withDatabases();
    scene.clock.moveTo("2026-11-20T00:00:00Z");
    scene.take();
    Map<String, byte[]> live =
        Map.of("0", Files.readAllBytes(scene.file(0)), "1", Files.readAllBytes(scene.file(1)));
    Set<String> phases = new TreeSet<>();
    int leftovers = 0;
    int moment = 0;
    String end = KILLED;
    while (end.equals(KILLED)) {
      moment++;
      byte[] before = Files.readAllBytes(scene.backups().resolve(LastRun.FILE_NAME));
      String time = Instant.parse("2026-11-20T00:30:00Z").plusSeconds(1800L * moment).toString();
      try (Companion child = Companion.java(KilledRun.class, scratch, time, moment)) {
        end = child.hearAll();
      }
      leftovers += hasPartial(scene) ? 1 : 0;
      if (end.equals(KILLED) && !isUnchanged(scene, before)) {
        assertThat(scene.lastRun()).isInstanceOf(LastRun.Killed.class);
        phases.add(scene.lastRun().record().map(RunRecord::phase).orElseThrow());
      }
      for (StoredSnapshot snapshot : scene.store().list()) {
        assertThat(snapshot.state()).isEqualTo(SnapshotState.COMPLETE);
        Checksums.verify(snapshot);
      }
    }
    assertThat(end).isEqualTo("exit 0");
    assertThat(moment).as("moments to be killed at").isGreaterThan(7);
    assertThat(leftovers).as("runs that left something").isGreaterThan(3);

    assertThat(phases)
        .containsExactlyInAnyOrder(
            "prepare", "freeze", "copy", "guard", "finish", "publish", "sweep");
    assertThat(new RunHistory(scene.backups()).read())
        .filteredOn(run -> run.error() != null)
        .extracting(run -> Objects.requireNonNull(run.error()).code())
        .hasSizeGreaterThan(7)
        .containsOnly("run-killed");

    scene.clock.moveTo("2026-11-20T23:00:00Z");
    BackupResult result = scene.take();

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(hasPartial(scene)).isFalse();
    assertThat(Listing.of(scene.backups()))
        .filteredOn(name -> !name.startsWith("snap-"))
        .containsExactly("identity.json", "last_run.json", "lock", "runs.jsonl", "runs.lock");
    List<String> ids =
        scene.store().list().stream().map(snapshot -> snapshot.id().toString()).toList();
    assertThat(ids).startsWith(result.snapshotId()).endsWith("snap-2026-11-20T00-00-00Z");
    assertThat(scene.file(0)).hasBinaryContent(live.get("0"));
    assertThat(scene.file(1)).hasBinaryContent(live.get("1"));
  }

  private static boolean isUnchanged(Scene scene, byte[] record) throws Exception {
    return Arrays.equals(record, Files.readAllBytes(scene.backups().resolve(LastRun.FILE_NAME)));
  }

  private static boolean hasPartial(Scene scene) throws Exception {
    return Listing.of(scene.backups()).stream().anyMatch(name -> name.contains(".partial"));
  }
}
