package dev.workbuddy.backup.remote.catalog;

import dev.workbuddy.backup.config.RemoteSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RetryPolicy;
import dev.workbuddy.backup.remote.RetryingRemote;
import dev.workbuddy.backup.remote.VerifyingRemote;
import dev.workbuddy.backup.remote.folder.PlaceMemory;
import dev.workbuddy.backup.remote.github.GithubReleases;
import dev.workbuddy.backup.snapshot.LocalStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes remotes of what the configuration or a command line names. */
public final class Remotes {
  private static final String FORMS = "directory:/path, rclone:remote:path or github:owner/name";

  private static final Pattern RCLONE_REMOTE =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.+@ -]*:.*");

  private Remotes() {}

  /** What the settings name, each trying again what is worth it. */
  public static List<Remote> configured(Settings settings, RemoteContext context) {
    return configured(settings, context, PlaceMemory.in(settings.backupsDir()));
  }

  /**
   * Like {@link #configured(Settings, RemoteContext)}, but compares each remote with what this
   * memory holds about its place.
   */
  public static List<Remote> configured(
      Settings settings, RemoteContext context, PlaceMemory memory) {
    RemoteSettings places = settings.remotes();
    List<Remote> remotes = new ArrayList<>();
    RemoteSettings.Github github = places.github();
    if (github != null) {
      remotes.add(GithubReleases.of(github.repo(), github.allowPublic(), context));
    }
    String rclone = places.rclone();
    if (rclone != null) {
      remotes.add(FolderRemotes.rclone(rclone, context, memory));
    }
    RemoteSettings.Directory directory = places.directory();
    if (directory != null) {
      remotes.add(
          FolderRemotes.directory(
              directory.path(), Optional.ofNullable(directory.marker()), context, memory));
    }
    return remotes.stream().map(remote -> compared(persistent(remote, context), settings)).toList();
  }

  private static Remote compared(Remote remote, Settings settings) {
    return new VerifyingRemote(remote, new LocalStore(settings.backupsDir()));
  }

  private static Remote persistent(Remote remote, RemoteContext context) {
    return new RetryingRemote(remote, new RetryPolicy(context.waiting(), context.random()));
  }

  /** The configured remote of that name, or one made of the name alone. */
  public static Remote find(String name, Settings settings, RemoteContext context) {
    return configured(settings, context).stream()
        .filter(remote -> remote.name().equals(name))
        .findFirst()
        .orElseGet(() -> compared(persistent(named(name, context), context), settings));
  }

  /**
   * The remote that a name of the form of {@link Remote#name()} means, with no configuration.
   *
   * @throws BackupException {@code remote-unconfigured} where the name is of no such form
   */
  public static Remote named(String name, RemoteContext context) {
    String kind = name.substring(0, Math.max(0, name.indexOf(':')));
    String place = name.substring(name.indexOf(':') + 1);
    return switch (kind) {
      case "directory" -> FolderRemotes.directory(absolute(place), Optional.empty(), context);
      case "rclone" -> {
        if (!isRcloneRemote(place)) {
          throw unusable(name);
        }
        yield FolderRemotes.rclone(place, context);
      }
      case "github" -> GithubReleases.of(place, false, context);
      default -> throw unusable(name);
    };
  }

  private static Path absolute(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      throw unusable("directory:" + text);
    }
    throw new BackupException(
        ErrorCode.REMOTE_UNCONFIGURED,
        "'directory:" + text + "' has no absolute path",
        "Write the whole path: a relative one would depend on where the command is started.");
  }

  private static BackupException unusable(String name) {
    return new BackupException(
        ErrorCode.REMOTE_UNCONFIGURED,
        "'" + name + "' names no remote",
        "Write it as " + FORMS + ".");
  }

  /**
   * Whether the text is an rclone remote with a path. Options within the name, which rclone would
   * allow, are not: they may be secrets, and names are shown.
   */
  private static boolean isRcloneRemote(String text) {
    return RCLONE_REMOTE.matcher(text).matches();
  }
}
