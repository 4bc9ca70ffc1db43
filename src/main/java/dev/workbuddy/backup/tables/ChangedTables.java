package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.pages.ChangedRanges;
import dev.workbuddy.backup.pages.PagePair;
import dev.workbuddy.backup.pages.UnexpectedPageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a database's tables can differ between two versions of it, as far as their pages
 * tell. Confined to one thread.
 */
public final class ChangedTables implements Closeable {
  private final @Nullable PagePair pages;
  private final SchemaReader before;
  private final SchemaReader after;

  private ChangedTables(@Nullable PagePair pages, SchemaReader before, SchemaReader after) {
    this.pages = pages;
    this.before = before;
    this.after = after;
  }

  /** Where nothing is known: every row can differ. */
  public static ChangedTables unknown(SchemaReader before, SchemaReader after) {
    return new ChangedTables(null, before, after);
  }

  /**
   * Reads the pages of both files, which nobody may write.
   *
   * @param wasSchema that of the first file
   * @param isSchema that of the second
   */
  public static ChangedTables between(
      Path before, SchemaReader wasSchema, Path after, SchemaReader isSchema) throws IOException {
    try {
      return new ChangedTables(PagePair.of(before, after), wasSchema, isSchema);
    } catch (UnexpectedPageException e) {
      return unknown(wasSchema, isSchema);
    }
  }

  /** Equal bytes are equal rows only where the same statement created both tables. */
  public ChangedRanges of(TableShape old, TableShape now) throws SQLException, IOException {
    if (pages == null) {
      return ChangedRanges.EVERYTHING;
    }
    if (old.kind() == TableShape.Kind.VIRTUAL) {
      return keepsTheSame(old.name()) ? ChangedRanges.NOTHING : ChangedRanges.EVERYTHING;
    }
    SchemaReader.Storage was = before.storage(old.name());
    SchemaReader.Storage is = after.storage(now.name());
    return was.sql().equals(is.sql())
        ? ChangedRanges.between(pages, was.rootPage(), is.rootPage())
        : ChangedRanges.EVERYTHING;
  }

  /**
   * Returns whether the tables that a virtual table keeps are there, and all equal as far as is
   * known.
   */
  public boolean keepsTheSame(String virtual) throws SQLException, IOException {
    Map<String, TableShape> old = before.shadows(virtual);
    Map<String, TableShape> now = after.shadows(virtual);
    if (old.isEmpty() || !old.keySet().equals(now.keySet())) {
      return false;
    }
    for (TableShape table : old.values()) {
      if (!of(table, table).none()) {
        return false;
      }
    }
    return true;
  }

  /** What the pages tell, for people. */
  public String told() {
    return pages == null
        ? "every row is compared"
        : "%d of %d pages differ".formatted(pages.differing(), pages.pages());
  }

  @Override
  public void close() throws IOException {
    if (pages != null) {
      pages.close();
    }
  }
}
