package dev.workbuddy.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that is a promise, kept in a file. With {@code -Dgolden.rewrite=true} the files are
 * written anew; the difference then shows in version control.
 */
public final class GoldenFile {
  private static final Path ROOT = Path.of("src/test/resources/golden");

  private GoldenFile() {}

  public static void check(String name, String actual) throws IOException {
    Path file = ROOT.resolve(name);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, actual);
    }
    assertThat(actual).as(name).isEqualTo(Files.readString(file));
  }
}
