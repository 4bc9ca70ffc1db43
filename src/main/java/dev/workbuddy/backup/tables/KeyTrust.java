package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Whether a key that only an index keeps unique tells rows apart. It does not where that index is
 * damaged, or was declared after its rows: then two rows have one key, and each of them would be
 * taken for the other.
 */
public final class KeyTrust {
  private KeyTrust() {}

  /**
   * Whether as many rows of the one side have a partner on the other side as the other way round.
   *
   * @param filter the rows that may differ; the others have their partners
   */
  public static boolean tellsApart(
      Connection connection, TableShape one, TableShape other, ChangedRowFilter filter)
      throws SQLException {
    return one.kind() != TableShape.Kind.ROWID
        || paired(connection, one, other, filter) == paired(connection, other, one, filter);
  }

  private static long paired(
      Connection connection, TableShape one, TableShape other, ChangedRowFilter filter)
      throws SQLException {
    String keyed = keyed(one, "S");
    long all =
        Sql.number(
            connection, "SELECT count(*) FROM %s AS S WHERE %s".formatted(one.quoted(), keyed));
    String alone =
        """
        SELECT count(*) FROM %s AS S WHERE %s AND %s
          AND NOT EXISTS (SELECT 1 FROM %s AS L WHERE %s)
        """
            .formatted(
                one.quoted(),
                filter.within(one, "S"),
                keyed,
                other.quoted(),
                RowSql.sameKey("L", "S", one.key()));
    return all - Sql.number(connection, alone);
  }

  /** Rows with NULL in their key are told apart by their content anyway. */
  private static String keyed(TableShape table, String alias) {
    return table.nullableKey().isEmpty()
        ? "1"
        : RowSql.joined(
            table.nullableKey(), " AND ", c -> alias + "." + c.quoted() + " IS NOT NULL");
  }
}
