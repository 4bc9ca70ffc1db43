package dev.workbuddy.backup.runs;

/** One part of a run, and how long it took. */
public record Phase(String name, long millis) {
  public static final String PREPARE = "prepare";
  public static final String BEFORE_SNAPSHOT = "before_snapshot";
  public static final String FREEZE = "freeze";
  public static final String COPY = "copy";
  public static final String GUARD = "guard";
  public static final String FINISH = "finish";
  public static final String PUBLISH = "publish";
  public static final String SWEEP = "sweep";
  public static final String AFTER_SNAPSHOT = "after_snapshot";
  public static final String PUSH = "push";
}
