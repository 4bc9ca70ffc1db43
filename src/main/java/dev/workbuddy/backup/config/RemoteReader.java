package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.matching;
import static dev.workbuddy.backup.config.ValueType.text;
import static dev.workbuddy.backup.config.ValueType.truth;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys about places off this machine. */
final class RemoteReader {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern REPOSITORY = Pattern.compile("(?:[A-Za-z0-9-]+/)?[A-Za-z0-9._-]+");

  /**
   * By which work-buddy is permitted to push what it does not encrypt; a repository asks for it.
   */
  private static final String PERMISSION = "allow_unencrypted_private_content";

  /** Without the options that rclone allows in a name: they may be secrets, and names are shown. */
  private static final Pattern RCLONE_REMOTE =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.+@ -]*:.*");

  private final Path configDir;
  private final Path dataRoot;
  private final Path live;

  RemoteReader(Path configDir, Path dataRoot, Path live) {
    this.configDir = configDir;
    this.dataRoot = dataRoot;
    this.live = live;
  }

  RemoteSettings read(Section backups) {
    String namespace =
        backups
            .find("namespace", matching(NAMESPACE, "a name of at most 63 of a-z 0-9 . _ -"))
            .orElse(null);
    return new RemoteSettings(
        namespace,
        github(backups.section("github")),
        rclone(backups.section("rclone")),
        directory(backups.section("directory")));
  }

  /** The section may be there for the application's keys alone. */
  private static RemoteSettings.@Nullable Github github(Section github) {
    ValueType<String> repository =
        matching(REPOSITORY, "a repository as owner/name, or as a name of one's own");
    Optional<String> repo =
        github.has("allow_public")
            ? github.require("repo", repository)
            : github.find("repo", repository);
    boolean allowPublic = github.find("allow_public", truth()).orElse(false);
    boolean permitted = github.find(PERMISSION, truth()).orElse(true);
    if (!permitted && repo.isPresent()) {
      github.warn("repo", "nothing is pushed there: " + github.path(PERMISSION) + " is false");
      return null;
    }
    return repo.map(name -> new RemoteSettings.Github(name, allowPublic)).orElse(null);
  }

  private static @Nullable String rclone(Section rclone) {
    ValueType<String> remote = matching(RCLONE_REMOTE, "an rclone remote as name:path");
    return requireIfUsed(rclone, "remote", remote).orElse(null);
  }

  private RemoteSettings.@Nullable Directory directory(Section directory) {
    Optional<Path> path =
        requireIfUsed(directory, "path", text(PathRules::directory))
            .map(text -> configDir.resolve(text).normalize());
    Optional<String> marker = directory.find("marker", text(PathRules::below));
    path.filter(this::isOurs)
        .ifPresent(
            _ ->
                directory.problem(
                    "path", "must not lie where the live databases or the snapshots are"));
    return path.map(found -> new RemoteSettings.Directory(found, marker.orElse(null))).orElse(null);
  }

  private boolean isOurs(Path path) {
    return path.startsWith(live) || path.startsWith(dataRoot.resolve("backups"));
  }

  private static <T> Optional<T> requireIfUsed(Section section, String key, ValueType<T> type) {
    return section.isEmpty() ? section.find(key, type) : section.require(key, type);
  }
}
