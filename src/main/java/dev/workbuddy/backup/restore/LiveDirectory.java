package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names that belong to the live database directory; all of them stand beside it. */
record LiveDirectory(Path path) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss-SSS'Z'").withZone(ZoneOffset.UTC);

  static LiveDirectory of(Settings settings) {
    return new LiveDirectory(settings.dbDir());
  }

  /** A restore in progress. */
  Path staging(Instant now) {
    return sibling(".staging_" + STAMP.format(now));
  }

  /** What a restore replaced. */
  Path kept(Instant now) {
    return sibling(".pre_restore_" + STAMP.format(now));
  }

  /** The note that lets the next command finish or undo a swap that was cut short. */
  Path journal() {
    return sibling(".swap.json");
  }

  /** Restores that were cut short before their swap. */
  List<Path> stagings() throws IOException {
    return siblings(".staging_");
  }

  /** The newest replaced directory that a rollback could bring back. */
  Optional<Path> newestKept() throws IOException {
    return siblings(".pre_restore_").stream().max(Comparator.comparing(Path::toString));
  }

  private Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private List<Path> siblings(String infix) throws IOException {
    Path parent = sibling("").getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    String prefix = path.getFileName() + infix;
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(prefix))
          .filter(Files::isDirectory)
          .toList();
    }
  }
}
