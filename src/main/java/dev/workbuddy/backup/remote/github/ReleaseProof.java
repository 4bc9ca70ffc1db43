package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.Proof;
import dev.workbuddy.backup.remote.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Expected;
import dev.workbuddy.backup.snapshot.SnapshotId;
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

  /** Believes checksums that GitHub tells; where it tells none, the file is read back. */
  RemoteResult<Proven> of(Release release) throws InterruptedException {
    Proof proof = Proof.CHECKSUM;
    for (Expected file : files) {
      if (!release.holds(file)) {
        return damaged(file);
      }
      if (!release.tellsChecksum(file.name())) {
        proof = Proof.READ_BACK;
        if (readBack(release, file) instanceof Failed<Release> failed) {
          return failed.as();
        }
      }
    }
    return RemoteResult.ok(new Proven(release, proof));
  }

  private RemoteResult<Release> readBack(Release release, Expected file)
      throws InterruptedException {
    return repository
        .download()
        .checksum(release.tagName(), file)
        .then(sha256 -> sha256.equals(file.sha256()) ? RemoteResult.ok(release) : damaged(file));
  }

  private <T> RemoteResult<T> damaged(Expected file) {
    return RemoteResult.failed(
        RemoteFault.DAMAGED,
        "%s holds something else than was sent as %s of %s"
            .formatted(repository.name(), file.name(), id),
        "Push it again; what is wrong is replaced.");
  }
}
