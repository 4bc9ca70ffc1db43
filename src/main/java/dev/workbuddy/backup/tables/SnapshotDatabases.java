package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.SnapshotSelector;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import dev.workbuddy.backup.snapshot.archive.UnpackedFile;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Databases of snapshots as files to be read. Only those asked for are unpacked, into a cache below
 * the backups directory, and each is compared with its checksum in the manifest when it is
 * unpacked.
 */
public final class SnapshotDatabases {
  private static final long CACHE_BYTES = 4L << 30;
  private static final String CACHE = "cache";
  private static final long SPARE_BYTES = 16L << 20;

  private final Settings settings;
  private final DatabaseCache cache;
  private final ArchiveReader archives =
      new ArchiveReader(Runtime.getRuntime().availableProcessors());

  public SnapshotDatabases(Settings settings, InstantSource clock) {
    this(settings, clock, CACHE_BYTES);
  }

  SnapshotDatabases(Settings settings, InstantSource clock, long cacheBytes) {
    this.settings = settings;
    this.cache = new DatabaseCache(settings.backupsDir().resolve(CACHE), cacheBytes, clock);
  }

  /**
   * A snapshot that can be read.
   *
   * @throws BackupException where there is none that the text means, or its manifest is unusable
   */
  public Source find(String text) throws IOException {
    SnapshotSelector.Choice choice = new SnapshotSelector(settings.backupsDir()).find(text);
    StoredSnapshot snapshot = choice.snapshot();
    return new Source(
        snapshot,
        SnapshotContents.of(snapshot, settings.known(), archives),
        Stream.ofNullable(choice.remark()).toList());
  }

  /**
   * A snapshot and what it holds.
   *
   * @param remarks what the user should know of how it was found
   */
  public record Source(StoredSnapshot snapshot, SnapshotContents contents, List<String> remarks) {
    public String id() {
      return snapshot.id().toString();
    }

    public Set<String> names() {
      return contents.items().stream()
          .map(SnapshotContents.Item::name)
          .collect(Collectors.toUnmodifiableSet());
    }

    /** How many rows a database has in it, as far as its manifest says. */
    public long rows(String name) {
      return snapshot
          .readManifest()
          .map(manifest -> manifest.rowCounts().getOrDefault(name, Map.of()))
          .orElse(Map.of())
          .values()
          .stream()
          .mapToLong(Long::longValue)
          .sum();
    }

    /**
     * The database of that name.
     *
     * @throws BackupException {@code database-unknown} where the snapshot has none
     */
    public SnapshotContents.Item item(String name) {
      return contents.items().stream()
          .filter(item -> item.name().equals(name))
          .findFirst()
          .orElseThrow(() -> lacks(name));
    }

    private BackupException lacks(String name) {
      return new BackupException(
          ErrorCode.DATABASE_UNKNOWN,
          "the snapshot %s has no database '%s'".formatted(id(), name),
          "It has: " + String.join(", ", names().stream().sorted().toList()) + ".");
    }
  }

  /**
   * The files of these databases; nobody may write them. They stay until others need the room.
   *
   * @param trust in files that were unpacked and compared before
   * @return by logical name
   * @throws BackupException where the snapshot is damaged
   */
  public Map<String, Path> files(
      Source source, Collection<String> names, DatabaseCache.Trust trust, Progress progress)
      throws IOException {
    Map<String, Path> files = new TreeMap<>();
    List<SnapshotContents.Item> absent = new ArrayList<>();
    for (String name : names) {
      SnapshotContents.Item item = source.item(name);
      Optional<Path> cached =
          item.sha256() == null ? Optional.empty() : cache.find(item.sha256(), trust);
      cached.ifPresentOrElse(file -> files.put(name, file), () -> absent.add(item));
    }
    if (!absent.isEmpty()) {
      progress.step("unpacking " + source.id());
      files.putAll(unpack(source, absent));
      cache.shrink(List.copyOf(files.values()));
    }
    return files;
  }

  /** A copy of a live database beside the unpacked ones; empty where there is no room for it. */
  public Optional<LiveCopy> copyOf(String name, Path live) throws IOException {
    return LiveCopy.of(name, live, cache.createScratch("live"));
  }

  private Map<String, Path> unpack(Source source, List<SnapshotContents.Item> items)
      throws IOException {
    Path scratch = cache.createScratch(source.id());
    try {
      long bytes = items.stream().mapToLong(SnapshotContents.Item::bytes).sum();
      Space.require(scratch, bytes + SPARE_BYTES, "unpack " + source.id());
      Map<String, UnpackedFile> unpacked = new TreeMap<>();
      archives.unpack(
          source.contents().unpacking(source.snapshot(), scratch, items),
          file -> unpacked.put(file.name(), file));
      Map<String, Path> files = new TreeMap<>();
      for (SnapshotContents.Item item : items) {
        UnpackedFile file = Objects.requireNonNull(unpacked.get(item.entry()));
        requireMatch(source, item, file);
        files.put(item.name(), cache.add(file.path(), file.sha256()));
      }
      return files;
    } finally {
      DurableFiles.deleteTree(scratch);
    }
  }

  private static void requireMatch(Source source, SnapshotContents.Item item, UnpackedFile file) {
    if (item.sha256() != null && !item.sha256().equals(file.sha256())) {
      throw new BackupException(
          ErrorCode.CHECKSUM_MISMATCH,
          "%s: the bytes of %s do not match the checksum in the manifest"
              .formatted(source.id(), item.name()),
          "Choose another snapshot: `wb-backup verify --all` shows which are sound.");
    }
  }
}
