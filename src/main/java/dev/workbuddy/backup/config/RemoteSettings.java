package dev.workbuddy.backup.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where copies go off this machine; each is null where it is not configured.
 *
 * @param namespace the name under which this machine keeps its copies; null for its host's
 * @param rclone an rclone remote with its path, for example {@code b2:bucket/path}
 */
public record RemoteSettings(
    @Nullable String namespace,
    @Nullable Github github,
    @Nullable String rclone,
    @Nullable Directory directory) {

  /** Nothing is configured. */
  public static final RemoteSettings NONE = new RemoteSettings(null, null, null, null);

  /** Whether nothing leaves this machine. */
  public boolean hasNone() {
    return github == null && rclone == null && directory == null;
  }

  /** Returns these settings without the GitHub repository. */
  public RemoteSettings withoutGithub() {
    return new RemoteSettings(namespace, null, rclone, directory);
  }

  /** Returns these settings without the rclone remote. */
  public RemoteSettings withoutRclone() {
    return new RemoteSettings(namespace, github, null, directory);
  }

  /** Returns these settings without the directory. */
  public RemoteSettings withoutDirectory() {
    return new RemoteSettings(namespace, github, rclone, null);
  }

  /**
   * A repository whose releases hold the copies.
   *
   * @param repo as {@code owner/name}, or a name alone for a repository of whoever {@code gh} is
   *     logged in as
   * @param allowPublic whether it may be one that everybody can read
   */
  public record Github(String repo, boolean allowPublic) {}

  /**
   * Another directory.
   *
   * @param path absolute
   * @param marker a file that must be there, relative to the path; null for none
   */
  public record Directory(Path path, @Nullable String marker) {}
}
