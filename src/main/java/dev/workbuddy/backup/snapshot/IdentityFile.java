package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** The file {@code identity.json} of a history. Writing it requires the run lock. */
public final class IdentityFile {
  public static final String FILE_NAME = "identity.json";

  /** Much more than any real one needs. */
  private static final int MOST_BYTES = 4 << 20;

  private final StateFile file;

  public IdentityFile(Path backupsDir) {
    this.file = new StateFile(backupsDir.resolve(FILE_NAME), MOST_BYTES);
  }

  /** What it says; empty where there is none, or none that can be used. */
  public Optional<Identity> read() {
    return file.json(Identity.class).found();
  }

  /** Whether a snapshot that is here is this history's; without an identity it has none. */
  public Predicate<StoredSnapshot> ownership() {
    return read().<Predicate<StoredSnapshot>>map(identity -> identity::owns).orElse(_ -> false);
  }

  /**
   * Writes it; what lies there and cannot be used is set aside.
   *
   * @return what the user should know; empty where nothing was set aside
   */
  public Optional<String> write(Identity identity) throws IOException {
    return file.replace(Json.bytes(identity), file.json(Identity.class));
  }
}
