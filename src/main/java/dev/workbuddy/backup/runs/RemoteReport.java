package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.remote.RemoteFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one remote in a run.
 *
 * @param name the remote's
 * @param status {@code done}, {@code failed}, or {@code busy} where another run is pushing
 * @param fault the kind of what failed; null where nothing did
 * @param detail in words, for people
 * @param hint what the user can do; empty where nothing failed
 * @param pushed the ids that it was proven to hold, in the order of pushing
 * @param waiting how many more of this machine's snapshots it should hold and does not
 * @param swept the ids that retention removed from it
 * @param bytes how much was sent
 */
public record RemoteReport(
    String name,
    String status,
    @Nullable RemoteFault fault,
    String detail,
    String hint,
    List<String> pushed,
    int waiting,
    List<String> swept,
    long bytes,
    long millis) {
  public static final String DONE = "done";
  public static final String FAILED = "failed";
  public static final String BUSY = "busy";

  public RemoteReport {
    pushed = List.copyOf(pushed);
    swept = List.copyOf(swept);
  }

  public boolean isDone() {
    return status.equals(DONE);
  }
}
