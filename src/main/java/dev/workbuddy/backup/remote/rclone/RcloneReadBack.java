package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.Proof;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.TimeLimits;
import dev.workbuddy.backup.snapshot.Checksums;
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

  private final RcloneAddress address;
  private final Rclone rclone;
  private final Path scratch;
  private final RandomGenerator random;

  RcloneReadBack(RcloneAddress address, Rclone rclone, RemoteContext context) {
    this.address = address;
    this.rclone = rclone;
    this.scratch = context.scratch();
    this.random = context.random();
  }

  /** How the piece will be compared. */
  static Proof proof(Piece piece) {
    return piece.bytes() <= READ_IN_FULL ? Proof.READ_BACK : Proof.SAMPLE;
  }

  /** What is to be read, a call of rclone each; they may run side by side. */
  List<Callable<RemoteResult<Piece>>> checks(String folder, List<Piece> pieces) {
    List<Callable<RemoteResult<Piece>>> checks = new ArrayList<>();
    List<Piece> small = pieces.stream().filter(piece -> proof(piece) == Proof.READ_BACK).toList();
    if (!small.isEmpty()) {
      checks.add(() -> inFull(folder, small));
    }
    for (Piece piece : pieces) {
      if (!small.contains(piece)) {
        long last = piece.bytes() - STRETCH;
        for (long offset : new long[] {0, random.nextLong(last), last}) {
          checks.add(() -> stretch(folder, piece, offset));
        }
      }
    }
    return checks;
  }

  private RemoteResult<Piece> inFull(String folder, List<Piece> pieces)
      throws IOException, InterruptedException {
    Path back = Files.createTempDirectory(scratch, "read-back-");
    try {
      Path names = back.resolve("names");
      Files.write(names, pieces.stream().map(Piece::name).toList());
      Path files = back.resolve("files");
      RemoteResult<String> read =
          rclone.run(
              TimeLimits.ofMoving(pieces.stream().mapToLong(Piece::bytes).sum()),
              "copy",
              "--files-from-raw",
              names.toString(),
              address.full(folder),
              files.toString());
      return read.then(_ -> firstOther(pieces, files));
    } finally {
      DurableFiles.deleteTree(back);
    }
  }

  private RemoteResult<Piece> firstOther(List<Piece> pieces, Path files) {
    for (Piece piece : pieces) {
      try {
        if (!Checksums.sha256(files.resolve(piece.name())).equals(piece.sha256())) {
          return RcloneProof.differs(address.name(), piece);
        }
      } catch (IOException notThere) {
        return RcloneProof.differs(address.name(), piece);
      }
    }
    return RemoteResult.ok(pieces.getFirst());
  }

  private RemoteResult<Piece> stretch(String folder, Piece piece, long offset)
      throws IOException, InterruptedException {
    Path back = Files.createTempFile(scratch, "read-back-", ".tmp");
    try {
      RemoteResult<String> read =
          rclone.runInto(
              back,
              TimeLimits.ofMoving(STRETCH),
              "cat",
              "--offset",
              Long.toString(offset),
              "--count",
              Integer.toString(STRETCH),
              address.full(folder + "/" + piece.name()));
      if (read instanceof Failed<String> failed) {
        return failed.as();
      }
      byte[] there = new StateFile(back, STRETCH).read().found().orElse(new byte[0]);
      return Arrays.equals(there, here(piece, offset, STRETCH))
          ? RemoteResult.ok(piece)
          : RcloneProof.differs(address.name(), piece);
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
