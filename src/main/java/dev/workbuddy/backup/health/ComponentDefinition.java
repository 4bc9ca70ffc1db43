package dev.workbuddy.backup.health;

import java.util.Optional;
import java.util.function.Function;

/**
 * How a component joins: who it is, and what it consists of on a configured machine.
 *
 * @param id the stable name, in snake case; the user's choice is under {@code features.<id>}
 * @param core whether the program is nothing without it; it cannot be switched off then
 * @param at the component; empty where the configuration does not have it at all
 */
public record ComponentDefinition(
    String id, String title, boolean core, Function<HealthContext, Optional<Component>> at) {}
