package dev.workbuddy.backup.testing;

import dev.workbuddy.backup.io.DurableFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes of this class path as Java starts fastest with them: packed into jars, with a cache
 * of what a session of ordinary commands loads and links. It is made once for each build, by
 * whichever test process needs it first, and kept below {@code target}. A Java that cannot use the
 * cache does without it.
 */
final class ClassCache {
  private static final Path PLACE = Path.of("target/class-cache").toAbsolutePath();
  private static final String READY = "ready";
  private static final String TRAINING = "dev.workbuddy.backup.cli.OrdinaryCommands";

  private final Path directory;
  private final String classPath;

  private ClassCache(Path directory, String classPath) {
    this.directory = directory;
    this.classPath = classPath;
  }

  /** The cache of the classes that this process was started with. */
  static ClassCache ofThisBuild() {
    return Once.CACHE;
  }

  private static final class Once {
    private static final ClassCache CACHE = make();
  }

  /** What tells Java to start from it. */
  List<String> options() {
    return options("-XX:AOTCache=" + file());
  }

  private List<String> options(String cache) {
    return List.of(cache, "-Xlog:disable", "-Xlog:all=off", "-cp", classPath);
  }

  private Path file() {
    return directory.resolve("classes.aot");
  }

  private static ClassCache make() {
    try {
      Files.createDirectories(PLACE);
      List<Path> parts =
          Pattern.compile(File.pathSeparator, Pattern.LITERAL)
              .splitAsStream(System.getProperty("java.class.path"))
              .map(Path::of)
              .filter(Files::exists)
              .toList();
      Path directory = PLACE.resolve(PackedClasses.fingerprint(parts));
      ClassCache cache = new ClassCache(directory, jars(parts, directory));
      try (FileChannel lock =
              FileChannel.open(
                  PLACE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = lock.lock()) {
        if (!Files.exists(directory.resolve(READY))) {
          cache.fill(parts);
        }
      }
      return cache;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String jars(List<Path> parts, Path directory) {
    List<String> jars = new ArrayList<>();
    for (Path part : parts) {
      jars.add((Files.isDirectory(part) ? jar(directory, jars.size()) : part).toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path jar(Path directory, int position) {
    return directory.resolve("classes-" + position + ".jar");
  }

  private void fill(List<Path> parts) throws IOException {
    try (Stream<Path> old = Files.list(PLACE)) {
      for (Path each : old.filter(Files::isDirectory).toList()) {
        DurableFiles.deleteTree(each);
      }
    }
    Files.createDirectory(directory);
    for (int i = 0; i < parts.size(); i++) {
      if (Files.isDirectory(parts.get(i))) {
        PackedClasses.pack(parts.get(i), jar(directory, i));
      }
    }
    train();
    Files.createFile(directory.resolve(READY));
  }

  private void train() throws IOException {
    Path scratch = Files.createTempDirectory("class-cache");
    try {
      List<String> command = JavaCommand.of(TRAINING, options("-XX:AOTCacheOutput=" + file()));
      Tools.run(
          Path.of("").toAbsolutePath(),
          Stream.concat(
                  command.stream(),
                  Stream.of(
                      Files.createDirectory(scratch.resolve("site")).toString(),
                      Files.createDirectory(scratch.resolve("store")).toString()))
              .toList());
    } finally {
      DurableFiles.deleteTree(scratch);
    }
  }
}
