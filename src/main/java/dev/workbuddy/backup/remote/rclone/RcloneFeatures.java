package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.TimeLimits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a store behind {@code rclone} can do.
 *
 * @param checksum the strongest kind of checksum that it tells of its files and that can be
 *     computed here, as rclone calls it; empty where there is none
 * @param slowChecksum whether it reads a file to tell its checksum
 * @param renames whether files get another name without their bytes being moved; in stores of
 *     objects they do not, and objects appear only when they are whole
 * @param movesFolders whether a folder gets another name with one call, whatever is in it
 * @param local where it is on this machine; empty for what is not, or not plainly so
 */
record RcloneFeatures(
    Optional<String> checksum,
    boolean slowChecksum,
    boolean renames,
    boolean movesFolders,
    Optional<Path> local) {
  private static final List<String> PREFERRED = List.of("sha256", "sha1", "md5");
  private static final RcloneFeatures UNKNOWN =
      new RcloneFeatures(Optional.empty(), true, true, false, Optional.empty());

  /** Asks rclone about a remote; where there is no answer, the least is assumed. */
  static RcloneFeatures of(Rclone rclone, String remote) throws InterruptedException {
    return rclone.run(TimeLimits.ofQuestion(), "backend", "features", remote)
            instanceof Ok<String>(String answer)
        ? read(answer)
        : UNKNOWN;
  }

  /** The kind of checksum that comes with a listing. */
  Optional<String> listedChecksum() {
    return slowChecksum ? Optional.empty() : checksum;
  }

  private static RcloneFeatures read(String answer) {
    try {
      JsonNode document = Json.parse(Rclone.bytes(answer));
      List<String> offered = new ArrayList<>();
      document.path("Hashes").forEach(hash -> offered.add(hash.asString()));
      JsonNode features = document.path("Features");
      boolean movesFolders = features.path("DirMove").asBoolean(false);
      return new RcloneFeatures(
          PREFERRED.stream().filter(offered::contains).findFirst(),
          features.path("SlowHash").asBoolean(true),
          movesFolders
              || features.path("Move").asBoolean(false)
              || !features.path("BucketBased").asBoolean(false),
          movesFolders,
          local(document));
    } catch (JacksonException | InvalidPathException unreadable) {
      return UNKNOWN;
    }
  }

  private static Optional<Path> local(JsonNode document) {
    boolean local = document.path("Features").path("IsLocal").asBoolean(false);
    return Optional.of(document.path("Root").asString(""))
        .filter(root -> local && !root.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute);
  }
}
