package dev.workbuddy.backup.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A value of a configuration file. A value under a key stands at the position of its key. */
sealed interface YamlNode {

  Position at();

  /** The value as an error message quotes it, short and on one line. */
  String described();

  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
  }

  /** What the YAML rules take an unquoted word for. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NOTHING
  }

  /**
   * A value that belongs to the application, whatever it is.
   *
   * @param content equal for values that mean the same
   */
  record Unread(Position at, String content) implements YamlNode {
    @Override
    public String described() {
      return "a value of the application's";
    }
  }

  record Scalar(Position at, Kind kind, String text) implements YamlNode {
    private static final int LONGEST_QUOTE = 60;

    @Override
    public String described() {
      return switch (kind) {
        case TEXT -> '"' + shortened() + '"';
        case NUMBER, BOOLEAN -> shortened();
        case NOTHING -> "nothing";
      };
    }

    private String shortened() {
      return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
  }

  record Sequence(Position at, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String described() {
      return "a list";
    }
  }

  record Mapping(Position at, SequencedMap<String, YamlNode> entries) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    static Mapping empty(Position at) {
      return new Mapping(at, new LinkedHashMap<>());
    }

    @Override
    public String described() {
      return "a section";
    }
  }
}
