package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Kind;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import java.util.List;

/** A value that a key of the configuration is to have. */
public final class ConfigChange {
  private final List<String> path;
  private final Kind kind;
  private final String value;

  private ConfigChange(Kind kind, String value, String... path) {
    this.path = List.of(path);
    this.kind = kind;
    this.value = value;
  }

  /** Text under a key, which is named word by word from the root. */
  public static ConfigChange text(String value, String... path) {
    return new ConfigChange(Kind.TEXT, value, path);
  }

  /** True or false under a key. */
  public static ConfigChange truth(boolean value, String... path) {
    return new ConfigChange(Kind.BOOLEAN, String.valueOf(value), path);
  }

  /** The key as messages name it. */
  public String key() {
    return String.join(".", path);
  }

  List<String> path() {
    return path;
  }

  /** The value as YAML text on one line. */
  String written() {
    return kind == Kind.TEXT ? YamlText.scalar(value) : value;
  }

  /** What a document has under the key afterwards. */
  Scalar wanted() {
    return new Scalar(Position.DEFAULT, kind, value);
  }
}
