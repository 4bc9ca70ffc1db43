package dev.workbuddy.backup.config;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a first configuration. */
public final class Initializer {
  private final Path workingDirectory;

  /**
   * @param workingDirectory what relative paths are relative to
   */
  public Initializer(Path workingDirectory) {
    this.workingDirectory = workingDirectory.toAbsolutePath();
  }

  /**
   * Writes {@code config.yaml} for the databases below a directory, or for work-buddy's where no
   * directory is named, or where the configuration's directory is work-buddy's own. Where
   * work-buddy has a configuration that says nothing of backups, that stays, and {@code
   * config.local.yaml} gets the profile. A configuration that speaks of backups already stays as it
   * is, and the result says what is in it.
   *
   * @param configDir where to write; made if it is not there
   * @param searched the directory to search; null to search nothing
   * @throws BackupException {@code CONFIG_EXISTS} if there is a {@code config.yaml} that says
   *     nothing of backups, or one for other databases, {@code CONFIG_INVALID} if there is one that
   *     cannot be used, {@code USAGE} if the directory cannot be searched or set up, {@code
   *     IO_FAILED} if the file cannot be written
   */
  public InitResult init(Path configDir, @Nullable Path searched) {
    return init(configDir, searched, true);
  }

  /** What {@link #init} would write, with the same refusals. */
  public InitResult plan(Path configDir, @Nullable Path searched) {
    return init(configDir, searched, false);
  }

  private InitResult init(Path configDir, @Nullable Path searched, boolean writes) {
    Path directory = absolute(configDir);
    Path file = directory.resolve(ConfigLoader.SHARED_FILE);
    if (exists(file) && isWorkBuddyWithoutUs(directory)) {
      return amend(directory, writes);
    }
    Optional<InitResult> there = already(directory, searched);
    if (there.isPresent()) {
      return there.get();
    }
    refuseExisting(file);
    Path place = Profile.workBuddy().isRecognisedIn(directory) ? null : searched;
    boolean profile = place == null;
    DatabaseLayout layout =
        place == null ? DatabaseLayout.standard(directory) : search(absolute(place));
    refuseInside(layout, directory);
    if (writes) {
      write(directory, file, ConfigTemplate.render(directory, layout, profile));
    }
    return new InitResult(
        true,
        file,
        profile ? Profile.WORK_BUDDY : null,
        layout.dataRoot().resolve(layout.dbDir()),
        layout.databases(),
        !profile,
        layout.leftOut(),
        List.of());
  }

  /**
   * What a configuration says that is there and speaks of backups; nothing where there is none, or
   * where other databases than its own are asked for.
   *
   * @throws BackupException {@code CONFIG_INVALID} where it has problems
   */
  private Optional<InitResult> already(Path directory, @Nullable Path searched) {
    Optional<Path> file =
        Stream.of(ConfigLoader.SHARED_FILE, ConfigLoader.LOCAL_FILE)
            .map(directory::resolve)
            .filter(Initializer::exists)
            .filter(found -> saysSomethingOfUs(directory, found))
            .findFirst();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    LoadedConfig loaded = new ConfigLoader(Map.of(), directory).load(null);
    Settings settings = loaded.settings();
    if (searched != null && !concerns(absolute(searched), settings)) {
      throw of(file.get(), settings, absolute(searched));
    }
    return Optional.of(
        new InitResult(
            false,
            file.get(),
            profile(loaded),
            settings.dbDir(),
            settings.databases(),
            false,
            List.of(),
            loaded.warnings()));
  }

  private static boolean concerns(Path searched, Settings settings) {
    return settings.dbDir().startsWith(searched) || searched.startsWith(settings.dataRoot());
  }

  private static BackupException of(Path file, Settings settings, Path searched) {
    return new BackupException(
        ErrorCode.CONFIG_EXISTS,
        "There is a configuration already: %s, for the databases in %s."
            .formatted(file, settings.dbDir()),
        "For those in %s name another --config-dir; or edit the file, or move it away and run `wb-backup init` again."
            .formatted(searched));
  }

  private static @Nullable String profile(LoadedConfig loaded) {
    return loaded.effective().stream()
        .filter(setting -> setting.key().equals("backups.profile"))
        .map(EffectiveSetting::value)
        .findFirst()
        .orElse(null);
  }

  /** Its own configuration is there, and says nothing of backups yet. */
  private static boolean isWorkBuddyWithoutUs(Path directory) {
    return Profile.workBuddy().isRecognisedIn(directory)
        && Stream.of(ConfigLoader.SHARED_FILE, ConfigLoader.LOCAL_FILE)
            .map(directory::resolve)
            .filter(Initializer::exists)
            .noneMatch(file -> saysSomethingOfUs(directory, file));
  }

  private static boolean saysSomethingOfUs(Path directory, Path file) {
    String name = String.valueOf(file.getFileName());
    Problems problems = new Problems(directory, List.of(name));
    return new YamlFile(file, name, problems)
        .read()
        .map(root -> root.entries().containsKey("backups"))
        .orElse(true);
  }

  /** The application's file stays as it is; this machine's gets what is ours. */
  private static InitResult amend(Path directory, boolean writes) {
    LocalConfig local = new LocalConfig(directory);
    try {
      LocalConfig.Prepared prepared =
          local.prepare(List.of(ConfigChange.text(Profile.WORK_BUDDY, "backups", "profile")));
      Settings settings = new ConfigLoader(Map.of(), directory).load(null).settings();
      if (writes) {
        prepared.write();
      }
      return new InitResult(
          true,
          local.file(),
          Profile.WORK_BUDDY,
          settings.dbDir(),
          settings.databases(),
          false,
          List.of(),
          List.of());
    } catch (IOException e) {
      throw unwritable(local.file(), e);
    }
  }

  /** Where databases would lie by default, whether they do or not; absolute like its argument. */
  public static Path usualDirectory(Path configDir) {
    return configDir.resolve(Defaults.DATA_ROOT).resolve(Defaults.DB_DIR);
  }

  private static void refuseInside(DatabaseLayout layout, Path configDir) {
    Path live = layout.dataRoot().resolve(layout.dbDir());
    if (configDir.startsWith(live)) {
      throw new BackupException(
          ErrorCode.USAGE,
          "Cannot set up backups for the databases in "
              + live
              + ": the configuration would lie there too, and a restore replaces the directory as"
              + " a whole.",
          "Give the databases a directory of their own, or name another --config-dir.");
    }
  }

  private Path absolute(Path path) {
    return workingDirectory.resolve(path).normalize();
  }

  private static void refuseExisting(Path file) {
    if (exists(file)) {
      throw new BackupException(
          ErrorCode.CONFIG_EXISTS,
          "There is a configuration already: " + file + ".",
          "Edit it, or move it away and run `wb-backup init` again.");
    }
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static DatabaseLayout search(Path directory) {
    try {
      if (Files.isDirectory(directory)) {
        FoundFiles found = DatabaseFinder.find(directory.toRealPath());
        if (!found.databases().isEmpty()) {
          return DatabaseLayout.of(directory, found);
        }
        throw unsearchable(directory, "there is no SQLite database below it", null);
      }
    } catch (IOException e) {
      throw unsearchable(directory, "it cannot be read", e);
    }
    throw unsearchable(directory, "it is not a directory", null);
  }

  private static BackupException unsearchable(
      Path directory, String reason, @Nullable Throwable cause) {
    return new BackupException(
        ErrorCode.USAGE,
        "Cannot set up backups for " + directory + ": " + reason + ".",
        "Name the directory that holds the databases.",
        cause);
  }

  private static void write(Path directory, Path file, String text) {
    try {
      DurableFiles.createDirectories(directory);
      DurableFiles.writeForOthers(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static BackupException unwritable(Path file, IOException e) {
    return new BackupException(
        ErrorCode.IO_FAILED,
        "Cannot write " + file + " (" + IoMessages.of(e) + ").",
        "Check that its directory can be written to and has space.",
        e);
  }
}
