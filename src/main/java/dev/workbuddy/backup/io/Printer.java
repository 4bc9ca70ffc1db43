package dev.workbuddy.backup.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.outcome.VisibleText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a face prints what people read. No control character but the line break gets out, and
 * nothing that turns the direction of text or cannot be seen, by any method. A text or an argument
 * that is printed stays on its line, so that no name can forge another one.
 *
 * <p>What has several lines of its own is a {@link #document}; what must come out byte by byte goes
 * through {@link #exact}.
 */
public class Printer extends PrintStream {
  private static final int LONGEST = 8000;
  private static final int LONGEST_ARGUMENT = 2000;

  private final PrintStream exact;

  /** A printer that writes there. */
  public Printer(PrintStream out) {
    super(new VisibleOutput(out), true, UTF_8);
    this.exact = out;
  }

  /** For protocols, progress bars and data: nothing that is written here is looked at. */
  public PrintStream exact() {
    return exact;
  }

  /** Prints a text of our own with its line breaks. */
  public void document(String text) {
    super.print(VisibleText.lines(text));
  }

  /** For a library that prints texts of its own, with its line breaks. */
  public PrintWriter writer() {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] characters, int offset, int length) {
            document(new String(characters, offset, length));
          }

          @Override
          public void flush() {
            Printer.this.flush();
          }

          @Override
          public void close() {
            Printer.this.flush();
          }
        },
        true);
  }

  @Override
  public void print(@Nullable String text) {
    super.print(line(text));
  }

  @Override
  public void print(@Nullable Object object) {
    super.print(line(object));
  }

  @Override
  public void print(char[] characters) {
    super.print(line(new String(characters)));
  }

  @Override
  public void println(@Nullable Object object) {
    super.println(line(object));
  }

  @Override
  public void println(char[] characters) {
    super.println(line(new String(characters)));
  }

  @Override
  @SuppressWarnings("AnnotateFormatMethod") // As is the method that this one replaces.
  public Printer format(String format, @Nullable Object... arguments) {
    return format(Locale.ROOT, format, arguments);
  }

  /** The format is ours, line breaks included; the arguments may be from anywhere. */
  @Override
  @SuppressWarnings("AnnotateFormatMethod") // As is the method that this one replaces.
  public Printer format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
    Object[] safe = Arrays.stream(arguments).map(Printer::argument).toArray();
    document(String.format(locale, format, safe).replace("\r\n", "\n"));
    return this;
  }

  /** Numbers stay what they are, for formats such as {@code %d}. */
  private static @Nullable Object argument(@Nullable Object argument) {
    return argument == null || argument instanceof Number
        ? argument
        : SafeText.shortened(line(argument), LONGEST_ARGUMENT);
  }

  private static String line(@Nullable Object text) {
    return SafeText.shortened(VisibleText.line(String.valueOf(text)), LONGEST);
  }

  /** Also what went wrong below is an error of this stream. */
  @Override
  public boolean checkError() {
    boolean here = super.checkError();
    return exact.checkError() || here;
  }
}
