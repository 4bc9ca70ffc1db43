package dev.workbuddy.backup.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.ConfigLoader;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import dev.workbuddy.backup.testing.github.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A {@code gh} that never answers, and what else goes wrong while something is looked at. */
@Timeout(60)
class HangingGhTest {
  @TempDir private Path directory;
  private final ObedientClock clock = new ObedientClock("2026-03-04T06:00:00Z");

  private Health health(GithubStandIn github) throws Exception {
    Files.writeString(directory.resolve("config.yaml"), "paths: { data_root: . }");
    Map<String, String> environment =
        new HashMap<>(github.environment(directory.resolve("home"), "ghp_alice"));
    environment.put("PATH", System.getenv("PATH"));
    return new Health(
        () -> new ConfigLoader(Map.of(), directory).load(null),
        directory,
        new Machine(environment, "host", clock, clock, new Random(1)),
        Duration.ofSeconds(2));
  }

  private static Finding login(HealthReport report) {
    return report.components().stream()
        .flatMap(component -> component.requirements().stream())
        .filter(requirement -> requirement.id().equals("gh-authenticated"))
        .findFirst()
        .orElseThrow()
        .finding();
  }

  @Test
  void look_ghHangsForEver_isUnknownAndNotRememberedAsGood() throws Exception {
    Tools.require("gh");
    try (GithubStandIn github =
        GithubStandIn.start(Files.createDirectory(directory.resolve("github")), clock)) {
      github.world().person("alice", "ghp_alice");
      github.faults().next(Operation.READ_USER, new Fault.HangAfter(() -> {}));
      Health health = health(github);

      Finding hanging = login(health.look(true));
      Finding answered = login(health.look(true));

      assertThat(hanging.condition()).isEqualTo(Condition.UNKNOWN);
      assertThat(hanging.detail()).contains("no answer within 2 seconds");
      assertThat(answered).isEqualTo(Finding.ok("as alice"));
    }
  }

  @Test
  void look_probeThrows_isUnknown() throws Exception {
    Finding finding =
        new ProbeTimeout(Duration.ofSeconds(5))
            .look(
                () -> {
                  throw new IllegalStateException("out of order");
                });

    assertThat(finding.condition()).isEqualTo(Condition.UNKNOWN);
    assertThat(finding.detail()).contains("out of order");
  }
}
