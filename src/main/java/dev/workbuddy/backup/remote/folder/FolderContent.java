package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.folder.FolderStore.Entry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a folder of a store was found to hold.
 *
 * @param folder its path
 * @param entries the files in it and below
 */
public record FolderContent(String folder, List<Entry> entries) {
  public FolderContent {
    entries = List.copyOf(entries);
  }

  /** What a listing of more than the folder shows of it. */
  public static FolderContent of(String folder, List<Entry> all) {
    String prefix = folder + "/";
    return new FolderContent(
        folder, all.stream().filter(entry -> entry.path().startsWith(prefix)).toList());
  }

  boolean has(String name) {
    return bytes(name).isPresent();
  }

  /** Returns the checksum that the store reports for a file. */
  public Optional<String> sum(String name) {
    return entry(name).map(Entry::sum);
  }

  /** Whether a file of the piece's name and size is there. */
  boolean hasSize(Piece piece) {
    return bytes(piece.name()).filter(bytes -> bytes == piece.bytes()).isPresent();
  }

  private Optional<Long> bytes(String name) {
    return entry(name).map(Entry::bytes);
  }

  private Optional<Entry> entry(String name) {
    String path = folder + "/" + name;
    return entries.stream().filter(entry -> entry.path().equals(path)).findAny();
  }

  /** The names of the files directly in the folder. */
  Stream<String> names() {
    String prefix = folder + "/";
    return entries.stream()
        .map(Entry::path)
        .filter(path -> path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0)
        .map(path -> path.substring(prefix.length()));
  }

  /** Whether each of the pieces is there in full size; else which is not. */
  public RemoteResult<FolderContent> requireSizes(List<Piece> pieces, String store) {
    for (Piece piece : pieces) {
      if (!hasSize(piece)) {
        return RemoteResult.failed(
            RemoteFault.DAMAGED,
            "%s has %d bytes of %s where %d were sent"
                .formatted(
                    store,
                    bytes(piece.name()).orElse(0L),
                    folder + "/" + piece.name(),
                    piece.bytes()),
            "Push it again; what is wrong is replaced.");
      }
    }
    return RemoteResult.ok(this);
  }

  /** Returns this content after a file in the folder was renamed. */
  public FolderContent renamed(String from, String to) {
    return new FolderContent(
        folder,
        entries.stream()
            .map(
                entry ->
                    entry.path().equals(folder + "/" + from)
                        ? new Entry(folder + "/" + to, entry.bytes(), entry.sum())
                        : entry)
            .toList());
  }

  /** Returns this content after the folder got another name. */
  public FolderContent movedTo(String other) {
    return new FolderContent(
        other,
        entries.stream()
            .map(
                entry ->
                    new Entry(
                        other + entry.path().substring(folder.length()),
                        entry.bytes(),
                        entry.sum()))
            .toList());
  }
}
