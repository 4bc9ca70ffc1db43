package dev.workbuddy.backup.io;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Holds documents to what records promise: a component that is not {@link Nullable} is there and
 * not null. Lists and maps that are not there are empty instead; numbers are 0 and truths false, as
 * earlier versions left some out.
 */
final class NullableComponents extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    JsonSetter.Value told = super.findSetterInfo(config, annotated);
    return component(annotated).filter(NullableComponents::isRequired).isPresent()
        ? told.withValueNulls(Nulls.FAIL)
        : told;
  }

  private static boolean isRequired(RecordComponent component) {
    Class<?> type = component.getType();
    return !type.isPrimitive()
        && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        && !Collection.class.isAssignableFrom(type)
        && !Map.class.isAssignableFrom(type);
  }

  private static Optional<RecordComponent> component(Annotated annotated) {
    if (!(annotated instanceof AnnotatedMember member) || !member.getDeclaringClass().isRecord()) {
      return Optional.empty();
    }
    RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
    if (member instanceof AnnotatedParameter parameter) {
      boolean canonical =
          parameter.getOwner() instanceof AnnotatedConstructor constructor
              && Arrays.equals(
                  constructor.getAnnotated().getParameterTypes(),
                  Stream.of(components).map(RecordComponent::getType).toArray());
      return canonical ? Optional.of(components[parameter.getIndex()]) : Optional.empty();
    }
    return Stream.of(components).filter(c -> c.getName().equals(member.getName())).findFirst();
  }
}
