package dev.workbuddy.backup.health;

/**
 * What a look at something came to.
 *
 * @param detail what was seen, for people; no secret
 * @param next what the user can do; empty where nothing needs to be done
 */
public record Finding(Condition condition, String detail, String next) {

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
}
