package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A configuration directory under test. */
record ConfigFixture(Path directory) {

  ConfigFixture shared(String text) {
    return file("config.yaml", text);
  }

  ConfigFixture local(String text) {
    return file("config.local.yaml", text);
  }

  LoadedConfig load() {
    return load(Map.of());
  }

  LoadedConfig load(Map<String, String> environment) {
    return new ConfigLoader(environment, directory).load(null);
  }

  BackupException failure() {
    return failure(Map.of());
  }

  BackupException failure(Map<String, String> environment) {
    return Objects.requireNonNull(
        catchThrowableOfType(BackupException.class, () -> load(environment)));
  }

  /** The problems, one a line, without the sentence that introduces them. */
  List<String> problems() {
    return failure().text().lines().skip(1).map(String::strip).toList();
  }

  private ConfigFixture file(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
