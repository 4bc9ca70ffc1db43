package dev.workbuddy.backup.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file that is backed up.
 *
 * @param name the logical name, which the manifest uses
 * @param path the file's place below the live database directory, with {@code /} between names on
 *     every system; never absolute, never climbing
 * @param owner the part of the application that the database belongs to, for people; null where the
 *     configuration does not say
 * @param ladder how its schema is brought up to date; null where the configuration does not say
 * @param places where else the file may be, as some version of the application has it; the path is
 *     among them
 * @param optional whether it is only missed once it was there
 */
public record VitalDatabase(
    String name,
    String path,
    @Nullable String owner,
    @JsonIgnore @Nullable LadderSource ladder,
    @JsonIgnore List<String> places,
    @JsonIgnore boolean optional) {

  public VitalDatabase {
    places = List.copyOf(places);
  }

  /** One with a single place. */
  public VitalDatabase(
      String name, String path, @Nullable String owner, @Nullable LadderSource ladder) {
    this(name, path, owner, ladder, List.of(path), false);
  }

  /** One without migrations. */
  public VitalDatabase(String name, String path, @Nullable String owner) {
    this(name, path, owner, null);
  }

  /** The database's file below a directory laid out like the live one. */
  public Path in(Path directory) {
    Path file = directory;
    for (String part : path.split("/", -1)) {
      file = file.resolve(part);
    }
    return file;
  }
}
