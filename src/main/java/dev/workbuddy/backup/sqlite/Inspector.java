package dev.workbuddy.backup.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Looks inside a database file of this program's own: a fresh copy, or one unpacked from a
 * snapshot. Nothing is created beside the file. Threads may inspect different files at once.
 */
public final class Inspector {
  /**
   * Checking indexes reads pages in random order; in SQLite's 2 MB most are read again and again.
   */
  private static final int CACHE_KIBIBYTES = 32 << 10;

  /** How hard to look; whether a database can be used is judged alike. */
  public enum Depth {
    /** Every page, its structure and every row: {@code quick_check}. */
    QUICK("quick_check"),
    /** And every index entry against its row, {@code integrity_check}, and foreign keys. */
    FULL("integrity_check");

    private final String pragma;

    Depth(String pragma) {
      this.pragma = pragma;
    }

    /** The name of SQLite's own check. */
    public String pragma() {
      return pragma;
    }
  }

  /**
   * Reads the file's header, judges it and counts its rows.
   *
   * @throws UnusableDatabaseException where it cannot be read as a database at all
   */
  public Inspection inspect(Path file, Depth depth) throws UnusableDatabaseException {
    try (Connection connection = Connections.own(file)) {
      Sql.execute(connection, "PRAGMA cache_size = -" + CACHE_KIBIBYTES);
      Verdict verdict = SoundnessCheck.of(connection, depth);
      boolean usable = verdict.damage().isEmpty();
      return new Inspection(
          (int) Sql.number(connection, "PRAGMA page_size"),
          Sql.number(connection, "PRAGMA page_count"),
          (int) Sql.number(connection, "PRAGMA application_id"),
          (int) Sql.number(connection, "PRAGMA user_version"),
          usable ? Tables.counts(connection) : Map.of(),
          usable ? HighMarks.of(connection) : HighMarks.NONE,
          usable && depth == Depth.FULL
              ? OptionalLong.of(ForeignKeys.violations(connection))
              : OptionalLong.empty(),
          verdict.damage(),
          verdict.objections(),
          verdict.unchecked());
    } catch (SQLException e) {
      throw UnusableDatabaseException.of(e);
    }
  }
}
