package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.sqlite.Sql;
import java.util.Collection;

/**
 * Names for temporary tables that no table of the user's has: SQL that the user wrote, such as a
 * trigger's, means the temporary table where both have the same name.
 */
public record TempNames(String prefix) {
  private static final String PREFIX = "wb_";

  /** Names that begin like none of these. */
  public static TempNames unlike(Collection<String> taken) {
    StringBuilder prefix = new StringBuilder(PREFIX);
    while (taken.stream().anyMatch(name -> Sql.folded(name).startsWith(prefix.toString()))) {
      prefix.append('_');
    }
    return new TempNames(prefix.toString());
  }

  /** The name of the table for something. */
  public String of(String what) {
    return prefix + what;
  }
}
