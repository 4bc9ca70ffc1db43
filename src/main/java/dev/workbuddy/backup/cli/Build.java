package dev.workbuddy.backup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What the build wrote down about itself. */
final class Build {
  private Build() {}

  static String version() {
    try (InputStream stream = Build.class.getResourceAsStream("/build.properties")) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(stream, "build.properties is not on the class path"));
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
