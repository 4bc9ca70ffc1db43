package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.GitCheckout;
import dev.workbuddy.backup.restore.SwapObstacles;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.sqlite.Inspection;
import dev.workbuddy.backup.sqlite.Objection;
import dev.workbuddy.backup.sqlite.Unchecked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the user should know of a snapshot although nothing failed, in sentences. */
final class SnapshotWarnings {
  private SnapshotWarnings() {}

  /** What SQLite objects to, and did not when the last snapshot of the same database was taken. */
  static List<String> newObjections(PackResult result, OwnHistory history) {
    List<String> warnings = new ArrayList<>();
    for (PackedDatabase saved : result.databases()) {
      String name = saved.vital().name();
      Optional<Manifest.Database> before = history.newestOf(name);
      Inspection now = saved.inspection();
      Objection.newSince(
              before.map(Manifest.Database::objections).orElse(List.of()), now.objections())
          .forEach(one -> warnings.add(words(name, one)));
      List<Unchecked> known = before.map(Manifest.Database::unchecked).orElse(List.of());
      now.unchecked().stream()
          .filter(one -> !known.contains(one))
          .forEach(
              one ->
                  warnings.add(
                      "%s: only the application can check %s".formatted(name, one.text())));
    }
    return List.copyOf(warnings);
  }

  private static String words(String database, Objection objection) {
    return "%s: SQLite objects to %s: %s. Every row is saved, and the snapshot can be restored"
        .formatted(database, objection.object(), objection.text());
  }

  static List<String> unreadableCode(Path checkout) {
    return new GitCheckout(checkout).isUnreadable()
        ? List.of(
            "the application's commit is not in the snapshot: git cannot read the checkout of "
                + checkout
                + " (`git status` there says why)")
        : List.of();
  }

  /** Returns what would stop a restore of it, or why that is not known. */
  static List<String> obstacles(Settings settings) {
    try {
      return SwapObstacles.foretell(settings.dbDir(), settings.databases());
    } catch (IOException | UncheckedIOException e) {
      return List.of(
          "cannot check whether a restore could replace %s: %s"
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
