package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.drill.DrillResult;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.testing.Seeds;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A rehearsal fails loudly for whatever became of the copy, and never looks away from it. */
class DamagedDrillTest {
  @TempDir static Path template;
  private static String older = "";
  private static String newest = "";

  @TempDir Path root;
  private DrillSite site;
  private SnapshotEditor editor;

  @BeforeAll
  static void twoCopies() throws Exception {
    DrillSite original = DrillSite.in(template).withDatabases();
    older = original.snapshot();
    Databases.insert(original.site().file(Site.TASKS), 9, 5);
    newest = original.snapshot();
  }

  @BeforeEach
  void copyOfTheTemplate() throws IOException {
    Tree.copy(template.resolve("data"), root.resolve("data"));
    Tree.copy(template.resolve("disk"), root.resolve("disk"));
    site = DrillSite.in(root);
    site.site().clock().advance(Duration.ofHours(1));
    editor = new SnapshotEditor(site.copy(newest));
    forgetSizes();
  }

  /** As copies were before their sizes were noted, so that the listing gives nothing away. */
  private void forgetSizes() throws IOException {
    try (DirectoryStream<Path> notes =
        Files.newDirectoryStream(site.copy(newest), "STORED-size-*.txt")) {
      for (Path note : notes) {
        Files.delete(note);
      }
    }
  }

  static LongStream seeds() {
    return Seeds.of(3);
  }

  private RunError assertFound() throws Exception {
    Map<String, String> before = site.untouchable();

    DrillResult result = site.drill();

    DrillRecord drill = result.drills().getFirst();
    assertThat(drill.status()).isIn(Status.DAMAGED, Status.REFUSED);
    assertThat(result.status()).isEqualTo(drill.status());
    assertThat(site.records()).containsExactly(drill);
    assertThat(site.untouchable()).isEqualTo(before);
    RunError error = Objects.requireNonNull(drill.error());
    assertThat(error.message()).isNotBlank();
    assertThat(error.hint()).isNotBlank();
    return error;
  }

  @ParameterizedTest
  @EnumSource
  void drill_damagedCopy_isFoundAndNothingElseIsTouched(Damage damage) throws Exception {
    damage.deed.to(editor);

    assertFound();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drill_bitFlippedAnywhere_isFound(long seed) throws Exception {
    editor.flipBits(new Random(seed));

    assertThat(assertFound().code()).isEqualTo(ErrorCode.REMOTE_DAMAGED.word());
  }

  @Test
  void drill_manifestOfAnotherSnapshot_isFoundWhateverTheSumsSay() throws Exception {
    Files.copy(
        site.copy(older).resolve("MANIFEST.json"),
        editor.manifest(),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(assertFound().code()).isEqualTo(ErrorCode.REMOTE_DAMAGED.word());
    Files.delete(site.site().backups().resolve("drills.jsonl"));

    editor.recomputeSums();
    assertThat(assertFound().code()) // By its size, if that happens to be another.
        .isIn(ErrorCode.MANIFEST_DAMAGED.word(), ErrorCode.REMOTE_DAMAGED.word());
  }

  @Test
  void drill_inParts_isProvenUntilOneIsMissing() throws Exception {
    byte[] tarball = Files.readAllBytes(editor.tarball());
    Map<String, String> sums = Checksums.read(editor.sums());
    int length = tarball.length / 3 + 1;
    for (int number = 0; number < 3; number++) {
      byte[] part =
          Arrays.copyOfRange(
              tarball, number * length, Math.min(tarball.length, (number + 1) * length));
      String name = "%s.part-%03d".formatted(editor.tarball().getFileName(), number);
      Files.write(site.copy(newest).resolve(name), part);
      sums.put(name, Checksums.sha256(part));
    }
    Files.delete(editor.tarball());
    Files.writeString(editor.sums(), Checksums.text(sums));
    assertThat(site.drill().status()).isEqualTo(Status.DONE);
    Files.delete(site.site().backups().resolve("drills.jsonl"));

    Files.delete(site.copy(newest).resolve(editor.tarball().getFileName() + ".part-001"));

    assertThat(assertFound().message()).contains(newest).contains("not whole");
  }

  @Test
  void drill_undamaged_isProven() throws Exception {
    Map<String, String> before = site.untouchable();

    DrillResult result = site.drill();

    assertThat(result.status()).isEqualTo(Status.DONE);
    DrillRecord drill = result.drills().getFirst();
    assertThat(drill.snapshotId()).isEqualTo(newest);
    assertThat(drill.place()).isEqualTo("directory:" + site.disk());
    assertThat(drill.databases()).isEqualTo(3);
    assertThat(drill.rows()).isEqualTo(3 * 61 + 5);
    assertThat(drill.fetchMillis()).isPositive();
    assertThat(drill.recoveryMillis()).isEqualTo(drill.fetchMillis() + drill.restoreMillis());
    assertThat(drill.recoveryPointSeconds()).isPositive();
    assertThat(drill.error()).isNull();
    assertThat(site.records()).containsExactly(drill);
    assertThat(site.untouchable()).isEqualTo(before);
  }
}
