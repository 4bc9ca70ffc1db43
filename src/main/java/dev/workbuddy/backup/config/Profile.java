package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import dev.workbuddy.backup.io.UserFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What is known of an application without its user having to say it: its databases, where they may
 * lie, and how it brings them up to date. It lies under the configuration, which goes before.
 *
 * @param name what {@code backups.profile} calls it
 * @param recognisedBy files below the configuration's directory of which one tells that the
 *     application is there
 * @param layer the keys that it sets, as a configuration would
 */
record Profile(String name, List<String> recognisedBy, Mapping layer) {
  private static final Set<String> LADDER =
      Set.of("migrations", "migrate_command", "max_schema_version", "max_schema_version_command");

  private static final String KEY = "backups.profile";

  /** The application that the user's description is about. */
  static final String WORK_BUDDY = "work-buddy";

  Profile {
    recognisedBy = List.copyOf(recognisedBy);
  }

  /** What {@code backups.profile} names; nothing, and a problem, where that is no profile. */
  static Optional<Profile> named(Scalar value, Path configDir, Problems problems) {
    String name = value.text();
    if (name.equals(WORK_BUDDY)) {
      return Optional.of(workBuddy());
    }
    if (!new UserFile(configDir.resolve(name), YamlFile.MOST_BYTES).isThere()) {
      problems.add(value.at(), KEY, unknown(name, configDir));
      return Optional.empty();
    }
    return ofFile(name, configDir, problems);
  }

  private static String unknown(String name, Path configDir) {
    return Suggestion.nearest(name, List.of(WORK_BUDDY))
        .map(known -> "there is no profile \"%s\"; did you mean %s?".formatted(name, known))
        .orElseGet(
            () ->
                "there is no profile \"%s\" and no file %s"
                    .formatted(name, configDir.resolve(name)));
  }

  /** That of the application which the program was made for. */
  static Profile workBuddy() {
    String source = Position.PROFILE + WORK_BUDDY;
    Problems problems = new Problems(Path.of(""), List.of(source));
    Optional<Profile> profile =
        new YamlReader(source, problems)
            .read(resource(WORK_BUDDY))
            .map(root -> (Mapping) YamlValues.at(new Position(source, 0), root))
            .map(root -> of(root, WORK_BUDDY, problems));
    problems.throwIfAny();
    return profile.orElseThrow();
  }

  private static Optional<Profile> ofFile(String text, Path configDir, Problems problems) {
    problems.addFile(text);
    return new YamlFile(configDir.resolve(text), text, problems)
        .text()
        .flatMap(new YamlReader(text, problems)::read)
        .map(root -> of(root, text, problems));
  }

  private static Profile of(Mapping root, String name, Problems problems) {
    ReadContext context = new ReadContext(problems);
    Section top = context.section("", "", root);
    top.passOver("name");
    List<String> files = top.find("recognised_by", ValueType.texts()).orElse(List.of());
    SequencedMap<String, YamlNode> backups = new LinkedHashMap<>();
    for (String key : List.of("programs", "databases")) {
      top.passOver(key);
      YamlNode value = root.entries().get(key);
      if (value != null) {
        backups.put(key, value);
      }
    }
    context.reportUnknownKeys();
    SequencedMap<String, YamlNode> layer = new LinkedHashMap<>();
    layer.put("backups", new Mapping(root.at(), backups));
    return new Profile(name, files, new Mapping(root.at(), layer));
  }

  /** Whether the application is where the configuration is. */
  boolean isRecognisedIn(Path configDir) {
    return recognisedBy.stream().anyMatch(file -> Files.exists(configDir.resolve(file)));
  }

  /**
   * The layer with the ladders of some of its databases, by logical name, and without the others.
   */
  Mapping withLaddersOf(Predicate<String> chosen) {
    return changed(
        layer,
        "backups",
        backups -> changed(backups, "databases", databases -> withLadders(databases, chosen)));
  }

  private static Mapping withLadders(Mapping databases, Predicate<String> chosen) {
    Mapping all = databases;
    for (String name : databases.entries().keySet()) {
      if (!chosen.test(name)) {
        all = changed(all, name, Profile::withoutLadder);
      }
    }
    return all;
  }

  private static Mapping withoutLadder(Mapping database) {
    SequencedMap<String, YamlNode> entries = new LinkedHashMap<>(database.entries());
    entries.keySet().removeAll(LADDER);
    return new Mapping(database.at(), entries);
  }

  private static Mapping changed(Mapping mapping, String key, UnaryOperator<Mapping> change) {
    SequencedMap<String, YamlNode> entries = new LinkedHashMap<>(mapping.entries());
    entries.computeIfPresent(
        key, (_, value) -> value instanceof Mapping section ? change.apply(section) : value);
    return new Mapping(mapping.at(), entries);
  }

  private static String resource(String name) {
    String path = "/profiles/" + name + ".yaml";
    try (InputStream stream = Profile.class.getResourceAsStream(path)) {
      byte[] bytes = Objects.requireNonNull(stream, path).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }
}
