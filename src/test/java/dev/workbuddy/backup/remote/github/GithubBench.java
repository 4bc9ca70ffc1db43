package dev.workbuddy.backup.remote.github;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * A stand-in for GitHub for measurements: prints what {@code gh} needs in its environment, then
 * serves until it is ended.
 */
public final class GithubBench {
  private GithubBench() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    try (GithubPlace place =
        new GithubPlace(directory, () -> Instant.parse("2026-11-22T10:05:00Z"))) {
      place.seed("bench", Integer.parseInt(arguments[1]));
      System.out.println(
          place.environment(Map.of()).entrySet().stream()
              .map(variable -> variable.getKey() + "=" + variable.getValue())
              .collect(Collectors.joining("\n")));
      new CountDownLatch(1).await();
    }
  }
}
