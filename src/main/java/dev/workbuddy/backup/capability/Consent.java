package dev.workbuddy.backup.capability;

import java.util.Optional;

/** Somebody who can be asked whether a guarded call may be made. */
@FunctionalInterface
public interface Consent {
  /** Whether they agree; empty where they could not be asked. */
  Optional<Boolean> agreesTo(Stakes stakes);

  /** Nobody can be asked at once: consent comes later, with a token. */
  static Consent byToken() {
    return _ -> Optional.empty();
  }
}
