package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.testing.SuddenDeath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The program of a child process that kills itself when a certain step of its work begins. */
final class KilledAtStep implements Progress {
  /** What the process does. */
  enum Work {
    RESTORE,
    ROLL_BACK,
    RECOVER
  }

  /** How it dies. */
  enum Death {
    HALT(86),
    KILL_9(137);

    final int exitCode;

    Death(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private static final Instant NOON = Instant.parse("2026-05-12T12:00:00Z");

  private final int last;
  private final Death death;
  private int steps;

  private KilledAtStep(int last, Death death) {
    this.last = last;
    this.death = death;
  }

  /**
   * Arguments: the site's directory, the work, whether to exchange, the step's number, the death.
   */
  public static void main(String[] args) throws IOException {
    Site site = Site.in(Path.of(args[0]), Site.DATABASES, NOON);
    Optional<DirectoryExchange> exchange =
        Boolean.parseBoolean(args[2]) ? DirectoryExchange.ofSystem() : Optional.empty();
    Progress progress = new KilledAtStep(Integer.parseInt(args[3]), Death.valueOf(args[4]));
    switch (Work.valueOf(args[1])) {
      case RESTORE -> site.restorer(exchange).run(Site.request("latest"), progress);
      case ROLL_BACK -> site.rollBack(exchange, progress);
      case RECOVER -> site.cutShort().recover(progress);
    }
  }

  @Override
  public void step(String what) {
    steps++;
    if (steps == last) {
      System.out.println(what);
      System.out.flush();
      switch (death) {
        case HALT -> Runtime.getRuntime().halt(death.exitCode);
        case KILL_9 -> SuddenDeath.now();
      }
    }
  }

  @Override
  public void advance(long done, long total) {}
}
