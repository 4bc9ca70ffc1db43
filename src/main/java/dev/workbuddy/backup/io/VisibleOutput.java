package dev.workbuddy.backup.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.outcome.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Passes UTF-8 text on with each hidden character but line breaks shown as its number. What is no
 * UTF-8 becomes U+FFFD. For one thread at a time.
 */
final class VisibleOutput extends FilterOutputStream {
  /** The beginning of a character whose other bytes did not come yet. */
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  VisibleOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    begun.write(bytes, offset, length);
    byte[] all = begun.toByteArray();
    int whole = all.length - unfinished(all);
    begun.reset();
    begun.write(all, whole, all.length - whole);
    out.write(VisibleText.lines(new String(all, 0, whole, UTF_8)).getBytes(UTF_8));
  }

  /** How many bytes at the end are the beginning of a character. */
  private static int unfinished(byte[] all) {
    for (int back = 1; back <= Math.min(3, all.length); back++) {
      int lead = all[all.length - back] & 0xff;
      if (lead >= 0xc0) {
        return back < size(lead) ? back : 0;
      }
      if (lead < 0x80) {
        return 0;
      }
    }
    return 0;
  }

  private static int size(int lead) {
    return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  }

  @Override
  public void close() throws IOException {
    out.write(VisibleText.lines(begun.toString(UTF_8)).getBytes(UTF_8));
    begun.reset();
    super.close();
  }
}
