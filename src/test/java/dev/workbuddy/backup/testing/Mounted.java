package dev.workbuddy.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Something mounted until it is closed. Only an administrator can do that. */
@NullMarked
public final class Mounted implements AutoCloseable {
  private final Undo undo;
  private final long pid;

  private interface Undo {
    void run() throws IOException;
  }

  private Mounted(Undo undo, long pid) {
    this.undo = undo;
    this.pid = pid;
  }

  /** Shows a file or directory under another name, which exists. */
  public static Mounted bind(Path shown, Path at) throws IOException {
    return mounted(at, "--bind", shown.toString());
  }

  /** An empty disk, for a moment, on a directory that exists. */
  public static Mounted tmpfs(Path at) throws IOException {
    return mounted(at, "-t", "tmpfs", "-o", "size=8m", "tmpfs");
  }

  private static Mounted mounted(Path at, String... what) throws IOException {
    Tools.require("mount", "umount");
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(what));
    command.add(at.toString());
    Process mount = new ProcessBuilder(command).start();
    Tools.requirePermission(
        mount.onExit().join().exitValue() == 0, "this test may not mount anything");
    return new Mounted(
        () -> Tools.run(at.resolveSibling("."), List.of("umount", at.toString())),
        ProcessHandle.current().pid());
  }

  /** Lets nobody write in a directory, not even an administrator. */
  public static Mounted readOnly(Path directory) throws IOException {
    Mounted mounted = bind(directory, directory);
    Tools.run(
        directory.resolveSibling("."),
        List.of("mount", "-o", "remount,bind,ro", directory.toString()));
    return mounted;
  }

  /**
   * A process that sees mounts of its own, as those in containers do.
   *
   * @param script for {@code sh}, with the arguments as {@code $1} and so on; it says {@code ready}
   *     and then reads until nothing more comes
   */
  public static Mounted inAnotherNamespace(String script, Path... arguments) throws IOException {
    Tools.require("unshare", "mount");
    List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", script, "sh"));
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader();
    String said = output.readLine();
    Tools.requirePermission("ready".equals(said), "this test may not mount anything: " + said);
    return new Mounted(
        () -> {
          process.getOutputStream().close();
          assertThat(process.onExit().join().exitValue()).isZero();
        },
        process.pid());
  }

  /** Of the process that sees it. */
  public long pid() {
    return pid;
  }

  @Override
  public void close() throws IOException {
    undo.run();
  }
}
