package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whatever {@code rclone} reaches. */
final class RcloneStore implements FolderStore {
  private final String base;
  private final Rclone rclone;
  private final LocalSums sums = new LocalSums();
  private final RcloneProof proof;
  private Optional<RcloneFeatures> known = Optional.empty();

  /**
   * @param base an rclone remote with its path, for example {@code b2:bucket/path}
   */
  RcloneStore(String base, RemoteContext context) {
    this.base = base;
    this.rclone = new Rclone(name(), context.scratch(), context.environment());
    this.proof = new RcloneProof(this, sums, new RcloneReadBack(this, rclone, context));
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

  private RcloneFeatures features() throws InterruptedException {
    if (known.isEmpty()) {
      known = Optional.of(RcloneFeatures.of(rclone, base));
    }
    return known.get();
  }

  @Override
  public boolean renames() throws InterruptedException {
    return features().renames();
  }

  @Override
  public RemoteResult<List<Entry>> list(String folder) throws InterruptedException {
    return summed(folder, "-R", "--files-only", "--no-modtime", "--no-mimetype")
        .map(found -> found.content().entries());
  }

  /**
   * The files in a folder.
   *
   * @param sums checksums that the store told, by name
   */
  record Summed(FolderContent content, Map<String, String> sums) {
    @Nullable String sum(String name) {
      return sums.get(name);
    }
  }

  private RemoteResult<Summed> summed(String folder, String... options)
      throws InterruptedException {
    return switch (lsjson(folder, options)) {
      case Ok<JsonNode>(JsonNode listing) -> RemoteResult.ok(summed(folder, listing));
      case Failed<JsonNode> failed when failed.fault() == RemoteFault.NOT_FOUND ->
          RemoteResult.ok(new Summed(new FolderContent(folder, List.of()), Map.of()));
      case Failed<JsonNode> failed -> failed.as();
    };
  }

  private static Summed summed(String folder, JsonNode listing) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    List<Entry> entries = new ArrayList<>();
    Map<String, String> sums = new HashMap<>();
    for (JsonNode file : listing) {
      String path = file.path("Path").asString();
      entries.add(new Entry(prefix + path, file.path("Size").asLong()));
      for (JsonNode sum : file.path("Hashes")) {
        sums.put(path, sum.asString());
      }
    }
    return new Summed(new FolderContent(folder, entries), sums);
  }

  /** What rclone says of the files in a folder. */
  private RemoteResult<JsonNode> lsjson(String folder, String... options)
      throws InterruptedException {
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

  /**
   * While rclone sends, the files are hashed here. Where the store tells checksums, rclone need not
   * ask for them as well: {@link #compare} does.
   */
  @Override
  public RemoteResult<String> put(Bundle bundle, String folder, Progress progress)
      throws InterruptedException {
    Optional<String> kind = features().checksum();
    List<String> command =
        new ArrayList<>(List.of("copy", "--no-check-dest", bundle.directory() + "", full(folder)));
    if (kind.isPresent()) {
      command.add("--ignore-checksum");
    }
    try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> hashing =
          beside.submit(
              () -> {
                sums.read(bundle.pieces(), kind);
                return true;
              });
      try {
        RemoteResult<String> result = rclone.transfer(bundle.bytes(), progress, command);
        if (result.isOk()) {
          hashing.get();
        }
        return result;
      } finally {
        hashing.cancel(true);
      }
    } catch (ExecutionException e) {
      return RcloneProof.unreadable(new IOException(String.valueOf(e.getMessage())));
    }
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
  public RemoteResult<String> moveFolder(String from, String to) throws InterruptedException {
    return rclone
        .run(
            TimeLimits.ofMoving(0),
            "move",
            "--ignore-times",
            "--delete-empty-src-dirs",
            full(from),
            full(to))
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

  /** The checksums of the snapshot say whether it came right; rclone need not ask the store. */
  @Override
  public RemoteResult<Path> download(String path, long bytes, Path target, Progress progress)
      throws InterruptedException {
    return rclone
        .transfer(
            bytes, progress, List.of("copyto", "--ignore-checksum", full(path), target.toString()))
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
  public RemoteResult<Compared> compare(String folder, List<Piece> pieces)
      throws InterruptedException {
    Optional<String> kind = features().checksum();
    List<String> options = new ArrayList<>(List.of("--files-only", "--no-modtime"));
    kind.ifPresent(name -> options.addAll(List.of("--hash", "--hash-type", name)));
    return summed(folder, options.toArray(String[]::new))
        .then(
            found ->
                found
                    .content()
                    .requireSizes(pieces, name())
                    .then(_ -> proof.of(found, kind, pieces)));
  }
}
