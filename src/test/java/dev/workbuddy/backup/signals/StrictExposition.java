package dev.workbuddy.backup.signals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format by its rules, and refuses all else. */
final class StrictExposition {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\\S.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) gauge");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9]+(?:\\.[0-9]+)?)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

  private final Map<String, Map<Map<String, String>, Double>> samples = new LinkedHashMap<>();
  private final Set<String> helped = new TreeSet<>();
  private String family = "";

  private StrictExposition() {}

  /** The samples by name and labels. */
  static Map<String, Map<Map<String, String>, Double>> read(String document) {
    if (!document.endsWith("\n") || document.contains("\r")) {
      throw new AssertionError("the last line does not end, or a line ends in another way");
    }
    StrictExposition reader = new StrictExposition();
    for (String line : document.substring(0, document.length() - 1).split("\n", -1)) {
      reader.line(line);
    }
    return reader.samples;
  }

  private void line(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      require(helped.add(help.group(1)), "help told twice", line);
    } else if (type.matches()) {
      family = type.group(1);
      require(helped.contains(family), "type before help", line);
      require(samples.put(family, new LinkedHashMap<>()) == null, "family in two places", line);
    } else {
      require(sample.matches(), "not a line of the format", line);
      require(sample.group(1).equals(family), "outside its family", line);
      Map<String, String> labels = labels(sample.group(2) == null ? "" : sample.group(2), line);
      Map<Map<String, String>, Double> own = Objects.requireNonNull(samples.get(family));
      require(own.put(labels, Double.valueOf(sample.group(3))) == null, "told twice", line);
    }
  }

  private static Map<String, String> labels(String text, String line) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (end < text.length()) {
      require(label.find(end) && label.start() == end, "broken labels", line);
      String value =
          label
              .group(2)
              .replace("\\\\", "\0")
              .replace("\\n", "\n")
              .replace("\\\"", "\"")
              .replace("\0", "\\");
      require(labels.put(label.group(1), value) == null, "label told twice", line);
      end = label.end();
    }
    return labels;
  }

  private static void require(boolean condition, String what, String line) {
    if (!condition) {
      throw new AssertionError(what + ": " + line);
    }
  }
}
