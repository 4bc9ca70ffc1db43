package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.RelativePath;
import dev.workbuddy.backup.io.SafeNames;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.SideFiles;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads and writes manifests, and refuses those that cannot be trusted. */
public final class ManifestJson {
  /** More than any real manifest needs; a longer one is not read. */
  public static final int MAX_BYTES = 16 << 20;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private ManifestJson() {}

  public static byte[] write(Manifest manifest) {
    return Json.bytes(manifest);
  }

  /**
   * Reads a manifest.
   *
   * @param source where it comes from, for the message
   * @throws BackupException {@code manifest-version-unknown} or {@code manifest-damaged}
   */
  public static Manifest read(byte[] document, String source) {
    try {
      requireKnownVersion(Json.parse(document), source);
      Manifest manifest = Json.read(document, Manifest.class);
      String fault = fault(manifest);
      if (fault != null) {
        throw damaged(source, fault, null);
      }
      return manifest;
    } catch (JacksonException e) {
      throw damaged(source, Json.words(e), e);
    }
  }

  private static void requireKnownVersion(JsonNode document, String source) {
    JsonNode version = document.path("manifest_version");
    if (!version.isInt()) {
      throw damaged(source, "it has no manifest_version", null);
    }
    if (version.intValue() != Manifest.VERSION) {
      throw new BackupException(
          ErrorCode.MANIFEST_VERSION_UNKNOWN,
          "%s has manifest version %d; this wb-backup knows version %d"
              .formatted(source, version.intValue(), Manifest.VERSION),
          "A newer wb-backup wrote this snapshot: upgrade wb-backup, then try again.");
    }
  }

  /** What is wrong with a manifest that is well-formed JSON, or null. */
  private static @Nullable String fault(Manifest manifest) {
    for (Map.Entry<String, Map<String, Long>> tables : manifest.rowCounts().entrySet()) {
      if (tables.getValue().values().stream().anyMatch(rows -> rows < 0)) {
        return "row_counts." + tables.getKey() + " has a negative count";
      }
    }
    if (manifest.identity() != null && !Identity.isOne(manifest.identity())) {
      return "identity is none";
    }
    if (manifest.dbDir() != null && RelativePath.parse(manifest.dbDir()).isEmpty()) {
      return "db_dir is not a safe relative name";
    }
    Set<String> files = new HashSet<>();
    for (Map.Entry<String, Manifest.Database> entry : manifest.databases().entrySet()) {
      String fault = fault(entry.getValue(), files);
      if (fault != null) {
        return "databases." + entry.getKey() + ": " + fault;
      }
      if (!manifest.schemaVersions().containsKey(entry.getKey())
          || !manifest.rowCounts().containsKey(entry.getKey())) {
        return "databases." + entry.getKey() + " has no schema_versions or no row_counts";
      }
    }
    return files.stream()
        .filter(file -> SideFiles.of(file).stream().anyMatch(files::contains))
        .findFirst()
        .map(file -> "a database has a name that SQLite uses beside " + file)
        .orElse(null);
  }

  private static @Nullable String fault(Manifest.Database database, Set<String> files) {
    if (SafeNames.problem(database.file()).isPresent()) {
      return "file is not a safe relative name: " + database.file();
    }
    if (database.file().equals(Manifest.FILE_NAME) || !files.add(database.file())) {
      return "file is used twice: " + database.file();
    }
    if (SafeNames.isOurs(database.file())) {
      return "file has a name of wb-backup's own: " + database.file();
    }
    if (!SHA256.matcher(database.sha256()).matches()) {
      return "sha256 is not a checksum";
    }
    return database.bytes() <= 0 ? "bytes is " + database.bytes() : null;
  }

  private static BackupException damaged(String source, String fault, @Nullable Throwable cause) {
    return new BackupException(
        ErrorCode.MANIFEST_DAMAGED,
        "%s cannot be used: %s".formatted(source, fault),
        "Choose another snapshot: `wb-backup list` shows them.",
        cause);
  }
}
