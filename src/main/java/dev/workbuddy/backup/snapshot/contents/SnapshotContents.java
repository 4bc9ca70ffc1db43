package dev.workbuddy.backup.snapshot.contents;

import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.SnapshotProblem;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveEntryInfo;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import dev.workbuddy.backup.snapshot.archive.UnpackRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot holds, whoever wrote it: the manifest of our format says so; for one of the
 * original Python work-buddy it is put together from its manifest, its tarball and the
 * configuration.
 *
 * @param others files that are no databases, which only the original's newer snapshots have
 * @param remarks what else the snapshot lacks, in words
 * @param original whether the original Python work-buddy wrote it
 */
public record SnapshotContents(
    List<Item> items,
    List<Manifest.Missing> missing,
    BesideFiles others,
    List<String> remarks,
    boolean original) {

  /**
   * A file in the tarball that is no database.
   *
   * @param sha256 null where the original wrote none
   */
  public record Beside(String entry, long bytes, @Nullable String sha256) {}

  /**
   * One database in the tarball.
   *
   * @param entry its name in the tarball
   * @param file its place below the live database directory at the time of the snapshot
   * @param sha256 null where the original wrote none
   */
  public record Item(
      String name,
      String entry,
      String file,
      long bytes,
      @Nullable String sha256,
      int schemaVersion,
      Map<String, Long> rowCounts) {

    public long rows() {
      return rowCounts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** The files that are no databases and can be unpacked. */
  public List<Beside> beside() {
    return others.sound();
  }

  /** The names of the empty files that stand for missing databases in the original's tarballs. */
  Set<String> placeholders() {
    return missing.stream().map(absent -> flatName(absent.file())).collect(Collectors.toSet());
  }

  public SnapshotContents {
    items = List.copyOf(items);
    missing = List.copyOf(missing);
    remarks = List.copyOf(remarks);
  }

  /**
   * Reads what the snapshot holds.
   *
   * @param databases the configured ones; only the original's snapshots need them
   * @throws BackupException {@code manifest-damaged} or {@code manifest-version-unknown} where
   *     there is no manifest to go by, {@code archive-damaged} where there is no tarball
   */
  public static SnapshotContents of(
      StoredSnapshot snapshot, List<VitalDatabase> databases, ArchiveReader archives)
      throws IOException {
    Manifest manifest = usableManifest(snapshot);
    SnapshotContents contents =
        snapshot.isOriginal()
            ? ofOriginal(snapshot, manifest, databases, archives)
            : ofManifest(manifest);
    SnapshotProblem known = snapshot.fault();
    return known == null ? contents : contents.damagedBeside(known);
  }

  /** What a verify found beside the databases is not forgotten. */
  private SnapshotContents damagedBeside(SnapshotProblem known) {
    return new SnapshotContents(
        items, missing, others.with(new Damage(known.code(), known.text())), remarks, original);
  }

  /**
   * Refuses to go on with files that are no databases where one of them is damaged.
   *
   * @param found what was found wrong with them, by now
   * @throws BackupException the first of it
   */
  public void requireSoundBeside(List<Damage> found) {
    if (!found.isEmpty()) {
      Damage first = found.getFirst();
      throw new BackupException(
          first.code(),
          first.text(),
          "Nothing was changed. The databases do not need it: `--only %s` restores them without what"
                  .formatted(items.stream().map(Item::name).collect(Collectors.joining(",")))
              + " lies beside them.");
    }
  }

  /**
   * How to unpack some of the databases: whatever else is in the tarball must be what the manifest
   * says, too.
   *
   * @param directory an existing directory that nobody else writes to
   * @param wanted which of the items to write
   */
  public UnpackRequest unpacking(StoredSnapshot snapshot, Path directory, Collection<Item> wanted) {
    return unpacking(snapshot, directory, wanted, false);
  }

  /**
   * Like {@link #unpacking(StoredSnapshot, Path, Collection)}, but can write the other files, too.
   *
   * @param withBeside whether to write the other files, too
   */
  public UnpackRequest unpacking(
      StoredSnapshot snapshot, Path directory, Collection<Item> wanted, boolean withBeside) {
    Map<String, OptionalLong> expected = new HashMap<>();
    items.forEach(item -> expected.put(item.entry(), OptionalLong.of(item.bytes())));
    others.sizes().forEach((entry, bytes) -> expected.put(entry, OptionalLong.of(bytes)));
    Set<String> written = wanted.stream().map(Item::entry).collect(Collectors.toSet());
    if (withBeside) {
      beside().forEach(file -> written.add(file.entry()));
    }
    if (original) {
      Set<String> ignored = new HashSet<>(placeholders());
      ignored.add(Manifest.FILE_NAME);
      return new UnpackRequest(snapshot.tarball(), directory, expected, written, ignored, 0);
    }
    expected.put(Manifest.FILE_NAME, OptionalLong.empty());
    written.add(Manifest.FILE_NAME);
    return new UnpackRequest(
        snapshot.tarball(), directory, expected, written, Set.of(), ManifestJson.MAX_BYTES);
  }

  private static Manifest usableManifest(StoredSnapshot snapshot) {
    SnapshotProblem problem = snapshot.fault();
    if (problem != null && !problem.sparesDatabases()) {
      throw problem.asError();
    }
    return Objects.requireNonNull(snapshot.manifest(), "a snapshot without fault has a manifest");
  }

  private static SnapshotContents ofManifest(Manifest manifest) {
    List<Item> items = new ArrayList<>();
    manifest.databases().forEach((name, entry) -> items.add(item(manifest, name, entry)));
    items.sort(Comparator.comparing(Item::name));
    return new SnapshotContents(items, manifest.missing(), BesideFiles.NONE, List.of(), false);
  }

  private static Item item(Manifest manifest, String name, Manifest.Database entry) {
    return new Item(
        name,
        entry.file(),
        entry.file(),
        entry.bytes(),
        entry.sha256(),
        manifest.schemaVersions().getOrDefault(name, 0),
        manifest.rowCounts().getOrDefault(name, Map.of()));
  }

  /** The original packed flat file names, and an empty file in place of a missing database. */
  private static SnapshotContents ofOriginal(
      StoredSnapshot snapshot,
      Manifest manifest,
      List<VitalDatabase> databases,
      ArchiveReader archives)
      throws IOException {
    Map<String, Long> sizes =
        archives.list(snapshot.tarball()).stream()
            .collect(Collectors.toMap(ArchiveEntryInfo::name, ArchiveEntryInfo::bytes));
    List<Item> items = new ArrayList<>();
    List<Manifest.Missing> missing = new ArrayList<>();
    Set<String> names = new TreeSet<>(manifest.schemaVersions().keySet());
    databases.stream()
        .filter(
            vital ->
                vital.places().stream()
                    .anyMatch(place -> sizes.getOrDefault(flatName(place), -1L) == 0))
        .forEach(vital -> names.add(vital.name()));
    for (String name : names) {
      OriginalFiles.Entry entry = OriginalFiles.of(name, databases, sizes);
      long bytes = sizes.getOrDefault(entry.entry(), 0L);
      if (bytes == 0) {
        String detail = "the snapshot has only an empty placeholder for it";
        missing.add(new Manifest.Missing(name, entry.file(), "missing", detail));
      } else {
        items.add(originalItem(manifest, entry, bytes));
      }
    }
    OriginalStores stores = OriginalStores.in(snapshot.tarball(), archives);
    BesideFiles beside = BesideFiles.of(sizes, taken(items, missing), stores);
    return new SnapshotContents(items, missing, beside, stores.lacking(), true);
  }

  private static Set<String> taken(List<Item> items, List<Manifest.Missing> missing) {
    Set<String> taken = new HashSet<>(Set.of(Manifest.FILE_NAME));
    items.forEach(item -> taken.add(item.entry()));
    missing.forEach(absent -> taken.add(flatName(absent.file())));
    return taken;
  }

  static String flatName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Item originalItem(Manifest manifest, OriginalFiles.Entry entry, long bytes) {
    String name = entry.name();
    return new Item(
        name,
        entry.entry(),
        entry.file(),
        bytes,
        null,
        manifest.schemaVersions().getOrDefault(name, 0),
        manifest.rowCounts().getOrDefault(name, Map.of()));
  }
}
