package dev.workbuddy.backup.config;

import java.util.IdentityHashMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a value that nobody reads holds, as a text that is equal for equal values. Each anchored
 * value is written once, so that values which hold themselves come to an end.
 */
final class NodeContent {
  private final StringBuilder text = new StringBuilder();
  private final IdentityHashMap<Node, Integer> seen = new IdentityHashMap<>();

  private NodeContent() {}

  static String of(Node node) {
    NodeContent content = new NodeContent();
    content.add(node);
    return content.text.toString();
  }

  private void add(Node node) {
    Integer before = seen.putIfAbsent(node, seen.size());
    if (before != null) {
      text.append('*').append(before).append(' ');
      return;
    }
    text.append(node.getTag().getValue());
    switch (node) {
      case ScalarNode scalar -> add(scalar.getValue());
      case SequenceNode sequence -> {
        text.append('[');
        sequence.getValue().forEach(this::add);
        text.append(']');
      }
      case MappingNode mapping -> {
        text.append('{');
        mapping
            .getValue()
            .forEach(
                tuple -> {
                  add(tuple.getKeyNode());
                  add(tuple.getValueNode());
                });
        text.append('}');
      }
      default -> text.append('?');
    }
  }

  /** With its length, so that no text can look like the end of itself. */
  private void add(String value) {
    text.append(' ').append(value.length()).append(' ').append(value);
  }
}
