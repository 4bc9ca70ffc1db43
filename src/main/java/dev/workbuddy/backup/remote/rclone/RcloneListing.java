package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.TimeLimits;
import dev.workbuddy.backup.remote.folder.FolderStore.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks {@code rclone} which files there are; a folder that is not there has none. */
final class RcloneListing {
  private final Rclone rclone;
  private final RcloneAddress address;

  RcloneListing(Rclone rclone, RcloneAddress address) {
    this.rclone = rclone;
    this.address = address;
  }

  /**
   * The files below a folder, at any depth.
   *
   * @param checksum the kind that the store is to tell; empty for none
   */
  RemoteResult<List<Entry>> below(String folder, Optional<String> checksum)
      throws InterruptedException {
    return ask(folder, checksum, "-R");
  }

  /** The files directly in a folder. */
  RemoteResult<List<Entry>> in(String folder, Optional<String> checksum)
      throws InterruptedException {
    return ask(folder, checksum);
  }

  /** The names of the folders directly in a folder. */
  RemoteResult<List<String>> folders(String folder) throws InterruptedException {
    return switch (rclone.run(
        TimeLimits.ofQuestion(), "lsf", "--dirs-only", address.full(folder))) {
      case Ok<String>(String text) ->
          RemoteResult.ok(
              text.lines()
                  .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
                  .toList());
      case Failed<String> failed when failed.fault() == RemoteFault.NOT_FOUND ->
          RemoteResult.ok(List.of());
      case Failed<String> failed -> failed.as();
    };
  }

  private RemoteResult<List<Entry>> ask(String folder, Optional<String> checksum, String... more)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("lsjson"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--files-only", "--no-modtime", "--no-mimetype"));
    checksum.ifPresent(kind -> arguments.addAll(List.of("--hash", "--hash-type", kind)));
    arguments.add(address.full(folder));
    return switch (rclone.run(TimeLimits.ofQuestion(), arguments.toArray(String[]::new))) {
      case Ok<String>(String text) -> read(folder, text);
      case Failed<String> failed when failed.fault() == RemoteFault.NOT_FOUND ->
          RemoteResult.ok(List.of());
      case Failed<String> failed -> failed.as();
    };
  }

  private RemoteResult<List<Entry>> read(String folder, String text) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    try {
      List<Entry> entries = new ArrayList<>();
      for (JsonNode file : Json.parse(Rclone.bytes(text))) {
        entries.add(entry(prefix, file));
      }
      return RemoteResult.ok(List.copyOf(entries));
    } catch (JacksonException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          address.name() + ": rclone's listing cannot be read: " + Json.words(e),
          "Try `rclone lsjson " + address.full(folder) + "` in a terminal.");
    }
  }

  private static Entry entry(String prefix, JsonNode file) {
    String sum =
        file.path("Hashes")
            .propertyStream()
            .filter(told -> !told.getValue().asString("").isEmpty())
            .map(told -> told.getKey() + ":" + told.getValue().asString())
            .findFirst()
            .orElse(null);
    return new Entry(prefix + file.path("Path").asString(), file.path("Size").asLong(), sum);
  }
}
