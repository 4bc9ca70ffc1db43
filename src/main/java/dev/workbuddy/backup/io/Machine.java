package dev.workbuddy.backup.io;

import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The machine that the program runs on.
 *
 * @param environment all environment variables that a tool is started with
 * @param host its name
 */
public record Machine(
    Map<String, String> environment,
    String host,
    InstantSource clock,
    Sleeper waiting,
    RandomGenerator random) {
  public Machine {
    environment = Map.copyOf(environment);
  }
}
