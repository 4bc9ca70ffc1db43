package dev.workbuddy.backup.capability;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.io.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that an agent can read as a whole. Of one that is too long, the lists and maps with the
 * most entries are cut, each from its end, then the longest texts; {@code shortened} says where and
 * how much is left out.
 */
final class ShortAnswer {
  /** The key under which an answer says that it was cut. */
  static final String KEY = "shortened";

  /** What the note itself takes at most. */
  private static final int NOTE_BYTES = 900;

  /** Objects with more keys are no records of ours but maps by name. */
  private static final int MOST_KEYS = 24;

  private static final int FEW = 4;
  private static final int SHORT_TEXT = 160;
  private static final int MOST_NOTED = 8;

  private final ObjectNode document;
  private final Map<String, Integer> cuts = new TreeMap<>();

  private ShortAnswer(ObjectNode document) {
    this.document = document;
  }

  /** The answer in at most so many bytes, as far as that goes by leaving things out. */
  static ObjectNode of(ObjectNode answer, int bytes) {
    if (size(answer) <= bytes) {
      return answer;
    }
    ShortAnswer shorter = new ShortAnswer(answer.deepCopy());
    boolean cuttable = true;
    while (cuttable && size(shorter.document) > bytes - NOTE_BYTES) {
      cuttable = shorter.cut();
    }
    return shorter.noted();
  }

  private static int size(JsonNode node) {
    return Json.line(node).getBytes(UTF_8).length;
  }

  /** A list or map with many entries, or a long text, and what holds it under which key. */
  private record Part(String path, JsonNode holder, String key, JsonNode node, int extent) {}

  private boolean cut() {
    Part entries = most("", document, false, null);
    Part text = most("", document, true, null);
    if (entries != null && (entries.extent() > FEW || text == null)) {
      halve(entries);
    } else if (text != null) {
      shorten(text);
    }
    return entries != null || text != null;
  }

  /** The first of those with the most entries, or of the longest texts, below a node. */
  private static @Nullable Part most(
      String path, JsonNode holder, boolean texts, @Nullable Part sofar) {
    Part most = sofar;
    if (holder instanceof ObjectNode map) {
      for (Map.Entry<String, JsonNode> each : map.properties()) {
        most = more(path, holder, each.getKey(), each.getValue(), texts, most);
      }
    } else if (holder instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        most = more(path, holder, String.valueOf(i), list.get(i), texts, most);
      }
    }
    return most;
  }

  private static @Nullable Part more(
      String path, JsonNode holder, String key, JsonNode node, boolean texts, @Nullable Part most) {
    Part here = new Part(path + "/" + key, holder, key, node, extent(node, texts));
    Part more = here.extent() > (most == null ? 0 : most.extent()) ? here : most;
    return most(here.path(), node, texts, more);
  }

  /** 0 for what is not to be cut. */
  private static int extent(JsonNode node, boolean texts) {
    if (texts) {
      int length = node.isString() ? node.stringValue().length() : 0;
      return length > SHORT_TEXT ? length : 0;
    }
    boolean cuttable =
        node instanceof ArrayNode ? node.size() > 1 : node.isObject() && node.size() > MOST_KEYS;
    return cuttable ? node.size() : 0;
  }

  private void halve(Part part) {
    int left = part.extent() / 2;
    cuts.merge(part.path(), part.extent() - left, Integer::sum);
    if (part.node() instanceof ArrayNode list) {
      cuts.keySet().removeIf(each -> isGone(part.path(), left, each));
      while (list.size() > left) {
        list.remove(list.size() - 1);
      }
    } else if (part.node() instanceof ObjectNode map) {
      map.propertyNames().stream().skip(left).toList().forEach(map::remove);
    }
  }

  /** A note on what is inside an entry that is itself left out would only confuse. */
  private static boolean isGone(String list, int left, String path) {
    if (!path.startsWith(list + "/")) {
      return false;
    }
    String index = path.substring(list.length() + 1).replaceFirst("/.*", "");
    return index.matches("\\d{1,9}") && Integer.parseInt(index) >= left;
  }

  private void shorten(Part part) {
    String text = part.node().stringValue();
    String shorter = text.substring(0, text.length() / 2) + "…";
    switch (part.holder()) {
      case ObjectNode map -> map.put(part.key(), shorter);
      case ArrayNode list -> list.set(Integer.parseInt(part.key()), shorter);
      default -> throw new IllegalStateException(part.path());
    }
    cuts.putIfAbsent(part.path(), 0);
  }

  private ObjectNode noted() {
    ObjectNode note = document.putObject(KEY);
    ObjectNode leftOut = note.putObject("left_out");
    cuts.entrySet().stream()
        .filter(cut -> cut.getValue() > 0 && cut.getKey().length() <= SHORT_TEXT / 2)
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_NOTED)
        .forEach(cut -> leftOut.put(cut.getKey(), cut.getValue()));
    note.put(
        "hint",
        "The answer was too long. Ask for one item or less at a time; wb-backup's commands"
            + " show all.");
    return document;
  }
}
