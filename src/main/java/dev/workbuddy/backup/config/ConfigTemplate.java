package dev.workbuddy.backup.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Renders a first {@code config.yaml} that explains itself. */
final class ConfigTemplate {
  private static final String DATABASES =
      """
        # The SQLite files to save: a name, the path below db_dir and, if you like, owner and migrations.
        databases:
      """;

  private static final String PROFILE =
      """
        # The SQLite files to save are work-buddy's, wherever its version keeps them, with its own
        # migrations; `wb-backup config show` lists them. A section databases adds to them.
        profile: work-buddy
      """;

  private ConfigTemplate() {}

  /**
   * The text.
   *
   * @param profile whether the databases are those of work-buddy's profile
   */
  static String render(Path configDir, DatabaseLayout layout, boolean profile) {
    RetentionSettings retention = Defaults.RETENTION;
    GuardSettings.Limits limits = GuardSettings.defaults().standard();
    return """
    # What wb-backup saves, and how much history it keeps.
    # Values for this machine alone go into config.local.yaml, which is laid over this file.

    paths:
      # Holds the live databases and the snapshots; relative to this file, or absolute.
      data_root: %s
      # The directory of the live databases below data_root.
      db_dir: %s

    backups:
      # How often a snapshot is expected, in minutes.
      cadence_minutes: %s

    %s
      # gzip opens everywhere; zstd is faster and smaller.
      compression: %s

      # How many snapshots to keep, the newest of each period: a number, or unbounded; 0 is none.
      retention:
        hourly: %s
        daily: %s
        weekly: %s
        monthly: %s
        annual: %s
        # Those that a person asked for; they count apart from the others.
        manual: %s
        # Those that an agent asked for; they never take the place of others.
        agent: %s

      # Deleting old snapshots never leaves fewer good ones than this.
      minimum_keep: %s

      # A table that loses more than this part of its rows raises an alarm, if it had min_rows or more.
      guard:
        max_shrink_percent: %s
        min_rows: %s

      # Where copies go off this machine, one or several; docs/remotes.md says how to begin.
      # github: { repo: owner/name }              # a private repository, through gh
      # rclone: { remote: "b2:bucket/path" }      # whatever rclone reaches
      # directory: { path: /mnt/nas/wb, marker: .mounted }
    """
        .formatted(
            YamlText.scalar(directory(configDir, layout.dataRoot())),
            YamlText.scalar(layout.dbDir()),
            Defaults.CADENCE_MINUTES,
            profile ? PROFILE : DATABASES + databases(layout.databases()) + "\n",
            Defaults.COMPRESSION.word(),
            cap(retention.hourly()),
            cap(retention.daily()),
            cap(retention.weekly()),
            cap(retention.monthly()),
            cap(retention.annual()),
            cap(retention.manual()),
            cap(retention.agent()),
            retention.minimumKeep(),
            limits.maxShrinkPercent(),
            limits.minRows());
  }

  private static String databases(List<VitalDatabase> databases) {
    return databases.stream().map(ConfigTemplate::database).collect(Collectors.joining("\n"));
  }

  private static String database(VitalDatabase database) {
    String owner = database.owner();
    String path = "path: " + YamlText.scalar(database.path());
    String all = owner == null ? path : path + ", owner: " + YamlText.scalar(owner);
    return "    " + YamlText.scalar(database.name()) + ": { " + all + " }";
  }

  private static String cap(int cap) {
    return cap == RetentionSettings.UNBOUNDED ? "unbounded" : String.valueOf(cap);
  }

  private static String directory(Path configDir, Path dataRoot) {
    if (dataRoot.equals(configDir)) {
      return ".";
    }
    if (!dataRoot.startsWith(configDir)) {
      return dataRoot.toString();
    }
    String relative =
        StreamSupport.stream(configDir.relativize(dataRoot).spliterator(), false)
            .map(Path::toString)
            .collect(Collectors.joining("/"));
    return PathRules.isHomeShorthand(relative) ? "./" + relative : relative;
  }
}
