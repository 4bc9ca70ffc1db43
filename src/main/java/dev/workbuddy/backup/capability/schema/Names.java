package dev.workbuddy.backup.capability.schema;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How Java's names are spelled in JSON. */
final class Names {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private Names() {}

  /** A component's name in snake case. */
  static String snake(String name) {
    return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /** What stands for an enum constant: its own {@code @JsonValue}, else its name. */
  static String word(Enum<?> constant) {
    return valueMethod(constant.getDeclaringClass())
        .map(method -> String.valueOf(call(method, constant)))
        .orElse(constant.name());
  }

  /** The method whose result stands for the whole object in JSON. */
  static Optional<Method> valueMethod(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.isAnnotationPresent(JsonValue.class) && !method.isBridge())
        .findFirst();
  }

  private static Object call(Method method, Object target) {
    try {
      return method.invoke(target);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }
}
