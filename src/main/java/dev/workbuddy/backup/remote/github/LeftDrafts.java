package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Expected;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Facts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Drafts of a snapshot that is to be pushed: of attempts that failed, and of releases whose tag was
 * deleted. They are brought to their end, never deleted for the sake of a push.
 */
final class LeftDrafts {
  private final GithubRepository repository;
  private final List<Piece> pieces;
  private final ReleaseUpload upload;

  LeftDrafts(GithubRepository repository, List<Piece> pieces, ReleaseUpload upload) {
    this.repository = repository;
    this.pieces = pieces;
    this.upload = upload;
  }

  /**
   * The one of which least has to be sent; empty where none can be used. One that is not whole may
   * still be worked on by a {@code gh} that outlived its run, unless it is of this run or old.
   *
   * @param ours of this data root and this snapshot
   */
  Optional<Release> usable(List<Release> ours) {
    return ours.stream()
        .filter(Release::draft)
        .filter(draft -> wrong(draft).isEmpty() || isLeft(draft))
        .min(
            Comparator.comparingLong(draft -> wrong(draft).stream().mapToLong(Piece::bytes).sum()));
  }

  private boolean isLeft(Release draft) {
    Instant pushed = draft.facts().map(Facts::pushed).orElse(Instant.MAX);
    Instant latest = repository.context().clock().instant().minus(Orphans.ORPHANED);
    return !pushed.isBefore(repository.since()) || pushed.isBefore(latest);
  }

  private List<Piece> wrong(Release draft) {
    return pieces.stream().filter(piece -> !draft.holds(Expected.of(piece))).toList();
  }

  /** Sends what is not right in it. */
  RemoteResult<Release> complete(Release draft) throws InterruptedException {
    for (Piece piece : wrong(draft)) {
      Optional<Release.Asset> old = draft.asset(piece.name());
      RemoteResult<Release> room =
          old.isPresent()
              ? repository.releases().deleteAsset(draft, old.get())
              : RemoteResult.ok(draft);
      if (room.then(_ -> upload.into(draft, piece)) instanceof Failed<Gh.Answer> failed) {
        return failed.as();
      }
    }
    return RemoteResult.ok(draft);
  }
}
