package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Kind;
import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import dev.workbuddy.backup.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns one parsed document into our own tree, writing aliases out within limits. */
final class YamlTree {
  private static final int DEEPEST = 50;
  private static final int MOST_VALUES = 100_000;

  private final String file;
  private final Problems problems;
  private int values;

  YamlTree(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  YamlNode of(Node root) throws UnusableYamlException {
    return value(root, position(root.getStartMark()), "", 1);
  }

  static void refuseDeeper(int depth, Position at) throws UnusableYamlException {
    if (depth > DEEPEST) {
      throw new UnusableYamlException(at, "nested deeper than " + DEEPEST + " levels");
    }
  }

  private YamlNode value(Node node, Position at, String path, int depth)
      throws UnusableYamlException {
    refuseDeeper(depth, at);
    if (++values > MOST_VALUES) {
      throw new UnusableYamlException(at, "holds more than " + MOST_VALUES + " values");
    }
    return switch (node) {
      case ScalarNode scalar -> new Scalar(at, kind(scalar, at), scalar.getValue());
      case SequenceNode sequence -> sequence(sequence, at, path, depth);
      case MappingNode mapping -> mapping(mapping, at, path, depth);
      default -> throw new UnusableYamlException(at, "not usable YAML");
    };
  }

  private Sequence sequence(SequenceNode node, Position at, String path, int depth)
      throws UnusableYamlException {
    refuseTag(node, Tag.SEQ, at);
    List<YamlNode> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(value(item, position(item.getStartMark()), path, depth + 1));
    }
    return new Sequence(at, items);
  }

  private Mapping mapping(MappingNode node, Position at, String path, int depth)
      throws UnusableYamlException {
    refuseTag(node, Tag.MAP, at);
    SequencedMap<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Position keyAt = position(tuple.getKeyNode().getStartMark());
      String key = key(tuple.getKeyNode(), keyAt);
      String keyPath = path.isEmpty() ? key : path + "." + key;
      YamlNode value = value(tuple.getValueNode(), keyAt, keyPath, depth + 1);
      YamlNode first = entries.putIfAbsent(key, value);
      if (first != null) {
        problems.add(keyAt, keyPath, "given twice; the first is in line " + first.at().line());
      }
    }
    return new Mapping(at, entries);
  }

  private static String key(Node node, Position at) throws UnusableYamlException {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new UnusableYamlException(at, "a key must be a plain word, not a list or a section");
  }

  private static Kind kind(ScalarNode node, Position at) throws UnusableYamlException {
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR) || tag.equals(Tag.ENV_TAG)) {
      return Kind.TEXT;
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return Kind.NUMBER;
    }
    if (tag.equals(Tag.BOOL)) {
      return Kind.BOOLEAN;
    }
    refuseTag(node, Tag.NULL, at);
    return Kind.NOTHING;
  }

  private static void refuseTag(Node node, Tag allowed, Position at) throws UnusableYamlException {
    if (!node.getTag().equals(allowed)) {
      throw new UnusableYamlException(
          at, "the tag " + node.getTag().getValue() + " is not supported");
    }
  }

  private Position position(Optional<Mark> mark) {
    return Position.in(file, mark);
  }
}
