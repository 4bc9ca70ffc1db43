package dev.workbuddy.backup.snapshot.contents;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the original's manifests tell of stores that its databases only refer to: for each store
 * what the tarball has of it, under {@code ..._member}, with its checksum under {@code ..._sha256},
 * or why it has nothing, under {@code backup_status}.
 *
 * @param sums by entry, its SHA-256; files that have none are not there
 * @param stores in the manifest's order
 */
public record OriginalStores(Map<String, String> sums, List<Store> stores) {
  private static final String MEMBER = "_member";
  private static final String SUM = "_sha256";
  private static final String INCLUDED = "included";

  public OriginalStores {
    sums = Map.copyOf(sums);
    stores = List.copyOf(stores);
  }

  /**
   * One store.
   *
   * @param id what the application calls it
   * @param path where it was
   * @param status {@code included}, or why it is not inside
   * @param files the names that the tarball should have of it
   */
  public record Store(String id, String path, String status, List<String> files) {
    public Store {
      files = List.copyOf(files);
    }

    /** What is not in the snapshot, in words; empty where all of it is said to be. */
    Optional<String> lacking() {
      if (!status.equals(INCLUDED)) {
        return Optional.of(lacking("it was " + SafeText.line(status) + " when that was taken"));
      }
      return files.isEmpty()
          ? Optional.of(lacking("it is said to be inside, and nothing of it is"))
          : Optional.empty();
    }

    private String lacking(String why) {
      return "the truth store %s (%s) is not in the snapshot: %s"
          .formatted(SafeText.line(id), SafeText.line(path), why);
    }
  }

  /**
   * The stores of a snapshot, as its manifest tells them; none where it is not the original's, or
   * cannot be read.
   */
  public static List<Store> of(StoredSnapshot snapshot) throws IOException {
    if (!snapshot.isOriginal() || snapshot.manifest() == null) {
      return List.of();
    }
    try {
      return in(snapshot.tarball(), new ArchiveReader(1)).stores();
    } catch (BackupException unreadable) {
      return List.of();
    }
  }

  static OriginalStores in(Path tarball, ArchiveReader archives) throws IOException {
    byte[] manifest = archives.readEntry(tarball, Manifest.FILE_NAME, ManifestJson.MAX_BYTES);
    Map<String, String> sums = new HashMap<>();
    List<Store> stores = new ArrayList<>();
    for (JsonNode store : Json.parse(manifest).path("truth_stores")) {
      List<String> files = new ArrayList<>();
      store
          .properties()
          .forEach(
              field -> {
                if (isMember(field)) {
                  files.add(field.getValue().asString(""));
                  sum(store, field).ifPresent(sum -> sums.put(files.getLast(), sum));
                }
              });
      stores.add(
          new Store(
              store.path("store_id").asString("?"),
              store.path("path").asString("?"),
              store.path("backup_status").asString("unknown"),
              files));
    }
    return new OriginalStores(sums, stores);
  }

  private static Optional<String> sum(JsonNode store, Map.Entry<String, JsonNode> member) {
    String key = member.getKey();
    String stem = key.substring(0, key.length() - MEMBER.length());
    String sum = store.path(stem + SUM).asString("");
    return sum.isEmpty() ? Optional.empty() : Optional.of(sum.toLowerCase(Locale.ROOT));
  }

  private static boolean isMember(Map.Entry<String, JsonNode> field) {
    return field.getKey().endsWith(MEMBER) && !field.getValue().asString("").isEmpty();
  }

  /** Every entry that must be in the tarball. */
  Stream<String> members() {
    return stores.stream().flatMap(store -> store.files().stream());
  }

  /** The stores that are not inside, in words. */
  List<String> lacking() {
    return stores.stream().flatMap(store -> store.lacking().stream()).toList();
  }
}
