package dev.workbuddy.backup.testing.github;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of a release.
 *
 * @param state {@code uploaded}, or {@code starter} where the upload did not end
 * @param sha256 of what is stored; null for a starter, and where the service tells no digests
 * @param content what is stored
 */
public record Asset(
    long id,
    String name,
    String contentType,
    long size,
    @Nullable String sha256,
    String state,
    Instant createdAt,
    Path content) {

  Asset with(Path otherContent, long otherSize, String otherSha256) {
    return new Asset(id, name, contentType, otherSize, otherSha256, state, createdAt, otherContent);
  }

  boolean isUploaded() {
    return state.equals("uploaded");
  }
}
