package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.DatabaseFinder;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Databases that lie beside the configured ones and that nobody saves. They are known by their
 * names alone: to open one here could cost a writer its locks.
 */
final class Coverage {
  static final String ID = "coverage";
  static final ComponentDefinition DECLARATION =
      new ComponentDefinition(
          ID,
          "All databases are saved",
          false,
          context -> Optional.of(new Coverage(context.settings(), context).declared()));

  private static final int DEEPEST = 6;
  private static final int NAMED = 5;
  private static final String ADD =
      "Add them to backups.databases in config.yaml, with `profile: work-buddy` beside it where its"
          + " databases are saved without being named; if they can be recreated: `wb-backup doctor"
          + " --prefer coverage=unwanted`.";

  private final Settings settings;
  private final HealthContext context;

  private Coverage(Settings settings, HealthContext context) {
    this.settings = settings;
    this.context = context;
  }

  private Component declared() {
    return new Component(
        DECLARATION,
        context.features().of(ID),
        List.of(),
        List.of(new Check("databases beside", this::look)),
        List.of(Link.hard(Configuration.ID)));
  }

  private Finding look() throws IOException {
    Path live = settings.dbDir();
    if (!Files.isDirectory(live)) {
      return Finding.ok("there is no live directory yet");
    }
    Set<Path> saved =
        settings.databases().stream()
            .map(VitalDatabase::path)
            .map(live::resolve)
            .collect(Collectors.toSet());
    List<String> others;
    try (Stream<Path> files = Files.walk(live, DEEPEST)) {
      others =
          files
              .filter(file -> DatabaseFinder.isNamedAsDatabase(file.toString()))
              .filter(file -> !saved.contains(file) && isContent(file))
              .map(file -> live.relativize(file).toString())
              .sorted()
              .toList();
    }
    return others.isEmpty()
        ? Finding.ok("none in %s is left out".formatted(live))
        : Finding.warning("nobody saves " + named(others), ADD);
  }

  private static boolean isContent(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > 0;
    } catch (IOException gone) {
      return false;
    }
  }

  private static String named(List<String> files) {
    String first = files.stream().limit(NAMED).collect(Collectors.joining(", "));
    return files.size() > NAMED ? first + " and %d more".formatted(files.size() - NAMED) : first;
  }
}
