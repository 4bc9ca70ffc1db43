package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.sqlite.SqliteVersion;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** The program's version and those of what it stands on, as they are really linked. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return lines().toArray(String[]::new);
  }

  List<String> lines() {
    return List.of(
        "wb-backup %s (SQLite %s, Java %s)"
            .formatted(Build.version(), SqliteVersion.linked(), Runtime.version()));
  }
}
