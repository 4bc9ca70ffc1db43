package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import dev.workbuddy.backup.config.YamlNode.Sequence;
import dev.workbuddy.backup.config.YamlNode.Unread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Values without their positions, to be compared. */
final class YamlValues {
  private YamlValues() {}

  /** The value as if it stood nowhere. */
  static YamlNode of(YamlNode node) {
    return at(Position.DEFAULT, node);
  }

  /** The value as if all of it stood in one place. */
  static YamlNode at(Position at, YamlNode node) {
    return switch (node) {
      case Scalar scalar -> new Scalar(at, scalar.kind(), scalar.text());
      case Sequence sequence ->
          new Sequence(at, sequence.items().stream().map(item -> at(at, item)).toList());
      case Mapping mapping -> {
        SequencedMap<String, YamlNode> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key, at(at, value)));
        yield new Mapping(at, entries);
      }
      case Unread unread -> new Unread(at, unread.content());
    };
  }

  /** The plain section with a value under a path; what is no section on the way gives way. */
  static Mapping with(Mapping mapping, List<String> path, YamlNode value) {
    SequencedMap<String, YamlNode> entries = new LinkedHashMap<>(mapping.entries());
    String key = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    YamlNode below = entries.get(key);
    entries.put(
        key,
        rest.isEmpty()
            ? value
            : with(
                below instanceof Mapping section ? section : Mapping.empty(Position.DEFAULT),
                rest,
                value));
    return new Mapping(Position.DEFAULT, entries);
  }
}
