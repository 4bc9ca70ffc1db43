package dev.workbuddy.backup.diff;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to compare.
 *
 * @param before a snapshot: an id, an unambiguous beginning of one, or {@code latest}
 * @param after another one, or {@link #LIVE}
 * @param databases by logical name; empty for all
 * @param tables by name; empty for all
 * @param rows whether to compare rows, rather than only count them
 * @param limit how many differing rows of each table the result lists
 * @param output a new file for every differing row, one JSON document a line; null for none
 */
public record DiffRequest(
    String before,
    String after,
    Set<String> databases,
    Set<String> tables,
    boolean rows,
    int limit,
    @Nullable Path output) {
  /** The databases in use. */
  public static final String LIVE = "live";

  public DiffRequest {
    databases = Set.copyOf(databases);
    tables = Set.copyOf(tables);
  }
}
