package dev.workbuddy.backup.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.util.OSInfo;

/** How tests start a Java of their own, on the classes under test. */
public final class JavaCommand {
  private JavaCommand() {}

  /** What runs a main class, of the tests or of the program; arguments may follow. */
  public static List<String> of(Class<?> main) {
    return of(main.getName(), ClassCache.ofThisBuild().options());
  }

  /**
   * What runs a main class.
   *
   * @param classes the options that say where its classes are
   */
  static List<String> of(String main, List<String> classes) {
    List<String> command = new ArrayList<>(program());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.addAll(unpackedLibrary());
    command.addAll(classes);
    command.add(main);
    return command;
  }

  /** Java itself, with the options of a short life: one compiler, one thread that collects. */
  public static List<String> program() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData");
  }

  /**
   * Who is killed cannot delete the driver's library that it unpacked; the build has one for all.
   */
  private static List<String> unpackedLibrary() {
    Path library =
        Path.of("target/app/native/org/sqlite/native")
            .resolve(OSInfo.getNativeLibFolderPathForCurrentOS())
            .toAbsolutePath();
    return Files.isDirectory(library)
        ? List.of("-Dorg.sqlite.lib.path=" + library, "-Dorg.sqlite.tmpdir=" + library)
        : List.of();
  }
}
