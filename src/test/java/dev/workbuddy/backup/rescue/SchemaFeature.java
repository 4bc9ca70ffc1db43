package dev.workbuddy.backup.rescue;

import java.util.List;

/**
 * One thing that a schema may have, what an accident does to it, and what is right then.
 *
 * @param name what it is, for people
 * @param setup makes the database
 * @param loss the accident
 * @param left tables that a rescue cannot bring back and must name; empty where all comes back
 * @param derived tables of which rows cannot be missing, or only with the ones that are named
 * @param checks statements that fail where an index is not right afterwards
 * @param recreate whether the rescue makes dropped tables again
 */
record SchemaFeature(
    String name,
    List<String> setup,
    List<String> loss,
    List<String> left,
    List<String> derived,
    List<String> checks,
    boolean recreate) {

  static SchemaFeature of(String name, String... setup) {
    return new SchemaFeature(
        name, List.of(setup), List.of(), List.of(), List.of(), List.of(), false);
  }

  SchemaFeature losing(String... statements) {
    return new SchemaFeature(name, setup, List.of(statements), left, derived, checks, recreate);
  }

  /** The rescue is to name these tables and end incomplete, whatever it brings back. */
  SchemaFeature leaving(String... tables) {
    return new SchemaFeature(name, setup, loss, List.of(tables), derived, checks, recreate);
  }

  SchemaFeature recreating() {
    return new SchemaFeature(name, setup, loss, left, derived, checks, true);
  }

  SchemaFeature deriving(String... tables) {
    return new SchemaFeature(name, setup, loss, left, List.of(tables), checks, recreate);
  }

  SchemaFeature checking(String... statements) {
    return new SchemaFeature(name, setup, loss, left, derived, List.of(statements), recreate);
  }

  @Override
  public String toString() {
    return name;
  }
}
