package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.folder.FolderStore.Entry;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Small files made up here that lie beside a snapshot's in its folder, so that their names tell a
 * listing what it cannot see: whose the snapshot is, that it lacks databases, and how long its
 * files were when they were sent.
 */
record PushNotes(Path directory, List<Piece> pieces) implements AutoCloseable {
  PushNotes {
    pieces = List.copyOf(pieces);
  }

  /** Those that go with a snapshot, sent in these pieces; good until this is closed. */
  static PushNotes of(StoredSnapshot snapshot, List<Piece> pieces, RemoteContext context)
      throws IOException {
    Path directory = Files.createTempDirectory(context.scratch(), "notes-");
    try {
      List<Piece> notes = new ArrayList<>(written(snapshot, context.origin(), directory));
      SizeNote sizes = SizeNote.ofSizes(snapshot.id(), entries(pieces));
      notes.add(note(directory.resolve(sizes.fileName()), sizes.document()));
      return new PushNotes(directory, notes);
    } catch (IOException | RuntimeException e) {
      DurableFiles.deleteTree(directory);
      throw e;
    }
  }

  private static List<Piece> written(StoredSnapshot snapshot, Origin origin, Path directory)
      throws IOException {
    List<Piece> notes = new ArrayList<>();
    Optional<Manifest> lacking = snapshot.readManifest().filter(manifest -> !manifest.isComplete());
    if (lacking.isPresent()) {
      byte[] missing = Json.bytes(lacking.get().missing());
      notes.add(note(directory.resolve(FolderListing.MISSING), missing));
    }
    notes.add(note(directory.resolve(origin.fileName()), origin.document()));
    return notes;
  }

  private static List<Entry> entries(List<Piece> pieces) {
    return pieces.stream().map(piece -> new Entry(piece.name(), piece.bytes())).toList();
  }

  private static Piece note(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    return new Piece(
        file.getFileName().toString(), content.length, Checksums.sha256(content), file, 0);
  }

  @Override
  public void close() throws IOException {
    DurableFiles.deleteTree(directory);
  }
}
