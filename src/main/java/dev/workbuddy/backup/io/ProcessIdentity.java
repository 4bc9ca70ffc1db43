package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One process, told apart from any other that gets its number later.
 *
 * @param start when it began, in the system's own words; empty where the system does not say
 * @param boot the start of the system that it runs in; null where the system does not say
 * @param namespace where its number is valid; null where numbers are the same for everybody
 */
public record ProcessIdentity(
    long pid, String start, @Nullable String boot, @Nullable String namespace) {
  private static final Path PROC = Path.of("/proc");

  /** Fields of {@code /proc/<pid>/stat} behind the name, which may hold anything. */
  private static final int STATE = 0;

  private static final int START = 19;

  /** What can be said of a process. */
  public enum State {
    ALIVE,
    GONE,
    /** It is in another container, which this process cannot look into. */
    UNSEEN
  }

  public static ProcessIdentity ofThisProcess() {
    long pid = ProcessHandle.current().pid();
    return new ProcessIdentity(pid, start(pid).orElse(""), thisBoot(), thisNamespace());
  }

  /** Whether it is still there; for processes of this machine only. */
  public State state() {
    String bootNow = thisBoot();
    if (boot != null && bootNow != null && !boot.equals(bootNow)) {
      return State.GONE;
    }
    String here = thisNamespace();
    if (namespace != null && here != null && !namespace.equals(here)) {
      return State.UNSEEN;
    }
    return start(pid).filter(this::isStart).isPresent() ? State.ALIVE : State.GONE;
  }

  private boolean isStart(String other) {
    return start.isEmpty() || other.isEmpty() || start.equals(other);
  }

  /**
   * When a running process began; empty where there is none. Linux counts from the system's start,
   * so that it says the same after the clock was set.
   */
  private static Optional<String> start(long pid) {
    Path stat = PROC.resolve(pid + "/stat");
    if (!Files.exists(PROC.resolve("self/stat"))) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .map(process -> process.info().startInstant().map(Object::toString).orElse(""));
    }
    try {
      String text = Files.readString(stat);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).strip().split(" ", -1);
      boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return dead ? Optional.empty() : Optional.of(fields[START]);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static @Nullable String thisBoot() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException unknown) {
      return null;
    }
  }

  private static @Nullable String thisNamespace() {
    try {
      return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException none) {
      return null;
    }
  }
}
