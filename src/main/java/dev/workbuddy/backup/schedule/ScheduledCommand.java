package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the system is to start regularly.
 *
 * @param job what it is for
 * @param id tells jobs and configurations apart; letters, digits and dashes
 * @param words the program, absolute, and its arguments
 * @param environment the variables that it needs, sorted by name
 * @param configDir the configuration that it is for
 * @param owner who owns the configuration, and whom the job runs as where root installs it; null
 *     where the system does not say
 * @param moments when it runs
 */
record ScheduledCommand(
    RegularJob job,
    String id,
    List<String> words,
    SequencedMap<String, String> environment,
    Path configDir,
    @Nullable String owner,
    CalendarTimes moments) {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  /** Where programs are, which data is meant, and where gh, rclone and Java find their own. */
  private static final List<String> VARIABLES =
      List.of(
          "PATH",
          "JAVA_HOME",
          "WB_BACKUP_JAVA_HOME",
          "WORK_BUDDY_DATA_DIR",
          "GH_CONFIG_DIR",
          "RCLONE_CONFIG",
          "XDG_CONFIG_HOME",
          "LANG",
          "LC_ALL");

  /**
   * The command of a job for a configuration.
   *
   * @param launcher the words that start this program
   * @param dataDir what stands in for a relative {@code WORK_BUDDY_DATA_DIR}; null where it is
   *     unset
   */
  static ScheduledCommand of(
      RegularJob job,
      List<String> launcher,
      Map<String, String> environment,
      Path configDir,
      @Nullable Path dataDir,
      @Nullable String owner,
      Duration cadence) {
    List<String> words = new ArrayList<>(launcher);
    words.addAll(job.words());
    words.addAll(List.of("--config-dir", configDir.toString()));
    SequencedMap<String, String> needed = new TreeMap<>();
    VARIABLES.stream()
        .filter(name -> !environment.getOrDefault(name, "").isEmpty())
        .forEach(name -> needed.put(name, environment.getOrDefault(name, "")));
    if (dataDir != null) {
      needed.put("WORK_BUDDY_DATA_DIR", dataDir.toString());
    }
    words.forEach(ScheduledCommand::requirePlain);
    needed.values().forEach(ScheduledCommand::requirePlain);
    int hash = configDir.toString().hashCode();
    return new ScheduledCommand(
        job,
        slug(configDir) + "-%08x".formatted(hash) + job.suffix(),
        List.copyOf(words),
        needed,
        configDir,
        owner,
        job.moments(cadence, Math.floorMod(hash, 60)));
  }

  private static String slug(Path directory) {
    String name = String.valueOf(directory.getFileName()).toLowerCase(Locale.ROOT);
    String plain = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return "wb-backup"
        + (plain.isEmpty() ? "" : "-" + plain.substring(0, Math.min(30, plain.length())));
  }

  private static void requirePlain(String word) {
    if (CONTROL.matcher(word).find()) {
      throw new BackupException(
          ErrorCode.USAGE,
          "cannot schedule snapshots: a path or variable has a control character in it: "
              + SafeText.line(word),
          "Rename it.");
    }
  }
}
