package dev.workbuddy.backup.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes logical names for database files: short, valid and all different. */
final class DatabaseNames {
  private static final int LONGEST = 100;

  private DatabaseNames() {}

  /** One name for each path, in the same order. */
  static List<String> forPaths(List<String> paths) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String path : paths) {
      String wanted = shortestOwnName(path, paths);
      String name = wanted;
      for (int next = 2; !taken.add(name); next++) {
        name = wanted + "_" + next;
      }
      names.add(name);
    }
    return names;
  }

  private static String shortestOwnName(String path, List<String> all) {
    int parts = path.split("/", -1).length;
    for (int count = 1; count < parts; count++) {
      String name = name(path, count);
      int length = count;
      if (all.stream().filter(other -> name(other, length).equals(name)).count() == 1) {
        return name;
      }
    }
    return name(path, parts);
  }

  private static String name(String path, int lastParts) {
    List<String> parts = List.of(path.split("/", -1));
    String joined =
        String.join("_", parts.subList(Math.max(0, parts.size() - lastParts), parts.size()));
    int dot = joined.lastIndexOf('.');
    return valid(dot > 0 ? joined.substring(0, dot) : joined);
  }

  private static String valid(String text) {
    String safe = text.replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^[.-]+", "");
    String named = safe.isEmpty() ? "database" : safe;
    return named.length() <= LONGEST ? named : named.substring(0, LONGEST);
  }
}
