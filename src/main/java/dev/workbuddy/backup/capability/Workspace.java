package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.ConfigLoader;
import dev.workbuddy.backup.config.LoadedConfig;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.health.Health;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.restore.LiveDataStatus;
import dev.workbuddy.backup.restore.Recovery;
import dev.workbuddy.backup.signals.Hooks;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.DataRoot;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where capabilities work: the configuration, the clock and the machine. The configuration is read
 * anew at each call, so that a long-lived face sees today's.
 *
 * @param environment the environment variables
 * @param workingDirectory absolute
 * @param configDir what the user gave with {@code --config-dir}; null where nothing
 * @param tool this program, for manifests; asked for where needed, as SQLite must be loaded for it
 * @param host this machine's name, for manifests
 * @param user who is asking, for holds
 * @param exchange how the system swaps two directories at once, if it can; asked for where needed
 * @param told hears, in words for people, what was done beside what a call is for
 */
public record Workspace(
    Map<String, String> environment,
    Path workingDirectory,
    @Nullable Path configDir,
    InstantSource clock,
    Sleeper waiting,
    RandomGenerator random,
    Supplier<Manifest.Tool> tool,
    String host,
    String user,
    Supplier<Optional<DirectoryExchange>> exchange,
    Consumer<String> told) {

  /** The configuration as it is now. */
  public LoadedConfig config() {
    LoadedConfig config = new ConfigLoader(environment, workingDirectory).load(configDir);
    return config.with(known(config.settings()));
  }

  /** What the newest snapshot has, or missed, is missed where it is not there any more. */
  private static Settings known(Settings settings) {
    if (settings.dormant().isEmpty()) {
      return settings;
    }
    try {
      return new LocalStore(settings.backupsDir())
          .newest()
          .flatMap(StoredSnapshot::readManifest)
          .map(manifest -> settings.missing(expected(settings, manifest)))
          .orElse(settings);
    } catch (IOException | UncheckedIOException | BackupException unreadable) {
      return settings;
    }
  }

  /** But for those whose loss a person has accepted. */
  private static Set<String> expected(Settings settings, Manifest manifest) {
    Set<String> open = databases(Alarms.open(settings.backupsDir()));
    Set<String> accepted =
        databases(
            Alarms.acknowledged(settings.backupsDir()).stream()
                .filter(alarm -> alarm.table() == null)
                .filter(alarm -> alarm.ack() != null && !alarm.ack().repaired())
                .toList());
    Set<String> expected = new TreeSet<>(manifest.named());
    manifest.missing().stream()
        .map(Manifest.Missing::database)
        .filter(accepted::contains)
        .filter(database -> !open.contains(database))
        .forEach(expected::remove);
    return expected;
  }

  private static Set<String> databases(List<Alarm> alarms) {
    return alarms.stream()
        .map(Alarm::database)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** Where the configuration is, or would be. */
  public Path configDirectory() {
    return new ConfigLoader(environment, workingDirectory).configDir(configDir);
  }

  /** The settings, after a restore that was cut short has been finished or undone. */
  public Settings settings() throws IOException {
    Settings settings = config().settings();
    DataRoot.requireThere(settings);
    return recovered(settings);
  }

  /** What a restore was cut short of may be the files by which a database's place is known. */
  private Settings recovered(Settings settings) throws IOException {
    List<String> done = Recovery.run(settings, machine());
    done.forEach(told);
    return done.isEmpty() ? settings : settingsAsTheyAre();
  }

  /**
   * Finishes or undoes a restore that was cut short, for a command that looks at the whole rather
   * than at the data. Each command that needs the data reports what hinders it.
   */
  void settleRestores() {
    try {
      Settings _ = recovered(config().settings());
    } catch (IOException | UncheckedIOException | BackupException hindered) {
      // Looking must show what else there is.
    }
  }

  /** Which data is live while a restore or rollback goes on; to be asked before it begins. */
  public LiveDataStatus whereabouts() throws IOException {
    return LiveDataStatus.of(settingsAsTheyAre());
  }

  /** This machine, as remotes see it. */
  Machine machine() {
    return new Machine(environment, host, clock, waiting, random);
  }

  /** The user's own commands around operations. */
  Hooks hooks(Settings settings) {
    return new Hooks(settings, environment, clock);
  }

  /**
   * The settings to get data back with: the data root may be lost, and on a freshly installed
   * machine there may be no configuration either.
   */
  Settings settingsOfLostData() throws IOException {
    Settings settings = settingsAsTheyAre();
    return Files.isDirectory(settings.dataRoot()) ? recovered(settings) : settings;
  }

  private Settings settingsAsTheyAre() {
    return isConfigured()
        ? config().settings()
        : new ConfigLoader(environment, workingDirectory).withoutFiles(configDir);
  }

  /** The state of everything here. */
  Health health() {
    return new Health(this::config, configDirectory(), machine(), Health.PATIENCE);
  }

  boolean isConfigured() {
    return new ConfigLoader(environment, workingDirectory).isThere(configDir);
  }

  /** Whether somebody has said what is to be saved, and where copies go. */
  boolean hasConfigurationFile() {
    return new ConfigLoader(environment, workingDirectory).isWritten(configDir);
  }

  LocalStore store() throws IOException {
    return new LocalStore(settings().backupsDir());
  }
}
