package dev.workbuddy.backup.snapshot.archive;

/** Bytes that a {@link BlockInputStream} hands out. Belongs to one thread at a time. */
interface Block {
  byte[] bytes();

  /** How many of the bytes count. */
  int length();

  /** True when the stream ends here; such a block has no bytes. */
  boolean isEnd();
}
