package dev.workbuddy.backup.pages;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * One page of a b-tree, as SQLite's file format lays it out. Nothing in it is believed: whatever
 * points out of the page is an {@link UnexpectedPageException}.
 */
final class TreePage {
  private static final int TABLE_INTERIOR = 0x05;
  private static final int TABLE_LEAF = 0x0d;
  private static final int INDEX_INTERIOR = 0x02;
  private static final int INDEX_LEAF = 0x0a;

  private static final int LEAF_HEADER = 8;
  private static final int INTERIOR_HEADER = 12;
  private static final int MAX_VARINT = 9;

  /** By SQLite's number for a value's type, how many bytes a whole number of it has. */
  private static final int[] WHOLE_BYTES = {-1, 1, 2, 3, 4, 6, 8, -1, 0, 0};

  private static final int TYPE_OF_ZERO = 8;

  private final byte[] bytes;
  private final int start;
  private final int size;

  /**
   * A part of what was read.
   *
   * @param bytes not to change any more
   * @param size of the page without the bytes reserved at its end
   */
  TreePage(byte[] bytes, int start, int size) {
    this.bytes = bytes;
    this.start = start;
    this.size = size;
  }

  /** Whether it leads to other pages. */
  boolean isInterior() {
    return type() == TABLE_INTERIOR || type() == INDEX_INTERIOR;
  }

  /** Whether it holds rows of a table, or entries of an index or of a table without rowid. */
  boolean isLeaf() {
    return type() == TABLE_LEAF || type() == INDEX_LEAF;
  }

  /** Whether there are rows or entries in it: the inner pages of an index have some, too. */
  boolean holdsRows() {
    return isLeaf() || type() == INDEX_INTERIOR;
  }

  private int type() {
    return bytes[start];
  }

  int cells() throws UnexpectedPageException {
    return unsigned16(3);
  }

  /** The page below the cell; below the last one's right where the index is {@link #cells}. */
  int child(int cell) throws UnexpectedPageException {
    return int32(cell == cells() ? LEAF_HEADER : position(cell));
  }

  /** What tells the cell's row from others: its number, or else the first value of its key. */
  long number(int cell) throws UnexpectedPageException {
    int at = payload(cell);
    return type() == TABLE_LEAF ? varint(at + varintLength(at)) : firstNumber(at);
  }

  /** The row with its number or key, byte by byte; empty where a part of it is elsewhere. */
  Optional<ByteBuffer> row(int cell) throws UnexpectedPageException {
    int at = payload(cell);
    long length = varint(at);
    if (length < 0 || length > mostInPage()) {
      return Optional.empty();
    }
    int end = content(at) + (int) length;
    unsigned8(end - 1);
    return Optional.of(ByteBuffer.wrap(bytes, start + at, end - at).slice());
  }

  /** Whether it is a leaf of a table that numbers its rows, which stand in their order. */
  boolean isNumbered() {
    return type() == TABLE_LEAF;
  }

  /** Whether the cell holds the same row as that of another page, with nothing elsewhere. */
  boolean hasSameRow(int cell, TreePage other, int otherCell) throws UnexpectedPageException {
    int at = payload(cell);
    int otherAt = other.payload(otherCell);
    long length = varint(at);
    if (length < 0 || length > mostInPage() || length != other.varint(otherAt)) {
      return false;
    }
    int end = content(at) + (int) length;
    int otherEnd = other.content(otherAt) + (int) length;
    unsigned8(end - 1);
    other.unsigned8(otherEnd - 1);
    return Arrays.equals(
        bytes, start + at, start + end, other.bytes, other.start + otherAt, other.start + otherEnd);
  }

  /**
   * Whether two cells begin with the same bytes and go on in the same other page, so that their
   * rows are the same where that page is, and those after it.
   */
  boolean hasSameBeginning(int cell, TreePage other, int otherCell) throws UnexpectedPageException {
    int at = payload(cell);
    int otherAt = other.payload(otherCell);
    long length = varint(at);
    if (length <= mostInPage() || length != other.varint(otherAt)) {
      return false;
    }
    int end = content(at) + kept(length) + Integer.BYTES;
    int otherEnd = other.content(otherAt) + kept(length) + Integer.BYTES;
    unsigned8(end - 1);
    other.unsigned8(otherEnd - 1);
    return Arrays.equals(
        bytes, start + at, start + end, other.bytes, other.start + otherAt, other.start + otherEnd);
  }

  /** Whether some of its content goes on in other pages. */
  boolean spills() throws UnexpectedPageException {
    int cells = cells();
    int most = mostInPage();
    for (int i = 0; i < cells; i++) {
      if (varint(payload(i)) > most) {
        return true;
      }
    }
    return false;
  }

  /** How many pages the rest of the cell's content takes; 0 where all of it is here. */
  long spilledPages(int cell) throws UnexpectedPageException {
    long length = varint(payload(cell));
    int room = size - Integer.BYTES;
    return length <= mostInPage() ? 0 : (length - kept(length) + room - 1) / room;
  }

  /** The first of those. */
  int firstSpilledPage(int cell) throws UnexpectedPageException {
    int at = payload(cell);
    return int32(content(at) + kept(varint(at)));
  }

  private int content(int payload) throws UnexpectedPageException {
    int after = payload + varintLength(payload);
    return type() == TABLE_LEAF ? after + varintLength(after) : after;
  }

  private long firstNumber(int payload) throws UnexpectedPageException {
    long length = varint(payload);
    int record = content(payload);
    long header = varint(record);
    int type = unsigned8(record + varintLength(record));
    int bytes = type < WHOLE_BYTES.length ? WHOLE_BYTES[type] : -1;
    long here = length <= mostInPage() ? length : kept(length);
    if (bytes < 0 || header < 0 || header > here - bytes) {
      throw new UnexpectedPageException("a key does not begin with a whole number");
    }
    return bytes == 0 ? type - TYPE_OF_ZERO : signed(record + (int) header, bytes);
  }

  private long signed(int at, int length) throws UnexpectedPageException {
    long value = (byte) unsigned8(at);
    for (int i = 1; i < length; i++) {
      value = (value << 8) | unsigned8(at + i);
    }
    return value;
  }

  private int mostInPage() {
    return type() == TABLE_LEAF ? size - 35 : (size - 12) * 64 / 255 - 23;
  }

  /** How much of content that does not fit stays in the page. */
  private int kept(long length) {
    int least = (size - 12) * 32 / 255 - 23;
    int wanted = (int) (least + (length - least) % (size - Integer.BYTES));
    return wanted <= mostInPage() ? wanted : least;
  }

  private int payload(int cell) throws UnexpectedPageException {
    return position(cell) + (isLeaf() ? 0 : Integer.BYTES);
  }

  private int position(int cell) throws UnexpectedPageException {
    return unsigned16((isLeaf() ? LEAF_HEADER : INTERIOR_HEADER) + cell * Short.BYTES);
  }

  private int unsigned16(int at) throws UnexpectedPageException {
    return (unsigned8(at) << 8) | unsigned8(at + 1);
  }

  private int int32(int at) throws UnexpectedPageException {
    return (unsigned16(at) << 16) | unsigned16(at + 2);
  }

  private int unsigned8(int at) throws UnexpectedPageException {
    if (at < 0 || at >= size) {
      throw new UnexpectedPageException("a page refers to what is outside of it");
    }
    return bytes[start + at] & 0xff;
  }

  /** Seven bits a byte, the highest first; a ninth byte counts whole. */
  private long varint(int at) throws UnexpectedPageException {
    long value = 0;
    for (int i = 0; i < MAX_VARINT - 1; i++) {
      int next = unsigned8(at + i);
      value = (value << 7) | (next & 0x7f);
      if (next < 0x80) {
        return value;
      }
    }
    return (value << 8) | unsigned8(at + MAX_VARINT - 1);
  }

  private int varintLength(int at) throws UnexpectedPageException {
    int length = 1;
    while (length < MAX_VARINT && unsigned8(at + length - 1) >= 0x80) {
      length++;
    }
    return length;
  }
}
