package dev.workbuddy.backup.capability;

import java.util.Optional;

/** Somebody who can be asked whether a call that destroys may be made. */
@FunctionalInterface
public interface Consent {
  /** Whether they agree; empty where they could not be asked. */
  Optional<Boolean> agreesTo(Stakes stakes);

  /** Nobody is there to be asked: consent comes later, with a token. */
  static Consent byToken() {
    return _ -> Optional.empty();
  }
}
