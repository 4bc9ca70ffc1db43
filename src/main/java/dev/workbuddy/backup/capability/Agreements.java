package dev.workbuddy.backup.capability;

import java.io.IOException;
import java.util.List;

/** Where a guarded call waits for somebody's word, between its plan and the deed. */
interface Agreements {

  /** What a plan's answer says of how to go on. */
  Confirmation ask(Asked asked) throws IOException;

  /**
   * Whether exactly what was shown is agreed to; it is used up by that.
   *
   * @param token what the caller gave
   * @param shown what the plan stands on now
   */
  Answer redeem(String token, List<String> shown) throws IOException;

  /** What became of a question. */
  enum Answer {
    YES,
    /** Nobody has answered it so far. */
    OPEN,
    /** It is for something else, too old, used, or was answered with no. */
    NO
  }

  /**
   * What is asked for.
   *
   * @param arguments those of the call, as a JSON document
   * @param shown what the plan stands on, as {@link Preview#state} has it, and the call itself
   */
  record Asked(String capability, String arguments, Impact stakes, List<String> shown) {
    public Asked {
      shown = List.copyOf(shown);
    }
  }
}
