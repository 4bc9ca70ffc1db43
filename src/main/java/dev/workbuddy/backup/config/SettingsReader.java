package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.cap;
import static dev.workbuddy.backup.config.ValueType.compression;
import static dev.workbuddy.backup.config.ValueType.integer;
import static dev.workbuddy.backup.config.ValueType.text;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All keys of the configuration with their types and defaults, in the order they are shown. */
final class SettingsReader {
  private static final int MOST_SNAPSHOTS = 1_000_000;

  private final Path configDir;
  private final ReadContext context;

  SettingsReader(Path configDir, ReadContext context) {
    this.configDir = configDir;
    this.context = context;
  }

  /** The settings; only to be used where the reading came upon no problem. */
  Settings read(Mapping files) {
    Mapping root = ProfileChoice.under(files, configDir, context.problems());
    Section top = context.section("", "", root);
    top.shareWithOthers(List.of());
    Section paths = top.section("paths");
    paths.passOver("asset_root");
    Path dataRoot =
        dataRoot(paths.get("data_root", text(PathRules::directory), Defaults.DATA_ROOT));
    String dbDir = paths.get("db_dir", text(PathRules::liveDirectory), Defaults.DB_DIR);
    Path live = dataRoot.resolve(dbDir).normalize();
    if (configDir.startsWith(live)) {
      paths.problem(
          "db_dir",
          "must not hold the configuration: a restore replaces this directory as a whole");
    }
    Section backups = top.section("backups");
    int cadence = CadenceReader.minutes(backups);
    Optional<String> _ = backups.find("profile", ValueType.profile());
    DatabaseReader.Databases databases = new DatabaseReader(configDir, live).read(backups);
    Compression compression = backups.get("compression", compression(), Defaults.COMPRESSION);
    RetentionSettings retention = retention(backups);
    GuardSettings guard = new GuardReader(databases.all()).read(backups);
    RemoteSettings remotes = new RemoteReader(configDir, dataRoot, live).read(backups);
    SignalSettings signals = new SignalReader(configDir, live).read(backups);
    DrillSettings drill = DrillReader.read(backups);
    FeatureSettings features = FeatureReader.read(top, backups);
    context.reportUnknownKeys();
    return new Settings(
        configDir,
        dataRoot,
        live,
        Duration.ofMinutes(cadence),
        databases.vital(),
        compression,
        retention,
        guard,
        remotes,
        signals,
        drill,
        features,
        databases.dormant());
  }

  private RetentionSettings retention(Section backups) {
    Section tiers = backups.section("retention");
    RetentionSettings standard = Defaults.RETENTION;
    return new RetentionSettings(
        tiers.get("hourly", cap(MOST_SNAPSHOTS), standard.hourly()),
        tiers.get("daily", cap(MOST_SNAPSHOTS), standard.daily()),
        tiers.get("weekly", cap(MOST_SNAPSHOTS), standard.weekly()),
        tiers.get("monthly", cap(MOST_SNAPSHOTS), standard.monthly()),
        tiers.get("annual", cap(MOST_SNAPSHOTS), standard.annual()),
        tiers.get("manual", cap(MOST_SNAPSHOTS), standard.manual()),
        tiers.get("agent", cap(MOST_SNAPSHOTS), standard.agent()),
        backups.get("minimum_keep", integer(1, MOST_SNAPSHOTS), standard.minimumKeep()));
  }

  private Path dataRoot(String text) {
    return configDir.resolve(text).normalize();
  }
}
