package dev.workbuddy.backup.capability.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a parameter that is left out. Without it a boolean is false, a set, list or map
 * empty, a nullable parameter null, and any other one must be given.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ByDefault {
  /** The value as text: {@code true}, {@code 20}, {@code live}. */
  String value();
}
