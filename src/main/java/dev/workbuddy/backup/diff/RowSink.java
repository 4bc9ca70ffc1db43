package dev.workbuddy.backup.diff;

import java.io.IOException;

/** Takes differing rows as they are found. */
@FunctionalInterface
interface RowSink {
  void accept(RowChange change) throws IOException;
}
