package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.integer;
import static dev.workbuddy.backup.config.ValueType.matching;
import static dev.workbuddy.backup.config.ValueType.object;
import static dev.workbuddy.backup.config.ValueType.text;
import static dev.workbuddy.backup.config.ValueType.truth;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads job files: settings between two lines {@code ---}, and prose for people after them. */
public final class JobFileReader {
  /** What the names of job files end with. */
  public static final String SUFFIX = ".md";

  private static final int SECONDS_PER_HOUR = 3_600;

  /** What work-buddy runs as well, and this program does not. */
  private static final Set<String> FOREIGN_TYPES = Set.of("workflow", "prompt");

  /** Keys of work-buddy's that mean nothing for a capability. */
  private static final List<String> UNUSED =
      List.of("workflow", "prompt", "description", "spawn_mode");

  private static final Pattern CAPABILITY = Pattern.compile("capability");

  private JobFileReader() {}

  /**
   * What came of reading a file: a job or problems, never both.
   *
   * @param problems each with the file's name and, where known, its line
   */
  public record Read(Optional<JobDefinition> job, List<String> problems) {
    public Read {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads a file; whatever is wrong with it becomes a problem. One for another program, that is of
   * another type or of a capability that is not ours, is neither a job nor a problem.
   *
   * @param isOurs knows by its name whether a capability is ours, or meant to be
   */
  public static Read read(Path file, Predicate<String> isOurs) {
    String name = String.valueOf(file.getFileName());
    Problems problems = new Problems(file, List.of(name));
    return read(name, new YamlFile(file, name, problems).text(), problems, isOurs);
  }

  /** Reads a job from a text that was read already; the capability is taken as ours. */
  public static Read read(String fileName, String text) {
    Problems problems = new Problems(Path.of(fileName), List.of(fileName));
    return read(fileName, Optional.of(text), problems, _ -> true);
  }

  private static Read read(
      String fileName, Optional<String> text, Problems problems, Predicate<String> isOurs) {
    Optional<JobDefinition> job =
        text.flatMap(whole -> FrontMatter.of(whole, fileName, problems))
            .flatMap(new YamlReader(fileName, problems)::read)
            .filter(settings -> isOurs(settings, isOurs))
            .flatMap(settings -> job(fileName, settings, problems));
    List<String> lines = problems.lines();
    return new Read(lines.isEmpty() ? job : Optional.empty(), lines);
  }

  /** By a reading of its own, whose complaints nobody hears. */
  private static boolean isOurs(YamlNode.Mapping settings, Predicate<String> isOurs) {
    Section peeked =
        new ReadContext(new Problems(Path.of(""), List.of(""))).section("", "", settings);
    return peeked.find("type", text()).filter(FOREIGN_TYPES::contains).isEmpty()
        && peeked.find("capability", text()).filter(isOurs.negate()).isEmpty();
  }

  private static Optional<JobDefinition> job(
      String fileName, YamlNode.Mapping settings, Problems problems) {
    ReadContext context = new ReadContext(problems);
    Section section = context.section("", "", settings);
    section.find("type", matching(CAPABILITY, "capability"));
    Optional<String> schedule = section.require("schedule", text());
    Optional<String> capability = section.require("capability", text());
    boolean recurring = section.find("recurring", truth()).orElse(true);
    boolean enabled = section.find("enabled", truth()).orElse(true);
    var params = section.find("params", object()).orElseGet(JsonNodeFactory.instance::objectNode);
    int jitter =
        section
            .find("jitter", integer(0, SECONDS_PER_HOUR))
            .or(() -> section.find("jitter_seconds", integer(0, SECONDS_PER_HOUR)))
            .orElse(0);
    UNUSED.forEach(key -> section.find(key, text()));
    section.find("allow_demotion", truth());
    Optional<String> zone = section.find("time_zone", text(JobFileReader::knownZone));
    context.reportUnknownKeys();
    if (schedule.isEmpty() || capability.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobDefinition(
            fileName.substring(0, fileName.length() - SUFFIX.length()),
            schedule.get(),
            recurring,
            enabled,
            capability.get(),
            params,
            Duration.ofSeconds(jitter),
            zone.map(ZoneId::of).orElse(null)));
  }

  private static String knownZone(String name) throws InvalidValueException {
    try {
      return ZoneId.of(name).getId();
    } catch (DateTimeException unknown) {
      throw new InvalidValueException(
          "must be the name of a time zone, for example Europe/Berlin, not \"" + name + "\"");
    }
  }
}
