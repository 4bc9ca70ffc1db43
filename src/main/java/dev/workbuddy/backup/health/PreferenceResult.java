package dev.workbuddy.backup.health;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A choice that was written down.
 *
 * @param choice {@code wanted}, {@code unwanted} or {@code undecided}
 * @param changed whether the file said something else before
 */
public record PreferenceResult(
    String component, String choice, @Nullable String reason, Path file, boolean changed)
    implements Outcome {
  @Override
  public Status status() {
    return Status.DONE;
  }
}
