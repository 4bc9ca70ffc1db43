package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * By what this history knows the places again that it was pushed to: {@code backups/places.json}.
 * Threads of one process may share it.
 */
public final class PlaceMemory {
  private static final String FILE_NAME = "places.json";

  /** More than any real one needs. */
  private static final int MOST_BYTES = 1 << 20;

  private final Path backups;
  private final @Nullable String accepted;

  private PlaceMemory(Path backups, @Nullable String accepted) {
    this.backups = backups;
    this.accepted = accepted;
  }

  /** That of a history. */
  public static PlaceMemory in(Path backupsDir) {
    return new PlaceMemory(backupsDir, null);
  }

  /**
   * The same, where somebody said that a place is to be taken as it is now.
   *
   * @param remote its name; null for none
   */
  public PlaceMemory accepting(@Nullable String remote) {
    return new PlaceMemory(backups, remote);
  }

  /** Why it cannot be read, with the file's name; empty where it can, or is not there. */
  public static Optional<String> problem(Path backupsDir) {
    return new PlaceMemory(backupsDir, null).stored().problem().map(why -> FILE_NAME + " " + why);
  }

  /**
   * One place.
   *
   * @param marks the names of files of which one must be there: disks may take turns
   * @param newest the id of the newest copy that was pushed; null where none was
   */
  record Known(List<String> marks, @Nullable String newest) {
    private static final Known NOTHING = new Known(List.of(), null);

    Known {
      marks = List.copyOf(marks);
    }

    private boolean isAsNew(String id) {
      return newest != null && newest.compareTo(id) >= 0;
    }

    private Known with(PlaceMark mark) {
      List<String> all = new ArrayList<>(marks);
      all.remove(mark.fileName());
      all.add(mark.fileName());
      return new Known(all, newest);
    }
  }

  /** The file's form. */
  record Document(Map<String, Known> places) {
    Document {
      places = Map.copyOf(places);
    }
  }

  private StateFile file() {
    return new StateFile(backups.resolve(FILE_NAME), MOST_BYTES);
  }

  private Stored<Document> stored() {
    return file().json(Document.class);
  }

  boolean accepts(String remote) {
    return remote.equals(accepted);
  }

  /** What is known of a place; empty where nothing was pushed there, or that cannot be read. */
  synchronized Optional<Known> of(String remote) {
    return stored()
        .found()
        .map(document -> document.places().get(remote))
        .filter(known -> !known.marks().isEmpty());
  }

  /** From now on the place is known by this mark as well. */
  void remember(String remote, PlaceMark mark) throws IOException {
    change(remote, known -> known.with(mark));
  }

  /** A copy was proven there. */
  void pushed(String remote, String id) throws IOException {
    change(remote, known -> known.isAsNew(id) ? known : new Known(known.marks(), id));
  }

  /** Copies there are not expected any more, until the next is pushed. */
  void expectNone(String remote) throws IOException {
    change(remote, known -> new Known(known.marks(), null));
  }

  private synchronized void change(String remote, UnaryOperator<Known> change) throws IOException {
    Stored<Document> stored = stored();
    Map<String, Known> places =
        new TreeMap<>(stored.found().map(Document::places).orElse(Map.of()));
    Known before = places.getOrDefault(remote, Known.NOTHING);
    Known after = change.apply(before);
    if (!after.equals(before)) {
      places.put(remote, after);
      Optional<String> _ = file().replace(Json.bytes(new Document(places)), stored);
    }
  }
}
