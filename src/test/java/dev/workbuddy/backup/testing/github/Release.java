package dev.workbuddy.backup.testing.github;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A release, published or a draft. Guarded by the world's lock. */
public final class Release {
  final long id;
  String tag;
  String name;
  String body;
  boolean draft = true;
  boolean immutable;
  @Nullable Instant publishedAt;
  final List<Asset> assets = new ArrayList<>();

  Release(long id, String tag, String name, String body) {
    this.id = id;
    this.tag = tag;
    this.name = name;
    this.body = body;
  }

  public String tag() {
    return tag;
  }

  public String title() {
    return name;
  }

  public String body() {
    return body;
  }

  public boolean isDraft() {
    return draft;
  }

  /** The names of its assets, sorted, those that were not uploaded to their end included. */
  public List<String> assetNames() {
    return assets.stream().map(Asset::name).sorted().toList();
  }

  public Optional<Asset> asset(String assetName) {
    return assets.stream().filter(asset -> asset.name().equals(assetName)).findFirst();
  }

  /** A file goes away. */
  public void lose(String assetName) {
    assets.remove(asset(assetName).orElseThrow());
  }

  /** A file becomes another. */
  public void replace(String assetName, Path content, long size, String sha256) {
    Asset old = asset(assetName).orElseThrow();
    assets.set(assets.indexOf(old), old.with(content, size, sha256));
  }

  /** A file that is listed and cannot be downloaded. */
  public void list(String assetName, long size, String sha256) {
    Path nowhere = Path.of("nowhere");
    long assetId = id * 100 + assets.size();
    assets.add(
        new Asset(assetId, assetName, "x/y", size, sha256, "uploaded", Instant.EPOCH, nowhere));
  }

  /** Takes an upload, or refuses it as GitHub does. */
  void add(Asset asset, long limit) {
    if (immutable) {
      throw Refusal.unprocessable("Cannot upload assets to an immutable release.");
    }
    if (asset.size() < 1 && asset.isUploaded()) {
      throw Refusal.custom("ReleaseAsset", "size", "size must be greater than or equal to 1");
    }
    if (asset.size() > limit) {
      throw Refusal.custom("ReleaseAsset", "size", "size must be less than or equal to " + limit);
    }
    if (asset(asset.name()).isPresent()) {
      throw Refusal.alreadyExists("ReleaseAsset", "name");
    }
    assets.add(asset);
  }

  void remove(Asset asset) {
    if (immutable) {
      throw Refusal.unprocessable("Cannot delete asset from an immutable release");
    }
    assets.remove(asset);
  }
}
