package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.schedule.InstalledJob;
import dev.workbuddy.backup.schedule.SchedulePlan;
import dev.workbuddy.backup.schedule.SidecarMark;
import dev.workbuddy.backup.schedule.SystemJobs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whatever takes snapshots without being asked: a job of the system, or a sidecar. */
final class RegularRuns {
  static final String ID = "schedule";
  static final Declaration DECLARATION =
      new Declaration(
          ID,
          "Snapshots by themselves",
          false,
          site -> Optional.of(new RegularRuns(site).declared()));

  private static final String INSTALL = "`wb-backup schedule install` has the system do it.";

  private final Site site;

  private RegularRuns(Site site) {
    this.site = site;
  }

  private Component declared() {
    return new Component(
        DECLARATION,
        site.features().of(ID),
        List.of(
            new Requirement(
                "regular-snapshots",
                "a job or a sidecar takes snapshots",
                this::taken,
                new Fixer.Programmatic(
                    "have the system take snapshots regularly", _ -> install()))),
        List.of(),
        List.of(Link.hard(Configuration.ID)));
  }

  private Finding taken() throws IOException, InterruptedException {
    Optional<SidecarMark> sidecar =
        SidecarMark.read(site.settings().backupsDir())
            .filter(mark -> mark.state(site.machine().host()) != ProcessIdentity.State.GONE);
    if (sidecar.isPresent()) {
      return Finding.ok("a sidecar has been running since " + sidecar.get().since());
    }
    Optional<InstalledJob> job = jobs().installed(site.now()).stream().findFirst();
    if (job.isPresent()) {
      String text = "%s: %s".formatted(job.get().by(), job.get().where());
      return job.get().state() == InstalledJob.State.INACTIVE
          ? Finding.warning(text + " is there, but does not run", INSTALL)
          : Finding.ok(text);
    }
    return Finding.warning(
        "no hourly job: neither the system nor a sidecar takes snapshots",
        INSTALL
            + " If something else runs `wb-backup now`, say so: `wb-backup doctor --prefer"
            + " schedule=unwanted`.");
  }

  private FixResult install() throws IOException, InterruptedException {
    SchedulePlan plan = jobs().install();
    return new FixResult(
        true,
        plan.by() + " takes snapshots from now on",
        plan.files().stream().map(file -> "wrote " + file.path()).toList());
  }

  private SystemJobs jobs() {
    return SystemJobs.of(site.machine().environment(), site.settings());
  }
}
