package dev.workbuddy.backup.signals;

import dev.workbuddy.backup.io.SafeText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Measurements in the text format that Prometheus reads. For one thread. */
final class PrometheusText {
  private final SequencedMap<String, StringBuilder> families = new LinkedHashMap<>();

  /** A value without labels. */
  PrometheusText gauge(String name, String help, long value) {
    return gauge(name, help, Map.of(), value);
  }

  /** A time or a length of time without labels, in seconds. */
  PrometheusText millis(String name, String help, long millis) {
    return millis(name, help, Map.of(), millis);
  }

  /** A time or a length of time of a family, in seconds. */
  PrometheusText millis(String name, String help, Map<String, String> labels, long millis) {
    return gauge(name, help, labels, BigDecimal.valueOf(millis, 3));
  }

  /** Adds a value of a family; the help is written once. */
  PrometheusText gauge(String name, String help, Map<String, String> labels, long value) {
    return gauge(name, help, labels, BigDecimal.valueOf(value));
  }

  private PrometheusText gauge(
      String name, String help, Map<String, String> labels, BigDecimal value) {
    families
        .computeIfAbsent(name, _ -> head(name, help))
        .append(name)
        .append(text(labels))
        .append(' ')
        .append(number(value))
        .append('\n');
    return this;
  }

  /** The whole document. */
  String text() {
    return String.join("", families.values());
  }

  private static StringBuilder head(String name, String help) {
    String line = help.replace("\\", "\\\\").replace("\n", "\\n");
    return new StringBuilder("# HELP %s %s\n# TYPE %s gauge\n".formatted(name, line, name));
  }

  private static String text(Map<String, String> labels) {
    return labels.isEmpty()
        ? ""
        : labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String value) {
    return SafeText.visible(value).replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Whole numbers without a fraction or exponent, so that people can read them. */
  private static String number(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
