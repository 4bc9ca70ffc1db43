package dev.workbuddy.backup.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Where things are in a JSON text, so that it can be changed without being written anew.
 *
 * @param root behind the brace that opens the document
 * @param servers behind the brace that opens the object of servers; -1 where there is none
 * @param entry where the wanted entry's value begins and ends; null where there is none
 */
record JsonOffsets(int root, int servers, @Nullable Span entry) {

  /** From one offset up to another. */
  record Span(int start, int end) {}

  /**
   * Looks.
   *
   * @throws tools.jackson.core.JacksonException where it is not one JSON document
   * @throws IllegalArgumentException where it is another one than servers can be in
   */
  static JsonOffsets find(String text, String servers, String entry) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is not a JSON object");
      }
      int root = end(parser);
      JsonOffsets found = new JsonOffsets(root, -1, null);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals(servers);
        parser.nextToken();
        if (wanted) {
          found = inside(parser, root, servers, entry);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("there is something behind its end");
      }
      return found;
    }
  }

  private static JsonOffsets inside(JsonParser parser, int root, String servers, String entry) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException(servers + " is not an object");
    }
    int open = end(parser);
    Span place = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = parser.currentName().equals(entry);
      parser.nextToken();
      int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
      parser.skipChildren();
      if (wanted) {
        parser.finishToken();
        place = new Span(start, end(parser));
      }
    }
    return new JsonOffsets(root, open, place);
  }

  private static int end(JsonParser parser) {
    return Math.toIntExact(parser.currentLocation().getCharOffset());
  }
}
