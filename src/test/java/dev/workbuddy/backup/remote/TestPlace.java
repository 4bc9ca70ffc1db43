package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A real place that a test owns: it makes remotes on it, and changes it behind their backs. */
public interface TestPlace extends AutoCloseable {

  /** A remote of a machine, reaching the place by a sound way. */
  Remote remote(RemoteContext context) throws Exception;

  /**
   * A remote whose way to the place breaks while a tarball is being sent.
   *
   * @param remote pushes of a snapshot of a few megabytes fail
   * @param progress what these pushes must be given
   * @param expected what they fail with
   */
  record Breaking(Remote remote, Progress progress, RemoteFault expected, Fired fired) {}

  /** Asks a scripted fault whether it came to happen. */
  @FunctionalInterface
  interface Fired {
    boolean yet();
  }

  /** Cuts the way in the midst of an upload. */
  Breaking breaking(RemoteContext context) throws Exception;

  /** Takes away what broke the way, where it is still there. */
  default void mend() throws Exception {}

  /** Has no room for a tarball of a few megabytes. */
  Breaking full(RemoteContext context) throws Exception;

  /** What becomes of a file. */
  @FunctionalInterface
  interface Change {
    void on(Path file) throws IOException;
  }

  /** Changes a file. */
  void change(RemoteSnapshot snapshot, String file, Change change) throws Exception;

  /** Changes some bytes of a file, not its size. */
  default void damage(RemoteSnapshot snapshot, String file) throws Exception {
    change(snapshot, file, content -> Databases.scribble(content, 100, 50));
  }

  /** Leaves half of a file. */
  default void cutShort(RemoteSnapshot snapshot, String file) throws Exception {
    change(
        snapshot,
        file,
        content -> {
          byte[] all = Files.readAllBytes(content);
          Files.write(content, Arrays.copyOf(all, all.length / 2));
        });
  }

  /** Takes a file away. */
  void lose(RemoteSnapshot snapshot, String file) throws Exception;

  /** Puts so many complete snapshots of a machine there, quickly. */
  void seed(String namespace, int count) throws Exception;

  /** Arguments from which {@link KilledPush} makes a remote on this place. */
  List<String> forOtherProcess() throws IOException;

  @Override
  void close() throws IOException;
}
