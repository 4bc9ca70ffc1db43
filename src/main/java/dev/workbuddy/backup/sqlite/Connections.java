package dev.workbuddy.backup.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** Opens SQLite files for the ways in which this program reads and changes them. */
public final class Connections {
  private static final int PRIMARY_CODE = 0xff;

  private Connections() {}

  /**
   * Opens a live database to read it and leave it as it was. Reading a WAL database creates its
   * side files where there are none, and only a connection that may write removes them again, so
   * such a connection is used. Where the application's are there already, a read-only one leaves
   * them alone. Should a crashed application have left a transaction that must be rolled back
   * before anybody can read (a hot journal), SQLite does so, just as the application's own next
   * start would.
   */
  public static Connection live(Path file, Duration busyTimeout) throws SQLException {
    if (!hasWal(file)) {
      return tidy(file, busyTimeout);
    }
    Connection readOnly = open(uri(file), true, busyTimeout);
    try {
      Sql.number(readOnly, "SELECT count(*) FROM sqlite_schema");
      return readOnly;
    } catch (SQLException e) {
      readOnly.close();
      if (primaryCode(e) != SQLiteErrorCode.SQLITE_READONLY.code) {
        throw e;
      }
      return tidy(file, busyTimeout);
    }
  }

  /** A live database of which nothing was read yet; it may be damaged in any way. */
  static Connection unread(Path file, Duration busyTimeout) throws SQLException {
    return open(uri(file) + "?mode=ro", true, busyTimeout);
  }

  private static boolean hasWal(Path file) {
    try {
      Path real = file.toRealPath(); // SQLite puts it beside the file that a link points to.
      return Files.exists(real.resolveSibling(real.getFileName() + "-wal"));
    } catch (IOException unreadable) {
      return false; // Opening it tells why.
    }
  }

  private static Connection tidy(Path file, Duration busyTimeout) throws SQLException {
    Connection connection = open(uri(file) + "?mode=rw", false, busyTimeout);
    try {
      Sql.number(connection, "SELECT count(*) FROM sqlite_schema");
      Sql.execute(connection, "PRAGMA query_only = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A new file of this program's own, which nobody else knows yet. */
  static Connection create(Path file) throws SQLException {
    SQLiteConfig config = config(false, Duration.ZERO);
    config.setOpenMode(SQLiteOpenMode.CREATE);
    return config.createConnection("jdbc:sqlite:" + uri(file));
  }

  /** An empty database of its own, without a file. */
  static Connection memory() throws SQLException {
    return open("file::memory:", false, Duration.ZERO);
  }

  /** A file that nobody writes: SQLite takes no locks and creates nothing beside it. */
  public static Connection still(Path file) throws SQLException {
    return open(uri(file) + "?immutable=1", true, Duration.ZERO);
  }

  /**
   * A file of this program's own, which no other knows and nobody writes. Unlike {@link #still} it
   * is not opened read-only, for then SQLite does not read CHECK constraints; nothing is written.
   */
  static Connection own(Path file) throws SQLException {
    Connection connection = open(uri(file) + "?mode=rw", false, Duration.ZERO);
    try {
      Sql.execute(connection, "PRAGMA query_only = ON");
      // Else SQLite makes a file for shared memory beside one in WAL mode.
      Sql.execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Lets a connection read a file that nobody writes as well, under a schema name of its own. */
  public static void attachStill(Connection connection, Path file, String schema)
      throws SQLException {
    String uri = Sql.literal(uri(file) + "?mode=ro&immutable=1");
    Sql.execute(connection, "ATTACH " + uri + " AS " + Sql.quote(schema));
  }

  /**
   * A database that is to be changed, by one thread. The file must be there: none is created. Each
   * statement is a transaction of its own until one begins another.
   */
  public static Connection writable(Path file, Duration busyTimeout) throws SQLException {
    return open(uri(file) + "?mode=rw", false, busyTimeout);
  }

  /** The error's primary code; sqlite-jdbc reports extended ones. */
  public static int primaryCode(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode().code & PRIMARY_CODE
        : e.getErrorCode() & PRIMARY_CODE;
  }

  /** The name of SQLite's result code, an extended one where there is one. */
  static String code(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode().name()
        : SQLiteErrorCode.getErrorCode(e.getErrorCode()).name();
  }

  /** Lets pass what tells of a database; throws what tells of the disk, the memory or a lock. */
  static void requireOfTheDatabase(SQLException e) throws SQLException {
    switch (SQLiteErrorCode.getErrorCode(primaryCode(e))) {
      case SQLITE_BUSY,
          SQLITE_LOCKED,
          SQLITE_NOMEM,
          SQLITE_READONLY,
          SQLITE_INTERRUPT,
          SQLITE_IOERR,
          SQLITE_FULL,
          SQLITE_CANTOPEN,
          SQLITE_PROTOCOL,
          SQLITE_AUTH,
          SQLITE_NOTADB ->
          throw e;
      default -> {
        // It tells of the database.
      }
    }
  }

  private static Connection open(String uri, boolean readOnly, Duration busyTimeout)
      throws SQLException {
    return config(readOnly, busyTimeout).createConnection("jdbc:sqlite:" + uri);
  }

  private static SQLiteConfig config(boolean readOnly, Duration busyTimeout) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    if (!readOnly) {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    // Each connection is used by one thread at a time; SQLite's own locking costs a tenth.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    // Else each INSERT leaves a query of its row number open, and a VACUUM after it fails.
    config.setGetGeneratedKeys(false);
    return config;
  }

  /** A SQLite URI: everything special in the path is percent-encoded. */
  static String uri(Path file) {
    return "file://" + file.toAbsolutePath().toUri().getRawPath();
  }
}
