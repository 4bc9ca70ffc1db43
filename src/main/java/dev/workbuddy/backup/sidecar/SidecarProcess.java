package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.NamedCalls;
import dev.workbuddy.backup.capability.Workspace;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.schedule.JobFiles;
import dev.workbuddy.backup.schedule.JobList;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import dev.workbuddy.backup.snapshot.DataRoot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one sidecar of a data root. Closing it abandons the jobs that run: what they leave is what a
 * run leaves that is killed, and the next one tidies it up.
 */
public final class SidecarProcess implements Closeable {
  private static final Duration GLANCE = Duration.ofSeconds(30);
  private static final long GRACE_SECONDS = 10;

  private final Workspace workspace;
  private final Path backupsDir;
  private final RunLock lock;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private volatile Settings settings;

  private SidecarProcess(Workspace workspace, Settings settings, RunLock lock) {
    this.workspace = workspace;
    this.backupsDir = settings.backupsDir();
    this.settings = settings;
    this.lock = lock;
  }

  /**
   * Becomes the sidecar.
   *
   * @throws BackupException {@code lock-held} where there is one already
   */
  public static SidecarProcess start(Workspace workspace) throws IOException {
    Settings settings = workspace.settings();
    Path backups = settings.backupsDir();
    DataRoot.prepare(settings);
    RunLock lock = RunLock.acquire(SidecarPidFile.lockFile(backups), "run the sidecar");
    SidecarProcess process = new SidecarProcess(workspace, settings, lock);
    new SidecarPidFile(
            ProcessIdentity.ofThisProcess(), workspace.host(), workspace.clock().instant())
        .write(backups);
    return process;
  }

  /**
   * Runs jobs until the thread is interrupted.
   *
   * @param lines takes what it logs
   * @param quiet whether that is only what is wrong
   */
  public void run(Consumer<String> lines, boolean quiet) throws InterruptedException {
    NamedCalls calls = new NamedCalls(Capabilities.in(workspace));
    JobFiles files =
        new JobFiles(workspace.configDirectory(), ZoneId.systemDefault(), workspace.host(), calls);
    new Sidecar(
            () -> jobs(files),
            memory(),
            new CapabilityRunner(calls),
            executor,
            workspace.clock(),
            workspace.waiting(),
            GLANCE,
            lines,
            quiet)
        .run();
  }

  /** As the configuration wants them; as it last did while it is broken. */
  private JobList jobs(JobFiles files) {
    try {
      settings = workspace.config().settings();
    } catch (BackupException broken) {
      // Each job says so when it runs.
    }
    return files.read(settings.cadence());
  }

  private JobMemory memory() {
    return new JobMemory() {
      @Override
      public JobStates read() {
        return JobStates.read(backupsDir);
      }

      @Override
      public Optional<String> write(JobStates states) throws IOException {
        return states.write(backupsDir);
      }
    };
  }

  @Override
  public void close() throws IOException {
    executor.shutdownNow();
    try {
      boolean _ = executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    SidecarPidFile.remove(backupsDir);
    lock.close();
  }
}
