package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.remote.Parts;
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

/** A release as GitHub shows it, reduced by {@link #FIELDS}. */
record Release(
    long id, String tagName, boolean draft, boolean immutable, String body, List<Asset> assets) {
  /** For {@code gh --jq}: what this record needs of a release. */
  static final String FIELDS =
      "{id, tag_name, draft, immutable: (.immutable // false), body: (.body // \"\"),"
          + " assets: [.assets[] | {name, size, digest, state}]}";

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
  record Asset(String name, long size, @Nullable String digest, String state) {
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
    return new Release(id, tagName, draft, immutable, other, assets);
  }

  Optional<Facts> facts() {
    return ReleaseNotes.read(body);
  }

  boolean isOf(String namespace) {
    return facts().filter(facts -> facts.namespace().equals(namespace)).isPresent();
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

  /** Whether GitHub computed a checksum of the file; old servers do not. */
  boolean tellsChecksum(String file) {
    return assets.stream().anyMatch(a -> a.name().equals(file) && a.sha256() != null);
  }

  /** Whether some file that should be there is not, because its upload did not end. */
  boolean isUnfinished() {
    return facts().stream()
        .flatMap(facts -> facts.files().stream())
        .anyMatch(
            file -> assets.stream().noneMatch(a -> a.name().equals(file.name()) && a.isUploaded()));
  }

  /** The snapshot in it; empty for releases of other things, and for drafts. */
  Optional<RemoteSnapshot> snapshot(String ourNamespace) {
    return draft
        ? Optional.empty()
        : SnapshotTag.parse(tagName).map(snapshotId -> snapshot(snapshotId, ourNamespace));
  }

  private RemoteSnapshot snapshot(SnapshotId snapshotId, String ourNamespace) {
    Optional<Facts> facts = facts();
    return new RemoteSnapshot(
        snapshotId,
        facts.map(Facts::namespace).orElse(null),
        isOf(ourNamespace),
        facts.map(Facts::origin).orElse(null),
        tagName,
        facts.map(known -> state(snapshotId, known)).orElseGet(() -> stateOfOriginal(snapshotId)),
        facts.map(Facts::hold).orElse(null),
        files(facts));
  }

  private SnapshotState state(SnapshotId snapshotId, Facts facts) {
    List<String> names = facts.files().stream().map(Expected::name).toList();
    boolean whole =
        names.contains(Manifest.FILE_NAME)
            && names.contains(Checksums.FILE_NAME)
            && names.stream().anyMatch(name -> isTarball(snapshotId, name))
            && facts.files().stream().allMatch(this::holds);
    if (!whole) {
      return SnapshotState.DAMAGED;
    }
    return facts.complete() ? SnapshotState.COMPLETE : SnapshotState.INCOMPLETE;
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
