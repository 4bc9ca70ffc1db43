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
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads job files: settings between two lines {@code ---}, and prose for people after them. */
public final class JobFileReader {
  /** What the names of job files end with. */
  public static final String SUFFIX = ".md";

  private static final int SECONDS_PER_HOUR = 3_600;
  private static final Pattern CAPABILITY = Pattern.compile("capability");

  private JobFileReader() {}

  /**
   * What came of reading a file: a job or problems, never both.
   *
   * @param problems each with the file's name and, where known, its line
   */
  public record Read(Optional<JobText> job, List<String> problems) {
    public Read {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a file; whatever is wrong with it becomes a problem. */
  public static Read read(Path file) {
    String name = String.valueOf(file.getFileName());
    Problems problems = new Problems(file, List.of(name));
    return read(name, new YamlFile(file, name, problems).text(), problems);
  }

  /** The same for a text that has been read already. */
  public static Read read(String fileName, String text) {
    Problems problems = new Problems(Path.of(fileName), List.of(fileName));
    return read(fileName, Optional.of(text), problems);
  }

  private static Read read(String fileName, Optional<String> text, Problems problems) {
    Optional<JobText> job =
        text.flatMap(whole -> FrontMatter.of(whole, fileName, problems))
            .flatMap(new YamlReader(fileName, problems)::read)
            .flatMap(settings -> job(fileName, settings, problems));
    List<String> lines = problems.lines();
    return new Read(lines.isEmpty() ? job : Optional.empty(), lines);
  }

  private static Optional<JobText> job(
      String fileName, YamlNode.Mapping settings, Problems problems) {
    Reading reading = new Reading(problems);
    Section section = reading.section("", "", settings);
    section.find("type", matching(CAPABILITY, "capability"));
    Optional<String> schedule = section.require("schedule", text());
    Optional<String> capability = section.require("capability", text());
    boolean recurring = section.find("recurring", truth()).orElse(true);
    boolean enabled = section.find("enabled", truth()).orElse(true);
    var params = section.find("params", object()).orElseGet(JsonNodeFactory.instance::objectNode);
    int jitter = section.find("jitter", integer(0, SECONDS_PER_HOUR)).orElse(0);
    Optional<String> zone = section.find("time_zone", text(JobFileReader::knownZone));
    reading.reportUnknownKeys();
    if (schedule.isEmpty() || capability.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobText(
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
