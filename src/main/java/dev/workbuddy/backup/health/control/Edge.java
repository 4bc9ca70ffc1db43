package dev.workbuddy.backup.health.control;

/**
 * One node's dependence on another.
 *
 * @param from the id of the one that depends
 * @param to the id of the one that it depends on
 * @param hard whether it cannot work without
 * @param fallback what happens without; empty for hard ones
 */
public record Edge(String from, String to, boolean hard, String fallback) {}
