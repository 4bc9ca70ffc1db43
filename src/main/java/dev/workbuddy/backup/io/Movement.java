package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Whether a program moves bytes, to and from files and lines alike: what tells one on a slow line
 * from one that waits for nobody. Only Linux tells it.
 */
final class Movement {
  /** Less than this in the time that a program may stand still is no movement: half a KB/s. */
  private static final long LEAST_BYTES = 64 << 10;

  private final Process program;
  private final long still;
  private long since;
  private long moved;

  /**
   * Begins to look.
   *
   * @param still how many nanoseconds it may stand still
   */
  Movement(Process program, long still) {
    this.program = program;
    this.still = still;
    this.since = System.nanoTime();
    this.moved = movedBytes().orElse(0);
  }

  /** Whether it has stood still for too long; to be asked again and again. */
  boolean hasStopped() {
    OptionalLong now = movedBytes();
    if (now.isEmpty()) {
      return false;
    }
    if (Math.abs(now.getAsLong() - moved) >= LEAST_BYTES) {
      moved = now.getAsLong();
      since = System.nanoTime();
    }
    return System.nanoTime() - since > still;
  }

  /** By the program and what it started; empty where the system does not tell. */
  private OptionalLong movedBytes() {
    long all = 0;
    for (ProcessHandle each :
        Stream.concat(Stream.of(program.toHandle()), program.descendants()).toList()) {
      try (Stream<String> lines =
          Files.readString(Path.of("/proc/" + each.pid() + "/io"), StandardCharsets.US_ASCII)
              .lines()) {
        all +=
            lines
                .filter(line -> line.startsWith("rchar:") || line.startsWith("wchar:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
      } catch (IOException goneOrNoLinux) {
        if (each.pid() == program.pid() && program.isAlive()) {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.of(all);
  }
}
