package dev.workbuddy.backup.health.control;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each capability leans on; one that is not named leans on the configuration alone. */
final class CapabilityNeeds {
  private static final Need CONFIGURATION = Need.hard("component:configuration");
  private static final Need DATA_ROOT = Need.hard("requirement:data-root-writable");
  private static final Need DATABASES = Need.hard("requirement:databases-found");
  private static final Need ROOM = Need.hard("requirement:enough-space");
  private static final String LOCAL_GOES_ON = "the snapshot on this machine is still taken";

  /** They are there to mend what others lean on. */
  private static final Set<String> INDEPENDENT =
      Set.of("config_init", "config_show", "data_health", "data_health_fix", "data_health_prefer");

  private static final Map<String, List<Need>> OTHERS =
      Map.of(
          "data_backup",
          List.of(
              CONFIGURATION,
              DATA_ROOT,
              DATABASES,
              ROOM,
              Need.soft("component:github_backups", LOCAL_GOES_ON),
              Need.soft("component:rclone_backups", LOCAL_GOES_ON),
              Need.soft("component:directory_backups", LOCAL_GOES_ON)),
          "data_restore",
          List.of(
              Need.soft("component:configuration", "with --from a new machine needs none"),
              Need.soft("component:github_backups", "snapshots on this machine are restored")),
          "data_prune",
          List.of(CONFIGURATION, DATA_ROOT),
          "migrate_run",
          List.of(CONFIGURATION, DATA_ROOT, DATABASES, ROOM));

  private CapabilityNeeds() {}

  static List<Need> of(String capability) {
    if (INDEPENDENT.contains(capability)) {
      return List.of();
    }
    return OTHERS.getOrDefault(capability, List.of(CONFIGURATION));
  }
}
