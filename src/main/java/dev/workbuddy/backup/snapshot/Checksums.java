package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.UnusableFileException;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file {@code SHA256SUMS}, in the form that {@code sha256sum -c} accepts. */
public final class Checksums {
  public static final String FILE_NAME = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *]([^/\\\\]+)");
  private static final int BUFFER = 1 << 18;

  /** A line for each file of a snapshot: more than any real one needs. */
  private static final int MOST_BYTES = 1 << 20;

  private Checksums() {}

  /** The first hexadecimal digits of a text's checksum, which stand for it in names. */
  public static String mark(String text, int digits) {
    return sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, digits);
  }

  /** The file's text: a line for each name, in the map's order. */
  public static String text(Map<String, String> sumsByName) {
    StringBuilder text = new StringBuilder();
    sumsByName.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    return text.toString();
  }

  /** The text as the file holds it. */
  public static byte[] document(Map<String, String> sumsByName) {
    return text(sumsByName).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Compares the tarball and the manifest with the sums beside them. A snapshot of the original
   * Python work-buddy has none, and nothing to compare.
   *
   * @throws BackupException {@code checksum-mismatch} naming the first file that differs, is not
   *     there, or is not covered
   */
  public static void verify(StoredSnapshot snapshot) throws IOException {
    if (snapshot.isOriginal()) {
      return;
    }
    Map<String, String> sums = read(snapshot.checksums());
    for (Path file :
        new Path[] {snapshot.directory().resolve(Manifest.FILE_NAME), snapshot.tarball()}) {
      String expected = expected(snapshot, sums, file);
      if (!sha256(file).equals(expected)) {
        throw mismatch(snapshot.id() + ": " + file.getFileName() + " does not match its checksum");
      }
    }
  }

  /**
   * What a file of the snapshot should hash to.
   *
   * @throws BackupException {@code checksum-mismatch} where it is not covered or not there
   */
  public static String expected(StoredSnapshot snapshot, Map<String, String> sums, Path file) {
    String name = file.getFileName().toString();
    String expected = sums.get(name);
    if (expected == null) {
      throw mismatch(snapshot.id() + ": " + FILE_NAME + " does not cover " + name);
    }
    if (!Files.isRegularFile(file)) {
      throw mismatch(snapshot.id() + ": " + name + " is not there");
    }
    return expected;
  }

  /**
   * The sums by name, in the file's order.
   *
   * @throws BackupException {@code checksum-mismatch} where the file is not there or not to be used
   */
  public static Map<String, String> read(Path file) throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String line : lines(file)) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw mismatch(file + " has a line that is not a checksum");
      }
      sums.put(matcher.group(2), matcher.group(1));
    }
    return sums;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      byte[] content = new StateFile(file, MOST_BYTES).bytes();
      return new String(content, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (NoSuchFileException none) {
      throw mismatch(file + " is not there");
    } catch (UnusableFileException unusable) {
      throw mismatch(String.valueOf(unusable.getMessage()));
    }
  }

  private static BackupException mismatch(String message) {
    return new BackupException(
        ErrorCode.CHECKSUM_MISMATCH,
        message,
        "The snapshot's files changed after it was taken. Choose another one:"
            + " `wb-backup verify --all` shows which are sound.");
  }

  public static String sha256(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      return sha256(input);
    }
  }

  /** Of everything that the stream still holds. */
  public static String sha256(InputStream input) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
