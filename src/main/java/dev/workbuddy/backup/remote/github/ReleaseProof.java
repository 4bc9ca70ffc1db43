package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Proof;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Expected;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.List;

/** Compares what GitHub holds of a snapshot with what it should hold. */
final class ReleaseProof {
  private final GithubRepository repository;
  private final SnapshotId id;
  private final List<Expected> files;

  ReleaseProof(GithubRepository repository, SnapshotId id, List<Expected> files) {
    this.repository = repository;
    this.id = id;
    this.files = files;
  }

  /** A release with everything in it, and how that is known. */
  record Proven(Release release, Proof proof) {}

  /** Asks GitHub what it holds now. */
  RemoteResult<Proven> ofTag(String tag) throws InterruptedException {
    return repository
        .releases()
        .published(tag)
        .then(
            found ->
                found
                    .filter(repository::isOurs)
                    .<RemoteResult<Release>>map(RemoteResult::ok)
                    .orElseGet(this::vanished))
        .then(this::of);
  }

  private RemoteResult<Release> vanished() {
    return RemoteResult.failed(
        RemoteFault.NETWORK,
        "%s was sent to %s, but its release is not there".formatted(id, repository.name()),
        "Push it again.");
  }

  /** Whether everything is right in a release. */
  RemoteResult<Proven> of(Release release) throws InterruptedException {
    return check(release)
        .then(
            found ->
                found.isRight()
                    ? RemoteResult.ok(new Proven(release, found.proof()))
                    : damaged(found.wrong().getFirst()));
  }

  /**
   * What a release was found to hold.
   *
   * @param wrong the names of files that are not there, or are others
   */
  record Checked(List<String> wrong, Proof proof) {
    boolean isRight() {
      return wrong.isEmpty();
    }
  }

  /** Believes checksums that GitHub tells; where it tells none, the file is read back. */
  RemoteResult<Checked> check(Release release) throws InterruptedException {
    Proof proof = Proof.CHECKSUM;
    List<String> wrong = new ArrayList<>();
    for (Expected file : files) {
      boolean right = release.holds(file);
      if (right && !release.tellsChecksum(file.name())) {
        proof = Proof.READ_BACK;
        switch (isRight(release, file)) {
          case Ok<Boolean>(Boolean found) -> right = found;
          case Failed<Boolean> failed -> {
            return failed.as();
          }
        }
      }
      if (!right) {
        wrong.add(file.name());
      }
    }
    return RemoteResult.ok(new Checked(List.copyOf(wrong), proof));
  }

  /** Read back, and once more before it is called wrong: bytes change on the way, too. */
  private RemoteResult<Boolean> isRight(Release release, Expected file)
      throws InterruptedException {
    return readBack(release, file)
        .then(right -> right ? RemoteResult.ok(true) : readBack(release, file));
  }

  private RemoteResult<Boolean> readBack(Release release, Expected file)
      throws InterruptedException {
    return repository
        .download()
        .checksum(release.tagName(), file)
        .map(sha256 -> sha256.equals(file.sha256()));
  }

  private <T> RemoteResult<T> damaged(String file) {
    return RemoteResult.failed(
        RemoteFault.DAMAGED,
        "%s holds something else than was sent as %s of %s".formatted(repository.name(), file, id),
        "Push it again; what is wrong is replaced.");
  }
}
