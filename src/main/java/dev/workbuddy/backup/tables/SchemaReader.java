package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.sqlite.ShadowTables;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.VirtualTable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a database consists of, as far as its rows can be compared and brought back. Each part is
 * read once, in one query for all tables, and stays as it was then.
 */
public final class SchemaReader {
  private static final Set<String> ALWAYS_HERE = Set.of("binary", "nocase", "rtrim");

  private final Connection connection;
  private final String schema;
  private @Nullable Map<String, TableShape> all;
  private @Nullable Set<String> shadowNames;
  private @Nullable Map<String, Storage> storages;
  private @Nullable Map<String, String> kinds;
  private @Nullable List<VirtualTable> virtual;
  private final Set<String> odd = new TreeSet<>();

  /**
   * For one database.
   *
   * @param schema the name under which the connection knows it
   */
  public SchemaReader(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /**
   * A table, index, trigger or view.
   *
   * @param table the table that it belongs to
   */
  public record SchemaObject(String type, String name, String table, String sql) {}

  /**
   * Everything that was created by SQL, by type and name, in the order in which it was made, but
   * for SQLite's own and shadow tables.
   */
  public Map<String, SchemaObject> objects() throws SQLException {
    Set<String> shadows = shadowNames();
    Map<String, SchemaObject> objects = new LinkedHashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT type, name, tbl_name, sql FROM "
                    + Sql.quote(schema)
                    + ".sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%'"
                    + " ESCAPE '\\' ORDER BY rowid");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        SchemaObject object =
            new SchemaObject(
                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        if (!shadows.contains(object.table())) {
          objects.put(object.type() + " " + Sql.folded(object.name()), object);
        }
      }
    }
    return objects;
  }

  /** What bears a name that a table could have: a table, a virtual table, a view or an index. */
  public Optional<String> kindOf(String name) throws SQLException {
    Map<String, String> known = kinds;
    if (known == null) {
      known = readKinds();
      kinds = known;
    }
    return Optional.ofNullable(known.get(name));
  }

  private Map<String, String> readKinds() throws SQLException {
    Map<String, String> found = new TreeMap<>(Sql.BY_NAME);
    String query =
        """
        SELECT name, CASE WHEN type = 'table' AND rootpage = 0 THEN 'virtual table' ELSE type END
        FROM %s.sqlite_schema WHERE type <> 'trigger'
        """
            .formatted(Sql.quote(schema));
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }

  /** The ordinary tables by name: no virtual ones, and none in which those keep their rows. */
  public Map<String, TableShape> tables() throws SQLException {
    Map<String, TableShape> tables = new TreeMap<>(Sql.BY_NAME);
    Set<String> shadows = shadowNames();
    shapes().forEach((name, table) -> addUnless(shadows.contains(name), tables, name, table));
    return tables;
  }

  /** The tables in which a virtual table keeps its rows; empty where it has none of its own. */
  public Map<String, TableShape> shadows(String virtual) throws SQLException {
    Map<String, TableShape> shadows = new TreeMap<>(Sql.BY_NAME);
    Map<String, TableShape> shapes = shapes();
    String begin = Sql.folded(virtual) + "_";
    for (String name : shadowNames()) {
      TableShape shape = shapes.get(name);
      addUnless(shape == null || !Sql.folded(name).startsWith(begin), shadows, name, shape);
    }
    return shadows;
  }

  private static void addUnless(
      boolean not, Map<String, TableShape> to, String name, @Nullable TableShape table) {
    if (!not && table != null) {
      to.put(name, table);
    }
  }

  /**
   * Where the file keeps a table.
   *
   * @param sql what created it, so that equal bytes mean equal values where this is equal
   */
  record Storage(int rootPage, String sql) {}

  Storage storage(String table) throws SQLException {
    Map<String, Storage> known = storages;
    if (known == null) {
      known = readStorages();
      storages = known;
    }
    return known.getOrDefault(Sql.folded(table), new Storage(0, ""));
  }

  /** Tables that keep their rows in a format of their own, such as those for full-text search. */
  public List<VirtualTable> virtualTables() throws SQLException {
    List<VirtualTable> known = virtual;
    if (known == null) {
      known = VirtualTable.of(connection, schema);
      virtual = known;
    }
    return known;
  }

  /**
   * Tables of which a name, their own or a column's, is no valid text, so that no SQL can speak of
   * them; as far as they can be read.
   */
  public Set<String> unspeakable() throws SQLException {
    shapes();
    return Set.copyOf(odd);
  }

  /**
   * The columns of a virtual table, those that its module hides left out.
   *
   * @throws SQLException where the module is not there, or cannot be used without the application
   */
  public List<Column> columnsOf(VirtualTable table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "PRAGMA %s.table_xinfo(%s)".formatted(Sql.quote(schema), Sql.quote(table.name())));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (rows.getInt("hidden") != 1) {
          columns.add(column(rows));
        }
      }
    }
    return columns;
  }

  /** Tables whose keys are in collations that are not here, each with one of those. */
  public Map<String, String> unknownCollations() throws SQLException {
    Map<String, String> foreign = new TreeMap<>(Sql.BY_NAME);
    for (TableShape table : tables().values()) {
      for (Column column : table.key()) {
        String collation = column.keyCollation();
        if (collation != null && !ALWAYS_HERE.contains(Sql.folded(collation))) {
          foreign.put(table.name(), collation);
        }
      }
    }
    foreign.values().removeIf(this::isKnown);
    return foreign;
  }

  /** SQLite lists also the collations that it only knows by name. */
  private boolean isKnown(String collation) {
    try {
      Sql.execute(connection, "SELECT 'a' < 'b' COLLATE " + Sql.quote(collation));
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  String schema() {
    return schema;
  }

  private Map<String, Storage> readStorages() throws SQLException {
    Map<String, Storage> found = new HashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT name, rootpage, sql FROM %s.sqlite_schema WHERE type = 'table'"
                    .formatted(Sql.quote(schema)));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String sql = rows.getString(3);
        found.put(
            Sql.folded(rows.getString(1)), new Storage(rows.getInt(2), sql == null ? "" : sql));
      }
    }
    return found;
  }

  private Set<String> shadowNames() throws SQLException {
    Set<String> known = shadowNames;
    if (known == null) {
      known = new TreeSet<>(Sql.BY_NAME);
      known.addAll(ShadowTables.of(connection, schema));
      shadowNames = known;
    }
    return known;
  }

  private Map<String, TableShape> shapes() throws SQLException {
    Map<String, TableShape> known = all;
    if (known == null) {
      known = readShapes();
      all = known;
    }
    return known;
  }

  private Map<String, TableShape> readShapes() throws SQLException {
    Map<String, List<Column>> columns = new TreeMap<>(Sql.BY_NAME);
    Map<String, TableShape.Kind> kinds = new TreeMap<>(Sql.BY_NAME);
    Charset charset = charset();
    String query =
        """
        SELECT l.name AS tbl, CAST(l.name AS BLOB) AS tbl_bytes, l.wr, CAST(c.name AS BLOB) AS bytes, c.*
        FROM pragma_table_list AS l CROSS JOIN pragma_table_xinfo(l.name, l.schema) AS c
        WHERE l.schema = ? AND l.type IN ('table', 'shadow')
          AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String table = rows.getString("tbl");
          if (!isText(table, rows.getBytes("tbl_bytes"), charset)
              || !isText(rows.getString("name"), rows.getBytes("bytes"), charset)) {
            odd.add(table);
          }
          columns.computeIfAbsent(table, _ -> new ArrayList<>()).add(column(rows));
          if (rows.getBoolean("wr")) {
            kinds.put(table, TableShape.Kind.WITHOUT_ROWID);
          }
        }
      }
    }
    Map<String, Map<String, String>> collations = keyCollations();
    collations.keySet().forEach(name -> kinds.putIfAbsent(name, TableShape.Kind.ROWID));
    collations.forEach(
        (name, key) -> columns.computeIfPresent(name, (_, list) -> compared(list, key)));
    Map<String, TableShape> shapes = new TreeMap<>(Sql.BY_NAME);
    columns.forEach(
        (name, list) ->
            addUnless(
                odd.contains(name),
                shapes,
                name,
                TableShape.of(schema, name, list, kinds.getOrDefault(name, kind(list)))));
    return shapes;
  }

  /** Without an index of its own a key is the number of the row. */
  private static TableShape.Kind kind(List<Column> columns) {
    return columns.stream().anyMatch(Column::isKey)
        ? TableShape.Kind.NUMBERED
        : TableShape.Kind.ROWID;
  }

  private static List<Column> compared(List<Column> columns, Map<String, String> collations) {
    return columns.stream()
        .map(column -> column.comparedIn(column.isKey() ? collations.get(column.name()) : null))
        .toList();
  }

  /** For each table whose key has an index: in which collation that compares which column. */
  private Map<String, Map<String, String>> keyCollations() throws SQLException {
    Map<String, Map<String, String>> collations = new TreeMap<>(Sql.BY_NAME);
    String query =
        """
        SELECT l.name, x.name, x.coll FROM pragma_table_list AS l
        CROSS JOIN pragma_index_list(l.name, l.schema) AS i
        CROSS JOIN pragma_index_xinfo(i.name, l.schema) AS x
        WHERE l.schema = ? AND l.type IN ('table', 'shadow') AND i.origin = 'pk' AND x.key
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          collations
              .computeIfAbsent(rows.getString(1), _ -> new TreeMap<>(Sql.BY_NAME))
              .put(rows.getString(2), rows.getString(3));
        }
      }
    }
    return collations;
  }

  private Charset charset() throws SQLException {
    return switch (Sql.text(connection, "PRAGMA encoding")) {
      case "UTF-16le" -> StandardCharsets.UTF_16LE;
      case "UTF-16be" -> StandardCharsets.UTF_16BE;
      default -> StandardCharsets.UTF_8;
    };
  }

  private static boolean isText(String name, byte[] bytes, Charset charset) {
    return Arrays.equals(name.getBytes(charset), bytes);
  }

  private static Column column(ResultSet rows) throws SQLException {
    @Nullable String type = rows.getString("type");
    return new Column(
        rows.getString("name"),
        type == null ? "" : type,
        rows.getBoolean("notnull"),
        rows.getString("dflt_value"),
        rows.getInt("pk"),
        null,
        rows.getInt("hidden") >= 2);
  }
}
