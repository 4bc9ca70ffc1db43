package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Sets a key of a YAML document by editing its text where the value stands or would stand;
 * comments, order and every other character stay. What comes of an edit is read again: one that
 * does not mean exactly what was wanted is not used, and another place is tried.
 */
final class YamlEdit {
  private final String file;
  private final YamlOffsets text;
  private final ConfigChange change;

  private YamlEdit(String file, String text, ConfigChange change) {
    this.file = file;
    this.text = new YamlOffsets(text);
    this.change = change;
  }

  /**
   * The text with the change; nothing where no edit that is tried means that.
   *
   * @param text of a document that {@link YamlReader} reads without a problem
   */
  static Optional<String> apply(String file, String text, ConfigChange change) {
    YamlEdit edit = new YamlEdit(file, text, change);
    Mapping now = edit.read(text).orElseThrow();
    Mapping wanted = YamlValues.with(now, change.path(), change.wanted());
    return Stream.concat(now.equals(wanted) ? Stream.of(text) : Stream.empty(), edit.attempts())
        .filter(attempt -> edit.means(attempt, wanted))
        .findFirst();
  }

  /** Sections compare equal in any order, but a mapping's entries do not move anyway. */
  private boolean means(String attempt, Mapping wanted) {
    return read(attempt).filter(wanted::equals).isPresent();
  }

  private Optional<Mapping> read(String document) {
    Problems problems = new Problems(Path.of(""), List.of(file));
    return new YamlReader(file, problems, OwnKeys::isRead)
        .read(document)
        .filter(_ -> problems.isEmpty())
        .map(mapping -> (Mapping) YamlValues.of(mapping));
  }

  private Stream<String> attempts() {
    LoadSettings settings = LoadSettings.builder().setAllowNonScalarKeys(true).build();
    return new Compose(settings)
        .composeString(text.all())
        .map(root -> root instanceof MappingNode mapping ? below(mapping, 0) : atEnd())
        .orElseGet(this::atEnd);
  }

  private Stream<String> below(MappingNode mapping, int depth) {
    Optional<NodeTuple> entry =
        mapping.getValue().stream().filter(tuple -> isKey(tuple, depth)).findFirst();
    if (entry.isEmpty()) {
      return mapping.getFlowStyle() == FlowStyle.FLOW
          ? intoFlow(mapping, depth)
          : intoBlock(mapping, depth);
    }
    Node value = entry.get().getValueNode();
    if (isAlias(entry.get())) {
      return Stream.empty();
    }
    boolean last = depth == change.path().size() - 1;
    return switch (value) {
      case MappingNode section when !last -> below(section, depth + 1);
      case ScalarNode scalar when last -> replaced(scalar, change.written());
      case ScalarNode scalar when isNothing(scalar) -> filled(mapping, entry.get(), depth + 1);
      default -> Stream.empty();
    };
  }

  private boolean isKey(NodeTuple tuple, int depth) {
    return tuple.getKeyNode() instanceof ScalarNode key
        && key.getValue().equals(change.path().get(depth));
  }

  /** An alias's value stands where its anchor is, before it. */
  private boolean isAlias(NodeTuple tuple) {
    return text.start(tuple.getValueNode()) < text.end(tuple.getKeyNode());
  }

  private boolean isNothing(ScalarNode scalar) {
    return List.of("", "~", "null", "Null", "NULL")
        .contains(text.between(text.start(scalar), text.end(scalar)));
  }

  private Stream<String> replaced(ScalarNode scalar, String value) {
    int start = text.start(scalar);
    int end = text.end(scalar);
    return start == end
        ? Stream.of(text.inserted(start, " " + value), text.inserted(start, ": " + value))
        : Stream.of(
            text.replaced(start, end, value), text.replaced(start, end, value + text.lineEnd()));
  }

  /** A key without a value gets a section. */
  private Stream<String> filled(MappingNode parent, NodeTuple entry, int depth) {
    ScalarNode nothing = (ScalarNode) entry.getValueNode();
    Stream<String> inline = replaced(nothing, "{ " + flow(depth) + " }");
    if (parent.getFlowStyle() == FlowStyle.FLOW || text.start(nothing) != text.end(nothing)) {
      return inline;
    }
    int indent = text.column(entry.getKeyNode()) + YamlOffsets.STEP;
    return Stream.concat(
        Stream.of(text.insertedLine(text.lineAfter(text.start(nothing)), block(depth, indent))),
        inline);
  }

  private Stream<String> intoFlow(MappingNode mapping, int depth) {
    int open =
        text.start(mapping) + text.between(text.start(mapping), text.end(mapping)).indexOf('{') + 1;
    if (mapping.getValue().isEmpty()) {
      return Stream.of(text.replaced(open, text.end(mapping) - 1, " " + flow(depth) + " "));
    }
    int after = text.end(mapping.getValue().getLast().getValueNode());
    return Stream.of(
        text.inserted(after, ", " + flow(depth)), text.inserted(open, " " + flow(depth) + ","));
  }

  private Stream<String> intoBlock(MappingNode mapping, int depth) {
    Node first = mapping.getValue().getFirst().getKeyNode();
    String block = block(depth, text.column(first));
    int end = text.lineAfter(Math.max(0, text.end(lastLeaf(mapping)) - 1));
    Stream<String> behind = Stream.of(text.insertedLine(end, block));
    Stream<String> before = Stream.of(text.insertedLine(text.lineOf(text.start(first)), block));
    return Stream.of(behind, depth == 0 ? atEnd() : Stream.<String>empty(), before)
        .flatMap(each -> each);
  }

  private static Node lastLeaf(Node node) {
    return node instanceof MappingNode mapping
            && mapping.getFlowStyle() != FlowStyle.FLOW
            && !mapping.getValue().isEmpty()
        ? lastLeaf(mapping.getValue().getLast().getValueNode())
        : node;
  }

  private Stream<String> atEnd() {
    return Stream.of(text.insertedLine(text.all().length(), block(0, 0)));
  }

  private String flow(int depth) {
    List<String> path = change.path();
    String key = YamlText.scalar(path.get(depth)) + ": ";
    return depth == path.size() - 1 ? key + change.written() : key + "{ " + flow(depth + 1) + " }";
  }

  private String block(int depth, int indent) {
    List<String> path = change.path();
    String key = " ".repeat(indent) + YamlText.scalar(path.get(depth)) + ":";
    return depth == path.size() - 1
        ? key + " " + change.written() + text.lineEnd()
        : key + text.lineEnd() + block(depth + 1, indent + YamlOffsets.STEP);
  }
}
