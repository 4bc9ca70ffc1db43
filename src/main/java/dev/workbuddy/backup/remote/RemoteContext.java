package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Waiting;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What remotes need to know of the machine that they work on.
 *
 * @param namespace under which this machine keeps its snapshots
 * @param origin the data root that pushes
 * @param environment all environment variables that a tool is started with
 * @param scratch a directory for passing files; it exists, is this process's alone, and is emptied
 *     by whoever made it
 * @param partBytes how long a file may be; longer tarballs travel in parts of this length
 */
public record RemoteContext(
    String namespace,
    Origin origin,
    Map<String, String> environment,
    Path scratch,
    InstantSource clock,
    Waiting waiting,
    RandomGenerator random,
    long partBytes) {

  /** Just under the 2 GiB that GitHub sets as the limit of a file; others take it as well. */
  public static final long STANDARD_PART_BYTES = 2_000L << 20;

  public RemoteContext {
    environment = Map.copyOf(environment);
  }

  /** The same with other environment variables. */
  public RemoteContext with(Map<String, String> other) {
    return new RemoteContext(namespace, origin, other, scratch, clock, waiting, random, partBytes);
  }
}
