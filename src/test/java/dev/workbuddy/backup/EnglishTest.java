package dev.workbuddy.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comments, help and messages of the program avoid phrasings that a reader has to decode. */
class EnglishTest {
  private static final Path PROGRAM = Path.of("src/main/java").toAbsolutePath();

  /** There are more, so that a wrong directory is noticed. */
  private static final int FEWEST_FILES = 400;

  private static final List<Banned> BANNED =
      List.of(
          // A comment is read alone, in an editor's hint: the same as what?
          inComments("The same", "Returns this … with …; Like {@link …}, but …"),
          // Methods want nothing; they require something of their caller.
          inComments("Wants", "Requires …"),
          // A clause as the subject hides what the sentence is about.
          inComments("Whatever", "Everything that …; Every error …"),
          // Mostly it meant the caller, whose duty is better said as one.
          inComments("Whoever", "A caller that …; Requires …"),
          // Nobody hears it: a text is printed, recorded, returned or thrown somewhere.
          everywhere("(is|are|was|were|be|been) told(?! apart)", "A warning names …; unknown"),
          // As above, where the verb stands elsewhere.
          everywhere("told of", "reported; replaced by …"),
          // A process is stopped by a signal, which asks nothing.
          everywhere("asked to end", "stopped; until stopped"),
          // It may mean alone, automatically or on schedule.
          inTexts("by itself", "on schedule; automatically"),
          // It reads as: all are equal.
          everywhere("all the same", "still; anyway; equal"),
          // An alarm is acknowledged, as the command and its JSON say.
          inTexts("puts? (an alarm )?aside", "acknowledge"),
          // Nobody wants to know who: say what is unknown, or cannot be done.
          inTexts("nobody knows", "… is unknown; cannot …"),
          // Stiff for: again.
          inTexts("anew", "again; a new one"),
          // A usage error says what would be valid.
          inTexts("(?<!\\bthere )is no (port|choice|condition|file|jar)", "is not a valid …"));

  /** Comments and strings as they stand in a source, and character literals, to be skipped. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>/\\*(?s:.*?)\\*/|//[^\\n]*)"
              + "|(?<text>\"\"\"(?s:.*?)(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\")"
              + "|'(?:\\\\[^\\n]+?|[^'\\\\\\n])'");

  /** What begins and ends a comment and its lines, or a string. */
  private static final Pattern FRAME =
      Pattern.compile("^(/\\*+|//|\"+)|(\\*+/|\"+)$|\\n\\s*(\\*(?!/)|//)?");

  @Test
  void program_commentsAndMessages_haveNoBannedPhrasing() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(PROGRAM)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(FEWEST_FILES);
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      String name = PROGRAM.relativize(file).toString();
      found(Files.readString(file, UTF_8)).forEach(hit -> found.add(name + ":" + hit));
    }
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/** The same with more. */ | 1: The same",
        "class A {}¶/**¶ * Counts. The¶ * same again. */ | 2: The same",
        "// Wants the lock. | 1: Wants",
        "/** Reads. Whatever comes is kept. */ | 1: Whatever",
        "/** Whoever calls. */ | 1: Whoever",
        "/** @return who could not be¶ *     told */ | 1: be told",
        "¶// It is¶// told. | 2: is told",
        "f(\"that cannot be\"¶    + \" told\"); | 1: be told",
        "// Longer ones are only told of. | 1: told of",
        "¶// Until it is asked to end. | 2: asked to end",
        "f('\"', '\\'', \"goes on by itself\"); | 1: by itself",
        "s = \"\"\"¶    It works all the¶    same.\"\"\"; | 1: all the same",
        "f(\"Put an alarm aside.\"); | 1: Put an alarm aside",
        "f(\"so nobody knows\"); | 1: nobody knows",
        "f(\"makes it anew\"); | 1: anew",
        "f(port + \" is no port\"); | 1: is no port",
      })
  void found_bannedPhrasing_isNamedWithItsLine(String source, String start) {
    assertThat(found(source.replace('¶', '\n')))
        .singleElement()
        .asString()
        .startsWith(start + "; better: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** Rows are told apart by their key. */",
        "/** Returns what the same call returned. */",
        "/** Windows does so by itself. */",
        "f(\"there is no file \" + file);",
        "int Whatever = told;",
      })
  void found_plainEnglish_isNothing(String source) {
    assertThat(found(source)).isEmpty();
  }

  /** The line, the phrasing and what is better, for each one that is found. */
  private static List<String> found(String source) {
    return passages(source).stream()
        .flatMap(passage -> BANNED.stream().flatMap(banned -> banned.in(passage)))
        .toList();
  }

  /** Joins what belongs together: the lines of a comment, and the parts of a string. */
  private static List<Passage> passages(String source) {
    List<Passage> passages = new ArrayList<>();
    int end = 0;
    Matcher token = TOKEN.matcher(source);
    while (token.find()) {
      boolean isComment = token.group("comment") != null;
      if (!isComment && token.group("text") == null) {
        continue;
      }
      String words = FRAME.matcher(token.group()).replaceAll(" ").replaceAll("\\s+", " ");
      Passage last = passages.isEmpty() ? null : passages.getLast();
      if (last != null
          && last.isComment() == isComment
          && source.substring(end, token.start()).matches(isComment ? "\\s*" : "\\s*\\+\\s*")) {
        String joined = (last.words() + words).replaceAll("\\s+", " ");
        passages.set(passages.size() - 1, new Passage(isComment, last.line(), joined));
      } else {
        passages.add(new Passage(isComment, lineOf(source, token.start()), words));
      }
      end = token.end();
    }
    return passages;
  }

  private static int lineOf(String source, int place) {
    return 1 + (int) source.substring(0, place).chars().filter(one -> one == '\n').count();
  }

  private static Banned inComments(String phrasing, String better) {
    return new Banned(Pattern.compile("\\b" + phrasing + "\\b"), true, false, better);
  }

  private static Banned inTexts(String phrasing, String better) {
    return new Banned(Pattern.compile("(?i)\\b" + phrasing + "\\b"), false, true, better);
  }

  private static Banned everywhere(String phrasing, String better) {
    return new Banned(Pattern.compile("(?i)\\b" + phrasing + "\\b"), true, true, better);
  }

  /** A comment or a whole string, and the line on which it begins. */
  private record Passage(boolean isComment, int line, String words) {}

  private record Banned(Pattern phrasing, boolean comments, boolean texts, String better) {
    Stream<String> in(Passage passage) {
      return (passage.isComment() ? comments : texts)
          ? phrasing
              .matcher(passage.words())
              .results()
              .map(hit -> "%d: %s; better: %s".formatted(passage.line(), hit.group(), better))
          : Stream.empty();
    }
  }
}
