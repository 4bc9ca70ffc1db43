package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.text;
import static dev.workbuddy.backup.config.ValueType.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys about the databases, whether the user or a profile wrote them. */
final class DatabaseReader {
  private final Path configDir;
  private final Path live;

  DatabaseReader(Path configDir, Path live) {
    this.configDir = configDir;
    this.live = live;
  }

  /**
   * What is known.
   *
   * @param vital those that are saved; at least one where there is no problem
   * @param dormant those that are saved once they are there
   */
  record Databases(List<VitalDatabase> vital, List<VitalDatabase> dormant) {
    List<VitalDatabase> all() {
      return Stream.concat(vital.stream(), dormant.stream()).toList();
    }
  }

  Databases read(Section backups) {
    if (backups.isHollow("databases")) {
      backups.problem("databases", "must name a database; without this key it is work-buddy's");
    }
    backups.require("databases");
    Programs programs = Programs.read(backups, configDir);
    List<VitalDatabase> all = new ArrayList<>();
    for (Section entry : backups.section("databases").namedSections()) {
      database(entry, programs, all).ifPresent(all::add);
    }
    Predicate<VitalDatabase> sleeps =
        database -> database.optional() && !Files.exists(database.in(live));
    List<VitalDatabase> vital = all.stream().filter(sleeps.negate()).toList();
    return vital.isEmpty()
        ? new Databases(all, List.of())
        : new Databases(vital, all.stream().filter(sleeps).toList());
  }

  private Optional<VitalDatabase> database(
      Section entry, Programs programs, List<VitalDatabase> earlier) {
    entry.require("path");
    Optional<List<String>> places = entry.find("path", ValueType.places(), this::place);
    Optional<String> owner = entry.find("owner", text());
    boolean optional = entry.find("optional", truth()).orElse(false);
    Optional<LadderSource> ladder = new LadderReader(configDir, programs).read(entry);
    places.ifPresent(found -> requireFree(entry, found, earlier));
    return places.map(
        found ->
            new VitalDatabase(
                entry.name(),
                place(found),
                owner.orElse(null),
                ladder.orElse(null),
                found,
                optional));
  }

  private void requireFree(Section entry, List<String> places, List<VitalDatabase> earlier) {
    places.stream()
        .flatMap(place -> PathRules.conflict(place, earlier).stream())
        .findFirst()
        .ifPresent(conflict -> entry.problem("path", conflict));
    List<String> there = there(places);
    if (there.size() > 1) {
      entry.problem(
          "path",
          "two files are there, and only the application knows which it opens: %s. Set %s to that one"
              .formatted(
                  there.stream().map(this::described).collect(Collectors.joining(" and ")),
                  entry.path("path")));
    }
  }

  /** Where the file is; the first of its places where it is at none. */
  private String place(List<String> places) {
    List<String> there = there(places);
    return there.isEmpty() ? places.getFirst() : there.getFirst();
  }

  /** One file under two names is one. */
  private List<String> there(List<String> places) {
    List<String> there = new ArrayList<>();
    for (String place : places) {
      Path file = live.resolve(place);
      if (Files.exists(file) && there.stream().noneMatch(other -> isSame(file, other))) {
        there.add(place);
      }
    }
    return there;
  }

  private boolean isSame(Path file, String other) {
    try {
      return Files.isSameFile(file, live.resolve(other));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private String described(String place) {
    Path file = live.resolve(place);
    try {
      return "%s (%d bytes, last changed %s)"
          .formatted(file, Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException unreadable) {
      return file.toString();
    }
  }
}
