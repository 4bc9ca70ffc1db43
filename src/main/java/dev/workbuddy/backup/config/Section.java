package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A section of the configuration that remembers which of its keys were asked for. */
final class Section {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private final ReadContext context;
  private final String path;
  private final String name;
  private final Mapping values;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Map<String, Section> children = new HashMap<>();
  private final Set<String> own = new TreeSet<>();
  private boolean shared;

  /**
   * @param path the full key, for example {@code backups.databases.tasks}; empty for the root
   * @param name the last word of the full key
   */
  Section(ReadContext context, String path, String name, Mapping values) {
    this.context = context;
    this.path = path;
    this.name = name;
    this.values = values;
  }

  String name() {
    return name;
  }

  /**
   * Says that others keep keys here as well; only what looks like a slip of ours is a problem.
   *
   * @param ours keys that are ours, beside those that are asked for
   */
  void shareWithOthers(Collection<String> ours) {
    shared = true;
    own.addAll(ours);
  }

  boolean isShared() {
    return shared;
  }

  /** Lets a key pass, whatever its value: it is the application's. */
  void passOver(String key) {
    asked.add(key);
  }

  /** Where a key's value stands; the section's own place where the key is absent. */
  Position at(String key) {
    YamlNode value = values.entries().get(key);
    return value == null ? values.at() : value.at();
  }

  boolean has(String key) {
    return values.entries().containsKey(key);
  }

  boolean isEmpty() {
    return values.entries().isEmpty();
  }

  /** Whether a key has a plain value, neither a section nor a list nor nothing. */
  boolean isWord(String key) {
    return values.entries().get(key) instanceof YamlNode.Scalar value && !value.isNothing();
  }

  /** Whether a key is there with no value, or with a section that has no keys. */
  boolean isHollow(String key) {
    return switch (values.entries().get(key)) {
      case null -> false;
      case Mapping mapping -> mapping.entries().isEmpty();
      case YamlNode value -> value.isNothing();
    };
  }

  /** The value of a key, or its default where the key is absent. */
  <T> T get(String key, ValueType<T> type, T fallback) {
    if (!has(key)) {
      context.effective(path(key), type.shown().apply(fallback), Position.DEFAULT);
    }
    return find(key, type).orElse(fallback);
  }

  /** The value of a key that must be there; nothing, and a problem, where it is not. */
  <T> Optional<T> require(String key, ValueType<T> type) {
    require(key);
    return find(key, type);
  }

  /** Reports a key that is not there. */
  void require(String key) {
    if (!has(key)) {
      problem(key, "is missing");
    }
  }

  /** The value of a key, or nothing where it is absent or has a problem. */
  <T> Optional<T> find(String key, ValueType<T> type) {
    return find(key, type, type.shown());
  }

  /**
   * Like {@link #find(String, ValueType)}, but with another way to show the value.
   *
   * @param shown what came of the value, as a user would write it
   */
  <T> Optional<T> find(String key, ValueType<T> type, Function<T, String> shown) {
    ask(key);
    YamlNode value = values.entries().get(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      T parsed = type.parser().parse(value);
      context.effective(path(key), shown.apply(parsed), value.at());
      return Optional.of(parsed);
    } catch (InvalidValueException e) {
      problem(key, e.problem());
      return Optional.empty();
    }
  }

  /** The section under a key; an empty one where it is absent or has no keys. */
  Section section(String key) {
    ask(key);
    return children.computeIfAbsent(key, this::sectionOf);
  }

  private Section sectionOf(String key) {
    Mapping nothing = Mapping.empty(at(key));
    YamlNode value = values.entries().get(key);
    if (value == null || value.isNothing()) {
      return child(key, nothing);
    }
    return child(key, mapping(key, value).orElse(nothing));
  }

  /** This section's own sections, where the user chooses the names; the others are problems. */
  List<Section> namedSections() {
    return sections(this::hasValidName);
  }

  /** The valid ones among this section's keys, where the user chooses the names. */
  List<String> namesOfTheUsers() {
    asked.addAll(values.entries().keySet());
    return values.entries().keySet().stream().filter(this::hasValidName).toList();
  }

  /**
   * Like {@link #namedSections}, but for names that the user does not choose, such as those of
   * tables.
   */
  List<Section> sectionsOfAnyName() {
    return sections(key -> true);
  }

  private List<Section> sections(Predicate<String> valid) {
    asked.addAll(values.entries().keySet());
    return values.entries().entrySet().stream()
        .filter(entry -> valid.test(entry.getKey()))
        .flatMap(entry -> named(entry).stream())
        .toList();
  }

  void problem(String key, String text) {
    context.problem(at(key), path(key), text);
  }

  /** Says that what a key asks for will not happen; the sentence goes on after {@code but}. */
  void warn(String key, String sentence) {
    context.warn(path(key) + " is set, but " + sentence);
  }

  /** Like {@link #warn}, but for the whole section, if it is not empty. */
  void warnIfSet(String sentence) {
    if (!values.entries().isEmpty()) {
      context.warn(path + " is set, but " + sentence);
    }
  }

  SequencedMap<String, Position> unknownKeys() {
    SequencedMap<String, Position> unknown = new LinkedHashMap<>();
    values.entries().forEach((key, value) -> unknown.put(key, value.at()));
    unknown.keySet().removeAll(asked);
    return unknown;
  }

  Set<String> knownKeys() {
    Set<String> known = new TreeSet<>(own);
    known.addAll(asked);
    return known;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private void ask(String key) {
    asked.add(key);
    context.known(path(key));
  }

  private boolean hasValidName(String key) {
    boolean valid = NAME.matcher(key).matches();
    if (!valid) {
      problem(key, "a name consists of A-Z a-z 0-9 _ . - and begins with none of . -");
    }
    return valid;
  }

  private Optional<Section> named(Map.Entry<String, YamlNode> entry) {
    return mapping(entry.getKey(), entry.getValue()).map(found -> child(entry.getKey(), found));
  }

  private Optional<Mapping> mapping(String key, YamlNode value) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    problem(key, InvalidValueException.mustBe("a section", value).problem());
    return Optional.empty();
  }

  private Section child(String key, Mapping found) {
    return context.section(path(key), key, found);
  }
}
