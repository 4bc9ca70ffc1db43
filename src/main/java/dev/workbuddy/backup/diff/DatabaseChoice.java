package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.tables.LiveFiles;
import dev.workbuddy.backup.tables.SnapshotDatabases.Source;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which databases a comparison is about. */
record DatabaseChoice(Settings settings) {

  /**
   * Returns the databases to compare. Both sides must have a database that was asked for; a warning
   * names each other one that a side lacks.
   *
   * @param after null for the live databases
   * @param warnings are added to
   */
  Set<String> of(
      DiffRequest request, Source before, @Nullable Source after, List<String> warnings) {
    if (!request.databases().isEmpty()) {
      for (String name : request.databases()) {
        before.item(name);
        if (after != null) {
          after.item(name);
        } else {
          new LiveFiles(settings).file(name);
        }
      }
      return new TreeSet<>(request.databases());
    }
    Set<String> others = after == null ? live() : after.names();
    Set<String> common = new TreeSet<>(before.names());
    common.retainAll(others);
    lacking(before.names(), others)
        .forEach(n -> warnings.add(after == null ? notLive(n) : n + " is only in " + before.id()));
    lacking(others, before.names()).forEach(n -> warnings.add(n + " is not in " + before.id()));
    return common;
  }

  private String notLive(String name) {
    return new LiveFiles(settings)
        .absence(name)
        .map(absent -> Sentences.join(absent.text(), absent.hint()))
        .orElse(name + " is only just there");
  }

  private static Set<String> lacking(Set<String> all, Set<String> present) {
    Set<String> lacking = new TreeSet<>(all);
    lacking.removeAll(present);
    return lacking;
  }

  private Set<String> live() {
    return settings.databases().stream()
        .filter(database -> Files.isRegularFile(database.in(settings.dbDir())))
        .map(VitalDatabase::name)
        .collect(Collectors.toSet());
  }
}
