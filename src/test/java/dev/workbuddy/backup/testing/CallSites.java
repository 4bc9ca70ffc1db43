package dev.workbuddy.backup.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who calls what in the program itself. */
public final class CallSites {
  private CallSites() {}

  /**
   * The methods that call one of these, as {@code Class.method}.
   *
   * @param type the class or interface that has the methods, or inherits them
   */
  public static Set<String> of(Class<?> type, Set<String> methods) {
    return ProgramClasses.all().stream()
        .flatMap(each -> each.getMethodCallsFromSelf().stream())
        .filter(call -> isOf(call.getTargetOwner(), type))
        .filter(call -> methods.contains(call.getTarget().getName()))
        .map(call -> call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOf(JavaClass owner, Class<?> type) {
    return owner.isAssignableTo(type);
  }
}
