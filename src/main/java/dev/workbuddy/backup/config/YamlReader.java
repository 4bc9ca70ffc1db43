package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns the text of one file into a tree of values that know their lines. */
final class YamlReader {
  /** As deep as can be parsed; far deeper than what we read. */
  private static final int DEEPEST = 400;

  private final String file;
  private final Problems problems;
  private final LoadSettings settings;
  private final Predicate<String> read;

  /** For a file that is ours as a whole. */
  YamlReader(String file, Problems problems) {
    this(file, problems, _ -> true);
  }

  /**
   * For a file that may be shared.
   *
   * @param read which full keys are ours; what lies under others may be anything that YAML allows
   */
  YamlReader(String file, Problems problems, Predicate<String> read) {
    this.file = file;
    this.problems = problems;
    this.read = read;
    this.settings = LoadSettings.builder().setLabel(file).setAllowNonScalarKeys(true).build();
  }

  /**
   * The file's root section, or nothing where the text is no usable YAML: then a problem says so.
   */
  Optional<Mapping> read(String text) {
    try {
      refuseDeepNesting(text);
      return root(new Compose(settings).composeString(text));
    } catch (UnusableYamlException e) {
      problems.add(e.at(), e.problem());
    } catch (MarkedYamlEngineException e) {
      problems.add(Position.in(file, e.getProblemMark()), "not valid YAML: " + e.getProblem());
    } catch (ReaderException e) {
      int line = 1 + (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      String character = "U+%04X".formatted(e.getCodePoint());
      problems.add(new Position(file, line), "the character " + character + " is not allowed");
    } catch (YamlVersionException e) {
      problems.add(new Position(file, 1), "not a known version of YAML");
    } catch (YamlEngineException e) {
      problems.add(new Position(file, 0), "not usable YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void refuseDeepNesting(String text) throws UnusableYamlException {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      depth +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
          };
      if (depth > DEEPEST) {
        throw YamlTree.tooDeep(DEEPEST, Position.in(file, event.getStartMark()));
      }
    }
  }

  private Optional<Mapping> root(Optional<Node> node) throws UnusableYamlException {
    Position start = new Position(file, 1);
    if (node.isEmpty()) {
      return Optional.of(Mapping.empty(start));
    }
    YamlNode value = new YamlTree(file, problems, read).of(node.get());
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    if (value.isNothing()) {
      return Optional.of(Mapping.empty(start));
    }
    throw new UnusableYamlException(
        value.at(), "must hold keys with values (key: value), not " + value.described());
  }
}
