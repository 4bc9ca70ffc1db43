package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** What comes to light while a configuration is read key by key. */
final class ReadContext {
  private final Problems problems;
  private final List<Section> sections = new ArrayList<>();
  private final SequencedSet<String> knownKeys = new LinkedHashSet<>();
  private final List<EffectiveSetting> effective = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  ReadContext(Problems problems) {
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  Section section(String path, String name, Mapping values) {
    Section section = new Section(this, path, name, values);
    sections.add(section);
    return section;
  }

  void known(String key) {
    knownKeys.add(key);
  }

  void effective(String key, String value, Position origin) {
    effective.add(new EffectiveSetting(key, value, origin.toString()));
  }

  void problem(Position at, String key, String text) {
    problems.add(at, key, text);
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  /** To be called last: what no one has asked for by then is unknown. */
  void reportUnknownKeys() {
    for (Section section : sections) {
      section.unknownKeys().forEach((key, at) -> reportUnknown(section, key, at));
    }
  }

  private void reportUnknown(Section section, String key, Position at) {
    if (section.isShared()) {
      Suggestion.slip(key, section.knownKeys())
          .ifPresent(
              known -> problem(at, section.path(key), "unknown key; did you mean " + known + "?"));
      return;
    }
    String guess =
        Suggestion.nearest(key, section.knownKeys())
            .or(() -> Suggestion.elsewhere(key, knownKeys))
            .map(known -> "; did you mean " + known + "?")
            .orElse("");
    problem(at, section.path(key), "unknown key" + guess);
  }

  List<String> knownKeys() {
    return List.copyOf(knownKeys);
  }

  List<EffectiveSetting> effective() {
    return List.copyOf(effective);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }
}
