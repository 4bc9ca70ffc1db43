package dev.workbuddy.backup.capability.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a parameter a second name that documents may use, because callers of the original
 * work-buddy know it by that one. It is in no schema.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface AlsoCalled {
  /** The other name, in snake case. */
  String value();

  /**
   * What {@code true} means under the other name, where the parameter is a text; {@code false} is
   * then as good as leaving it out. Empty where a truth value means itself.
   */
  String truth() default "";
}
