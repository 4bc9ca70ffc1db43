package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Workspace;
import dev.workbuddy.backup.io.BackgroundThread;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.Printer;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.sqlite.SqliteVersion;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the command line finds around it.
 *
 * @param out where results go
 * @param err where errors, progress and questions go
 * @param person the answers of the person at the terminal; empty where there is none to ask
 * @param watched whether somebody watches {@code err} on a terminal
 * @param giveWay lets everybody else's work go first from now on
 */
record Environment(
    Map<String, String> variables,
    Path workingDirectory,
    InstantSource clock,
    Printer out,
    Printer err,
    Optional<BufferedReader> person,
    boolean watched,
    Runnable giveWay) {
  private static final StateFile KERNELS_NAME =
      new StateFile(Path.of("/proc/sys/kernel/hostname"), 1 << 12);

  /**
   * The one of this process.
   *
   * @param output where results go
   */
  static Environment ofProcess(StandardOutput output) {
    return new Environment(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        InstantSource.system(),
        new Printer(new PrintStream(new BufferedOutputStream(output), true, UTF_8)),
        new Printer(new PrintStream(System.err, true, UTF_8)),
        Terminal.canAsk()
            ? Optional.of(new BufferedReader(new InputStreamReader(System.in, UTF_8)))
            : Optional.empty(),
        Terminal.isWatched(),
        BackgroundThread::become);
  }

  Capabilities capabilities(@Nullable Path configDir) {
    return capabilities(variables, configDir);
  }

  /** For a scratch directory: nothing that is set for the real data may reach it. */
  Capabilities demoCapabilities(Path configDir) {
    return capabilities(Map.of(), configDir);
  }

  private Capabilities capabilities(Map<String, String> settings, @Nullable Path configDir) {
    return Capabilities.in(workspace(settings, configDir));
  }

  /** Where capabilities work. */
  Workspace workspace(@Nullable Path configDir) {
    return workspace(variables, configDir);
  }

  private Workspace workspace(Map<String, String> settings, @Nullable Path configDir) {
    return new Workspace(
        settings,
        workingDirectory,
        configDir,
        clock,
        Sleeper.real(),
        RandomGenerator.getDefault(),
        () -> new Manifest.Tool("wb-backup", Build.version(), SqliteVersion.linked()),
        hostName(),
        System.getProperty("user.name", "unknown"),
        DirectoryExchange::ofSystem,
        done -> err.println("wb-backup: " + done));
  }

  /**
   * Returns the kernel's name of this host, which needs no lookup; on other systems the one that
   * Java reports.
   */
  private static String hostName() {
    try {
      String name = new String(KERNELS_NAME.bytes(), UTF_8).strip();
      if (!name.isEmpty()) {
        return name;
      }
    } catch (IOException noLinux) {
      // Others tell below.
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException noName) {
      return "localhost";
    }
  }
}
