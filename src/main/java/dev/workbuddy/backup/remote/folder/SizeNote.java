package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.remote.Parts;
import dev.workbuddy.backup.remote.folder.FolderStore.Entry;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a snapshot's files were when they were sent, beside them and summed up in a file's name: a
 * later listing that tells the same of them shows whether they still are. Any listing tells sizes;
 * of checksums, those are noted that the store tells.
 *
 * @param kind {@code size}, or that of the checksums
 * @param text a line for each file
 */
public record SizeNote(String kind, String text) {
  private static final Pattern NAME = Pattern.compile("STORED-([0-9a-z]+)-[0-9a-f]{32}\\.txt");
  private static final String SIZE = "size";
  private static final int DIGITS = 32;

  static boolean isName(String fileName) {
    return NAME.matcher(fileName).matches();
  }

  /** Whether it is the name of a note of sizes. */
  public static boolean isOfSizes(String fileName) {
    Matcher name = NAME.matcher(fileName);
    return name.matches() && name.group(1).equals(SIZE);
  }

  /** Of the sizes of the files in a snapshot's folder. */
  static SizeNote ofSizes(SnapshotId id, List<Entry> files) {
    StringBuilder text = new StringBuilder();
    for (Entry file : covered(id, files)) {
      text.append(SIZE).append(':').append(file.bytes()).append("  ").append(name(file));
      text.append('\n');
    }
    return new SizeNote(SIZE, text.toString());
  }

  /** Of their checksums; empty where the store did not tell that of each of them. */
  static Optional<SizeNote> ofSums(SnapshotId id, List<Entry> files) {
    List<Entry> covered = covered(id, files);
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
        .map(sum -> new SizeNote(sum.substring(0, sum.indexOf(':')), text.toString()));
  }

  /** Whether some of the files in a snapshot's folder are not what notes there say of them. */
  static boolean contradicts(SnapshotId id, List<Entry> files) {
    List<String> notes = files.stream().map(SizeNote::name).filter(SizeNote::isName).toList();
    return !notes.isEmpty()
        && (ofSizes(id, files).isMissing(notes)
            || ofSums(id, files).filter(now -> now.isMissing(notes)).isPresent());
  }

  /** Whether there are notes of this kind, and not this one. */
  private boolean isMissing(List<String> notes) {
    return notes.stream().anyMatch(name -> name.startsWith(beginning()))
        && !notes.contains(fileName());
  }

  /** Holds and marks may come and go. */
  static boolean covers(SnapshotId id, String name) {
    return TemporaryName.began(name).isEmpty()
        && (Parts.isTarballOf(id, Parts.whole(name))
            || name.equals(Manifest.FILE_NAME)
            || name.equals(Checksums.FILE_NAME));
  }

  private static List<Entry> covered(SnapshotId id, List<Entry> files) {
    return files.stream()
        .filter(file -> covers(id, name(file)))
        .sorted(Comparator.comparing(SizeNote::name))
        .toList();
  }

  private static String name(Entry file) {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }

  private String beginning() {
    return "STORED-" + kind + "-";
  }

  String fileName() {
    return beginning() + Checksums.sha256(document()).substring(0, DIGITS) + ".txt";
  }

  byte[] document() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
