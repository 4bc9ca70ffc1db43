package dev.workbuddy.backup.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.NamedCalls;
import dev.workbuddy.backup.capability.Workspace;
import dev.workbuddy.backup.schedule.JobError;
import dev.workbuddy.backup.schedule.JobFiles;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody edits the configuration by hand while the sidecar runs. */
class BrokenConfigurationTest {
  @TempDir private Path directory;
  private final ObedientClock clock = new ObedientClock("2026-01-01T00:30:00Z");
  private final Map<String, JobState> states = new HashMap<>();
  private final List<String> log = new ArrayList<>();

  @Test
  void look_configurationBrokenAndMended_failsWithTheReasonAndGoesOn() throws Exception {
    lay();
    Sidecar sidecar = sidecar();
    assertThat(runAt(sidecar, "2026-01-01T01:00:00Z").status()).isEqualTo("done");

    Path local = Files.writeString(directory.resolve("config.local.yaml"), "backups: {\n");
    JobState broken = runAt(sidecar, "2026-01-01T02:00:00Z");
    assertThat(broken.status()).isEqualTo("usage");
    JobError error = Objects.requireNonNull(broken.error());
    assertThat(error.code()).isEqualTo("config-invalid");
    assertThat(error.message()).contains("config.local.yaml:");
    assertThat(log.getLast()).contains("data-backup: usage").contains("Edit ");

    Files.delete(local);
    assertThat(runAt(sidecar, "2026-01-01T03:00:00Z").status()).isEqualTo("done");
  }

  private void lay() throws Exception {
    Path db = Files.createDirectories(directory.resolve(".data/db"));
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + db.resolve("a.db"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (x)");
    }
    Files.writeString(
        directory.resolve("config.yaml"), "backups: { databases: { a: { path: a.db } } }\n");
  }

  private JobState runAt(Sidecar sidecar, String moment) {
    sidecar.look();
    clock.moveTo(moment);
    sidecar.look();
    return Objects.requireNonNull(states.get("data-backup"));
  }

  private Sidecar sidecar() {
    Workspace workspace =
        new Workspace(
            Map.of(),
            directory,
            null,
            clock,
            clock,
            new Random(1),
            () -> new Manifest.Tool("wb-backup", "0", "3"),
            "laptop",
            "me",
            Optional::empty,
            _ -> {});
    NamedCalls calls = new NamedCalls(Capabilities.in(workspace));
    JobFiles files = new JobFiles(directory, ZoneOffset.UTC, "laptop", calls);
    return new Sidecar(
        () -> files.read(Duration.ofHours(1)),
        memory(),
        new CapabilityRunner(calls),
        Runnable::run,
        clock,
        clock,
        Duration.ofSeconds(30),
        log::add,
        false);
  }

  private JobMemory memory() {
    return new JobMemory() {
      @Override
      public JobStates read() {
        return new JobStates(Map.of(), List.of());
      }

      @Override
      public Optional<String> write(JobStates now) throws IOException {
        states.putAll(now.jobs());
        return Optional.empty();
      }
    };
  }
}
