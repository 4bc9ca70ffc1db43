package dev.workbuddy.backup.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Hostile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrinterTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Printer printer = new Printer(new PrintStream(written, true, UTF_8));

  /** Every way in which a print stream takes something, also those that Java adds later. */
  static Stream<Method> ways() {
    return Arrays.stream(PrintStream.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> method.getParameterCount() > 0);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyWayToPrint_hiddenCharacters_areShownAsNumbers(Method way) throws Exception {
    for (String hidden : Hostile.CHARACTERS) {
      way.invoke(printer, arguments(way, "a" + hidden + "b"));
      printer.flush();
    }
    Hostile.requireSafe(way.toString(), written.toString(UTF_8));
    boolean takesText = !way.getParameterTypes()[0].isPrimitive() && way.getName().charAt(0) != 'c';
    assertThat(written.size() > 0 || !takesText).isTrue();
  }

  private static Object[] arguments(Method way, String text) {
    List<Object> arguments = new ArrayList<>();
    boolean formats = Arrays.asList(way.getParameterTypes()).contains(Object[].class);
    for (Class<?> type : way.getParameterTypes()) {
      arguments.add(argument(type, text, formats));
    }
    boolean part = way.getParameterCount() == 3 && !formats;
    if (part) {
      arguments.set(1, 0);
      arguments.set(2, way.getName().equals("write") ? text.getBytes(UTF_8).length : text.length());
    }
    return arguments.toArray();
  }

  private static Object argument(Class<?> type, String text, boolean formats) {
    return switch (type.getName()) {
      case "java.lang.String", "java.lang.CharSequence" -> formats ? "%s%n" : text;
      case "java.lang.Object" -> text;
      case "[Ljava.lang.Object;" -> new Object[] {text};
      case "java.util.Locale" -> Locale.ROOT;
      case "[C" -> text.toCharArray();
      case "[B" -> text.getBytes(UTF_8);
      case "char" -> text.charAt(1);
      case "int" -> (int) text.charAt(1);
      case "long" -> 1L;
      case "boolean" -> true;
      case "float" -> 1f;
      case "double" -> 1d;
      default -> throw new AssertionError("a new way to print: " + type);
    };
  }

  @Test
  void println_lineBreakInAText_staysOnItsLine() {
    printer.println("table " + Hostile.NAME);
    printer.printf("table %s%n", Hostile.NAME);
    assertThat(written.toString(UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("table x"));
  }

  @Test
  void write_characterInSeveralPieces_comesOutWhole() {
    for (byte piece : "é€😀".getBytes(UTF_8)) {
      printer.write(piece);
    }
    printer.flush();
    assertThat(written.toString(UTF_8)).isEqualTo("é€😀");
  }

  @Test
  void print_bytesThatAreNoText_areReplaced() {
    printer.write(new byte[] {'a', (byte) 0xff, (byte) 0xe2, 'b', (byte) 0x9b}, 0, 5);
    printer.flush();
    assertThat(written.toString(UTF_8)).isEqualTo("a\uFFFD\uFFFDb\uFFFD");
  }

  @Test
  void print_namesThatDifferInHiddenCharacters_canBeToldApart() {
    printer.println("a\u200b");
    printer.println("a\u200d");
    assertThat(written.toString(UTF_8)).isEqualTo("a\\u{200b}\na\\u{200d}\n");
  }

  @Test
  void print_veryLongNames_areShortenedAndTheirEndsStay() {
    printer.printf("%s|%s%n", "😀".repeat(50_000) + "1", "😀".repeat(50_000) + "2");
    String line = written.toString(UTF_8);
    assertThat(line).hasSizeLessThan(5000).contains("1|", "2\n", "…");
    Hostile.requireSafe("shortened", line);
  }

  @Test
  void json_hiddenCharacters_areEscapesThatMeanTheSame() {
    for (String hidden : Hostile.CHARACTERS) {
      String text = Json.text(List.of("a" + hidden + "b"));
      Hostile.requireSafe("JSON", text);
      assertThat(Json.parse(text.getBytes(UTF_8)).get(0).stringValue())
          .isEqualTo("a" + hidden + "b");
    }
  }
}
