package dev.workbuddy.backup.query;

import java.util.Map;

/**
 * The input of a process that queries a database.
 *
 * @param file the database, which nobody writes
 * @param neighbours other files of that kind, by the schema's name
 * @param sql one statement
 * @param limit how many rows to read at most
 * @param millis how long it may take
 */
record QueryOrder(String file, Map<String, String> neighbours, String sql, int limit, long millis) {
  QueryOrder {
    neighbours = Map.copyOf(neighbours);
  }
}
