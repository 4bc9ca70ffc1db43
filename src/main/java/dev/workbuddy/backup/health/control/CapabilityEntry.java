package dev.workbuddy.backup.health.control;

/** A capability as the graph shows it: its name, and what it does in a sentence. */
public record CapabilityEntry(String name, String description) {}
