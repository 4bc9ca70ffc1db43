package dev.workbuddy.backup.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sizes and times of a database's files: equal ones mean that nothing was written in between. */
public record FileState(List<String> files) {
  public static FileState of(Path database) throws IOException {
    List<String> files = new ArrayList<>();
    for (Path file : List.of(database, Path.of(database + "-wal"))) {
      if (Files.exists(file) && Files.size(file) > 0) {
        files.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return new FileState(files);
  }
}
