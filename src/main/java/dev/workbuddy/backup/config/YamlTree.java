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
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.common.ScalarStyle;
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

  private static final String MERGE = "<<";

  private final String file;
  private final Problems problems;
  private final Predicate<String> read;
  private int values;

  /**
   * @param read which full keys are ours; others keep their places, and nothing looks at their
   *     values
   */
  YamlTree(String file, Problems problems, Predicate<String> read) {
    this.file = file;
    this.problems = problems;
    this.read = read;
  }

  YamlNode of(Node root) throws UnusableYamlException {
    return value(root, position(root.getStartMark()), "", 1);
  }

  static UnusableYamlException tooDeep(int levels, Position at) {
    return new UnusableYamlException(at, "nested deeper than " + levels + " levels");
  }

  private YamlNode value(Node node, Position at, String path, int depth)
      throws UnusableYamlException {
    if (depth > DEEPEST) {
      throw tooDeep(DEEPEST, at);
    }
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
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      Position keyAt = position(tuple.getKeyNode().getStartMark());
      if (isMerge(tuple)) {
        merged.addAll(sections(tuple.getValueNode()));
        continue;
      }
      String key = key(tuple.getKeyNode(), keyAt);
      String keyPath = path.isEmpty() ? key : path + "." + key;
      YamlNode value = entry(tuple.getValueNode(), keyAt, keyPath, depth);
      YamlNode first = entries.putIfAbsent(key, value);
      if (first != null && read.test(keyPath)) {
        problems.add(keyAt, keyPath, "given twice; the first is in line " + first.at().line());
      }
    }
    for (Node section : merged) {
      if (value(section, position(section.getStartMark()), path, depth + 1)
          instanceof Mapping more) {
        more.entries().forEach(entries::putIfAbsent);
      }
    }
    return new Mapping(at, entries);
  }

  private YamlNode entry(Node node, Position at, String path, int depth)
      throws UnusableYamlException {
    return read.test(path)
        ? value(node, at, path, depth + 1)
        : new YamlNode.Unread(at, NodeContent.of(node));
  }

  /** Whether a key stands for the keys of other sections, as YAML 1.1 has it. */
  private static boolean isMerge(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key
        && key.getScalarStyle() == ScalarStyle.PLAIN
        && key.getValue().equals(MERGE)
        && !sections(tuple.getValueNode()).isEmpty();
  }

  /** The sections that a merge key names; none where it names anything else. */
  private static List<Node> sections(Node value) {
    List<Node> named = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    return named.stream().allMatch(MappingNode.class::isInstance) ? named : List.of();
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
