package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.SnapshotFiles;
import dev.workbuddy.backup.remote.TimeLimits;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Has {@code gh} send files of one snapshot. */
final class ReleaseUpload {
  /** Somebody was faster, or the tag can never be used again. */
  static final Pattern TAG_TAKEN =
      Pattern.compile(
          "release with the same tag name already exists|Release\\.tag_name already exists"
              + "|used by an immutable release");

  private final GithubRepository repository;
  private final StoredSnapshot snapshot;
  private final SnapshotFiles shipment;
  private final Progress progress;

  ReleaseUpload(
      GithubRepository repository,
      StoredSnapshot snapshot,
      SnapshotFiles shipment,
      Progress progress) {
    this.repository = repository;
    this.snapshot = snapshot;
    this.shipment = shipment;
    this.progress = progress;
  }

  /** Creates the release, published when all files are there; not ok where the tag is taken. */
  RemoteResult<Gh.Answer> create(String tag, String notes, List<Piece> files)
      throws InterruptedException {
    return NotesFile.with(
        repository.context().scratch(),
        notes,
        file -> run(List.of("create", tag, "-t", tag, "-F", file.toString()), files));
  }

  /** Sends files into a release that is there, replacing those of the same name. */
  RemoteResult<Gh.Answer> replace(String tag, List<Piece> files) throws InterruptedException {
    return run(List.of("upload", tag, "--clobber"), files);
  }

  /**
   * Sends one file into a release that is known by its number: several drafts may wish for one tag.
   */
  RemoteResult<Gh.Answer> into(Release release, Piece piece) throws InterruptedException {
    return sending(
        List.of(piece),
        () ->
            List.of(
                "api",
                "-X",
                "POST",
                "-H",
                "Content-Type: application/octet-stream",
                "--input",
                shipment.asFile(piece).toRealPath().toString(),
                release.uploadUrl().replaceFirst("\\{.*", "") + "?name=" + piece.name(),
                "--jq",
                ".id"));
  }

  private RemoteResult<Gh.Answer> run(List<String> command, List<Piece> files)
      throws InterruptedException {
    return sending(files, () -> arguments(command, files));
  }

  /** What {@code gh} is given; made when it is needed, since parts are files only then. */
  @FunctionalInterface
  private interface Arguments {
    List<String> make() throws IOException;
  }

  private RemoteResult<Gh.Answer> sending(List<Piece> files, Arguments command)
      throws InterruptedException {
    long bytes = files.stream().mapToLong(Piece::bytes).sum();
    progress.step(
        "sending %s to %s: %d files, %s; gh does not tell how far it is"
            .formatted(snapshot.id(), repository.name(), files.size(), Space.text(bytes)));
    progress.advance(0, bytes);
    try {
      List<String> arguments = command.make();
      repository.sent().add(snapshot.id(), bytes);
      RemoteResult<Gh.Answer> answer =
          repository
              .gh()
              .run(
                  "push " + snapshot.id(),
                  TAG_TAKEN,
                  snapshot.directory(),
                  TimeLimits.ofMoving(bytes),
                  arguments);
      progress.advance(answer.isOk() ? bytes : 0, bytes);
      return answer;
    } catch (IOException e) {
      return LocalIoFailure.failed("prepare " + snapshot.id() + " for sending", e);
    }
  }

  private List<String> arguments(List<String> command, List<Piece> files) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("release"));
    arguments.addAll(command);
    arguments.addAll(List.of("-R", repository.name().toString(), "--"));
    for (Piece piece : files) {
      arguments.add(argument(snapshot.directory(), shipment.asFile(piece)));
    }
    return arguments;
  }

  /** Relative, because {@code gh} takes what follows a {@code #} for a label. */
  private static String argument(Path directory, Path file) throws IOException {
    String relative = directory.toRealPath().relativize(file.toRealPath()).toString();
    if (relative.indexOf('#') >= 0) {
      throw new IOException("gh cannot be given the file " + file + ": its path has a #");
    }
    return relative;
  }
}
