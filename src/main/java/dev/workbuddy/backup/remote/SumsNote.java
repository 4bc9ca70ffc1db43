package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.remote.FolderStore.Entry;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a store told of a snapshot's files when they were proven, beside them and summed up in a
 * file's name: a later listing with checksums shows whether they are still the same.
 *
 * @param kind of the checksums
 * @param text a line for each file
 */
record SumsNote(String kind, String text) {
  private static final Pattern NAME = Pattern.compile("STORED-[0-9a-z]+-[0-9a-f]{32}\\.txt");
  private static final int DIGITS = 32;

  static boolean isName(String fileName) {
    return NAME.matcher(fileName).matches();
  }

  /** Of the files in a snapshot's folder; empty where the store did not tell of each of them. */
  static Optional<SumsNote> of(SnapshotId id, List<Entry> files) {
    List<Entry> covered =
        files.stream()
            .filter(file -> covers(id, name(file)))
            .sorted(Comparator.comparing(SumsNote::name))
            .toList();
    StringBuilder text = new StringBuilder();
    for (Entry file : covered) {
      if (file.sum() == null) {
        return Optional.empty();
      }
      text.append(file.sum()).append("  ").append(name(file)).append('\n');
    }
    return covered.stream()
        .findFirst()
        .flatMap(file -> Optional.ofNullable(file.sum()))
        .map(sum -> new SumsNote(sum.substring(0, sum.indexOf(':')), text.toString()));
  }

  /** Holds and marks may come and go. */
  static boolean covers(SnapshotId id, String name) {
    return Partial.began(name).isEmpty()
        && (Parts.isTarballOf(id, Parts.whole(name))
            || name.equals(Manifest.FILE_NAME)
            || name.equals(Checksums.FILE_NAME));
  }

  private static String name(Entry file) {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }

  String fileName() {
    return "STORED-%s-%s.txt".formatted(kind, Checksums.sha256(document()).substring(0, DIGITS));
  }

  byte[] document() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
