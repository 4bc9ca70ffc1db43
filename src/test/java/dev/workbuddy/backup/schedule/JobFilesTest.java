package dev.workbuddy.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JobFilesTest {
  private static final Instant NOON = Instant.parse("2026-05-06T12:00:00Z");

  @TempDir private Path directory;

  private JobList read(int cadenceMinutes) {
    JobCalls calls =
        new JobCalls() {
          @Override
          public Optional<String> problem(String capability, JsonNode params) {
            return List.of("data_backup", "data_drill").contains(capability) && !params.has("bad")
                ? Optional.empty()
                : Optional.of("cannot be called");
          }

          @Override
          public boolean isOurs(String capability) {
            return capability.startsWith("data_");
          }
        };
    return new JobFiles(directory, ZoneOffset.UTC, "laptop", calls)
        .read(Duration.ofMinutes(cadenceMinutes));
  }

  private void write(String name, String text) throws Exception {
    Path jobs = Files.createDirectories(directory.resolve("sidecar_jobs"));
    Files.writeString(jobs.resolve(name), text);
  }

  private static String file(String settings) {
    return "---\n" + settings + "\n---\nWhat it is for.\n";
  }

  @ParameterizedTest
  @CsvSource({
    "60, 2026-05-06T13:00:00Z",
    "15, 2026-05-06T12:15:00Z",
    "45, 2026-05-06T12:30:00Z",
    "90, 2026-05-06T13:00:00Z",
    "240, 2026-05-06T16:00:00Z",
    "525600, 2026-05-07T00:00:00Z"
  })
  void read_noDirectory_backsUpAtLeastAsOftenAsExpected(int cadence, Instant next) {
    JobList list = read(cadence);

    assertThat(list.problems()).isEmpty();
    Job job = list.jobs().getFirst();
    assertThat(job.name()).isEqualTo("data-backup");
    assertThat(job.capability()).isEqualTo("data_backup");
    assertThat(job.due(NOON)).hasValue(next);
  }

  @Test
  void read_noDirectory_rehearsesARestoreEachWeek() {
    JobList list = read(60);

    assertThat(list.problems()).isEmpty();
    assertThat(list.jobs()).extracting(Job::name).containsExactly("data-backup", "data-drill");
    Job drill = list.jobs().getLast();
    assertThat(drill.capability()).isEqualTo("data_drill");
    Instant first = drill.due(NOON).orElseThrow();
    assertThat(drill.due(first)).hasValue(first.plus(Duration.ofDays(7)));
  }

  @Test
  void read_emptyDirectory_hasNoJobs() throws Exception {
    Files.createDirectory(directory.resolve("sidecar_jobs"));
    assertThat(read(60)).isEqualTo(new JobList(List.of(), List.of()));
  }

  @Test
  void read_theShippedFileInPlace_isTheSameJob() throws Exception {
    write("data-backup.md", JobFiles.shippedText("data-backup.md"));
    JobList list = read(15);
    assertThat(list.problems()).isEmpty();
    assertThat(list.jobs().getFirst().schedule()).isEqualTo("0 * * * *");
  }

  @Test
  void read_everyKey_isUnderstood() throws Exception {
    write(
        "nightly.md",
        file(
            """
            schedule: "30 2 * * *"
            time_zone: Europe/Berlin
            recurring: false
            enabled: false
            type: capability
            capability: data_backup
            jitter: 600
            params:
              manual: true
              count: 3
              label: nightly\
            """));
    Job job = read(60).jobs().getFirst();
    assertThat(job.recurring()).isFalse();
    assertThat(job.enabled()).isFalse();
    assertThat(job.params().toString())
        .isEqualTo("{\"manual\":true,\"count\":3,\"label\":\"nightly\"}");
    Instant due = job.due(NOON).orElseThrow();
    Instant half = Instant.parse("2026-05-07T00:30:00Z");
    assertThat(due).isBetween(half, half.plusSeconds(600));
  }

  @Test
  void read_otherFiles_areNoJobs() throws Exception {
    write("README.md", "About the jobs.");
    write(".data-backup.md.swp.md", "an editor's");
    write("data-backup.md~", "an editor's");
    assertThat(read(60)).isEqualTo(new JobList(List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          schedule: 0 * * * *\\ncapability: data_backup\\nschedul: x      | bad.md:4: schedul: unknown key; did you mean schedule?
          schedule: 0 * * * *                                              | bad.md:2: capability: is missing
          capability: data_backup                                          | bad.md:2: schedule: is missing
          schedule: 0 0 31 2 *\\ncapability: data_backup                   | bad.md: schedule: 0 0 31 2 * is a date that never comes
          schedule: 0 * *\\ncapability: data_backup                        | bad.md: schedule: not a cron expression: Cron expression contains 3 parts but we expect one of [5]
          schedule: 0 * * * *\\ncapability: data_bakup                     | bad.md: cannot be called
          schedule: 0 * * * *\\ncapability: data_backup\\nparams: {bad: 1} | bad.md: cannot be called
          schedule: 0 * * * *\\ncapability: data_backup\\ntype: agent     | bad.md:4: type: must be capability, not "agent"
          schedule: 0 * * * *\\ncapability: data_backup\\nenabled: maybe   | bad.md:4: enabled: must be true or false, not "maybe"
          schedule: 0 * * * *\\ncapability: data_backup\\ntime_zone: Mars  | bad.md:4: time_zone: must be the name of a time zone, for example Europe/Berlin, not "Mars"
          """)
  void read_oneUnusable_isNamedAndTheOthersGoOn(String settings, String problem) throws Exception {
    write("bad.md", file(settings.strip().replace("\\n", "\n")));
    write("good.md", file("schedule: 0 * * * *\ncapability: data_backup"));

    JobList list = read(60);

    assertThat(list.problems()).containsExactly(problem);
    assertThat(list.jobs()).extracting(Job::name).containsExactly("good");
  }

  @Test
  void read_frontMatterBroken_isNamed() throws Exception {
    write("a.md", "no front matter");
    write("b.md", "---\nschedule: x\n");
    write("c.md", file("schedule: * * * * *"));
    write("d.md", "");
    Files.write(directory.resolve("sidecar_jobs/e.md"), new byte[] {'-', (byte) 0xff});
    Files.createDirectory(directory.resolve("sidecar_jobs/f.md"));

    JobList list = read(60);

    assertThat(list.jobs()).isEmpty();
    assertThat(list.problems()).hasSize(6);
    assertThat(list.problems().getFirst()).startsWith("a.md:1: must begin with a line ---");
    assertThat(list.problems().get(1)).isEqualTo("b.md:1: a second line --- must end the settings");
    assertThat(list.problems().get(2)).startsWith("c.md:2: not valid YAML");
    assertThat(list.problems().get(4)).contains("not UTF-8");
    assertThat(list.problems().get(5)).contains("is a directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule: '0 3 * * *'\ntype: capability\ncapability: vault_recon\nspawn_mode: x\nodd: 1",
        "schedule: '0 3 * * *'\ntype: workflow\nworkflow: task-briefing",
        "schedule: '0 3 * * *'\ntype: prompt\nspawn_mode: headless_ephemeral",
        "type: capability\ncapability: index_build\nparams: { source: docs }",
      })
  void read_jobOfAnotherProgram_isNeitherAJobNorAProblem(String settings) throws Exception {
    write("other.md", file(settings));
    write("data-backup.md", file("schedule: '0 * * * *'\ncapability: data_backup"));

    JobList list = read(60);

    assertThat(list.problems()).isEmpty();
    assertThat(list.jobs()).extracting(Job::name).containsExactly("data-backup");
  }

  @Test
  void read_ourCapabilityMisspelled_isStillAProblem() throws Exception {
    write("data-backup.md", file("schedule: '0 * * * *'\ncapability: data_bakup"));
    assertThat(read(60).problems()).hasSize(1);
  }

  @Test
  void read_jobFileOfTheOriginal_isOursWithItsJitter() throws Exception {
    String settings =
        """
        schedule: "0 * * * *"
        recurring: true
        type: capability
        capability: data_backup
        params: {}
        jitter_seconds: %d
        spawn_mode: headless_ephemeral
        allow_demotion: false\
        """;
    write("data-backup.md", file(settings.formatted(0)));
    assertThat(read(60).jobs().getFirst().due(NOON)).hasValue(NOON.plusSeconds(3600));
    write("data-backup.md", file(settings.formatted(600)));

    JobList jittered = read(60);

    assertThat(jittered.problems()).isEmpty();
    Instant due = jittered.jobs().getFirst().due(NOON).orElseThrow();
    assertThat(due).as("later than twelve").isBetween(NOON.plusSeconds(1), NOON.plusSeconds(600));
    assertThat(read(60).jobs().getFirst().due(NOON)).as("the same each time").hasValue(due);
  }
}
