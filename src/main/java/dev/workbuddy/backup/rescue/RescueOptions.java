package dev.workbuddy.backup.rescue;

/**
 * How far a rescue may go.
 *
 * @param includeChanged whether rows that are there but differ become what they were, too
 * @param overwrite whether newer rows give way to lost ones that have the same unique value
 * @param keyless whether rows without a key come back even where another row has their number by
 *     now, which may be a newer form of them
 * @param recreate whether tables that were dropped are made again, with their indexes, triggers and
 *     views
 * @param triggers whether the live database's triggers see the rows come
 * @param batch how many rows one transaction brings back at most; 0 for as many as a writer can
 *     wait for
 */
public record RescueOptions(
    boolean includeChanged,
    boolean overwrite,
    boolean keyless,
    boolean recreate,
    boolean triggers,
    int batch) {
  public RescueOptions {
    if (batch < 0) {
      throw new IllegalArgumentException("a batch of " + batch + " rows");
    }
  }

  /** Only lost rows of tables that are there, without waking or overwriting anything. */
  public static RescueOptions careful() {
    return new RescueOptions(false, false, false, false, false, 0);
  }
}
