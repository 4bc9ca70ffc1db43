package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Compares what a store holds with what was sent: by a checksum that the store computes, where it
 * has one; else by reading back small files in full, and stretches of large ones.
 */
final class RcloneProof {
  /** The checksums that can be computed here, the strongest first, as rclone calls them. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha256", "SHA-256", "sha1", "SHA-1", "md5", "MD5");

  private static final List<String> PREFERRED = List.of("sha256", "sha1", "md5");
  private static final int STRETCH = 1 << 16;
  private static final int READ_IN_FULL = 4 * STRETCH;
  private static final int STRETCHES_WITHIN = 3;

  private final RcloneStore store;
  private final Rclone rclone;
  private final Path scratch;
  private final RandomGenerator random;
  private Optional<Optional<String>> known = Optional.empty();

  RcloneProof(RcloneStore store, Rclone rclone, RemoteContext context) {
    this.store = store;
    this.rclone = rclone;
    this.scratch = context.scratch();
    this.random = context.random();
  }

  RemoteResult<Proof> of(String folder, List<Piece> pieces) throws InterruptedException {
    try {
      Map<String, String> sums = sums(folder);
      Proof weakest = Proof.CHECKSUM;
      for (Piece piece : pieces) {
        RemoteResult<Proof> proof =
            sums.containsKey(piece.name())
                ? compare(piece, sums.get(piece.name()))
                : readBack(folder, piece);
        if (!(proof instanceof Ok<Proof>(Proof found))) {
          return proof;
        }
        weakest = found.compareTo(weakest) > 0 ? found : weakest;
      }
      return RemoteResult.ok(weakest);
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "cannot compare with the files here: " + e.getMessage(),
          "`wb-backup verify` shows whether the snapshot is sound.");
    }
  }

  /** The store's own checksums by file name; none where it has no kind that is of use here. */
  private Map<String, String> sums(String folder) throws InterruptedException {
    Optional<String> kind = kind();
    Map<String, String> sums = new HashMap<>();
    if (kind.isEmpty()) {
      return sums;
    }
    String[] options = {"--files-only", "--no-modtime", "--hash", "--hash-type", kind.get()};
    if (store.lsjson(folder, options) instanceof Ok<JsonNode>(JsonNode listing)) {
      for (JsonNode file : listing) {
        String sum = file.path("Hashes").path(kind.get()).asString("");
        if (!sum.isEmpty()) {
          sums.put(file.path("Path").asString(), sum);
        }
      }
    }
    return sums;
  }

  /** The kind that the store offers; asked once. */
  private Optional<String> kind() throws InterruptedException {
    if (known.isEmpty()) {
      known = Optional.of(offered());
    }
    return known.get();
  }

  private Optional<String> offered() throws InterruptedException {
    RemoteResult<String> features =
        rclone.run(TimeLimits.ofQuestion(), "backend", "features", store.full(""));
    if (!(features instanceof Ok<String>(String text))) {
      return Optional.empty();
    }
    try {
      List<String> offered = new ArrayList<>();
      Json.parse(Rclone.bytes(text)).path("Hashes").forEach(hash -> offered.add(hash.asString()));
      return PREFERRED.stream().filter(offered::contains).findFirst();
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }

  private RemoteResult<Proof> compare(Piece piece, String theirs)
      throws IOException, InterruptedException {
    String kind = kind().orElseThrow();
    String ours = kind.equals("sha256") ? piece.sha256() : computed(piece, kind);
    return ours.equalsIgnoreCase(theirs) ? RemoteResult.ok(Proof.CHECKSUM) : differs(piece);
  }

  /** Reads the file here once for both checksums: one that rotted here must not pass as sent. */
  private static String computed(Piece piece, String kind) throws IOException {
    try (InputStream content = piece.open()) {
      MessageDigest asked = MessageDigest.getInstance(ALGORITHMS.getOrDefault(kind, kind));
      MessageDigest known = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 18];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        asked.update(buffer, 0, read);
        known.update(buffer, 0, read);
      }
      if (!HexFormat.of().formatHex(known.digest()).equals(piece.sha256())) {
        throw new IOException(piece.source() + " does not match its checksum");
      }
      return HexFormat.of().formatHex(asked.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1 and MD5", e);
    }
  }

  private RemoteResult<Proof> readBack(String folder, Piece piece)
      throws IOException, InterruptedException {
    if (piece.bytes() <= READ_IN_FULL) {
      return readBack(folder, piece, 0, (int) piece.bytes(), Proof.READ_BACK);
    }
    long last = piece.bytes() - STRETCH;
    List<Long> offsets = new ArrayList<>(List.of(0L, last));
    random.longs(STRETCHES_WITHIN, 0, last).forEach(offsets::add);
    RemoteResult<Proof> result = RemoteResult.ok(Proof.SAMPLE);
    for (int i = 0; i < offsets.size() && result.isOk(); i++) {
      result = readBack(folder, piece, offsets.get(i), STRETCH, Proof.SAMPLE);
    }
    return result;
  }

  private RemoteResult<Proof> readBack(
      String folder, Piece piece, long offset, int count, Proof proof)
      throws IOException, InterruptedException {
    Path back = Files.createTempFile(scratch, "read-back-", ".tmp");
    try {
      RemoteResult<String> read =
          rclone.runInto(
              back,
              TimeLimits.ofMoving(count),
              "cat",
              "--offset",
              Long.toString(offset),
              "--count",
              Integer.toString(count),
              store.full(folder + "/" + piece.name()));
      if (read instanceof Failed<String> failed) {
        return failed.as();
      }
      return Arrays.equals(Files.readAllBytes(back), here(piece, offset, count))
          ? RemoteResult.ok(proof)
          : differs(piece);
    } finally {
      Files.deleteIfExists(back);
    }
  }

  private static byte[] here(Piece piece, long offset, int count) throws IOException {
    try (InputStream content = piece.open()) {
      content.skipNBytes(offset);
      return content.readNBytes(count);
    }
  }

  private RemoteResult<Proof> differs(Piece piece) {
    return RemoteResult.failed(
        RemoteFault.DAMAGED,
        "%s does not hold what was sent as %s".formatted(store.name(), piece.name()),
        "Push it again; what is wrong is replaced.");
  }
}
