package dev.workbuddy.backup.recovery;

/**
 * How far a rescue may go.
 *
 * @param includeChanged whether rows that are there but differ become what they were, too
 * @param overwrite whether newer rows give way to lost ones that have the same unique value
 * @param keyless whether tables without a key take part: rows are then told apart by their content
 * @param triggers whether the live database's triggers see the rows come
 * @param batch how many rows one transaction brings back at most; 0 for all in one
 */
public record RescueOptions(
    boolean includeChanged, boolean overwrite, boolean keyless, boolean triggers, int batch) {
  public RescueOptions {
    if (batch < 0) {
      throw new IllegalArgumentException("a batch of " + batch + " rows");
    }
  }

  /** Only lost rows, in one transaction, without waking or overwriting anything. */
  public static RescueOptions careful() {
    return new RescueOptions(false, false, false, false, 0);
  }
}
