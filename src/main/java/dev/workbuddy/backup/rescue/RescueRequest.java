package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lost rows to bring back.
 *
 * @param snapshot an id, an unambiguous beginning of one, or {@code latest}
 * @param databases by logical name; empty for all
 * @param tables by name; empty for all
 * @param where a condition in SQL on the rows of the one table in {@code tables}; null for all
 * @param options how far it may go
 */
public record RescueRequest(
    String snapshot,
    Set<String> databases,
    Set<String> tables,
    @Nullable String where,
    RescueOptions options) {
  public RescueRequest {
    databases = Set.copyOf(databases);
    tables = Set.copyOf(tables);
  }

  /**
   * Returns this request for the snapshot with that id, so that {@code latest} cannot come to mean
   * another one.
   */
  RescueRequest of(String id) {
    return new RescueRequest(id, databases, tables, where, options);
  }

  boolean wants(String table) {
    return tables.isEmpty() || names(table);
  }

  /** Whether the table was asked for by its name. */
  boolean names(String table) {
    return tables.stream().anyMatch(name -> Sql.isSameName(name, table));
  }
}
