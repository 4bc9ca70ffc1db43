package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.io.OpenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The processes that may hold a lock on a database, as far as the system shows them. */
public final class LockHolders {
  private static final int TOLD = 3;

  private LockHolders() {}

  /** Which processes have the file open, to follow a sentence; empty where none is seen. */
  public static String words(Path file) {
    try {
      List<OpenFiles.Holder> holders = OpenFiles.among(List.of(file)).holders();
      String more = holders.size() > TOLD ? "; and %d more".formatted(holders.size() - TOLD) : "";
      return holders.isEmpty()
          ? ""
          : ": " + OpenFiles.words(holders.stream().limit(TOLD).toList()) + more;
    } catch (IOException notShown) {
      return "";
    }
  }
}
