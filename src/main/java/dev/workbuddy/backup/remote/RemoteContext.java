package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What remotes need to know of the machine that they work on.
 *
 * @param namespace under which this data root keeps its snapshots, if no other does
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
    Sleeper waiting,
    RandomGenerator random,
    long partBytes) {

  /** Just under the 2 GiB that GitHub sets as the limit of a file; others take it as well. */
  public static final long STANDARD_PART_BYTES = 2_000L << 20;

  public RemoteContext {
    environment = Map.copyOf(environment);
  }

  /** Whether a copy in a namespace, which may carry the mark of an origin, is this data root's. */
  public boolean owns(String place, @Nullable String mark, SnapshotId id) {
    return origin.owns(mark, id, place.equals(namespace));
  }

  /**
   * Returns this context with the namespace that this data root is to use beside these copies:
   * where another data root has copies under the name that both want, this one gets a name with its
   * mark.
   */
  public RemoteContext beside(Collection<RemoteSnapshot> copies) {
    boolean isTaken =
        copies.stream().anyMatch(copy -> namespace.equals(copy.namespace()) && !copy.ours());
    return isTaken ? in(Namespace.with(namespace, origin.mark())) : this;
  }

  private RemoteContext in(String other) {
    return new RemoteContext(
        other, origin, environment, scratch, clock, waiting, random, partBytes);
  }

  /** Returns this context with other environment variables. */
  public RemoteContext with(Map<String, String> other) {
    return new RemoteContext(namespace, origin, other, scratch, clock, waiting, random, partBytes);
  }

  /**
   * Returns the context for working with these settings.
   *
   * @param scratch a directory for files on their way
   */
  public static RemoteContext of(Machine machine, Settings settings, Path scratch) {
    String namespace =
        Objects.requireNonNullElse(
            settings.remotes().namespace(), Namespace.ofHost(machine.host()));
    return new RemoteContext(
        namespace,
        origin(machine, settings),
        machine.environment(),
        scratch,
        machine.clock(),
        machine.waiting(),
        machine.random(),
        STANDARD_PART_BYTES);
  }

  private static Origin origin(Machine machine, Settings settings) {
    Path dataRoot = settings.dataRoot().toAbsolutePath();
    return new IdentityFile(settings.backupsDir())
        .read()
        .map(identity -> Origin.of(identity, machine.host(), dataRoot))
        .orElseGet(() -> Origin.of(machine.host(), dataRoot));
  }
}
