package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.snapshot.Manifest;
import java.util.List;

/** What a run has to say of its snapshot; the sizes in bytes, as in {@link RunRecord}. */
public record TakenSnapshot(
    String id, long bytes, long databaseBytes, List<Manifest.Missing> missing, List<String> swept) {
  public TakenSnapshot {
    missing = List.copyOf(missing);
    swept = List.copyOf(swept);
  }

  boolean isComplete() {
    return missing.isEmpty();
  }
}
