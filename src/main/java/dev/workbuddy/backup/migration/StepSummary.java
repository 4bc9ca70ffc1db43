package dev.workbuddy.backup.migration;

/** A step by its number and its words alone, as plans and results show it. */
public record StepSummary(int version, String description) {}
