package dev.workbuddy.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStoreTest {
  private static final String OLD = "snap-2026-11-20T10-00-00Z";
  private static final String MIDDLE = "snap-2026-11-21T10-00-00Z-manual";
  private static final String NEW = "snap-2026-11-22T10-00-00Z";
  private static final Hold HOLD =
      new Hold("the last before the move", "me", Instant.parse("2026-11-22T11:00:00Z"));

  @TempDir Path directory;
  private LocalStore store = new LocalStore(Path.of("store"));

  @BeforeEach
  void openStore() {
    store = new LocalStore(directory);
  }

  private Path lay(String name, boolean complete) throws IOException {
    SnapshotId id = SnapshotId.parse(name).orElseThrow();
    Path snapshot = Files.createDirectory(directory.resolve(name));
    byte[] manifest = ManifestJson.write(Manifests.simple(id, complete));
    Files.write(snapshot.resolve(Manifest.FILE_NAME), manifest);
    Path tarball = Files.writeString(snapshot.resolve(name + ".tar.gz"), "packed " + name);
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put(tarball.getFileName().toString(), Checksums.sha256(tarball));
    sums.put(Manifest.FILE_NAME, Checksums.sha256(manifest));
    Files.writeString(snapshot.resolve(Checksums.FILE_NAME), Checksums.text(sums));
    return snapshot;
  }

  private StoredSnapshot only() throws IOException {
    return store.list().getFirst();
  }

  @Test
  void list_noDirectoryYet_isEmpty() throws IOException {
    assertThat(new LocalStore(directory.resolve("none")).list()).isEmpty();
  }

  @Test
  void list_snapshotsAmongOtherThings_areNewestFirstWithTheirStates() throws IOException {
    lay(OLD, true);
    lay(NEW, true);
    lay(MIDDLE, false);
    Files.createDirectory(directory.resolve("snap-2026-11-23T10-00-00Z.partial"));
    Files.createDirectory(directory.resolve("snap-2026-02-30T10-00-00Z"));
    Files.createDirectory(directory.resolve("notes"));
    Files.writeString(directory.resolve("snap-2026-11-24T10-00-00Z"), "a file");
    Files.writeString(directory.resolve("last_run.json"), "{}");
    assertThat(store.list())
        .extracting(s -> s.id() + " " + s.state())
        .containsExactly(NEW + " COMPLETE", MIDDLE + " INCOMPLETE", OLD + " COMPLETE");
    assertThat(only().bytes()).isEqualTo(Files.size(only().tarball())).isPositive();
  }

  private String fault() throws IOException {
    return Objects.requireNonNull(only().fault()).text();
  }

  @Test
  void list_oneWithoutItsTarball_isDamagedAndSaysWhy() throws IOException {
    Files.delete(lay(NEW, true).resolve(NEW + ".tar.gz"));
    assertThat(only().state()).isEqualTo(SnapshotState.DAMAGED);
    assertThat(fault()).contains(NEW + ".tar.gz is not there");
    assertThat(only().bytes()).isZero();
  }

  @Test
  void list_oneWithoutItsManifest_isDamagedAndSaysWhy() throws IOException {
    Files.delete(lay(NEW, true).resolve(Manifest.FILE_NAME));
    assertThat(only().state()).isEqualTo(SnapshotState.DAMAGED);
    assertThat(fault()).contains(Manifest.FILE_NAME).contains(" ");
  }

  @Test
  void list_oneWithAManifestTooLargeToBeOne_isDamagedWithoutReadingIt() throws IOException {
    Files.write(lay(NEW, true).resolve(Manifest.FILE_NAME), new byte[ManifestJson.MAX_BYTES + 1]);
    assertThat(only().state()).isEqualTo(SnapshotState.DAMAGED);
    assertThat(fault()).contains("too large");
  }

  /** A directory in its place is what an administrator cannot read either. */
  @Test
  void list_oneWhoseManifestCannotBeRead_isNotCalledDamaged() throws IOException {
    Path manifest = lay(NEW, true).resolve(Manifest.FILE_NAME);
    Files.delete(manifest);
    Files.createDirectory(manifest);
    assertThat(only().state()).isEqualTo(SnapshotState.UNKNOWN);
    assertThat(fault()).contains("cannot be read");
  }

  @Test
  void list_linkToWhatIsNotThere_isRefusedInsteadOfEmpty() throws IOException {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, directory.resolve("unmounted"));
    assertThat(catchThrowableOfType(BackupException.class, () -> new LocalStore(link).list()))
        .extracting(BackupException::code)
        .isEqualTo(ErrorCode.DATA_ROOT_UNUSABLE);
  }

  @Test
  void list_emptyDirectory_isDamaged() throws IOException {
    Files.createDirectory(directory.resolve(NEW));
    assertThat(only().state()).isEqualTo(SnapshotState.DAMAGED);
  }

  @Test
  void hold_setReplacedAndReleased_isSeen() throws IOException {
    lay(NEW, true);
    assertThat(only().isHeld()).isFalse();
    store.hold(only(), new Hold("a first reason", "me", Instant.EPOCH));
    store.hold(only(), HOLD);
    assertThat(only().hold()).isEqualTo(HOLD);
    store.release(only());
    assertThat(only().isHeld()).isFalse();
    store.release(only());
    assertThat(only().state()).isEqualTo(SnapshotState.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"reason\": 7, \"at\": \"never\"}"})
  void hold_thatCannotBeRead_stillHolds(String content) throws IOException {
    Files.writeString(lay(NEW, true).resolve("HOLD.json"), content);
    assertThat(only().isHeld()).isTrue();
  }

  @Test
  void delete_one_leavesNothingOfItAndAllOfTheOthers() throws IOException {
    lay(OLD, true);
    List<String> before = Listing.of(directory);
    lay(NEW, true);
    store.delete(only());
    assertThat(Listing.of(directory)).isEqualTo(before);
  }

  @Test
  void sweepLeftovers_ofKilledRuns_removesThoseAlone() throws IOException {
    lay(OLD, true);
    Files.createDirectory(directory.resolve("notes.partial"));
    Files.createDirectory(directory.resolve("snap-notes.partial"));
    Files.writeString(directory.resolve("last_run.json"), "{}");
    List<String> before = Listing.of(directory);
    for (String name : List.of(NEW + ".partial", MIDDLE + ".partial", NEW + ".deleting")) {
      Path leftover = Files.createDirectories(directory.resolve(name).resolve("copies"));
      Files.writeString(leftover.resolve("1.db"), "half");
    }
    store.sweepLeftovers();
    assertThat(Listing.of(directory)).isEqualTo(before);
  }

  @Test
  void publish_finishedPartial_isListedUnderItsId() throws IOException {
    SnapshotId id = SnapshotId.parse(NEW).orElseThrow();
    Path partial = store.createPartial(id);
    Files.writeString(partial.resolve(NEW + ".tar.gz"), "packed");
    Files.write(
        partial.resolve(Manifest.FILE_NAME), ManifestJson.write(Manifests.simple(id, true)));
    assertThat(store.list()).isEmpty();
    assertThat(store.isTaken(id)).isFalse();
    assertThat(store.publish(partial, id)).isEqualTo(directory.resolve(NEW));
    assertThat(only().state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(store.isTaken(id)).isTrue();
    assertThat(store.isTaken(new SnapshotId(id.time(), true))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "latest, " + OLD,
    NEW + ", " + NEW,
    "snap-2026-11-22, " + NEW,
    "2026-11-22T10, " + NEW,
    "2026-11-21, " + MIDDLE,
    "snap-2026-11-20T10-00-00Z, " + OLD
  })
  void find_unambiguousText_findsIt(String text, String found) throws IOException {
    layHistoryWhoseNewestIsIncomplete();
    assertThat(new SnapshotFinder(store).find(text).id()).hasToString(found);
  }

  @ParameterizedTest
  @CsvSource({
    "2026, SNAPSHOT_ID_AMBIGUOUS",
    "snap-, SNAPSHOT_ID_AMBIGUOUS",
    "2027, SNAPSHOT_NOT_FOUND",
    "snap-2026-11-22T10-00-00Z-manual, SNAPSHOT_NOT_FOUND",
    "22, SNAPSHOT_NOT_FOUND",
    "'', SNAPSHOT_ID_INVALID",
    "../x, SNAPSHOT_ID_INVALID",
    "LATEST, SNAPSHOT_ID_INVALID",
    "nonesuch, SNAPSHOT_ID_INVALID",
    "snap-2026-11-22T10-00-00Z-manuel, SNAPSHOT_ID_INVALID",
    "snap-2026-11-22 10-00-00Z, SNAPSHOT_ID_INVALID"
  })
  void find_otherText_isRefused(String text, ErrorCode code) throws IOException {
    layHistoryWhoseNewestIsIncomplete();
    BackupException refusal =
        catchThrowableOfType(BackupException.class, () -> new SnapshotFinder(store).find(text));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.hint()).contains("wb-backup list");
  }

  @Test
  void find_rollingOneBesideAManualOneOfThatSecond_isFoundByItsWholeId() throws IOException {
    lay(NEW, true);
    lay(NEW + "-manual", true);
    assertThat(new SnapshotFinder(store).find(NEW).id()).hasToString(NEW);
    assertThat(new SnapshotFinder(store).find(NEW + "-m").id()).hasToString(NEW + "-manual");
  }

  @Test
  void find_latestWhereAllAreDamaged_isNotFound() throws IOException {
    Files.createDirectory(directory.resolve(NEW));
    BackupException refusal =
        catchThrowableOfType(BackupException.class, () -> new SnapshotFinder(store).find("latest"));
    assertThat(refusal.code()).isEqualTo(ErrorCode.SNAPSHOT_NOT_FOUND);
  }

  private void layHistoryWhoseNewestIsIncomplete() throws IOException {
    lay(OLD, true);
    lay(MIDDLE, false);
    lay(NEW, false);
  }

  @Test
  void checksums_ofASoundSnapshot_areAcceptedByUsAndBySha256sum() throws IOException {
    Tools.require("sha256sum");
    Path snapshot = lay(NEW, true);
    Checksums.verify(only());
    assertThat(Tools.run(snapshot, List.of("sha256sum", "-c", "--strict", "SHA256SUMS")))
        .contains(NEW + ".tar.gz: OK", "MANIFEST.json: OK");
  }

  @Test
  void checksums_writtenBySha256sum_areAcceptedByUs() throws IOException {
    Tools.require("sha256sum");
    Path snapshot = lay(NEW, true);
    String sums =
        Tools.run(snapshot, List.of("sha256sum", "-b", NEW + ".tar.gz", Manifest.FILE_NAME));
    Files.writeString(snapshot.resolve(Checksums.FILE_NAME), sums);
    Checksums.verify(only());
    assertThat(sums).contains(" *");
  }

  @ParameterizedTest
  @ValueSource(strings = {NEW + ".tar.gz", "MANIFEST.json"})
  void checksums_oneByteChanged_namesTheFile(String name) throws IOException {
    Path file = lay(NEW, true).resolve(name);
    StoredSnapshot snapshot = only();
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    assertMismatch(snapshot, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEW + ".tar.gz", "MANIFEST.json"})
  void checksums_oneNotCovered_namesTheFile(String name) throws IOException {
    Path sums = lay(NEW, true).resolve(Checksums.FILE_NAME);
    List<String> lines = Files.readAllLines(sums);
    Files.write(sums, lines.stream().filter(line -> !line.endsWith(name)).toList());
    assertMismatch(only(), name);
  }

  @Test
  void checksums_fileItselfGoneOrGarbage_isAMismatch() throws IOException {
    Path sums = lay(NEW, true).resolve(Checksums.FILE_NAME);
    Files.write(sums, "\u00ff\u0000 garbage".getBytes(StandardCharsets.ISO_8859_1));
    assertMismatch(only(), Checksums.FILE_NAME);
    Files.delete(sums);
    assertMismatch(only(), Checksums.FILE_NAME);
  }

  private static void assertMismatch(StoredSnapshot snapshot, String name) {
    BackupException refusal =
        catchThrowableOfType(BackupException.class, () -> Checksums.verify(snapshot));
    assertThat(refusal.code()).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
    assertThat(refusal.text()).contains(name);
  }
}
