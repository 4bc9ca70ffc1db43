package dev.workbuddy.backup.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who calls what in the program itself. */
public final class CallSites {
  private CallSites() {}

  /**
   * The methods that call one of these, as {@code Class.method}.
   *
   * @param roof a package whose classes are looked at, with those below
   * @param type the class or interface that has the methods, or inherits them
   */
  public static Set<String> of(String roof, Class<?> type, Set<String> methods) {
    JavaClasses all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(roof);
    return all.stream()
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
