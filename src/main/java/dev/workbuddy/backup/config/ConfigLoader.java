package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Kind;
import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads {@code config.yaml} overlaid by {@code config.local.yaml}. Sections merge key by key; any
 * other value replaces. Nothing that is wrong is replaced by a default.
 */
public final class ConfigLoader {
  /** The file that belongs to the application and is shared between machines. */
  public static final String SHARED_FILE = "config.yaml";

  /** The file that belongs to this machine and is laid over the shared one. */
  public static final String LOCAL_FILE = "config.local.yaml";

  /** The environment variable that names the configuration directory. */
  public static final String CONFIG_DIR_VARIABLE = "WORK_BUDDY_CONFIG_DIR";

  /** The environment variable that overrides {@code paths.data_root}. */
  public static final String DATA_DIR_VARIABLE = "WORK_BUDDY_DATA_DIR";

  private static final List<String> FILES = List.of(SHARED_FILE, LOCAL_FILE);

  private final Map<String, String> environment;
  private final Path workingDirectory;

  /**
   * @param environment the process's environment variables; an empty value counts as unset
   * @param workingDirectory what relative paths on the command line and in the environment are
   *     relative to
   */
  public ConfigLoader(Map<String, String> environment, Path workingDirectory) {
    this.environment = Map.copyOf(environment);
    this.workingDirectory = workingDirectory.toAbsolutePath();
  }

  /**
   * The directory that holds, or will hold, the configuration: the option, else the environment's,
   * else the working directory. Absolute and normalised; it need not exist.
   */
  public Path configDir(@Nullable Path configDirOption) {
    Path chosen =
        configDirOption != null
            ? configDirOption
            : variable(CONFIG_DIR_VARIABLE).map(this::configDirOf).orElse(workingDirectory);
    return workingDirectory.resolve(chosen).normalize();
  }

  /**
   * Reads and checks the whole configuration.
   *
   * @param configDirOption the directory that the user asked for; null to use the environment's or
   *     the working directory
   * @throws BackupException {@code CONFIG_MISSING} if there is neither a configuration file nor any
   *     of work-buddy's databases in its usual place, {@code CONFIG_INVALID} with every problem
   *     that was found
   */
  public LoadedConfig load(@Nullable Path configDirOption) {
    Path configDir = configDir(configDirOption);
    if (!hasFile(configDir)) {
      return implied(configDir);
    }
    Problems problems = new Problems(configDir, FILES);
    return load(configDir, files(configDir, problems), problems);
  }

  /** Whether {@link #load} finds something to go by, problems or not. */
  public boolean isThere(@Nullable Path configDirOption) {
    Path configDir = configDir(configDirOption);
    return hasFile(configDir) || isAnyThere(defaults(configDir).settings());
  }

  /** Whether somebody has written a configuration. */
  public boolean isWritten(@Nullable Path configDirOption) {
    return hasFile(configDir(configDirOption));
  }

  private static boolean hasFile(Path configDir) {
    return FILES.stream().anyMatch(name -> exists(configDir.resolve(name)));
  }

  private static boolean isAnyThere(Settings settings) {
    return settings.known().stream()
        .anyMatch(database -> Files.isRegularFile(database.in(settings.dbDir())));
  }

  /** Where work-buddy's databases are in their usual place, nobody has to say so. */
  private LoadedConfig implied(Path configDir) {
    LoadedConfig defaults = defaults(configDir);
    Settings settings = defaults.settings();
    if (!isAnyThere(settings)) {
      throw missing(configDir);
    }
    return defaults.warning(
        "there is no config.yaml in %s: work-buddy's databases in %s are meant; `wb-backup init`"
                .formatted(configDir, settings.dbDir())
            + " writes one");
  }

  private LoadedConfig defaults(Path configDir) {
    Mapping nothing = Mapping.empty(new Position(SHARED_FILE, 0));
    return load(configDir, nothing, new Problems(configDir, FILES));
  }

  /** The settings of a machine that has no configuration file: defaults and the environment's. */
  public Settings withoutFiles(@Nullable Path configDirOption) {
    return defaults(configDir(configDirOption)).settings();
  }

  private LoadedConfig load(Path configDir, Mapping files, Problems problems) {
    Mapping merged = Overlay.overlay(files, environmentLayer());
    ReadContext context = new ReadContext(problems);
    Settings settings = new SettingsReader(configDir, context).read(merged);
    problems.throwIfAny();
    return new LoadedConfig(settings, context.effective(), context.warnings());
  }

  private static Mapping files(Path configDir, Problems problems) {
    List<String> present = FILES.stream().filter(name -> exists(configDir.resolve(name))).toList();
    if (present.isEmpty()) {
      throw missing(configDir);
    }
    List<Optional<Mapping>> layers =
        present.stream()
            .map(name -> new YamlFile(configDir.resolve(name), name, problems).read())
            .toList();
    if (layers.stream().anyMatch(Optional::isEmpty)) {
      problems.throwIfAny();
    }
    return layers.stream()
        .flatMap(Optional::stream)
        .reduce(Overlay::overlay)
        .orElseThrow(() -> missing(configDir));
  }

  private Mapping environmentLayer() {
    Position at = Position.environment(DATA_DIR_VARIABLE);
    Mapping nothing = Mapping.empty(at);
    return variable(DATA_DIR_VARIABLE)
        .<YamlNode>map(directory -> new Scalar(at, Kind.TEXT, fromWorkingDirectory(directory)))
        .map(dataRoot -> section("paths", section("data_root", dataRoot)))
        .orElse(nothing);
  }

  private static Mapping section(String key, YamlNode value) {
    SequencedMap<String, YamlNode> entries = new LinkedHashMap<>();
    entries.put(key, value);
    return new Mapping(value.at(), entries);
  }

  private String fromWorkingDirectory(String directory) {
    if (PathRules.isHomeShorthand(directory)) {
      return directory;
    }
    try {
      return workingDirectory.resolve(directory).toString();
    } catch (InvalidPathException e) {
      return directory;
    }
  }

  private Path configDirOf(String directory) {
    try {
      return Path.of(directory);
    } catch (InvalidPathException e) {
      throw new BackupException(
          ErrorCode.CONFIG_INVALID,
          CONFIG_DIR_VARIABLE + " is not a possible path: " + e.getReason() + ".",
          "Correct or unset the variable " + CONFIG_DIR_VARIABLE + ".",
          e);
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static BackupException missing(Path configDir) {
    return new BackupException(
        ErrorCode.CONFIG_MISSING,
        "No configuration in "
            + configDir
            + ": neither config.yaml nor config.local.yaml is there.",
        "Write one with `wb-backup init DIR`, where DIR holds the databases, or name its directory"
            + " with --config-dir or "
            + CONFIG_DIR_VARIABLE
            + ".");
  }
}
