package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.SnapshotFiles;
import dev.workbuddy.backup.remote.github.Release.Asset;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Facts;
import dev.workbuddy.backup.remote.github.ReleaseProof.Proven;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One push on its way. The release is created with all its files, so that it is published only when
 * they are there; where it is there already, what is not right in it is sent anew. What counts is
 * what GitHub then says that it holds, not what {@code gh} said.
 */
final class ReleasePush {
  private final GithubRepository repository;
  private final StoredSnapshot snapshot;
  private final List<Piece> pieces;
  private final ReleaseNotes notes;
  private final ReleaseUpload upload;
  private final LeftDrafts drafts;
  private final ReleaseProof proof;

  private ReleasePush(
      GithubRepository repository,
      StoredSnapshot snapshot,
      SnapshotFiles shipment,
      Progress progress) {
    this.repository = repository;
    this.snapshot = snapshot;
    this.pieces = shipment.pieces().stream().filter(ReleasePush::isSent).toList();
    this.notes = ReleaseNotes.of(snapshot, pieces, repository.context());
    this.upload = new ReleaseUpload(repository, snapshot, shipment, progress);
    this.drafts = new LeftDrafts(repository, pieces, upload);
    this.proof = new ReleaseProof(repository, snapshot.id(), notes.facts().files());
  }

  /**
   * Returns whether a piece is sent as a file. A hold is written into the release's body instead,
   * since files of an immutable release cannot be changed.
   */
  private static boolean isSent(Piece piece) {
    return !piece.name().equals(Hold.FILE_NAME);
  }

  static RemoteResult<Pushed> run(
      GithubRepository repository,
      StoredSnapshot snapshot,
      SnapshotFiles shipment,
      Progress progress)
      throws InterruptedException {
    progress.step("asking GitHub about %s".formatted(snapshot.id()));
    return repository
        .releases()
        .all()
        .then(
            found ->
                new ReleasePush(repository.beside(found.releases()), snapshot, shipment, progress)
                    .run(found));
  }

  private RemoteResult<Pushed> run(Releases.Found found) throws InterruptedException {
    return withThoseNotListed(found).then(this::converge).map(this::pushed);
  }

  private Pushed pushed(Proven proven) {
    return new Pushed(
        proven.release().snapshot(repository.context()).orElseThrow(),
        repository.sent().proven(snapshot.id()),
        proven.proof());
  }

  private List<String> tags() {
    return SnapshotTag.candidates(snapshot.id(), repository.context().namespace());
  }

  private RemoteResult<List<Release>> withThoseNotListed(Releases.Found found)
      throws InterruptedException {
    List<Release> all = new ArrayList<>(found.releases());
    for (String tag : found.whole() ? List.<String>of() : tags()) {
      RemoteResult<Optional<Release>> release = repository.releases().published(tag);
      if (release instanceof Failed<Optional<Release>> failed) {
        return failed.as();
      }
      release.orThrow().ifPresent(all::add);
    }
    return RemoteResult.ok(all);
  }

  private RemoteResult<Proven> converge(List<Release> all) throws InterruptedException {
    List<Release> ours =
        all.stream()
            .filter(release -> tags().contains(release.tagName()))
            .filter(repository::isOurs)
            .toList();
    Optional<Release> published = ours.stream().filter(release -> !release.draft()).findFirst();
    if (published.isPresent()) {
      return mend(published.get());
    }
    List<String> free = SnapshotTag.free(tags(), all);
    Optional<Release> draft = drafts.usable(ours);
    return draft.isPresent() && !free.isEmpty() ? finish(draft.get(), free) : create(free);
  }

  /** A draft that was left is brought to its end: nothing of it is sent again that is right. */
  private RemoteResult<Proven> finish(Release draft, List<String> free)
      throws InterruptedException {
    String tag = free.contains(draft.tagName()) ? draft.tagName() : free.getFirst();
    RemoteResult<Gh.Answer> result =
        drafts
            .complete(draft)
            .then(this::describe)
            .then(whole -> repository.releases().publish(whole, tag, ReleaseUpload.TAG_TAKEN));
    List<String> others = free.stream().filter(other -> !other.equals(tag)).toList();
    return result instanceof Ok<Gh.Answer>(Gh.Answer answer) && !answer.ok()
        ? afterCollision(tag, () -> others.isEmpty() ? create(others) : finish(draft, others))
        : proveWhateverCame(result, tag);
  }

  private RemoteResult<Proven> create(List<String> tags) throws InterruptedException {
    if (tags.isEmpty()) {
      return RemoteResult.failed(
          RemoteFault.REFUSED,
          "%s cannot be pushed: GitHub gives out neither of its tags, %s"
              .formatted(snapshot.id(), String.join(" and ", tags())),
          "Others have them, or an immutable release had. Give each machine a name of its own:"
              + " set backups.namespace.");
    }
    String tag = tags.getFirst();
    RemoteResult<Gh.Answer> result = upload.create(tag, notes.text(snapshot.id()), pieces);
    return result instanceof Ok<Gh.Answer>(Gh.Answer answer) && !answer.ok()
        ? afterCollision(tag, () -> create(tags.subList(1, tags.size())))
        : proveWhateverCame(result, tag);
  }

  /** What is tried under another tag. */
  @FunctionalInterface
  private interface Otherwise {
    RemoteResult<Proven> run() throws InterruptedException;
  }

  /** Ours where an earlier answer was lost; else another's, and the next tag is tried. */
  private RemoteResult<Proven> afterCollision(String tag, Otherwise otherwise)
      throws InterruptedException {
    return repository
        .releases()
        .published(tag)
        .then(
            found ->
                found.filter(repository::isOurs).isPresent() ? mend(found.get()) : otherwise.run());
  }

  private RemoteResult<Proven> mend(Release release) throws InterruptedException {
    return proof
        .check(release)
        .then(
            found ->
                found.isRight()
                    ? describe(release).map(said -> new Proven(said, found.proof()))
                    : mend(release, found.wrong()));
  }

  private RemoteResult<Proven> mend(Release release, List<String> wrong)
      throws InterruptedException {
    if (release.immutable()) {
      return RemoteResult.failed(
          RemoteFault.REFUSED,
          "%s is damaged in %s, and its release there is immutable"
              .formatted(snapshot.id(), repository.name()),
          "Delete that release on GitHub, then push the snapshot again.");
    }
    if (isAnotherSnapshot(release, wrong)) {
      return repository
          .context()
          .origin()
          .refuses(snapshot.id(), repository.name().toString(), repository.context().namespace());
    }
    String tag = release.tagName();
    List<Piece> again = pieces.stream().filter(piece -> wrong.contains(piece.name())).toList();
    return describe(release).then(_ -> proveWhateverCame(upload.replace(tag, again), tag));
  }

  /**
   * Damage is in one file or another. Where every file is there, and each is another, a second data
   * root of this history took a snapshot in the same second.
   */
  private boolean isAnotherSnapshot(Release release, List<String> wrong) {
    List<String> there =
        release.assets().stream().filter(Asset::isUploaded).map(Asset::name).toList();
    List<String> names = pieces.stream().map(Piece::name).toList();
    return there.containsAll(names) && wrong.containsAll(names);
  }

  /** Lets the release say what this push says, where it does not yet. */
  private RemoteResult<Release> describe(Release release) throws InterruptedException {
    Facts said = release.facts().orElseThrow();
    return said.saysAllOf(notes.facts())
        ? RemoteResult.ok(release)
        : repository.releases().describe(release, notes.keeping(said.hold()).text(snapshot.id()));
  }

  /** An answer that was lost may have been a good one: GitHub is asked before all is sent again. */
  private RemoteResult<Proven> proveWhateverCame(RemoteResult<Gh.Answer> result, String tag)
      throws InterruptedException {
    if (!(result instanceof Failed<Gh.Answer> failed)) {
      return proof.ofTag(tag);
    }
    boolean unknown =
        failed.fault() == RemoteFault.NETWORK || failed.fault() == RemoteFault.TIMEOUT;
    RemoteResult<Proven> proven = unknown ? proof.ofTag(tag) : failed.as();
    return proven.isOk() ? proven : failed.as();
  }
}
