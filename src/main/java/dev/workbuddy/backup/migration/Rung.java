package dev.workbuddy.backup.migration;

/** A step by its number and its words alone, as plans and results show it. */
public record Rung(int version, String description) {}
