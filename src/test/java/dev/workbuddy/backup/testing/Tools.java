package dev.workbuddy.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests run. */
@NullMarked
public final class Tools {
  private Tools() {}

  /** Skips the test where a tool is missing; with {@code CI=true} that fails it instead. */
  public static void require(String... tools) {
    for (String tool : tools) {
      requirePermission(isInstalled(tool), "this test needs the program " + tool);
    }
  }

  /** Skips the test where the machine does not allow it; with {@code CI=true} that fails it. */
  public static void requirePermission(boolean allowed, String otherwise) {
    if (!allowed && "true".equals(System.getenv("CI"))) {
      fail(otherwise);
    }
    Assumptions.assumeTrue(allowed, otherwise);
  }

  private static boolean isInstalled(String tool) {
    String path = System.getenv("PATH");
    return path != null
        && Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(path)
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
  }

  /** Runs a program to its end and returns what it said; fails the test unless it exits with 0. */
  public static String run(Path directory, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as("%s%n%s", command, output).isZero();
    return output;
  }
}
