package dev.workbuddy.backup.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Documents as people write them, with what they mean. */
final class RandomYaml {
  private static final List<String> COMMENTS =
      List.of("", " # why", "   # a: b", " # { not: this }", " # 'quote", " # ünïcödé 🦊");

  private final Random random;
  private final String lineEnd;
  private Map<String, @Nullable Object> meaning = Map.of();

  RandomYaml(Random random) {
    this.random = random;
    this.lineEnd = random.nextInt(4) == 0 ? "\r\n" : "\n";
  }

  String document() {
    StringBuilder text = new StringBuilder();
    meaning = new LinkedHashMap<>();
    comments(text, 0);
    if (random.nextInt(5) == 0) {
      line(text, 0, "---");
    }
    section(text, 0, meaning, List.of("backups", "paths", "features", "ключ"), 0);
    comments(text, 0);
    String all = text.toString();
    return random.nextInt(5) == 0 ? all.stripTrailing() : all;
  }

  /** What the document means once a value has been set. */
  Map<String, @Nullable Object> expected(List<String> path, String value) {
    put(meaning, path, value);
    return meaning;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, @Nullable Object> into, List<String> path, String value) {
    String key = path.getFirst();
    if (path.size() == 1) {
      into.put(key, value);
      return;
    }
    Map<String, @Nullable Object> below =
        into.get(key) instanceof Map<?, ?> map
            ? (Map<String, @Nullable Object>) map
            : new LinkedHashMap<>();
    into.put(key, below);
    put(below, path.subList(1, path.size()), value);
  }

  private static List<String> below(String key) {
    return switch (key) {
      case "backups" -> List.of("github", "cadence", "hooks", "a b");
      case "github" -> List.of("repo", "allow", "x");
      default -> List.of("one", "two", "three");
    };
  }

  private void section(
      StringBuilder text,
      int indent,
      Map<String, @Nullable Object> into,
      List<String> keys,
      int depth) {
    int least = depth == 0 ? 0 : 1;
    for (String key : keys) {
      boolean must = into.size() < least && key.equals(keys.getLast());
      if (!must && random.nextInt(3) == 0) {
        continue;
      }
      comments(text, indent);
      entry(text, indent, into, key, depth);
    }
  }

  private void entry(
      StringBuilder text, int indent, Map<String, @Nullable Object> into, String key, int depth) {
    boolean mayBeSection = depth < 2 && !key.equals("repo");
    boolean onTheWay = key.equals("backups") || key.equals("github");
    int kind =
        onTheWay ? random.nextInt(4) : mayBeSection ? random.nextInt(8) : 4 + random.nextInt(4);
    switch (kind) {
      case 0, 1 -> {
        line(text, indent, key + ":" + comment());
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        section(text, indent + 1 + random.nextInt(4), map, below(key), depth + 1);
        into.put(key, map);
      }
      case 2 -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        line(text, indent, key + ": " + flow(map, below(key)) + comment());
        into.put(key, map);
      }
      case 3 -> {
        line(text, indent, key + ":" + comment());
        into.put(key, null);
      }
      case 4 -> {
        line(text, indent, key + ": \"a # b: \\\"c\"" + comment());
        into.put(key, "a # b: \"c");
      }
      case 5 -> {
        line(text, indent, key + ":   plain words" + comment());
        into.put(key, "plain words");
      }
      case 6 -> {
        if (key.equals("repo")) {
          line(text, indent, key + ": ~");
          into.put(key, null);
        } else {
          line(text, indent, key + ": |");
          line(text, indent + 2, "block # text");
          line(text, indent + 2, "more: text");
          into.put(key, "block # text\nmore: text\n");
        }
      }
      default -> {
        if (key.equals("repo")) {
          line(text, indent, key + ": 'it''s'");
          into.put(key, "it's");
        } else {
          line(text, indent, key + ":");
          line(text, indent, "- one" + comment());
          line(text, indent, "- two");
          into.put(key, List.of("one", "two"));
        }
      }
    }
  }

  private String flow(Map<String, @Nullable Object> into, List<String> keys) {
    StringBuilder text = new StringBuilder("{");
    for (String key : keys) {
      if (random.nextBoolean()) {
        text.append(into.isEmpty() ? " " : ", ").append(key).append(": ");
        if (key.equals("github")) {
          Map<String, @Nullable Object> map = new LinkedHashMap<>();
          text.append(flow(map, below(key)));
          into.put(key, map);
        } else {
          text.append("'v, }'");
          into.put(key, "v, }");
        }
      }
    }
    return text.append(random.nextBoolean() ? " }" : "}").toString();
  }

  private void comments(StringBuilder text, int indent) {
    for (int i = random.nextInt(3); i > 0; i--) {
      line(text, random.nextBoolean() ? indent : 0, random.nextBoolean() ? "# old: value" : "");
    }
  }

  private String comment() {
    return COMMENTS.get(random.nextInt(COMMENTS.size()));
  }

  private void line(StringBuilder text, int indent, String content) {
    text.append(content.isEmpty() ? "" : " ".repeat(indent) + content).append(lineEnd);
  }
}
