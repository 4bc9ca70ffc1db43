package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.commands;
import static dev.workbuddy.backup.config.ValueType.integer;
import static dev.workbuddy.backup.config.ValueType.text;
import static dev.workbuddy.backup.config.ValueType.webAddress;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys for those who learn of runs. */
final class SignalReader {
  private static final int SECONDS_PER_DAY = 86_400;

  private final Path configDir;
  private final Path live;

  SignalReader(Path configDir, Path live) {
    this.configDir = configDir;
    this.live = live;
  }

  SignalSettings read(Section backups) {
    return new SignalSettings(
        hooks(backups.section("hooks")), ping(backups).orElse(null), metrics(backups).orElse(null));
  }

  private static HookSettings hooks(Section hooks) {
    Map<Hook, List<List<String>>> found = new EnumMap<>(Hook.class);
    for (Hook hook : Hook.values()) {
      hooks.find(hook.word(), commands()).ifPresent(commands -> found.put(hook, commands));
    }
    int seconds =
        hooks.get("time_limit_seconds", integer(1, SECONDS_PER_DAY), Defaults.HOOK_SECONDS);
    return new HookSettings(found, Duration.ofSeconds(seconds));
  }

  private static Optional<PingAddress> ping(Section backups) {
    Optional<String> text = backups.find("ping_url", webAddress());
    try {
      if (text.isPresent()) {
        URI uri = new URI(text.get());
        if (uri.getHost() == null || uri.getRawFragment() != null) {
          backups.problem("ping_url", "must name a host, and have no fragment");
          return Optional.empty();
        }
        return Optional.of(new PingAddress(uri));
      }
    } catch (URISyntaxException e) {
      backups.problem("ping_url", "is not a web address:  " + e.getReason());
    }
    return Optional.empty();
  }

  private Optional<Path> metrics(Section backups) {
    Optional<Path> file =
        backups
            .find("metrics_file", text(PathRules::directory))
            .map(path -> configDir.resolve(path).normalize());
    if (file.filter(path -> path.startsWith(live)).isPresent()) {
      backups.problem(
          "metrics_file", "must not be in the live directory, which a restore replaces");
    }
    if (file.filter(path -> !path.toString().endsWith(".prom")).isPresent()) {
      backups.problem("metrics_file", "must end in .prom: node_exporter reads no others");
    }
    return file;
  }
}
