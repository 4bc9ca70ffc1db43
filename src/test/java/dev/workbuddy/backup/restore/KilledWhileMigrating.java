package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.LadderSource;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The program of a child process that restores and is killed by the very command that migrates the
 * staged database, halfway through. Argument: the site's directory.
 */
final class KilledWhileMigrating {
  private static final String MIGRATE =
      """
      import os, signal, sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      db.execute('DELETE FROM item')
      db.commit()
      os.kill(os.getppid(), signal.SIGKILL)
      """;

  private KilledWhileMigrating() {}

  public static void main(String[] args) throws IOException {
    LadderSource command = new LadderSource.Command(List.of("python3", "-c", MIGRATE, "{db}"), 9);
    Site site =
        Site.in(Path.of(args[0]))
            .with(new VitalDatabase("tasks", Site.TASKS.path(), null, command));
    site.restorer().run(Site.request("latest"), Progress.silent());
  }
}
