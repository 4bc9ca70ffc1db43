package dev.workbuddy.backup.config;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** A document's text with the places of its values in it, counted in characters. */
final class YamlOffsets {
  /** How much deeper than its key a new section stands. */
  static final int STEP = 2;

  private final String text;

  YamlOffsets(String text) {
    this.text = text;
  }

  String all() {
    return text;
  }

  /** What the file's lines end with. */
  String lineEnd() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  int start(Node node) {
    return place(node.getStartMark().orElseThrow());
  }

  int end(Node node) {
    return place(node.getEndMark().orElseThrow());
  }

  int column(Node node) {
    return node.getStartMark().orElseThrow().getColumn();
  }

  /** Marks count code points. */
  private int place(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  String between(int start, int end) {
    return text.substring(start, end);
  }

  /** Where the line of a place begins. */
  int lineOf(int place) {
    return text.lastIndexOf('\n', place - 1) + 1;
  }

  /** Where the line after that of a place begins; the text's end where there is none. */
  int lineAfter(int place) {
    int end = text.indexOf('\n', place);
    return end < 0 ? text.length() : end + 1;
  }

  String inserted(int place, String more) {
    return replaced(place, place, more);
  }

  /** Whole lines put in where a line begins, or behind a last line without an end. */
  String insertedLine(int place, String lines) {
    boolean unended = place > 0 && text.charAt(place - 1) != '\n';
    return inserted(place, unended ? lineEnd() + lines : lines);
  }

  String replaced(int start, int end, String value) {
    return text.substring(0, start) + value + text.substring(end);
  }
}
