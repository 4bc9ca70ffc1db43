package dev.workbuddy.backup.config;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.nio.file.Path;
import java.util.List;

/**
 * A configuration that was written.
 *
 * @param configFile the new file, absolute
 * @param dbDir the live database directory, absolute
 * @param databases what the configuration names
 * @param found whether the databases were found by searching; else they are work-buddy's
 * @param leftOut databases that were found but cannot be configured
 * @param warnings what would stop a restore
 */
public record InitResult(
    Path configFile,
    Path dbDir,
    List<VitalDatabase> databases,
    boolean found,
    List<LeftOut> leftOut,
    List<String> warnings)
    implements Outcome {

  public InitResult {
    databases = List.copyOf(databases);
    leftOut = List.copyOf(leftOut);
    warnings = List.copyOf(warnings);
  }

  /** The same with what would stop a restore. */
  public InitResult with(List<String> obstacles) {
    return new InitResult(configFile, dbDir, databases, found, leftOut, obstacles);
  }

  @Override
  public List<String> alarms() {
    return warnings;
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
