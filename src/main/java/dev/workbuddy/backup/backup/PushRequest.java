package dev.workbuddy.backup.backup;

import org.jspecify.annotations.Nullable;

/**
 * What to push.
 *
 * @param snapshot the id that must get everywhere; null for none in particular
 * @param missing how many others that a remote lacks are pushed as well, newest first
 * @param accepted the remote whose place is taken as it is now, though its mark or its copies are
 *     gone; null for none
 */
public record PushRequest(@Nullable String snapshot, int missing, @Nullable String accepted) {
  private static final int CAUGHT_UP_IN_A_RUN = 5;

  /** After a run: what it took, and a few that earlier runs could not push. */
  static PushRequest after(String snapshot) {
    return new PushRequest(snapshot, CAUGHT_UP_IN_A_RUN, null);
  }

  public static PushRequest one(String snapshot) {
    return new PushRequest(snapshot, 0, null);
  }

  /** Whether every remote is to hold all that it should, and one that it does not is a failure. */
  boolean isOfAll() {
    return missing == Integer.MAX_VALUE;
  }

  /**
   * Returns this request, but one that accepts a remote's place as it is now; null accepts none.
   */
  public PushRequest accepting(@Nullable String remote) {
    return new PushRequest(snapshot, missing, remote);
  }

  public static PushRequest allMissing() {
    return new PushRequest(null, Integer.MAX_VALUE, null);
  }
}
