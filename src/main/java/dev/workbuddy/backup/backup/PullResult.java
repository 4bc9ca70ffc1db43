package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that is here now, checked.
 *
 * @param remote where it came from, or would have
 * @param directory where it lies
 * @param bytes the tarball's size
 * @param unchecked what could not be checked, in words; null where everything was
 * @param passedOver which newer one {@code latest} did not mean, and why, in words; null where none
 */
public record PullResult(
    String snapshotId,
    String remote,
    String directory,
    long bytes,
    @Nullable String unchecked,
    @Nullable String passedOver)
    implements Outcome {
  @Override
  public Status status() {
    return Status.DONE;
  }
}
