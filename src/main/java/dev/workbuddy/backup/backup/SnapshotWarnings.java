package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.GitCheckout;
import dev.workbuddy.backup.restore.SwapObstacles;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What the user should know of a snapshot although nothing failed, in sentences. */
final class SnapshotWarnings {
  private SnapshotWarnings() {}

  static List<String> uncheckedTables(Pack pack) {
    return pack.databases().stream()
        .flatMap(
            saved ->
                saved.inspection().unchecked().stream()
                    .map(
                        table ->
                            "%s: table %s could only be counted: checking it needs the application's own SQL"
                                .formatted(saved.vital().name(), table)))
        .toList();
  }

  static List<String> unreadableCode(Path checkout) {
    return new GitCheckout(checkout).isUnreadable()
        ? List.of(
            "the application's commit is not in the snapshot: git cannot read the checkout of "
                + checkout
                + " (`git status` there says why)")
        : List.of();
  }

  /** What would stop a restore of it; where that cannot be told, that is. */
  static List<String> obstacles(Settings settings) {
    try {
      return SwapObstacles.foretell(settings.dbDir(), settings.databases());
    } catch (IOException | UncheckedIOException e) {
      return List.of(
          "whether a restore could replace %s cannot be told: %s"
              .formatted(settings.dbDir(), RunError.of(e).message()));
    }
  }

  /** Whether the clock was wrong, or is. */
  static List<String> datedAhead(List<SnapshotId> ahead) {
    return ahead.isEmpty()
        ? List.of()
        : List.of(
            "%s in the future (%s): retention leaves %s alone. Check the clock; if it is right now, move %s out of the backups directory"
                .formatted(
                    ahead.size() == 1
                        ? "a snapshot is dated"
                        : ahead.size() + " snapshots are dated",
                    ahead.getFirst() + (ahead.size() == 1 ? "" : ", …"),
                    ahead.size() == 1 ? "it" : "them",
                    ahead.size() == 1 ? "it" : "them"));
  }
}
