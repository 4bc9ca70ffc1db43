package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whatever {@code rclone} reaches. */
final class RcloneStore implements FolderStore {
  private final String base;
  private final Rclone rclone;
  private final RcloneProof proof;

  /**
   * @param base an rclone remote with its path, for example {@code b2:bucket/path}
   */
  RcloneStore(String base, RemoteContext context) {
    this.base = base;
    this.rclone = new Rclone(name(), context.scratch(), context.environment());
    this.proof = new RcloneProof(this, rclone, context);
  }

  @Override
  public String name() {
    return "rclone:" + base;
  }

  /** The path as rclone wants it. */
  String full(String path) {
    if (path.isEmpty()) {
      return base;
    }
    return base.endsWith(":") || base.endsWith("/") ? base + path : base + "/" + path;
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    RemoteResult<String> version = rclone.run(TimeLimits.ofQuestion(), "version");
    if (version instanceof Failed<String> failed) {
      return failed.as();
    }
    String first = version.orThrow().lines().findFirst().orElse("rclone");
    return switch (rclone.run(TimeLimits.ofQuestion(), "lsjson", "--max-depth", "1", base)) {
      case Ok<String> _ -> RemoteResult.ok(new Readiness(first + " reaches " + base, List.of()));
      case Failed<String> failed when failed.fault() == RemoteFault.NOT_FOUND ->
          RemoteResult.ok(
              new Readiness(
                  first + " reaches it",
                  List.of(base + " is not there yet; the first push creates it")));
      case Failed<String> failed -> failed.as();
    };
  }

  @Override
  public RemoteResult<List<Entry>> list(String folder) throws InterruptedException {
    return switch (lsjson(folder, "-R", "--files-only", "--no-modtime", "--no-mimetype")) {
      case Ok<JsonNode>(JsonNode listing) -> entries(folder, listing);
      case Failed<JsonNode> failed when failed.fault() == RemoteFault.NOT_FOUND ->
          RemoteResult.ok(List.of());
      case Failed<JsonNode> failed -> failed.as();
    };
  }

  private static RemoteResult<List<Entry>> entries(String folder, JsonNode listing) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    List<Entry> entries = new ArrayList<>();
    for (JsonNode file : listing) {
      entries.add(new Entry(prefix + file.path("Path").asString(), file.path("Size").asLong()));
    }
    return RemoteResult.ok(List.copyOf(entries));
  }

  /** What rclone says of the files in a folder. */
  RemoteResult<JsonNode> lsjson(String folder, String... options) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("lsjson"));
    arguments.addAll(List.of(options));
    arguments.add(full(folder));
    RemoteResult<String> output =
        rclone.run(TimeLimits.ofQuestion(), arguments.toArray(String[]::new));
    return output.then(
        text -> {
          try {
            return RemoteResult.ok(Json.parse(Rclone.bytes(text)));
          } catch (JacksonException e) {
            return RemoteResult.failed(
                RemoteFault.FAILED,
                name() + ": rclone's listing cannot be read: " + e.getOriginalMessage(),
                "Try `rclone lsjson " + full(folder) + "` in a terminal.");
          }
        });
  }

  @Override
  public RemoteResult<String> put(Piece piece, Path asFile, String path, Progress progress)
      throws InterruptedException {
    return rclone
        .run(TimeLimits.ofMoving(piece.bytes()), "copyto", asFile.toString(), full(path))
        .map(_ -> path);
  }

  @Override
  public RemoteResult<byte[]> read(String path) throws InterruptedException {
    return rclone.run(TimeLimits.ofQuestion(), "cat", full(path)).map(Rclone::bytes);
  }

  /** Without the option, rclone takes a file there of the same size for the same file. */
  @Override
  public RemoteResult<String> move(String from, String to) throws InterruptedException {
    return rclone
        .run(TimeLimits.ofMoving(0), "moveto", "--ignore-times", full(from), full(to))
        .map(_ -> to);
  }

  @Override
  public RemoteResult<String> delete(String path) throws InterruptedException {
    String folder = path.substring(0, path.lastIndexOf('/'));
    RemoteResult<String> result = rclone.run(TimeLimits.ofQuestion(), "deletefile", full(path));
    return result.isOk() ? RemoteResult.ok(path) : unlessGone(result, folder, path);
  }

  @Override
  public RemoteResult<String> deleteFolder(String path) throws InterruptedException {
    RemoteResult<String> result = rclone.run(TimeLimits.ofQuestion(), "purge", full(path));
    return result.isOk() ? RemoteResult.ok(path) : unlessGone(result, path, path);
  }

  /** Each store complains in other words when there is nothing to delete; so it is asked. */
  private RemoteResult<String> unlessGone(RemoteResult<String> failure, String folder, String path)
      throws InterruptedException {
    boolean gone =
        list(folder) instanceof Ok<List<Entry>>(List<Entry> left)
            && left.stream().noneMatch(entry -> (entry.path() + "/").startsWith(path + "/"));
    return gone ? RemoteResult.ok(path) : failure;
  }

  @Override
  public RemoteResult<Path> download(String path, long bytes, Path target, Progress progress)
      throws InterruptedException {
    return rclone
        .run(TimeLimits.ofMoving(bytes), "copyto", full(path), target.toString())
        .then(_ -> sized(path, bytes, target));
  }

  private RemoteResult<Path> sized(String path, long bytes, Path target) {
    try {
      long here = Files.exists(target) ? Files.size(target) : 0;
      if (here == bytes) {
        return RemoteResult.ok(target);
      }
      return RemoteResult.failed(
          RemoteFault.DAMAGED,
          "%s: %d of %d bytes of %s came".formatted(name(), here, bytes, path),
          "Try again; or choose another place.");
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED, target + " cannot be read: " + e.getMessage(), "Check the disk.");
    }
  }

  @Override
  public RemoteResult<Proof> prove(String folder, List<Piece> pieces) throws InterruptedException {
    return proof.of(folder, pieces);
  }
}
