package dev.workbuddy.backup.config;

import java.util.List;

/**
 * What a search came upon, ordered by path.
 *
 * @param passedOver files that one would take for databases by their names or their content, and
 *     that are not among the databases; paths are relative to the searched directory
 */
public record FoundFiles(List<FoundDatabase> databases, List<ExcludedFile> passedOver) {
  public FoundFiles {
    databases = List.copyOf(databases);
    passedOver = List.copyOf(passedOver);
  }
}
