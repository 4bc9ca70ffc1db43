package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.remote.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checksums of the files here, of the kind that a store tells. Each file is read once, for SHA-256
 * as well: one that rotted here must not pass as sent.
 */
final class LocalSums {
  /** As rclone calls them, and as Java does. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha256", "SHA-256", "sha1", "SHA-1", "md5", "MD5");

  private static final String OWN = "sha256";
  private static final int BUFFER = 1 << 18;

  private final Map<Bytes, String> known = new ConcurrentHashMap<>();

  /** Which bytes, whatever name they are sent under. */
  private record Bytes(String sha256, long length, String kind) {}

  /**
   * Reads the pieces ahead of being asked.
   *
   * @param kind empty where the store tells none; the files are compared with their own checksums
   * @throws IOException also where a file is not what it was
   */
  void read(List<Piece> pieces, Optional<String> kind) throws IOException {
    for (Piece piece : pieces) {
      of(piece, kind.orElse(OWN));
    }
  }

  String of(Piece piece, String kind) throws IOException {
    Bytes bytes = new Bytes(piece.sha256(), piece.bytes(), kind);
    String sum = known.get(bytes);
    if (sum == null) {
      sum = computed(piece, kind);
      known.put(bytes, sum);
    }
    return sum;
  }

  private static String computed(Piece piece, String kind) throws IOException {
    Map<String, MessageDigest> digests = new HashMap<>();
    digests.put(OWN, digest(OWN));
    digests.computeIfAbsent(kind, LocalSums::digest);
    try (InputStream content = piece.open()) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedIOException("interrupted while reading " + piece.source());
        }
        for (MessageDigest digest : digests.values()) {
          digest.update(buffer, 0, read);
        }
      }
    }
    Map<String, String> found = new HashMap<>();
    digests.forEach((name, digest) -> found.put(name, HexFormat.of().formatHex(digest.digest())));
    if (!piece.sha256().equals(found.get(OWN))) {
      throw new IOException(piece.source() + " does not match its checksum");
    }
    return Objects.requireNonNull(found.get(kind));
  }

  private static MessageDigest digest(String kind) {
    try {
      return MessageDigest.getInstance(ALGORITHMS.getOrDefault(kind, kind));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256, SHA-1 and MD5", e);
    }
  }
}
