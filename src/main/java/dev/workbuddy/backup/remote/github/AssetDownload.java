package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.TimeLimits;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Expected;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/** Brings single files of releases here. */
final class AssetDownload {
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private final Gh gh;
  private final RepositoryName repository;
  private final Path scratch;

  AssetDownload(Gh gh, RepositoryName repository, Path scratch) {
    this.gh = gh;
    this.repository = repository;
    this.scratch = scratch;
  }

  /** Brings a file, whole as far as its size tells, to the target. */
  RemoteResult<Path> to(Path target, String tag, String name, long bytes)
      throws InterruptedException {
    return in(
        DurableFiles.parent(target),
        tag,
        name,
        bytes,
        file -> {
          Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
          return target;
        });
  }

  /** The checksum of what the release holds as this file. */
  RemoteResult<String> checksum(String tag, Expected file) throws InterruptedException {
    return in(scratch, tag, file.name(), file.bytes(), Checksums::sha256);
  }

  /** What to do with the file before its directory goes away. */
  @FunctionalInterface
  private interface Use<T> {
    T of(Path file) throws IOException;
  }

  /** {@code gh} truncates what it replaces before it fails, so it gets a directory of its own. */
  private <T> RemoteResult<T> in(Path parent, String tag, String name, long bytes, Use<T> use)
      throws InterruptedException {
    try {
      Path directory = Files.createTempDirectory(parent, ".fetching-");
      try {
        RemoteResult<Gh.Answer> answer = fetch(directory, tag, name, bytes);
        return answer.then(_ -> used(directory.resolve(name), name, bytes, use));
      } finally {
        DurableFiles.deleteTree(directory);
      }
    } catch (IOException e) {
      return LocalIoFailure.failed("fetch " + name + " into " + parent, e);
    }
  }

  private RemoteResult<Gh.Answer> fetch(Path directory, String tag, String name, long bytes)
      throws InterruptedException {
    return gh.run(
        "fetch " + name + " of " + tag,
        NOTHING,
        scratch,
        TimeLimits.ofMoving(bytes),
        List.of(
            "release",
            "download",
            tag,
            "-R",
            repository.toString(),
            "-p",
            name,
            "-D",
            directory.toString()));
  }

  private static <T> RemoteResult<T> used(Path file, String name, long bytes, Use<T> use) {
    try {
      long size = Files.size(file);
      return size == bytes
          ? RemoteResult.ok(use.of(file))
          : RemoteResult.failed(
              RemoteFault.NETWORK,
              "%s came with %d bytes of %d".formatted(name, size, bytes),
              "Try again; if it happens again, choose another snapshot.");
    } catch (IOException e) {
      return LocalIoFailure.failed("keep " + name, e);
    }
  }
}
