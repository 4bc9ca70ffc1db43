package dev.workbuddy.backup.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workbuddy.backup.capability.schema.ParameterSchema;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.ObedientClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What every call of every capability does is written here once more, by hand: a new capability, a
 * new parameter, or one that does something else than before fails until somebody has thought about
 * who may call it.
 */
class EffectsTest {
  private static final String ID = "\"snapshot_id\": \"latest\"";

  /** Each capability's calls, and what each does. */
  private static final Map<String, Map<String, Effect>> CALLS =
      Map.ofEntries(
          Map.entry("data_backup", Map.of("", Effect.CHANGES, "\"manual\": true", Effect.CHANGES)),
          Map.entry(
              "data_backup_list",
              Map.of(
                  "", Effect.READS,
                  "\"from\": \"directory:/mnt/known\"", Effect.READS,
                  "\"from\": \"github:evil/place\"", Effect.POINTS)),
          Map.entry("data_backup_show", Map.of(ID, Effect.READS)),
          Map.entry("data_verify", Map.of("", Effect.READS)),
          Map.entry(
              "data_restore",
              Map.of(
                  ID,
                  Effect.DESTROYS,
                  ID + ", \"force\": true",
                  Effect.DESTROYS,
                  ID + ", \"to\": \"/tmp/new\"",
                  Effect.POINTS,
                  ID + ", \"dry_run\": true",
                  Effect.READS,
                  ID + ", \"dry_run\": true, \"from\": \"directory:/mnt/known\"",
                  Effect.CHANGES,
                  ID + ", \"dry_run\": true, \"from\": \"directory:/evil\"",
                  Effect.POINTS,
                  ID + ", \"from\": \"directory:/evil\"",
                  Effect.DESTROYS)),
          Map.entry(
              "data_rollback", Map.of("", Effect.DESTROYS, "\"dry_run\": true", Effect.READS)),
          Map.entry(
              "data_take_over",
              Map.of(
                  "\"snapshot_id\": \"x\"",
                  Effect.WEAKENS,
                  "\"snapshot_id\": \"x\", \"dry_run\": true",
                  Effect.READS,
                  "\"apart\": true",
                  Effect.WEAKENS)),
          Map.entry(
              "data_hold",
              Map.of(
                  ID,
                  Effect.CHANGES,
                  ID + ", \"reason\": \"x\"",
                  Effect.CHANGES,
                  ID + ", \"release\": true",
                  Effect.WEAKENS,
                  ID + ", \"release\": true, \"dry_run\": true",
                  Effect.READS)),
          Map.entry("data_push", Map.of("", Effect.CHANGES, ID, Effect.CHANGES)),
          Map.entry(
              "data_pull",
              Map.of(
                  ID,
                  Effect.CHANGES,
                  ID + ", \"from\": \"directory:/mnt/known\"",
                  Effect.CHANGES,
                  ID + ", \"from\": \"directory:/evil\"",
                  Effect.POINTS)),
          Map.entry(
              "data_prune",
              Map.of(
                  "", Effect.DESTROYS,
                  "\"local_only\": true", Effect.DESTROYS,
                  "\"dry_run\": true", Effect.READS)),
          Map.entry("data_diff", Map.of("\"before\": \"latest\"", Effect.READS)),
          Map.entry(
              "data_query",
              Map.of(ID + ", \"database\": \"notes\", \"sql\": \"SELECT 1\"", Effect.READS)),
          Map.entry(
              "data_rescue", Map.of(ID, Effect.READS, ID + ", \"apply\": true", Effect.DESTROYS)),
          Map.entry(
              "data_drill",
              Map.of(
                  "", Effect.CHANGES,
                  "\"local\": true", Effect.CHANGES,
                  "\"from\": \"github:evil/place\"", Effect.POINTS)),
          Map.entry("data_alarms", Map.of("", Effect.READS)),
          Map.entry(
              "data_alarms_ack",
              Map.of(
                  "\"all\": true, \"why\": \"x\"", Effect.WEAKENS,
                  "\"all\": true, \"why\": \"x\", \"keep_hold\": true", Effect.WEAKENS,
                  "\"all\": true, \"why\": \"x\", \"dry_run\": true", Effect.READS)),
          Map.entry("data_last_run", Map.of("", Effect.READS)),
          Map.entry("data_runs", Map.of("", Effect.READS)),
          Map.entry("data_health", Map.of("", Effect.READS, "\"refresh\": true", Effect.READS)),
          Map.entry(
              "data_health_fix",
              Map.of(
                  "\"requirement\": \"repo-configured\", \"input\": {\"repo\": \"evil/place\"}",
                  Effect.POINTS,
                  "\"requirement\": \"configuration-written\"",
                  Effect.POINTS,
                  "\"requirement\": \"regular-snapshots\"",
                  Effect.POINTS,
                  "\"requirement\": \"regular-snapshots\", \"dry_run\": true",
                  Effect.READS,
                  "\"requirement\": \"restore-rehearsed\"",
                  Effect.CHANGES,
                  "\"requirement\": \"no-such-thing\"",
                  Effect.CHANGES)),
          Map.entry(
              "data_health_prefer",
              Map.of(
                  "\"component\": \"schedule\", \"choice\": \"unwanted\"",
                  Effect.WEAKENS,
                  "\"component\": \"schedule\", \"choice\": \"undecided\"",
                  Effect.WEAKENS,
                  "\"component\": \"github_backups\", \"choice\": \"wanted\"",
                  Effect.POINTS,
                  "\"component\": \"schedule\", \"choice\": \"wanted\", \"dry_run\": true",
                  Effect.READS)),
          Map.entry("migrate_status", Map.of("", Effect.READS)),
          Map.entry(
              "migrate_run",
              Map.of(
                  "", Effect.DESTROYS,
                  "\"snapshot\": false", Effect.DESTROYS,
                  "\"dry_run\": true", Effect.READS)),
          Map.entry(
              "migrate_new", Map.of("\"name\": \"x\", \"database\": \"notes\"", Effect.CHANGES)),
          Map.entry(
              "data_schedule_install",
              Map.of("", Effect.DESTROYS, "\"dry_run\": true", Effect.READS)),
          Map.entry("data_schedule_status", Map.of("", Effect.READS)),
          Map.entry(
              "data_schedule_uninstall",
              Map.of("", Effect.WEAKENS, "\"dry_run\": true", Effect.READS)),
          Map.entry("config_show", Map.of("", Effect.READS)),
          Map.entry(
              "config_init",
              Map.of(
                  "", Effect.POINTS,
                  "\"directory\": \"/home\"", Effect.POINTS,
                  "\"dry_run\": true", Effect.READS)));

  /**
   * The parameters that become a path, a place or a program's argument, and what keeps an agent
   * from choosing it; all others are numbers, choices, or names that are looked up among what is
   * there.
   */
  private static final Map<String, String> PLACES =
      Map.ofEntries(
          Map.entry("data_restore.to", "asks first"),
          Map.entry("data_restore.from", "a configured remote, else a person's terminal"),
          Map.entry("data_backup_list.from", "a configured remote, else a person's terminal"),
          Map.entry("data_pull.from", "a configured remote, else a person's terminal"),
          Map.entry("data_drill.from", "a configured remote, else a person's terminal"),
          Map.entry("data_health_fix.input", "asks first"),
          Map.entry("config_init.directory", "asks first"),
          Map.entry("migrate_new.name", "letters and digits of it, below the migrations"));

  /** Every other parameter. */
  private static final Set<String> HARMLESS =
      Set.of(
          "all",
          "alarm_id",
          "also",
          "acknowledged",
          "after",
          "apart",
          "apply",
          "batch",
          "before",
          "choice",
          "component",
          "database",
          "databases",
          "dry_run",
          "force",
          "include_changed",
          "keep_hold",
          "keyless",
          "label",
          "limit",
          "no_migrate",
          "local",
          "local_only",
          "or_local",
          "manual",
          "neighbours",
          "older_than",
          "only",
          "overwrite",
          "push",
          "reason",
          "recreate",
          "refresh",
          "release",
          "remote",
          "requirement",
          "rows",
          "snapshot",
          "snapshot_id",
          "sql",
          "tables",
          "timeout_seconds",
          "triggers",
          "versions",
          "where",
          "why");

  @TempDir private Path directory;
  private Capabilities capabilities;

  static Stream<String> names() {
    return Workspaces.anywhere().all().stream().map(Capability::name);
  }

  @BeforeEach
  void configure() throws Exception {
    ObedientClock clock = new ObedientClock("2026-03-04T05:06:07Z");
    capabilities = Workspaces.in(directory, clock, clock);
    Files.writeString(
        directory.resolve("config.yaml"),
        """
        backups:
          databases: { notes: { path: notes.db } }
          directory: { path: /mnt/known }
        """);
  }

  private Capability<?, ?> find(String name) {
    return capabilities.all().stream().filter(each -> each.name().equals(name)).findFirst().get();
  }

  private static <P extends Record> Effect effect(Capability<P, ?> capability, String arguments) {
    JsonNode given = Json.parse(("{" + arguments + "}").getBytes(StandardCharsets.UTF_8));
    return capability.effectOf(capability.read(given));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCall_doesWhatIsWrittenHere(String name) {
    Map<String, Effect> calls = Objects.requireNonNull(CALLS.get(name), name + " is new");
    Capability<?, ?> capability = find(name);
    Map<String, Effect> found = new TreeMap<>();
    calls.keySet().forEach(call -> found.put(call, effect(capability, call)));
    assertThat(found).isEqualTo(new TreeMap<>(calls));
    assertThat(calls.values()).contains(capability.effect());
  }

  @Test
  void everyParameter_isKnownAsHarmlessOrAsAPlace() {
    Set<String> unknown = new TreeSet<>();
    for (Capability<?, ?> capability : capabilities.all()) {
      ParameterSchema.of(capability.parameters()).get("properties").propertyNames().stream()
          .filter(each -> !PLACES.containsKey(capability.name() + "." + each))
          .filter(each -> !HARMLESS.contains(each))
          .forEach(each -> unknown.add(capability.name() + "." + each));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void diffOutput_isNoParameterOfDocuments() {
    assertThat(Json.line(ParameterSchema.of(DataDiff.Parameters.class))).doesNotContain("output");
    assertThat(
            catchThrowable(
                () ->
                    effect(
                        find("data_diff"),
                        "\"before\": \"latest\", \"output\": \"/root/.profile\"")))
        .hasMessageContaining("no parameter 'output'");
  }

  @ParameterizedTest
  @MethodSource("names")
  void jobsOfTheSidecar_areRefusedWhateverIsGuarded(String name) {
    NamedCalls jobs = new NamedCalls(capabilities);
    Objects.requireNonNull(CALLS.get(name))
        .forEach(
            (call, effect) ->
                assertThat(
                        jobs.problem(
                                name,
                                Json.parse(("{" + call + "}").getBytes(StandardCharsets.UTF_8)))
                            .isPresent())
                    .as(name + " " + call)
                    .isEqualTo(effect.isGuarded()));
  }

  @Test
  void everyDestroyingOrWeakeningCapability_isRehearsed() {
    List<String> bare =
        capabilities.all().stream()
            .filter(each -> each.effect().compareTo(Effect.POINTS) > 0)
            .filter(each -> each.rehearsal() == null)
            .map(Capability::name)
            .toList();
    assertThat(bare).isEmpty();
  }
}
