package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is sent of one snapshot: the tarball, in parts where it is long, {@code MANIFEST.json},
 * {@code HOLD.json} where it is held, and last {@code SHA256SUMS}, which also covers the parts.
 */
public final class SnapshotFiles implements AutoCloseable {
  private final Path scratch;
  private final List<Piece> pieces;

  private SnapshotFiles(Path scratch, List<Piece> pieces) {
    this.scratch = scratch;
    this.pieces = List.copyOf(pieces);
  }

  /**
   * Prepares to send. Reads all of it before anything is sent: a copy that is right there must not
   * give way to one that is damaged here.
   *
   * @param parent an existing directory, in which this makes one of its own
   * @param partBytes how long a piece may be
   * @throws dev.workbuddy.backup.outcome.BackupException {@code checksum-mismatch} where the
   *     snapshot does not match its checksums, or they do not cover it
   */
  public static SnapshotFiles of(StoredSnapshot snapshot, Path parent, long partBytes)
      throws IOException {
    Path scratch = Files.createTempDirectory(parent, snapshot.id() + "-");
    try {
      return new SnapshotFiles(scratch, pieces(snapshot, scratch, partBytes));
    } catch (IOException | RuntimeException e) {
      DurableFiles.deleteTree(scratch);
      throw e;
    }
  }

  private static List<Piece> pieces(StoredSnapshot snapshot, Path scratch, long partBytes)
      throws IOException {
    Checksums.verify(snapshot);
    Map<String, String> sums = new LinkedHashMap<>(Checksums.read(snapshot.checksums()));
    Path tarball = snapshot.tarball();
    Piece whole = whole(tarball, Checksums.expected(snapshot, sums, tarball));
    Path manifest = snapshot.directory().resolve(Manifest.FILE_NAME);
    List<Piece> pieces = new ArrayList<>(Parts.split(whole, partBytes));
    pieces.forEach(piece -> sums.putIfAbsent(piece.name(), piece.sha256()));
    pieces.add(whole(manifest, Checksums.expected(snapshot, sums, manifest)));
    if (snapshot.isHeld()) {
      pieces.add(hashed(snapshot.directory().resolve(Hold.FILE_NAME)));
    }
    Path list = scratch.resolve(Checksums.FILE_NAME);
    Files.write(list, Checksums.document(sums));
    pieces.add(hashed(list));
    return pieces;
  }

  private static Piece whole(Path file, String sha256) throws IOException {
    return new Piece(file.getFileName().toString(), Files.size(file), sha256, file, 0);
  }

  private static Piece hashed(Path file) throws IOException {
    return whole(file, Checksums.sha256(file));
  }

  /** In the order in which they are to be sent: what makes the snapshot complete comes last. */
  public List<Piece> pieces() {
    return pieces;
  }

  /**
   * Pieces that can be sent with one call: all of them, or one part at a time, so that no more than
   * one part needs room here.
   */
  public static List<List<Piece>> batches(List<Piece> pieces) {
    Map<Boolean, List<Piece>> sorted =
        pieces.stream().collect(Collectors.partitioningBy(piece -> Parts.isPart(piece.name())));
    List<List<Piece>> batches = new ArrayList<>();
    sorted.getOrDefault(true, List.of()).forEach(part -> batches.add(List.of(part)));
    batches.add(sorted.getOrDefault(false, List.of()));
    batches.removeIf(List::isEmpty);
    return List.copyOf(batches);
  }

  public long bytes() {
    return pieces.stream().mapToLong(Piece::bytes).sum();
  }

  /** The piece as a file named like it, for tools that want one; good until this is closed. */
  public Path asFile(Piece piece) throws IOException {
    if (piece.isWhole()) {
      return piece.source();
    }
    Path file = scratch.resolve(piece.name());
    try (InputStream bytes = piece.open()) {
      Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /** Gives back the room of a piece that has been sent. */
  public void sent(Piece piece) throws IOException {
    if (!piece.isWhole()) {
      Files.deleteIfExists(scratch.resolve(piece.name()));
    }
  }

  @Override
  public void close() throws IOException {
    DurableFiles.deleteTree(scratch);
  }
}
