package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.testing.HostilePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the notes say that restores leave for each other, nothing is touched but what restores
 * have made: every field of every note with every hostile text.
 */
class HostileNotesTest {
  private static final String STAGING = "db.staging_2026-05-11T10-00-00-000Z";
  private static final String KEPT = "db.pre_restore_2026-05-11T10-00-00-000Z";

  @TempDir Path root;
  private Site site;
  private BackupResult snapshot;
  private Map<String, String> untouchable = Map.of();

  /** The notes with a place for a hostile text. */
  enum Note {
    MARKER_SPENT,
    JOURNAL_STAGING,
    JOURNAL_KEPT,
    JOURNAL_SPENT,
    JOURNAL_REPLACED,
    JOURNAL_CARRIED,
    KEPT_DATABASES,
    ELSEWHERE
  }

  @BeforeEach
  void siteWithAVictimBesideIt() throws Exception {
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    snapshot = site.snapshot();
    Files.createDirectories(root.resolve("victim/deep"));
    Files.writeString(root.resolve("victim/deep/file"), "of somebody");
    Files.writeString(site.db().resolve("other.txt"), "of the application");
    Files.createSymbolicLink(site.db().resolve("link"), root.resolve("victim"));
    Files.writeString(site.settings().dataRoot().resolve("beside.txt"), "of the application");
    untouchable = untouchable();
  }

  /** A file of the live directory may be called a database: then a rollback keeps the newer one. */
  private List<String> hostileTexts(Note note) {
    List<String> texts = new ArrayList<>(HostilePaths.thatLeaveADirectory());
    texts.addAll(
        List.of(
            root.resolve("victim").toString(),
            "../../victim",
            "backups",
            "db",
            "link",
            "link/deep",
            "beside.txt",
            "other.txt",
            "db.staging_x",
            "db.pre_restore_",
            STAGING + "/../../victim",
            "../" + STAGING));
    if (note == Note.KEPT_DATABASES) {
      texts.removeAll(List.of("link", "link/deep", "other.txt"));
    }
    return texts;
  }

  /** The victim, the history, and what the application has beside its databases. */
  private Map<String, String> untouchable() throws IOException {
    Map<String, String> all = new TreeMap<>(Tree.of(root.resolve("victim")));
    Tree.of(site.backups().resolve(snapshot.snapshotId()))
        .forEach((name, what) -> all.put("snapshot/" + name, what));
    for (String name : List.of("beside.txt", "db/other.txt", "db/link")) {
      Path file = site.settings().dataRoot().resolve(name);
      all.put(name, Files.exists(file) ? Tree.of(file).toString() : "gone");
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void everyCommand_hostileTextInANote_touchesNothingElse(Note note) throws Exception {
    for (String text : hostileTexts(note)) {
      write(note, text);

      site.recover();
      if (note == Note.KEPT_DATABASES) {
        attempt(site::rollBack);
      }
      site.recover();

      assertThat(untouchable()).as(text).isEqualTo(untouchable);
      tidy();
    }
    site.clock().advance(Duration.ofHours(1));
    assertThat(site.snapshot().snapshotId()).isNotEqualTo(snapshot.snapshotId());
    assertThat(untouchable()).isEqualTo(untouchable);
    assertThat(site.content().get("tasks")).isNotEmpty();
  }

  /** Removes what the last text has left beside the live directory, which stays. */
  private void tidy() throws IOException {
    for (Path path : leftIn(site.settings().dataRoot())) {
      if (path.getFileName().toString().startsWith("db.")) {
        DurableFiles.deleteTree(path);
      }
    }
    Files.deleteIfExists(site.db().resolve(SwapMarker.FILE_NAME));
  }

  private interface Action {
    void run() throws Exception;
  }

  /** It may well refuse. */
  private static void attempt(Action action) throws Exception {
    try {
      action.run();
    } catch (BackupException | IOException refused) {
      assertThat(refused).hasMessageNotContaining("Exception");
    }
  }

  private void write(Note note, String text) throws IOException {
    Path data = site.settings().dataRoot();
    Map<String, Object> journal = new TreeMap<>();
    journal.put("snapshot_id", snapshot.snapshotId());
    journal.put("staging", STAGING);
    journal.put("kept", KEPT);
    journal.put("replaced", List.of());
    journal.put("carried", List.of());
    journal.put("staged", Map.of());
    switch (note) {
      case MARKER_SPENT -> {
        Files.createDirectory(data.resolve(STAGING));
        put(site.db().resolve(SwapMarker.FILE_NAME), Map.of("spent", text));
      }
      case JOURNAL_STAGING -> journal.put("staging", text);
      case JOURNAL_KEPT -> journal.put("kept", text);
      case JOURNAL_SPENT -> journal.put("spent", text);
      case JOURNAL_REPLACED -> journal.put("replaced", List.of(text));
      case JOURNAL_CARRIED -> journal.put("carried", List.of(text));
      case KEPT_DATABASES -> {
        Path kept = Files.createDirectory(data.resolve(KEPT));
        put(
            kept.resolve(".wb-backup-kept.json"),
            Map.of("replaced_by", "x", "databases", List.of(text)));
      }
      case ELSEWHERE ->
          put(
              site.backups().resolve("restore-elsewhere.json"),
              Map.of("staging", text, "target", text, "secret", "x"));
    }
    if (note.name().startsWith("JOURNAL")) {
      Files.createDirectory(data.resolve(STAGING));
      Files.createDirectory(data.resolve(KEPT));
      put(site.db().resolve(SwapMarker.FILE_NAME), Map.of("snapshot_id", snapshot.snapshotId()));
      put(data.resolve("db.swap.json"), journal);
    }
  }

  private static void put(Path file, Map<String, ?> document) throws IOException {
    Files.write(file, Json.bytes(document));
  }

  /** As above, but what the note names is a link to the victim with a name that restores give. */
  @Test
  void recover_directoryOfOursIsALink_itIsNotFollowed() throws Exception {
    Path data = site.settings().dataRoot();
    Files.createSymbolicLink(data.resolve(STAGING), root.resolve("victim"));
    Files.createSymbolicLink(data.resolve(KEPT), root.resolve("victim"));
    put(
        data.resolve("db.swap.json"),
        Map.of(
            "snapshot_id",
            snapshot.snapshotId(),
            "staging",
            STAGING,
            "kept",
            "db.pre_restore_2026-05-11T11-00-00-000Z",
            "spent",
            KEPT));
    site.recover();
    attempt(site::rollBack);
    assertThat(untouchable()).isEqualTo(untouchable);
  }

  /** A killed restore into another directory left what it had unpacked. */
  @Test
  void recover_restoreElsewhereWasKilled_removesWhatItUnpacked() throws Exception {
    Path target = root.resolve("elsewhere/target");
    AtStep cut =
        new AtStep(
            "giving it its name",
            () -> {
              throw new IOException("killed");
            });
    try {
      site.restorer().run(Site.to("latest", target), cut);
    } catch (AssertionError killed) {
      assertThat(killed).hasRootCauseMessage("killed");
    }
    assertThat(leftIn(DurableFiles.parent(target))).hasSize(1);

    assertThat(site.recover()).get().asString().startsWith("removed " + target);

    assertThat(leftIn(DurableFiles.parent(target))).isEmpty();
    assertThat(site.recover()).isEmpty();
    site.restorer().run(Site.to("latest", target), Progress.silent());
    assertThat(leftIn(DurableFiles.parent(target))).containsExactly(target);
  }

  private static List<Path> leftIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
