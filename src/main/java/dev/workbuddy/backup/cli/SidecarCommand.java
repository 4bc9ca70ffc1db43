package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.sidecar.SidecarProcess;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "sidecar",
    description = {
      "Run as a daemon and execute the jobs of sidecar_jobs/*.md on schedule; without that"
          + " directory, take a snapshot once a cadence and rehearse a restore each week.",
      "It logs to standard error and runs until it is stopped (Ctrl-C, SIGTERM)."
    })
final class SidecarCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Override
  public Integer call() throws Exception {
    Environment environment = root.environment();
    environment.giveWay().run();
    SidecarProcess sidecar = SidecarProcess.start(root.workspace());
    Thread looking = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            Boundary.atShutdown(() -> close(sidecar, looking), environment.err()::println));
    try {
      sidecar.run(environment.err()::println, root.quiet());
    } catch (InterruptedException asked) {
      // The hook tidies up.
    }
    return Status.INTERRUPTED.exitCode();
  }

  private void close(SidecarProcess sidecar, Thread looking) {
    looking.interrupt();
    try {
      sidecar.close();
    } catch (IOException e) {
      root.environment().err().println("wb-backup: " + e.getMessage());
    }
  }
}
