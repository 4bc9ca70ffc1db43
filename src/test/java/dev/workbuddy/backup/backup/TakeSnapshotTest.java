package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.WriterProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a snapshot holds, seen with the tools that everybody has. */
@Timeout(120)
class TakeSnapshotTest {
  @TempDir Path scratch;

  @ParameterizedTest
  @EnumSource
  void run_fiveDatabasesWrittenWithoutPause_opensWithCommonToolsAndLostNothing(
      Compression compression) throws Exception {
    Tools.require("tar", "gzip", "zstd", "sqlite3", "sha256sum");
    Scene scene = new Scene(scratch, Scene.FIVE, compression).withDatabases();
    Path[] files = {scene.file(0), scene.file(1), scene.file(2), scene.file(3), scene.file(4)};
    long[] acknowledged = new long[files.length];
    BackupResult result;
    try (WriterProcess writer = WriterProcess.start(60, files)) {
      for (int i = 0; i < files.length; i++) {
        acknowledged[i] = writer.acknowledged(i);
      }
      result = scene.take();
      assertThat(writer.failures()).isEmpty();
    }
    assertThat(result.status()).isEqualTo(Status.DONE);
    Path directory = Path.of(result.directory());
    Tools.run(directory, List.of("sha256sum", "-c", "--strict", "SHA256SUMS"));
    assertThat(Listing.of(directory))
        .containsExactlyInAnyOrder("MANIFEST.json", "SHA256SUMS", result.tarball());

    Path unpacked = Files.createDirectory(scratch.resolve("unpacked"));
    String letter = compression == Compression.GZIP ? "xzf" : "--zstd -xf";
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(letter.split(" ", -1)));
    command.add(directory.resolve(result.tarball()).toString());
    Tools.run(unpacked, command);
    assertThat(unpacked.resolve(Manifest.FILE_NAME))
        .hasSameBinaryContentAs(directory.resolve(Manifest.FILE_NAME));
    Manifest manifest = Scene.manifest(result);
    assertThat(manifest.isComplete()).isTrue();
    for (int i = 0; i < files.length; i++) {
      String name = Scene.FIVE.get(i).name();
      Path file = Scene.FIVE.get(i).in(unpacked);
      assertThat(sqlite3(file, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(sqlite3(file, WriterProcess.SUM)).isEqualTo(WriterProcess.WHOLE_SUM);
      assertThat(sqlite3(file, WriterProcess.UNEXPLAINED)).isEqualTo("0");
      assertThat(rowCounts(file)).isEqualTo(manifest.rowCounts().get(name));
      assertThat(Long.parseLong(sqlite3(file, "SELECT max(number) FROM transfers")))
          .isGreaterThanOrEqualTo(acknowledged[i]);
    }
  }

  private static Map<String, Long> rowCounts(Path file) throws Exception {
    Map<String, Long> counts = new HashMap<>();
    for (String table : List.of("giver", "taker", "transfers")) {
      counts.put(table, Long.parseLong(sqlite3(file, "SELECT count(*) FROM " + table)));
    }
    return counts;
  }

  private static String sqlite3(Path file, String query) throws Exception {
    return Tools.run(file.resolveSibling("."), List.of("sqlite3", file.toString(), query)).strip();
  }

  @Test
  void run_databasesAtRest_leavesThemByteForByteAndNothingBesideThem() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    List<String> names = Listing.of(scene.settings.dbDir());
    Map<String, byte[]> before = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      before.put(scene.file(i).toString(), Files.readAllBytes(scene.file(i)));
    }
    scene.take();
    assertThat(Listing.of(scene.settings.dbDir())).isEqualTo(names);
    for (int i = 0; i < 5; i++) {
      assertThat(scene.file(i)).hasBinaryContent(before.get(scene.file(i).toString()));
    }
  }

  @Test
  void run_applicationHoldsUncheckpointedRows_areInAndItsFilesStayAsTheyWere() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    Path wal = scene.file(0).resolveSibling("task_metadata.db-wal");
    try (Companion application =
        Companion.python(
            """
            import hashlib, sqlite3, sys
            db = sqlite3.connect(sys.argv[1], isolation_level=None)
            db.execute('INSERT INTO transfers VALUES (77)')
            for line in sys.stdin:
                print(*(hashlib.sha256(open(sys.argv[1] + end, 'rb').read()).hexdigest()
                        for end in ('', '-wal')))
            """,
            scene.file(0))) {
      application.say("hash");
      String before = application.hear();
      assertThat(wal).isNotEmptyFile();
      BackupResult result = scene.take();
      application.say("hash");
      assertThat(application.hear()).isEqualTo(before);
      assertThat(Scene.manifest(result).rowCounts().get("tasks")).containsEntry("transfers", 1L);
    }
  }

  @Test
  void run_twiceInOneSecond_waitsForTheNextOne() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    assertThat(scene.take().snapshotId()).isEqualTo("snap-2026-11-22T10-00-00Z");
    assertThat(scene.take().snapshotId()).isEqualTo("snap-2026-11-22T10-00-01Z");
    assertThat(scene.store().list()).hasSize(2).allMatch(s -> s.state() == SnapshotState.COMPLETE);
  }

  @Test
  void run_done_isRecorded() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    BackupResult result = scene.take();
    RunRecord record = scene.lastRecord();
    assertThat(record.status()).isEqualTo("done");
    assertThat(record.snapshotId()).isEqualTo(result.snapshotId());
    assertThat(record.lastGoodSnapshotId()).isEqualTo(result.snapshotId());
    assertThat(record.lastGoodAt()).isEqualTo(scene.clock.instant());
    assertThat(record.bytes())
        .isEqualTo(Files.size(Path.of(result.directory(), result.tarball())))
        .isEqualTo(result.bytes());
    assertThat(record.databaseBytes()).isEqualTo(result.databaseBytes()).isPositive();
  }

  @Test
  void run_incompleteInAnHourThatHasACompleteOne_isStillThereWhenTheRunEnds() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    BackupResult complete = scene.take();
    Files.delete(scene.file(1));
    scene.clock.moveTo("2026-11-22T10:30:00Z");
    BackupResult incomplete = scene.take();
    assertThat(incomplete.swept()).isEmpty();
    assertThat(scene.store().list().stream().map(StoredSnapshot::id))
        .extracting(Object::toString)
        .containsExactly(incomplete.snapshotId(), complete.snapshotId());
  }
}
