package dev.workbuddy.backup.drill;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A place whose snapshots are to be proven. */
interface DrillSource {

  /** What users call it. */
  String name();

  /**
   * Finds the snapshot to rehearse with.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException where there is none; for the latest one,
   *     also where there is a newer one that cannot be used
   */
  Choice choose(DrillRequest request) throws IOException, InterruptedException;

  /** A snapshot that was found, and nothing of it fetched yet. */
  interface Choice {
    SnapshotId id();

    /** Whose it is; null where nobody says. */
    @Nullable String namespace();

    /** Whether it is this machine's. */
    boolean ours();

    /** Brings it into a store, checked, as a pull would. */
    StoredSnapshot fetch(LocalStore store, Progress progress)
        throws IOException, InterruptedException;
  }
}
