package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Processes that see other mounts than this one does: those in containers, among others. */
final class MountNamespaces {
  private static final Path SELF = Path.of("/proc/self");

  private MountNamespaces() {}

  /** One process for each other table of mounts, the oldest of those who share it. */
  record Other(Mounts.Onlooker onlooker, MountTable table) {}

  /** All that this user may look into; empty where the system has none. */
  static List<Other> others() throws IOException {
    List<Other> others = new ArrayList<>();
    if (!Files.isReadable(SELF.resolve("mountinfo"))) {
      return others;
    }
    Set<Object> known = new HashSet<>();
    name(SELF).ifPresent(known::add);
    known.add(MountTable.of(SELF));
    List<Path> processes = new ArrayList<>(OpenFiles.processes());
    processes.sort(Comparator.comparingLong(MountNamespaces::pid));
    for (Path process : processes) {
      Optional<Object> name = name(process);
      if (name.filter(known::contains).isEmpty()) {
        Optional<MountTable> table = table(process);
        table
            .filter(known::add)
            .map(seen -> new Other(onlooker(process), seen))
            .ifPresent(others::add);
        table.flatMap(_ -> name).ifPresent(known::add);
      }
    }
    return others;
  }

  private static Mounts.Onlooker onlooker(Path process) {
    return new Mounts.Onlooker(pid(process), OpenFiles.command(process));
  }

  private static long pid(Path process) {
    return Long.parseLong(process.getFileName().toString());
  }

  /** Other users' processes do not tell; their mounts they do. */
  private static Optional<Object> name(Path process) {
    try {
      return Optional.of(Files.readSymbolicLink(process.resolve("ns/mnt")));
    } catch (IOException | UnsupportedOperationException untold) {
      return Optional.empty();
    }
  }

  private static Optional<MountTable> table(Path process) {
    try {
      return Optional.of(MountTable.of(process));
    } catch (IOException goneOrClosed) {
      return Optional.empty();
    }
  }
}
