package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.Moment;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.schedule.InstalledJob;
import dev.workbuddy.backup.schedule.JobError;
import dev.workbuddy.backup.schedule.JobFiles;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.RegularJob;
import dev.workbuddy.backup.schedule.SchedulePlan;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import dev.workbuddy.backup.schedule.SystemJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The component that takes snapshots on schedule: a job of the system, or a sidecar. */
final class ScheduleComponent {
  static final String ID = "schedule";
  static final ComponentDefinition DECLARATION =
      new ComponentDefinition(
          ID,
          "Snapshots by themselves",
          false,
          context -> Optional.of(new ScheduleComponent(context).declared()));

  private static final String INSTALL = "`wb-backup schedule install` has the system do it.";

  private static final String ELSEWHERE =
      " If something else runs `wb-backup now`, say so: `wb-backup doctor --prefer"
          + " schedule=unwanted`.";

  /** No run of a job takes longer, unless something hangs. */
  private static final Duration LONG = Duration.ofHours(24);

  private static final String MEND =
      "Correct the file in sidecar_jobs/ (docs/formats.md has its keys), or delete it.";
  private static final String SEE_ALL = " `wb-backup schedule status` shows all jobs.";

  private final HealthContext context;

  private ScheduleComponent(HealthContext context) {
    this.context = context;
  }

  private Component declared() {
    return new Component(
        DECLARATION,
        context.features().of(ID),
        List.of(
            new Requirement(
                "regular-snapshots",
                "a job or a sidecar takes snapshots",
                this::taken,
                new Fixer.Programmatic(
                    "have the system take snapshots regularly", true, _ -> install()))),
        sidecar().isPresent()
            ? List.of(
                new Check("jobs of the sidecar", this::jobsGo), new Check("runs", this::runsCome))
            : List.of(new Check("runs", this::runsCome)),
        List.of(Link.hard(Configuration.ID)));
  }

  /**
   * A job that is there and from which no run comes, does not work, whatever its scheduler says.
   */
  private Finding runsCome() {
    return context
        .lastRun()
        .overdue(context.settings().cadence(), context.now())
        .filter(_ -> sidecar().filter(this::isYoung).isEmpty())
        .map(
            old ->
                Finding.warning(
                    "the last run is %s old: whatever should take snapshots does not"
                        .formatted(Ages.text(old)),
                    "`wb-backup schedule status` shows what is there; `wb-backup now` says what is"
                        + " wrong."))
        .orElseGet(() -> Finding.ok("they come"));
  }

  /** Whether it has not had the time for a run yet. */
  private boolean isYoung(SidecarPidFile pidFile) {
    return pidFile
        .since()
        .isAfter(context.now().minus(context.settings().cadence().multipliedBy(2)));
  }

  private Optional<SidecarPidFile> sidecar() {
    return SidecarPidFile.read(context.settings().backupsDir())
        .filter(pidFile -> pidFile.state(context.machine().host()) != ProcessIdentity.State.GONE);
  }

  /** How the sidecar's own jobs went; what it runs is known to itself alone. */
  private Finding jobsGo() {
    JobStates states = JobStates.read(context.settings().backupsDir());
    Stream<Finding> unusable =
        states.problems().stream()
            .map(problem -> Finding.warning("a job cannot be used: " + problem, MEND));
    Stream<Finding> failed =
        new TreeMap<>(states.jobs())
            .entrySet().stream()
                .filter(job -> job.getValue().hasFailed())
                .map(job -> failed(job.getKey(), job.getValue()));
    Stream<Finding> endless =
        new TreeMap<>(states.jobs())
            .entrySet().stream()
                .filter(job -> job.getValue().hasRunSince(context.now().minus(LONG)))
                .map(job -> endless(job.getKey(), job.getValue()));
    List<Finding> all = Stream.of(unusable, failed, endless).flatMap(Function.identity()).toList();
    if (all.isEmpty()) {
      return Finding.ok("%d, none in trouble".formatted(states.jobs().size()));
    }
    String more = all.size() > 1 ? "; and %d more".formatted(all.size() - 1) : "";
    return Finding.warning(all.getFirst().detail() + more, all.getFirst().next() + SEE_ALL);
  }

  private Finding failed(String name, JobState state) {
    Instant end = state.finishedAt();
    String age =
        end == null ? "" : ", %s ago".formatted(Ages.text(Duration.between(end, context.now())));
    JobError error = state.error();
    String ended = "the job %s ended with %s%s".formatted(name, state.status(), age);
    return error == null
        ? Finding.warning(ended, "Run what it does by hand: that says what is left undone.")
        : Finding.warning(ended + ": " + error.message(), error.hint());
  }

  private Finding endless(String name, JobState state) {
    Instant begun = Objects.requireNonNull(state.startedAt());
    return Finding.warning(
        "the job %s began %s ago and has not ended"
            .formatted(name, Ages.text(Duration.between(begun, context.now()))),
        "It is not begun again before it ends. If it hangs, start the sidecar again.");
  }

  private Finding taken() throws IOException, InterruptedException {
    Optional<SidecarPidFile> sidecar = sidecar();
    if (sidecar.isPresent()) {
      return Finding.ok("a sidecar has been running since " + Moment.text(sidecar.get().since()));
    }
    List<InstalledJob> installed = jobs().installed(context.now());
    return installed.isEmpty() ? nobody() : judge(installed);
  }

  private Finding judge(List<InstalledJob> installed) throws IOException, InterruptedException {
    String text =
        installed.stream()
            .map(job -> "%s: %s".formatted(job.by(), job.where()))
            .distinct()
            .collect(Collectors.joining("; "));
    List<RegularJob> missing = SystemJobs.missing(installed);
    if (missing.contains(RegularJob.SNAPSHOT)) {
      return nobody();
    }
    Optional<InstalledJob> idle =
        installed.stream().filter(job -> job.state() == InstalledJob.State.INACTIVE).findFirst();
    if (idle.isPresent()) {
      Finding asleep = Finding.warning(text + " is there, but does not run", idle.get().remedy());
      return idle.get().startsWhenInstalled() ? asleep : asleep.onlyByHand();
    }
    if (!ourFiles().isEmpty()) {
      return Finding.warning(
              "two would take snapshots: %s, and whoever runs %s (work-buddy's sidecar, or ours)"
                  .formatted(text, ourFiles().getFirst()),
              "Write `enabled: false` into that file; or `wb-backup schedule uninstall`.")
          .onlyByHand();
    }
    return missing.isEmpty()
        ? Finding.ok(text)
        : Finding.warning(
            text + "; but nothing rehearses a restore each week",
            "`wb-backup schedule install` adds that job.");
  }

  /** The job files that take snapshots and are switched on, whoever runs them. */
  private List<String> ourFiles() {
    Path configDir = context.settings().configDir();
    return Files.isDirectory(configDir.resolve(JobFiles.DIRECTORY))
        ? new JobFiles(
                configDir,
                ZoneId.systemDefault(),
                context.machine().host(),
                (_, _) -> Optional.empty())
            .read(context.settings().cadence()).jobs().stream()
                .filter(job -> job.enabled() && job.capability().equals("data_backup"))
                .map(job -> "%s/%s.md".formatted(JobFiles.DIRECTORY, job.name()))
                .toList()
        : List.of();
  }

  private Finding nobody() throws IOException, InterruptedException {
    String detail = "no hourly job: neither the system nor a sidecar takes snapshots";
    try {
      SchedulePlan _ = jobs().plan();
    } catch (BackupException noScheduler) {
      return Finding.warning(
              detail, Sentences.join(noScheduler.text(), noScheduler.hint() + ELSEWHERE))
          .onlyByHand();
    }
    return Finding.warning(detail, INSTALL + ELSEWHERE);
  }

  private FixResult install() throws IOException, InterruptedException {
    SchedulePlan plan = jobs().install();
    return new FixResult(
        true,
        plan.by() + " takes snapshots from now on",
        plan.files().stream().map(file -> "wrote " + file.path()).toList());
  }

  private SystemJobs jobs() {
    return SystemJobs.of(context.machine().environment(), context.settings());
  }
}
