package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.snapshot.Checksums;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that are too large to be shown leave SQLite as a few words: what they are, how long, and
 * their checksum. It is computed there, piece by piece, so that memory does not follow their
 * length.
 */
public final class LargeValues {
  /**
   * The largest value in a difference or a report; a longer one is replaced by its length and
   * checksum.
   */
  static final int SHOWN_BYTES = 64 << 10;

  private static final String MARK = "wb-backup:large:";
  private static final String CHECKSUM = "wb_sha256";
  private static final String CHECKSUM_AT_ONCE = "wb_sha256_at_once";
  private static final int MOST_SUBQUERIES = 60;
  private static final int PIECE_BYTES = 4 << 20;

  private LargeValues() {}

  /** Lets statements of the connection use what {@link #shown} wants. */
  public static void allowIn(Connection connection) throws SQLException {
    org.sqlite.Function.create(connection, CHECKSUM, new Sha256());
    org.sqlite.Function.create(connection, CHECKSUM_AT_ONCE, new Sha256AtOnce());
  }

  /**
   * A value in SQL, or what stands for it. Text that only looks like that is replaced as well.
   *
   * @param value an expression without side effects, for example a column
   */
  public static String shown(String value) {
    return """
    iif(octet_length(%1$s) > %2$d OR (typeof(%1$s) = 'text' AND substr(%1$s, 1, %3$d) = '%4$s'), \
    '%4$s' || typeof(%1$s) || ' ' || octet_length(%1$s) || ' ' || (\
    WITH RECURSIVE wb_piece(wb_at) AS (SELECT 1 UNION ALL SELECT wb_at + %5$d FROM wb_piece \
    WHERE wb_at + %5$d <= octet_length(%1$s)) \
    SELECT %6$s(substr(CAST(%1$s AS BLOB), wb_at, %5$d)) FROM wb_piece), %1$s)\
    """
        .formatted(value, SHOWN_BYTES, MARK.length(), MARK, PIECE_BYTES, CHECKSUM);
  }

  /** Like {@link #shown(String)}, but for the columns of one side. */
  public static String shown(String alias, List<Column> columns) {
    return shown(columns, column -> alias + "." + column.quoted());
  }

  /**
   * Like {@link #shown(String)}, but for columns with an expression for each. SQLite limits the
   * number of subqueries: where there are too many columns, a large value is read at once.
   */
  public static String shown(List<Column> columns, Function<Column, String> value) {
    boolean many = columns.size() > MOST_SUBQUERIES;
    return RowSql.joined(
        columns,
        ", ",
        column -> many ? shownAtOnce(value.apply(column)) : shown(value.apply(column)));
  }

  private static String shownAtOnce(String value) {
    return """
    iif(octet_length(%1$s) > %2$d OR (typeof(%1$s) = 'text' AND substr(%1$s, 1, %3$d) = '%4$s'), \
    '%4$s' || typeof(%1$s) || ' ' || octet_length(%1$s) || ' ' || %5$s(CAST(%1$s AS BLOB)), %1$s)\
    """
        .formatted(value, SHOWN_BYTES, MARK.length(), MARK, CHECKSUM_AT_ONCE);
  }

  /** The value that a text stands for; empty where it stands for itself. */
  static Optional<SqlValue> standsFor(String text) {
    if (!text.startsWith(MARK)) {
      return Optional.empty();
    }
    String[] words = text.substring(MARK.length()).split(" ", -1);
    return words.length == 3
        ? Optional.of(SqlValue.Large.of(words[0], Long.parseLong(words[1]), words[2]))
        : Optional.empty();
  }

  /** An aggregate over the pieces of a value, in their order. */
  private static final class Sha256 extends org.sqlite.Function.Aggregate {
    private @Nullable MessageDigest digest;

    private MessageDigest digest() throws SQLException {
      try {
        MessageDigest known = digest;
        if (known == null) {
          known = MessageDigest.getInstance("SHA-256");
          digest = known;
        }
        return known;
      } catch (NoSuchAlgorithmException e) {
        throw new SQLException(e);
      }
    }

    @Override
    protected void xStep() throws SQLException {
      byte[] piece = value_blob(0);
      if (piece != null) {
        digest().update(piece);
      }
    }

    @Override
    protected void xFinal() throws SQLException {
      result(HexFormat.of().formatHex(digest().digest()));
    }
  }

  /** The checksum of one value. */
  private static final class Sha256AtOnce extends org.sqlite.Function {
    @Override
    protected void xFunc() throws SQLException {
      byte[] value = value_blob(0);
      result(Checksums.sha256(value == null ? new byte[0] : value));
    }
  }
}
