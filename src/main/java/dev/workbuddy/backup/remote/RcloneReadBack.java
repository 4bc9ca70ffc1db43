package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.remote.RemoteResult.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

/**
 * Reads back what was sent to a store that tells no checksums: small files in full, large ones at
 * their beginning, at their end and somewhere between.
 */
final class RcloneReadBack {
  private static final int STRETCH = 1 << 16;
  private static final int READ_IN_FULL = 4 * STRETCH;

  private final RcloneStore store;
  private final Rclone rclone;
  private final Path scratch;
  private final RandomGenerator random;

  RcloneReadBack(RcloneStore store, Rclone rclone, RemoteContext context) {
    this.store = store;
    this.rclone = rclone;
    this.scratch = context.scratch();
    this.random = context.random();
  }

  /** How the piece will be compared. */
  static Proof proof(Piece piece) {
    return piece.bytes() <= READ_IN_FULL ? Proof.READ_BACK : Proof.SAMPLE;
  }

  /** One check for each stretch to be read; they may run side by side. */
  List<Callable<RemoteResult<Piece>>> checks(String folder, Piece piece) {
    if (proof(piece) == Proof.READ_BACK) {
      return List.of(() -> check(folder, piece, 0, (int) piece.bytes()));
    }
    long last = piece.bytes() - STRETCH;
    List<Callable<RemoteResult<Piece>>> checks = new ArrayList<>();
    for (long offset : new long[] {0, random.nextLong(last), last}) {
      checks.add(() -> check(folder, piece, offset, STRETCH));
    }
    return checks;
  }

  private RemoteResult<Piece> check(String folder, Piece piece, long offset, int count)
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
          ? RemoteResult.ok(piece)
          : RcloneProof.differs(store.name(), piece);
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
}
