package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Brings the files of one snapshot into a directory, each compared with the snapshot's checksums as
 * it comes. What is there already, whole, is not fetched again. What came wrong is fetched once
 * more before it is called damaged: bytes change on the way, too.
 */
final class CheckedDownload {
  private final Remote remote;
  private final RemoteSnapshot wanted;
  private final Path directory;
  private final Progress progress;
  private final Map<String, String> sums = new HashMap<>();

  CheckedDownload(Remote remote, RemoteSnapshot wanted, Path directory, Progress progress) {
    this.remote = remote;
    this.wanted = wanted;
    this.directory = directory;
    this.progress = progress;
  }

  /** Fetches the checksums, which is where all else is measured by. */
  Map<String, String> sums() throws IOException, InterruptedException {
    Path file = fetch(Fetch.file(remote, wanted, Checksums.FILE_NAME));
    try {
      read(file);
    } catch (BackupException cut) {
      read(fetch(Fetch.file(remote, wanted, Checksums.FILE_NAME)));
    }
    return Map.copyOf(sums);
  }

  private void read(Path file) throws IOException {
    Map<String, String> read = Checksums.read(file);
    sums.clear();
    sums.putAll(read);
  }

  /** Fetches the manifest and the tarball, which comes in one piece or in parts. */
  List<Path> content() throws IOException, InterruptedException {
    List<RemoteFile> tarball =
        wanted.files().stream()
            .filter(file -> Parts.isTarballOf(wanted.id(), Parts.whole(file.name())))
            .toList();
    RemoteFile manifest = Fetch.file(remote, wanted, Manifest.FILE_NAME);
    if (tarball.isEmpty()) {
      throw Fetch.missing(remote, wanted, "the tarball");
    }
    discardOthers(Stream.concat(tarball.stream(), Stream.of(manifest)).toList());
    bring(manifest);
    List<Path> parts = new ArrayList<>();
    for (RemoteFile file : tarball) {
      parts.add(bring(file));
    }
    return parts;
  }

  /** An earlier attempt may have been at another copy. */
  private void discardOthers(List<RemoteFile> kept) throws IOException {
    List<String> names =
        Stream.concat(kept.stream().map(RemoteFile::name), Stream.of(Checksums.FILE_NAME)).toList();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(file -> !names.contains(file.getFileName().toString())).toList()) {
        DurableFiles.deleteTree(file);
      }
    }
  }

  private Path bring(RemoteFile file) throws IOException, InterruptedException {
    Path target = directory.resolve(file.name());
    if (isHere(file, target) || comesRight(file, target)) {
      return target;
    }
    fetch(file);
    if (!isRight(file, target)) {
      // The list of checksums may be what changed on the way.
      sums();
    }
    return target;
  }

  private boolean comesRight(RemoteFile file, Path target)
      throws IOException, InterruptedException {
    try {
      fetch(file);
      return isRight(file, target);
    } catch (BackupException e) {
      if (e.code() == ErrorCode.REMOTE_DAMAGED) {
        return false;
      }
      throw e;
    }
  }

  private boolean isHere(RemoteFile file, Path target) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && sums.containsKey(file.name())
        && Files.size(target) == file.bytes()
        && isRight(file, target);
  }

  /** What no checksum covers may have lost its line on the way. */
  private boolean isRight(RemoteFile file, Path target) throws IOException {
    String expected = sums.get(file.name());
    return expected != null && expected.equals(Checksums.sha256(target));
  }

  private Path fetch(RemoteFile file) throws InterruptedException {
    return Fetch.download(remote, wanted, file, directory.resolve(file.name()), progress);
  }
}
