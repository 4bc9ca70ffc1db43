package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import dev.workbuddy.backup.config.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values of a YAML file as JSON, which knows the same kinds. */
final class YamlJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?[0-9]{1,18}\\.?[0-9]{0,18}([eE][-+]?[0-9]{1,2})?");

  private YamlJson() {}

  static JsonNode of(YamlNode value) {
    return switch (value) {
      case Scalar scalar -> of(scalar);
      case Sequence sequence -> {
        ArrayNode array = NODES.arrayNode();
        sequence.items().forEach(item -> array.add(of(item)));
        yield array;
      }
      case Mapping mapping -> of(mapping);
      case YamlNode.Unread unread -> NODES.stringNode(unread.described());
    };
  }

  static ObjectNode of(Mapping mapping) {
    ObjectNode object = NODES.objectNode();
    mapping.entries().forEach((key, value) -> object.set(key, of(value)));
    return object;
  }

  private static JsonNode of(Scalar scalar) {
    return switch (scalar.kind()) {
      case TEXT -> NODES.stringNode(scalar.text());
      case NUMBER -> number(scalar.text());
      case BOOLEAN -> NODES.booleanNode(scalar.text().equals("true"));
      case NOTHING -> NODES.nullNode();
    };
  }

  /** Spellings that JSON does not know, such as 0x1F, stay text. */
  private static JsonNode number(String text) {
    if (WHOLE.matcher(text).matches()) {
      return NODES.numberNode(Long.parseLong(text));
    }
    return DECIMAL.matcher(text).matches()
        ? NODES.numberNode(new BigDecimal(text))
        : NODES.stringNode(text);
  }
}
