package dev.workbuddy.backup.io;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads moments of the years that computers know. Anything else would overflow as soon as somebody
 * computes with it.
 */
final class BoundedInstants extends StdScalarDeserializer<Instant> {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  BoundedInstants() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    String text = parser.getValueAsString("");
    try {
      Instant moment = Instant.parse(text);
      if (!moment.isBefore(FIRST) && !moment.isAfter(LAST)) {
        return moment;
      }
    } catch (DateTimeException noMoment) {
      // It is refused below, like a moment that is out of bounds.
    }
    return (Instant)
        context.handleWeirdStringValue(Instant.class, text, "no moment from 1970 to 9999");
  }
}
