package linedisc.examples.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One figure of the report.
///
/// @param key its name in JSON
/// @param title for people
/// @param value in the unit
/// @param unit for people; empty: a ratio
/// @param goal what it is meant to be; null: it is only told
record Figure(String key, String title, double value, String unit, @Nullable Goal goal) {
  /// What is missed by this share is a failure; by less, another machine may be the reason.
  private static final double TOLERANCE = 0.3;

  /// What a figure is meant to be.
  ///
  /// @param most whether that is the most, not the least
  record Goal(double value, boolean most) {}

  static Figure told(String key, String title, double value, String unit) {
    return new Figure(key, title, value, unit, null);
  }

  static Figure atLeast(String key, String title, double value, String unit, double goal) {
    return new Figure(key, title, value, unit, new Goal(goal, false));
  }

  static Figure atMost(String key, String title, double value, String unit, double goal) {
    return new Figure(key, title, value, unit, new Goal(goal, true));
  }

  /// Whether it reaches its goal; true without one.
  boolean reached() {
    return goal == null || (goal.most() ? value <= goal.value() : value >= goal.value());
  }

  /// Whether it is further from its goal than another machine would explain.
  boolean missed() {
    if (goal == null) {
      return false;
    }
    return goal.most()
        ? value > goal.value() * (1 + TOLERANCE)
        : value < goal.value() * (1 - TOLERANCE);
  }

  /// The value with its unit.
  String shown() {
    return number(value) + (unit.isEmpty() ? "" : " " + unit);
  }

  /// The goal, or nothing.
  String shownGoal() {
    return goal == null ? "" : (goal.most() ? "<= " : ">= ") + number(goal.value());
  }

  /// A word on how it stands.
  String verdict() {
    return goal == null ? "" : reached() ? "reached" : missed() ? "MISSED" : "near";
  }

  private static String number(double value) {
    return value == 0
        ? "0"
        : value < 10
            ? String.format(Locale.ROOT, "%.2f", value)
            : value < 100
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.format(Locale.ROOT, "%.0f", value);
  }

  Map<String, Object> toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("value", value);
    json.put("unit", unit);
    if (goal != null) {
      json.put(goal.most() ? "at_most" : "at_least", goal.value());
      json.put("reached", reached());
      json.put("missed", missed());
    }
    return json;
  }
}
