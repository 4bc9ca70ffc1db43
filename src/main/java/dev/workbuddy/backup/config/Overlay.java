package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Lays one configuration over another: sections merge key by key, any other value replaces. */
final class Overlay {
  private Overlay() {}

  static Mapping overlay(Mapping base, Mapping over) {
    SequencedMap<String, YamlNode> merged = new LinkedHashMap<>(base.entries());
    over.entries().forEach((key, value) -> merged.merge(key, value, Overlay::winner));
    return new Mapping(base.at(), merged);
  }

  private static YamlNode winner(YamlNode base, YamlNode over) {
    if (!(base instanceof Mapping lower)) {
      return over;
    }
    if (over instanceof Mapping upper) {
      return overlay(lower, upper);
    }
    boolean emptySection = over.isNothing();
    return emptySection ? base : over;
  }
}
