package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.archive.UnpackedFile;
import dev.workbuddy.backup.snapshot.contents.Damage;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import dev.workbuddy.backup.sqlite.ForeignKeys;
import dev.workbuddy.backup.sqlite.Inspection;
import dev.workbuddy.backup.sqlite.Inspector;
import dev.workbuddy.backup.sqlite.UnusableDatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares an unpacked database with what its snapshot's manifest says of it, and checks it to the
 * last index entry.
 */
final class DatabaseCheck {
  private static final int TOLD = 2;

  private final SnapshotContents.Item item;
  private final UnpackedFile file;
  private final boolean original;
  private final List<Damage> damage = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable Inspection inspection;

  private DatabaseCheck(SnapshotContents.Item item, UnpackedFile file, boolean original) {
    this.item = item;
    this.file = file;
    this.original = original;
  }

  static CheckedDatabase run(SnapshotContents.Item item, UnpackedFile file, boolean original) {
    DatabaseCheck check = new DatabaseCheck(item, file, original);
    check.checksum();
    check.content();
    return new CheckedDatabase(item, file, check.inspection, check.damage, check.warnings);
  }

  private void checksum() {
    if (item.sha256() != null && !item.sha256().equals(file.sha256())) {
      damage(ErrorCode.CHECKSUM_MISMATCH, "its bytes do not match the checksum in the manifest");
    }
  }

  private void content() {
    try {
      Inspection inspection = new Inspector().inspect(file.path(), Inspector.Depth.FULL);
      this.inspection = inspection;
      complaints(inspection.damage());
      if (inspection.isUsable()) {
        schemaVersion(inspection);
        rowCounts(inspection.rowCounts());
        foreignKeys(inspection.foreignKeyViolations().orElseThrow());
        remarks(inspection);
      }
    } catch (UnusableDatabaseException e) {
      damage(ErrorCode.DATABASE_DAMAGED, e.problem().detail());
    }
  }

  /** What does not keep a database from being restored: it was so when it was saved. */
  private void remarks(Inspection inspection) {
    inspection
        .objections()
        .forEach(
            one ->
                warnings.add(
                    "%s: SQLite objects to %s: %s. Every row can be read"
                        .formatted(item.name(), one.object(), one.text())));
    inspection
        .unchecked()
        .forEach(
            one ->
                warnings.add(
                    "%s: only the application can check %s".formatted(item.name(), one.text())));
  }

  /** A few tell as much as all of them, which mostly differ in a number only. */
  private void complaints(List<String> all) {
    all.stream()
        .limit(TOLD)
        .map(SafeText::line)
        .forEach(complaint -> damage(ErrorCode.DATABASE_DAMAGED, "integrity_check: " + complaint));
    if (all.size() > TOLD) {
      damage(
          ErrorCode.DATABASE_DAMAGED,
          "integrity_check: and at least %d more like these".formatted(all.size() - TOLD));
    }
  }

  private void schemaVersion(Inspection inspection) {
    if (inspection.userVersion() != item.schemaVersion()) {
      damage(
          ErrorCode.DATABASE_DAMAGED,
          "it has schema version %d, the manifest says %d"
              .formatted(inspection.userVersion(), item.schemaVersion()));
    }
  }

  private void rowCounts(Map<String, Long> found) {
    var tables = new TreeSet<>(item.rowCounts().keySet());
    if (!original) {
      tables.addAll(found.keySet());
    }
    for (String table : tables) {
      Long expected = item.rowCounts().get(table);
      Long actual = found.get(table);
      if (!Objects.equals(expected, actual)) {
        rowCountDiffers(table, expected, actual);
      }
    }
  }

  /** The original counted the live file a moment after its copy, so its counts prove nothing. */
  private void rowCountDiffers(String table, @Nullable Long expected, @Nullable Long actual) {
    String text =
        "table %s has %s, the manifest says %s".formatted(table, rows(actual), rows(expected));
    if (!original) {
      damage(ErrorCode.ROW_COUNTS_DIFFER, text);
    } else if (actual != null) {
      warnings.add(item.name() + ": " + text);
    }
  }

  private static String rows(@Nullable Long count) {
    return count == null ? "no such table" : count + " rows";
  }

  /**
   * Where the bytes are proven to be those that were saved, the application already had its broken
   * references: its own state, not damage of ours. The original gives no such proof.
   */
  private void foreignKeys(long violations) {
    if (violations == 0) {
      return;
    }
    String text = "foreign_key_check finds " + ForeignKeys.words(violations);
    if (item.sha256() == null) {
      damage(ErrorCode.FOREIGN_KEYS_BROKEN, text);
    } else {
      warnings.add(item.name() + ": " + text + ", as in the data that was saved");
    }
  }

  private void damage(ErrorCode code, String text) {
    damage.add(new Damage(code, item.name() + " (" + item.entry() + "): " + text));
  }
}
