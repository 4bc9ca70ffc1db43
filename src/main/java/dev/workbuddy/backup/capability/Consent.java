package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import java.util.Optional;

/**
 * Somebody who can be asked whether a guarded call may be made.
 *
 * @param <R> the plans that they can be shown
 */
@FunctionalInterface
public interface Consent<R extends Outcome> {
  /** Whether they agree; empty where they could not be asked. */
  Optional<Boolean> agreesTo(R plan, Impact impact) throws IOException;

  /** Nobody can be asked at once: consent comes later, with a token. */
  static Consent<Outcome> byToken() {
    return (_, _) -> Optional.empty();
  }
}
