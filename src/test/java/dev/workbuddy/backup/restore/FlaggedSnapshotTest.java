package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.drill.DrillRestore;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.restore.VerifyResult.Verified;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.sqlite.Objection;
import dev.workbuddy.backup.sqlite.Soundness;
import dev.workbuddy.backup.sqlite.Unchecked;
import dev.workbuddy.backup.testing.Flagged;
import dev.workbuddy.backup.testing.Flagged.Says;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code now} accepts, verify, a drill and a restore accept as well: one history of all the
 * databases that SQLite objects to, and of which every row can be read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlaggedSnapshotTest {
  private static final List<Flagged> ALL = Flagged.all().toList();

  private Site site;
  private BackupResult first;
  private BackupResult second;

  @BeforeAll
  void twoSnapshotsOfAllOfThem(@TempDir Path root) throws Exception {
    List<VitalDatabase> databases = new ArrayList<>();
    for (int i = 0; i < ALL.size(); i++) {
      databases.add(new VitalDatabase("d" + i, "d" + i + ".db", null));
    }
    site = Site.in(root, databases, Instant.parse("2026-05-11T14:23:00Z"));
    for (int i = 0; i < ALL.size(); i++) {
      ALL.get(i).make(site.file(databases.get(i)));
    }
    first = site.snapshot();
    second = site.snapshot();
  }

  private Manifest manifest(BackupResult snapshot) throws Exception {
    return new LocalStore(site.backups())
        .list().stream()
            .filter(one -> one.id().toString().equals(snapshot.snapshotId()))
            .findFirst()
            .orElseThrow()
            .readManifest()
            .orElseThrow();
  }

  @Test
  void now_everyRowCanBeRead_isCompleteAndKeepsSqlitesWords() throws Exception {
    assertThat(first.missing()).isEmpty();
    assertThat(first.status()).isEqualTo(Status.DONE);
    Map<String, Manifest.Database> entries = manifest(first).databases();
    for (int i = 0; i < ALL.size(); i++) {
      Manifest.Database entry = entries.get("d" + i);
      assertThat(entry).as(ALL.get(i).what()).isNotNull();
      List<String> objects =
          switch (ALL.get(i).quick()) {
            case Says.Nothing() -> List.of();
            case Says.Objects(String object, String _) -> List.of(object);
            case Says.CannotCheck(String object, String _) -> List.of(object);
          };
      List<String> said = new ArrayList<>();
      entry.objections().stream().map(Objection::object).forEach(said::add);
      entry.unchecked().stream().map(Unchecked::object).forEach(said::add);
      assertThat(said).as(ALL.get(i).what()).containsAll(objects);
    }
  }

  @Test
  void now_objectionIsNew_warnsOnceAndNotAgain() {
    assertThat(first.warnings())
        .anyMatch(warning -> warning.contains("d0: SQLite objects to virtual table nf: malformed"))
        .anyMatch(warning -> warning.contains("only the application can check"));
    assertThat(second.warnings()).isEmpty();
    assertThat(second.databases().getFirst().objections())
        .isEqualTo(first.databases().getFirst().objections());
  }

  @Test
  void verify_flaggedSnapshot_canBeRestoredAndSaysWhatSqliteSays() throws Exception {
    VerifyResult result = site.verifier().one("latest", Progress.silent());
    assertThat(result.status()).isEqualTo(Status.DONE);
    Verified verified = result.snapshots().getFirst();
    assertThat(verified.damage()).isEmpty();
    assertThat(verified.soundness()).isEqualTo(Soundness.FLAGGED);
    assertThat(verified.databases()).isEqualTo(ALL.size());
    for (int i = 0; i < ALL.size(); i++) {
      if (ALL.get(i).full() instanceof Says.Objects(String object, String words)) {
        String start = "d" + i + ": SQLite objects to " + object + ": ";
        assertThat(verified.warnings())
            .as(ALL.get(i).what())
            .anyMatch(warning -> warning.startsWith(start) && warning.contains(words));
      }
    }
  }

  @Test
  void drill_flaggedSnapshot_isProven() throws Exception {
    DrillRecord drill =
        new DrillRestore(site.settings(), site.machine())
            .run(DrillSite.LOCAL, Progress.silent())
            .drills()
            .getFirst();
    assertThat(drill.error()).isNull();
    assertThat(drill.isProven()).isTrue();
  }

  @Test
  void restore_flaggedSnapshot_bringsBackEveryByte(@TempDir Path elsewhere) throws Exception {
    Path target = elsewhere.resolve("restored");
    RestoreResult result = site.restorer().run(Site.to("latest", target), Progress.silent());
    assertThat(result.status()).isEqualTo(Status.DONE);
    for (var entry : manifest(second).databases().entrySet()) {
      byte[] restored = Files.readAllBytes(target.resolve(entry.getValue().file()));
      assertThat(Checksums.sha256(restored)).isEqualTo(entry.getValue().sha256());
    }

    DurableFiles.deleteTree(site.db());
    assertThat(site.restore("latest").status()).isEqualTo(Status.DONE);
    assertThat(site.snapshot().databases())
        .usingRecursiveComparison()
        .ignoringFields("strategy")
        .isEqualTo(second.databases());
  }
}
