package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.outcome.RemoteFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one remote in a run.
 *
 * @param name the remote's
 * @param status {@code done}, {@code failed}, {@code unswept} where all was pushed and retention
 *     could not be kept to, {@code busy} where another run is pushing, or {@code skipped} where
 *     nothing was tried: the user does not want it, or this machine is not set up for it
 * @param fault the kind of what failed; null where nothing did
 * @param detail in words, for people
 * @param hint what the user can do; empty where nothing failed
 * @param pushed the ids that it was proven to hold, in the order of pushing
 * @param waiting how many more of this machine's snapshots it should hold and does not
 * @param swept the ids that retention removed from it
 * @param tidied what became of what runs left there that were killed, in words
 * @param warnings what the user should know although nothing failed
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
    List<String> tidied,
    List<String> warnings,
    long bytes,
    long millis) {
  public static final String DONE = "done";
  public static final String FAILED = "failed";
  public static final String UNSWEPT = "unswept";
  public static final String BUSY = "busy";
  private static final String SKIPPED = "skipped";

  public RemoteReport {
    pushed = List.copyOf(pushed);
    swept = List.copyOf(swept);
    tidied = List.copyOf(tidied);
    warnings = List.copyOf(warnings);
  }

  /** One that could not be used at all. */
  public static RemoteReport failed(String name, String detail, String hint) {
    return idle(name, FAILED, RemoteFault.FAILED, detail, hint);
  }

  /** One that another run is pushing to. */
  public static RemoteReport busy(String name) {
    String detail = "another run is pushing; a later one catches up";
    return idle(name, BUSY, null, detail, "");
  }

  /** A remote that nothing is pushed to because the user does not want it. */
  public static RemoteReport unwanted(String name, String detail, String hint) {
    return idle(name, SKIPPED, RemoteFault.REFUSED, detail, hint);
  }

  /**
   * This report for a run that pushes by the way: where a requirement was unmet from the start,
   * nothing has failed, and the remote was skipped.
   */
  public RemoteReport byTheWay() {
    return status.equals(FAILED) && pushed.isEmpty() && lacksRequirement()
        ? idle(name, SKIPPED, fault, detail, hint)
        : this;
  }

  /** Whether a program, a login or a name is lacking on this machine. */
  public boolean lacksRequirement() {
    return fault != null && fault.isUnmetRequirement();
  }

  /** Whether it was skipped because the user does not want it. */
  public boolean isUnwanted() {
    return isSkipped() && !lacksRequirement();
  }

  public boolean isSkipped() {
    return status.equals(SKIPPED);
  }

  /** Whether a run that pushes by the way has nothing left to do there. */
  public boolean leavesNothingUndone() {
    return isDone() || isSkipped();
  }

  /** One at which nothing was done. */
  static RemoteReport idle(
      String name, String status, @Nullable RemoteFault fault, String detail, String hint) {
    return new RemoteReport(
        name, status, fault, detail, hint, List.of(), 0, List.of(), List.of(), List.of(), 0, 0);
  }

  public boolean isDone() {
    return status.equals(DONE);
  }

  /** Whether it holds all that it should, whatever else it holds. */
  public boolean holdsAll() {
    return isDone() || status.equals(UNSWEPT);
  }
}
