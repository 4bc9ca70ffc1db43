package dev.workbuddy.backup.health;

import org.jspecify.annotations.Nullable;

/**
 * What a look at something came to.
 *
 * @param detail what was seen, for people; no secret
 * @param next what the user can do; empty where nothing needs to be done
 * @param byHand whether no program can do it; null where that is not known
 */
public record Finding(Condition condition, String detail, String next, @Nullable Boolean byHand) {

  public Finding(Condition condition, String detail, String next) {
    this(condition, detail, next, null);
  }

  public static Finding ok(String detail) {
    return new Finding(Condition.OK, detail, "");
  }

  public static Finding unknown(String detail, String next) {
    return new Finding(Condition.UNKNOWN, detail, next);
  }

  public static Finding warning(String detail, String next) {
    return new Finding(Condition.WARNING, detail, next);
  }

  public static Finding failure(String detail, String next) {
    return new Finding(Condition.FAILURE, detail, next);
  }

  /** Of what was set up and is lost or out of order. */
  public static Finding broken(String detail, String next) {
    return new Finding(Condition.BROKEN, detail, next);
  }

  public boolean isOk() {
    return condition == Condition.OK;
  }

  public boolean isFailure() {
    return condition == Condition.FAILURE || condition == Condition.BROKEN;
  }

  /** Returns this finding marked as one that the requirement's fixer cannot change. */
  Finding onlyByHand() {
    return new Finding(condition, detail, next, true);
  }

  /** The way in which it is repaired: the requirement's, if that can change anything. */
  Fixer fixedBy(Fixer fixer) {
    return Boolean.TRUE.equals(byHand) ? new Fixer.None(next) : fixer;
  }
}
