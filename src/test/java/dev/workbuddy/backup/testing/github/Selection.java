package dev.workbuddy.backup.testing.github;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The fields that a query asks for, each with those it asks for below it. */
record Selection(Map<String, Selection> fields) {
  private static final Pattern WORD = Pattern.compile("[{}]|\\w+");
  private static final Pattern ARGUMENTS = Pattern.compile("\\([^()]*\\)");

  /** Reads a query without fragments and aliases; {@code gh} sends such for what we ask it. */
  static Selection of(String query) {
    String plain = ARGUMENTS.matcher(query).replaceAll("");
    Deque<Selection> open = new ArrayDeque<>();
    Selection whole = none();
    Selection last = whole;
    List<MatchResult> words = WORD.matcher(plain.substring(plain.indexOf('{'))).results().toList();
    for (MatchResult word : words) {
      switch (word.group()) {
        case "{" -> open.push(last);
        case "}" -> open.pop();
        default -> {
          last = none();
          open.element().fields().put(word.group(), last);
        }
      }
    }
    return whole;
  }

  private static Selection none() {
    return new Selection(new LinkedHashMap<>());
  }

  /** Just these fields of a value. */
  JsonNode from(JsonNode value) {
    if (fields.isEmpty() || value.isNull()) {
      return value;
    }
    if (value.isArray()) {
      var list = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> list.add(from(element)));
      return list;
    }
    ObjectNode selected = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, below) -> selected.set(name, below.from(field(value, name))));
    return selected;
  }

  private static JsonNode field(JsonNode value, String name) {
    JsonNode field = value.get(name);
    if (field == null) {
      throw Refusal.unprocessable("Field '" + name + "' doesn't exist");
    }
    return field;
  }
}
