package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Kind;
import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import dev.workbuddy.backup.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a key accepts.
 *
 * @param shown the value as a user would write it
 */
record ValueType<T>(Parser<T> parser, Function<T, String> shown) {

  private static final Pattern WEB_ADDRESS =
      Pattern.compile("(https?://)(?:[^/?#\\s]*@)?([^/?#@\\s]+)\\S*");

  @FunctionalInterface
  interface Parser<T> {
    T parse(YamlNode node) throws InvalidValueException;
  }

  @FunctionalInterface
  interface TextParser {
    String parse(String text) throws InvalidValueException;
  }

  static ValueType<String> text() {
    return text(text -> text);
  }

  /** Text that the parser checks further or brings into its usual form; never blank. */
  static ValueType<String> text(TextParser parser) {
    return new ValueType<>(node -> parser.parse(nonBlankText(node)), text -> text);
  }

  static ValueType<String> matching(Pattern pattern, String expected) {
    return new ValueType<>(
        node -> {
          String text = nonBlankText(node);
          if (!pattern.matcher(text).matches()) {
            throw InvalidValueException.mustBe(expected, node);
          }
          return text;
        },
        text -> text);
  }

  /** The name of a profile, or a file that has one. */
  static ValueType<String> profile() {
    String expected = Profile.WORK_BUDDY + ", or a profile's file";
    return new ValueType<>(
        node -> {
          if (node instanceof Scalar(_, Kind kind, String name)
              && kind == Kind.TEXT
              && !name.isBlank()) {
            return PathRules.directory(name);
          }
          throw InvalidValueException.mustBe(expected, node);
        },
        name -> name);
  }

  /** An address whose path may be a secret: neither errors nor listings show it. */
  static ValueType<String> webAddress() {
    return text(text -> {
          if (!WEB_ADDRESS.matcher(text).matches()) {
            throw new InvalidValueException("must be an http or https address");
          }
          return text;
        })
        .shownAs(address -> WEB_ADDRESS.matcher(address).replaceFirst("$1$2/…"));
  }

  static ValueType<Integer> integer(int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    return new ValueType<>(node -> number(node, least, most, expected), String::valueOf);
  }

  /** A whole number or the word {@code unbounded}. */
  static ValueType<Integer> cap(int most) {
    String expected = "a whole number from 0 to " + most + " or unbounded";
    return new ValueType<>(
        node ->
            isWord(node, "unbounded")
                ? RetentionSettings.UNBOUNDED
                : number(node, 0, most, expected),
        cap -> cap == RetentionSettings.UNBOUNDED ? "unbounded" : String.valueOf(cap));
  }

  static ValueType<Boolean> truth() {
    return new ValueType<>(
        node -> {
          if (node instanceof Scalar(_, Kind kind, String text) && kind == Kind.BOOLEAN) {
            return text.equals("true");
          }
          throw InvalidValueException.mustBe("true or false", node);
        },
        String::valueOf);
  }

  /** The word {@code off}, for what is otherwise a section. */
  static ValueType<String> off() {
    return new ValueType<>(
        node -> {
          if (isWord(node, "off")) {
            return "off";
          }
          throw InvalidValueException.mustBe("off or a section", node);
        },
        text -> text);
  }

  /** Whether something is wanted: true, false or undecided. */
  static ValueType<Preference.Choice> choice() {
    return new ValueType<>(
        node -> {
          for (Preference.Choice choice : Preference.Choice.values()) {
            if (node instanceof Scalar scalar && scalar.text().equals(choice.written())) {
              return choice;
            }
          }
          throw InvalidValueException.mustBe("true, false or undecided", node);
        },
        Preference.Choice::written);
  }

  static ValueType<Compression> compression() {
    List<String> words = Arrays.stream(Compression.values()).map(Compression::word).toList();
    return new ValueType<>(
        node -> {
          for (Compression compression : Compression.values()) {
            if (isWord(node, compression.word())) {
              return compression;
            }
          }
          throw InvalidValueException.mustBe(String.join(" or ", words), node);
        },
        Compression::word);
  }

  /** One command with its arguments, or a list of such. */
  static ValueType<List<List<String>>> commands() {
    ValueType<List<String>> one = command();
    return new ValueType<>(
        node -> {
          boolean several =
              node instanceof Sequence(_, List<YamlNode> items)
                  && items.stream().anyMatch(Sequence.class::isInstance);
          if (!several) {
            return List.of(one.parser().parse(node));
          }
          List<List<String>> commands = new ArrayList<>();
          for (YamlNode item : ((Sequence) node).items()) {
            commands.add(one.parser().parse(item));
          }
          return List.copyOf(commands);
        },
        commands ->
            commands.size() == 1
                ? one.shown().apply(commands.getFirst())
                : commands.stream().map(one.shown()).collect(Collectors.joining(", ", "[", "]")));
  }

  /** A command with its arguments; no shell takes part. */
  static ValueType<List<String>> command() {
    String expected = "a list of a command and its arguments";
    return new ValueType<>(
        node -> {
          if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            throw InvalidValueException.mustBe(expected, node);
          }
          List<String> words = new ArrayList<>();
          for (YamlNode item : sequence.items()) {
            words.add(anyText(item));
          }
          return List.copyOf(words);
        },
        words -> words.stream().collect(Collectors.joining(", ", "[", "]")));
  }

  /** Text, or a list of texts; at least one, none blank. */
  static ValueType<List<String>> texts() {
    return texts(text -> text);
  }

  /** Where a database may be: a path below the live directory, or several. */
  static ValueType<List<String>> places() {
    return texts(PathRules::database);
  }

  private static ValueType<List<String>> texts(TextParser parser) {
    return new ValueType<>(
        node -> {
          List<YamlNode> items = node instanceof Sequence list ? list.items() : List.of(node);
          if (items.isEmpty()) {
            throw new InvalidValueException("must not be an empty list");
          }
          List<String> texts = new ArrayList<>();
          for (YamlNode item : items) {
            texts.add(parser.parse(nonBlankText(item)));
          }
          return List.copyOf(texts);
        },
        texts -> String.join(", ", texts));
  }

  /** A section that is passed on as it is. */
  static ValueType<JsonNode> object() {
    return new ValueType<>(
        node -> {
          if (node instanceof Mapping mapping) {
            return YamlJson.of(mapping);
          }
          if (node.isNothing()) {
            return YamlJson.of(Mapping.empty(node.at()));
          }
          throw InvalidValueException.mustBe("a section", node);
        },
        JsonNode::toString);
  }

  private ValueType<T> shownAs(Function<T, String> other) {
    return new ValueType<>(parser, other);
  }

  private static int number(YamlNode node, int least, int most, String expected)
      throws InvalidValueException {
    if (node instanceof Scalar(_, Kind kind, String text)
        && kind == Kind.NUMBER
        && text.matches("-?[0-9]{1,10}")) {
      long number = Long.parseLong(text);
      if (least <= number && number <= most) {
        return (int) number;
      }
    }
    throw InvalidValueException.mustBe(expected, node);
  }

  private static boolean isWord(YamlNode node, String word) {
    return node instanceof Scalar(_, Kind kind, String text)
        && kind == Kind.TEXT
        && text.equals(word);
  }

  private static String nonBlankText(YamlNode node) throws InvalidValueException {
    String text = anyText(node);
    if (text.isBlank()) {
      throw new InvalidValueException("must not be empty");
    }
    return text;
  }

  private static String anyText(YamlNode node) throws InvalidValueException {
    if (node instanceof Scalar(_, Kind kind, String text) && kind == Kind.TEXT) {
      return text;
    }
    throw InvalidValueException.mustBeText(node);
  }
}
