package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.remote.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Files that are sent with one call: side by side in a directory of their own, each under the name
 * that it gets there. Whole files are links, where the file system has links.
 */
public record UploadBatch(Path directory, List<Piece> pieces) implements AutoCloseable {
  public UploadBatch {
    pieces = List.copyOf(pieces);
  }

  /** Prepares these pieces; good until this is closed. */
  static UploadBatch of(List<Piece> pieces, Path scratch) throws IOException {
    UploadBatch batch = new UploadBatch(Files.createTempDirectory(scratch, "bundle-"), pieces);
    try {
      for (Piece piece : pieces) {
        put(piece, batch.file(piece));
      }
      return batch;
    } catch (IOException | RuntimeException e) {
      batch.close();
      throw e;
    }
  }

  private static void put(Piece piece, Path file) throws IOException {
    if (piece.isWhole() && isLinked(piece.source(), file)) {
      return;
    }
    try (InputStream bytes = piece.open()) {
      Files.copy(bytes, file);
    }
  }

  private static boolean isLinked(Path source, Path file) {
    try {
      Files.createLink(file, source);
      return true;
    } catch (IOException | UnsupportedOperationException noLinksHere) {
      return false;
    }
  }

  Path file(Piece piece) {
    return directory.resolve(piece.name());
  }

  public long bytes() {
    return pieces.stream().mapToLong(Piece::bytes).sum();
  }

  @Override
  public void close() throws IOException {
    DurableFiles.deleteTree(directory);
  }
}
