package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.remote.Parts;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFile;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Expected;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Facts;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A release as GitHub shows it, reduced by {@link #FIELDS}.
 *
 * @param uploadUrl where files are sent to, with a template for their names at its end
 */
record Release(
    long id,
    String tagName,
    boolean draft,
    boolean immutable,
    String body,
    String uploadUrl,
    List<Asset> assets) {
  /** For {@code gh --jq}: what this record needs of a release. */
  static final String FIELDS =
      "{id, tag_name, draft, immutable: (.immutable // false), body: (.body // \"\"),"
          + " upload_url: (.upload_url // \"\"),"
          + " assets: [.assets[] | {id, name, size, digest, state}]}";

  private static final String SHA256 = "sha256:";

  Release {
    assets = List.copyOf(assets);
  }

  /**
   * A file of a release.
   *
   * @param digest null where GitHub computed none
   * @param state {@code uploaded}, or something else where the upload did not end
   */
  record Asset(long id, String name, long size, @Nullable String digest, String state) {
    boolean isUploaded() {
      return state.equals("uploaded");
    }

    @Nullable String sha256() {
      return digest != null && digest.startsWith(SHA256) ? digest.substring(SHA256.length()) : null;
    }

    RemoteFile file() {
      return new RemoteFile(name, size, sha256());
    }
  }

  static Release read(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), Release.class);
  }

  Release withBody(String other) {
    return new Release(id, tagName, draft, immutable, other, uploadUrl, assets);
  }

  /** Returns this release after it was published under a tag. */
  Release published(String tag) {
    return new Release(id, tag, false, immutable, body, uploadUrl, assets);
  }

  Optional<Facts> facts() {
    return ReleaseNotes.read(body);
  }

  /** Whether the data root wrote it. */
  boolean isOf(RemoteContext context) {
    return facts()
        .flatMap(
            facts -> snapshotId().filter(id -> context.owns(facts.namespace(), facts.origin(), id)))
        .isPresent();
  }

  /** Whether a file is there in its full size, and with its content as far as GitHub says. */
  boolean holds(Expected file) {
    return assets.stream()
        .anyMatch(
            asset ->
                asset.name().equals(file.name())
                    && asset.isUploaded()
                    && asset.size() == file.bytes()
                    && (asset.sha256() == null || file.sha256().equals(asset.sha256())));
  }

  /** The file of that name, whole or not. */
  Optional<Asset> asset(String name) {
    return assets.stream().filter(asset -> asset.name().equals(name)).findFirst();
  }

  /** Whether GitHub computed a checksum of the file; old servers do not. */
  boolean tellsChecksum(String file) {
    return assets.stream().anyMatch(a -> a.name().equals(file) && a.sha256() != null);
  }

  /** Whether some file that should be there is not, because its upload did not end. */
  boolean isUnfinished() {
    return facts().stream().anyMatch(facts -> !facts.files().stream().allMatch(this::isUploaded));
  }

  private boolean isUploaded(Expected file) {
    return asset(file.name()).filter(Asset::isUploaded).isPresent();
  }

  /** Whether all that makes up its snapshot is there, as far as GitHub says. */
  boolean isWhole() {
    return facts().flatMap(facts -> snapshotId().filter(id -> isWhole(id, facts))).isPresent();
  }

  /** Whether its tarball came to its end, in one piece or in parts: then rows can be had of it. */
  boolean hasTarball() {
    return facts().flatMap(facts -> snapshotId().filter(id -> hasTarball(id, facts))).isPresent();
  }

  private boolean hasTarball(SnapshotId snapshotId, Facts facts) {
    List<Expected> tarball =
        facts.files().stream().filter(file -> isTarball(snapshotId, file.name())).toList();
    return !tarball.isEmpty() && tarball.stream().allMatch(this::isUploaded);
  }

  /** Whether it is for the same snapshot with the same content, byte for byte. */
  boolean isTwinOf(Release other) {
    return snapshotId().equals(other.snapshotId())
        && facts().isPresent()
        && facts().map(Facts::files).equals(other.facts().map(Facts::files));
  }

  /** The snapshot that it is for, by the tag that it has or wishes for. */
  Optional<SnapshotId> snapshotId() {
    return SnapshotTag.parse(tagName);
  }

  /** The snapshot in it; empty for releases of other things, and for drafts. */
  Optional<RemoteSnapshot> snapshot(RemoteContext context) {
    return draft
        ? Optional.empty()
        : snapshotId().map(snapshotId -> snapshot(snapshotId, isOf(context)));
  }

  private RemoteSnapshot snapshot(SnapshotId snapshotId, boolean ours) {
    Optional<Facts> facts = facts();
    return new RemoteSnapshot(
        snapshotId,
        facts.map(Facts::namespace).orElse(null),
        ours,
        facts.map(Facts::origin).orElse(null),
        tagName,
        facts.map(known -> state(snapshotId, known)).orElseGet(() -> stateOfOriginal(snapshotId)),
        facts.map(Facts::hold).orElse(null),
        files(facts));
  }

  private SnapshotState state(SnapshotId snapshotId, Facts facts) {
    if (!isWhole(snapshotId, facts)) {
      return SnapshotState.DAMAGED;
    }
    return facts.complete() ? SnapshotState.COMPLETE : SnapshotState.INCOMPLETE;
  }

  private boolean isWhole(SnapshotId snapshotId, Facts facts) {
    List<String> names = facts.files().stream().map(Expected::name).toList();
    return names.contains(Manifest.FILE_NAME)
        && names.contains(Checksums.FILE_NAME)
        && names.stream().anyMatch(name -> isTarball(snapshotId, name))
        && facts.files().stream().allMatch(this::holds);
  }

  /** The original work-buddy wrote no line for machines, so its releases tell less. */
  private SnapshotState stateOfOriginal(SnapshotId snapshotId) {
    boolean tarball =
        assets.stream()
            .filter(Asset::isUploaded)
            .map(Asset::name)
            .anyMatch(
                name ->
                    isTarball(snapshotId, name) || name.equals(StoredSnapshot.ORIGINAL_TARBALL));
    return tarball ? SnapshotState.UNKNOWN : SnapshotState.DAMAGED;
  }

  private static boolean isTarball(SnapshotId snapshotId, String name) {
    return Parts.isTarballOf(snapshotId, Parts.whole(name));
  }

  private List<RemoteFile> files(Optional<Facts> facts) {
    return assets.stream()
        .filter(Asset::isUploaded)
        .filter(asset -> facts.isEmpty() || isExpected(facts.get(), asset))
        .map(Asset::file)
        .sorted(Comparator.comparing(RemoteFile::name))
        .toList();
  }

  private static boolean isExpected(Facts facts, Asset asset) {
    return facts.files().stream().anyMatch(file -> file.name().equals(asset.name()));
  }
}
