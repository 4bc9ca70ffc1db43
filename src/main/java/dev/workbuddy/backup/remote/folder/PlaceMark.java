package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.remote.folder.FolderStore.Entry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A small file at the top of a place for copies, by which the place is known again: a mount point
 * without its disk does not have it. Its name says all of it, so that a listing tells.
 */
record PlaceMark(String fileName) {
  private static final Pattern NAME = Pattern.compile("WB-BACKUP-PLACE-[0-9a-f]{16}\\.txt");
  private static final int BYTES = 8;
  private static final String DOCUMENT =
      """
      wb-backup keeps copies here, and knows the place again by this file. Do not delete it:
      without it nothing more is pushed here, since the right disk does not seem to be mounted.
      """;

  /** A new one. */
  static PlaceMark of(RandomGenerator random) {
    byte[] id = new byte[BYTES];
    random.nextBytes(id);
    return new PlaceMark("WB-BACKUP-PLACE-%s.txt".formatted(HexFormat.of().formatHex(id)));
  }

  /** Those among files, which several machines may have left; sorted. */
  static List<PlaceMark> among(List<Entry> files) {
    return files.stream()
        .map(Entry::path)
        .filter(path -> NAME.matcher(path).matches())
        .sorted()
        .map(PlaceMark::new)
        .toList();
  }

  byte[] document() {
    return DOCUMENT.getBytes(StandardCharsets.UTF_8);
  }
}
