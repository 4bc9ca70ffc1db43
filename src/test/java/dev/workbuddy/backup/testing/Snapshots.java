package dev.workbuddy.backup.testing;

import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Snapshots with right checksums around random bytes, for what never looks into a tarball. */
public final class Snapshots {
  private final LocalStore store;
  private final Random random;

  /** A history in a directory, which is created. */
  public Snapshots(Path directory, long seed) throws IOException {
    store = new LocalStore(Files.createDirectories(directory));
    random = new Random(seed);
  }

  public LocalStore store() {
    return store;
  }

  /** A complete snapshot with a tarball of so many random bytes. */
  public StoredSnapshot complete(String id, int bytes) throws IOException {
    return lay(id, bytes, List.of());
  }

  /** One that lacks a database. */
  public StoredSnapshot incomplete(String id, int bytes) throws IOException {
    return lay(id, bytes, List.of(new Manifest.Missing("a", "a.db", "missing", "not there")));
  }

  /** One with a manifest of its own. */
  public StoredSnapshot described(String id, Manifest manifest) throws IOException {
    return lay(id, 10, manifest);
  }

  private StoredSnapshot lay(String name, int bytes, List<Manifest.Missing> missing)
      throws IOException {
    return lay(name, bytes, manifest(SnapshotId.parse(name).orElseThrow(), missing));
  }

  private StoredSnapshot lay(String name, int bytes, Manifest described) throws IOException {
    SnapshotId id = SnapshotId.parse(name).orElseThrow();
    Path directory = Files.createDirectory(store.directory().resolve(name));
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    Path tarball = Files.write(directory.resolve(name + ".tar.gz"), content);
    byte[] manifest = ManifestJson.write(described);
    Files.write(directory.resolve(Manifest.FILE_NAME), manifest);
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put(tarball.getFileName().toString(), Checksums.sha256(content));
    sums.put(Manifest.FILE_NAME, Checksums.sha256(manifest));
    Files.writeString(directory.resolve(Checksums.FILE_NAME), Checksums.text(sums));
    return store.read(id, directory);
  }

  private static Manifest manifest(SnapshotId id, List<Manifest.Missing> missing) {
    return new Manifest(
        Manifest.VERSION,
        id.time().toString(),
        "host",
        null,
        null,
        null,
        null,
        Map.of("notes", 3),
        Map.of("notes", Map.of("notes", 7L)),
        new Manifest.Tool("wb-backup", "0.1.0", "3.54.1"),
        id.manual(),
        id.agent(),
        null,
        "db",
        Map.of(),
        missing,
        0,
        List.of(),
        null,
        null,
        null);
  }
}
