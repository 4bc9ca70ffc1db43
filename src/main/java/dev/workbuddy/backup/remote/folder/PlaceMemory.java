package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Set<String> pushedBefore;

  private PlaceMemory(Path backups, @Nullable String accepted, Set<String> pushedBefore) {
    this.backups = backups;
    this.accepted = accepted;
    this.pushedBefore = Set.copyOf(pushedBefore);
  }

  /** That of a history. */
  public static PlaceMemory in(Path backupsDir) {
    return new PlaceMemory(backupsDir, null, Set.of());
  }

  /**
   * Returns this memory, but one that accepts a remote's place as it is now.
   *
   * @param remote its name; null for none
   */
  public PlaceMemory accepting(@Nullable String remote) {
    return new PlaceMemory(backups, remote, pushedBefore);
  }

  /**
   * Returns this memory with the places that other records say were pushed to, since its own file
   * may have been lost.
   *
   * @param remotes their names
   */
  public PlaceMemory pushedBefore(Set<String> remotes) {
    return new PlaceMemory(backups, accepted, remotes);
  }

  /** Why it cannot be read, with the file's name; empty where it can, or is not there. */
  public static Optional<String> problem(Path backupsDir) {
    return in(backupsDir).stored().problem().map(why -> FILE_NAME + " " + why);
  }

  /**
   * One place.
   *
   * @param marks the names of files of which one must be there: disks may take turns
   * @param bare those among them that were left where no disk of its own was mounted
   * @param newest the id of the newest copy that was pushed; null where none was
   */
  record Known(List<String> marks, List<String> bare, @Nullable String newest) {
    private static final Known NOTHING = new Known(List.of(), List.of(), null);

    Known {
      marks = List.copyOf(marks);
      bare = List.copyOf(bare);
    }

    private boolean isAsNew(String id) {
      return newest != null && newest.compareTo(id) >= 0;
    }

    private Known with(PlaceMark mark, boolean isBare) {
      return new Known(including(marks, mark, true), including(bare, mark, isBare), newest);
    }

    private static List<String> including(List<String> names, PlaceMark mark, boolean included) {
      List<String> all = new ArrayList<>(names);
      all.remove(mark.fileName());
      if (included) {
        all.add(mark.fileName());
      }
      return all;
    }

    /** A mark that lies in a mount point must not stand for the disk that belongs there. */
    private Known mounted() {
      return new Known(
          marks.stream().filter(mark -> !bare.contains(mark)).toList(), List.of(), newest);
    }

    private Known newest(@Nullable String id) {
      return new Known(marks, bare, id);
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

  /** Whether something was pushed there, though what the place is known by is lost. */
  boolean hasForgotten(String remote) {
    return of(remote).isEmpty()
        && (stored().problem().isPresent() || pushedBefore.contains(remote));
  }

  /**
   * From now on the place is known by this mark as well. Where somebody said that a mounted disk is
   * to be taken as it is, what the bare mount point was known by counts no more.
   *
   * @param isBare whether no disk of its own is mounted there
   */
  void remember(String remote, PlaceMark mark, boolean isBare) throws IOException {
    boolean corrects = accepts(remote) && !isBare;
    change(remote, known -> (corrects ? known.mounted() : known).with(mark, isBare));
  }

  /** A copy was proven there. */
  void pushed(String remote, String id) throws IOException {
    change(remote, known -> known.isAsNew(id) ? known : known.newest(id));
  }

  /** No place has copies of a history that begins now. */
  public synchronized void expectNone() throws IOException {
    Optional<Document> known = stored().found();
    for (String remote : known.map(Document::places).orElse(Map.of()).keySet()) {
      expectNone(remote);
    }
  }

  /** Copies there are not expected any more, until the next is pushed. */
  void expectNone(String remote) throws IOException {
    change(remote, known -> known.newest(null));
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
