package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.snapshot.archive.UnpackedFile;
import dev.workbuddy.backup.snapshot.contents.Damage;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import dev.workbuddy.backup.sqlite.Inspection;
import dev.workbuddy.backup.sqlite.Soundness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database that was unpacked and looked into.
 *
 * @param inspection what is in it; null where it cannot be read
 * @param damage what makes it unfit to be restored; empty where it is sound
 * @param warnings what the user should know, and which does not make it unfit
 */
record CheckedDatabase(
    SnapshotContents.Item item,
    UnpackedFile file,
    @Nullable Inspection inspection,
    List<Damage> damage,
    List<String> warnings) {
  CheckedDatabase {
    damage = List.copyOf(damage);
    warnings = List.copyOf(warnings);
  }

  Soundness soundness() {
    return inspection == null ? Soundness.UNUSABLE : inspection.soundness();
  }
}
